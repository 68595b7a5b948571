// Package httpapi serves the naming domain over HTTP: the v1 and v2 naming routes, the few console routes that tell
// whether a server is ready, and the loader routes that move connected clients. It parses, checks and renders as the
// line does; what a request means is the domain's business.
package httpapi

import (
	"cmp"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// Options are what the handler needs.
type Options struct {
	Registry *naming.Registry
	// Loader has the connections of the loader routes; nil for none.
	Loader Loader
	// Port is the port of this server as it tells it to clients; nil for the default 8848.
	Port func() int
	// Intercept wraps the handler of every request, as the first that sees it and the last that sees the answer; nil
	// for none.
	Intercept func(http.Handler) http.Handler
}

// Handler answers HTTP requests. Close ends its timers.
type Handler struct {
	registry *naming.Registry
	b        behaviour.Behaviour
	loader   Loader
	port     func() int
	routes   *table
	entry    http.Handler
	// status is the server status in force, a string.
	status atomic.Value
	stop   func()
}

// New makes a handler for a registry.
func New(o Options) *Handler {
	h := &Handler{registry: o.Registry, b: o.Registry.Behaviour(), loader: o.Loader, port: o.Port, routes: routes()}
	if h.loader == nil {
		h.loader = unconnected{}
	}
	if h.port == nil {
		h.port = func() int { return 8848 }
	}
	h.status.Store("UP")
	h.stop = o.Registry.Every(h.b.HTTP.StatusPeriod, func() { h.status.Store(o.Registry.Switches().Status()) })
	h.entry = http.HandlerFunc(h.serve)
	if o.Intercept != nil {
		h.entry = o.Intercept(h.entry)
	}
	return h
}

// Close ends the handler's timers.
func (h *Handler) Close() { h.stop() }

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.entry.ServeHTTP(w, r) }

// call is one request on its way through the filters to its route.
type call struct {
	*http.Request
	h *Handler
	w http.ResponseWriter
	// path is the path after the context path; uri is the whole path as errors show it.
	path, uri string
	params    params
	route     *route
	// variable is the last segment of the path on routes that have one.
	variable string
}

// serve takes a request through the checks in the order of the line: those of the connector, the firewall, the v1 filters,
// the parameter check, the route.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request) {
	c := &call{Request: r, h: h, w: w, uri: r.URL.EscapedPath()}
	if !legalTarget(r.RequestURI) {
		c.connectorPage(http.StatusBadRequest, "Bad Request")
		return
	}
	path, ok := strings.CutPrefix(c.uri, h.b.HTTP.ContextPath)
	if !ok || path != "" && path[0] != '/' {
		c.connectorPage(http.StatusNotFound, "Not Found")
		return
	}
	if !c.passFirewall() {
		return
	}
	c.path = unescape(path)
	var err error
	if c.params, err = readParams(r); err != nil {
		c.errorPage(http.StatusInternalServerError, err.Error())
		return
	}
	if !h.b.HTTP.ReadsForms {
		c.params = params{}
		c.params.add(r.URL.RawQuery)
	}
	if !h.b.HTTP.NamesDefaultGroup && c.params["groupName"] == h.b.Registration.DefaultGroup {
		c.params["groupName"] = "another-group"
	}
	c.route, c.variable = h.routes.find(r.Method, c.path)
	if strings.HasPrefix(c.path+"/", "/v1/ns/") && !c.passV1Filters() {
		return
	}
	if c.route != nil && !c.passParameterCheck() {
		return
	}
	c.dispatch()
}

// dispatch runs the route and renders what it returns.
func (c *call) dispatch() {
	c.crossOrigin()
	if c.route == nil {
		c.noRoute()
		return
	}
	result, err := c.route.serve(c)
	if err != nil {
		c.fail(err)
		return
	}
	c.succeed(result)
}

// noRoute answers for a path, or a method of a path, that nothing serves.
func (c *call) noRoute() {
	other := c.h.routes.anyMethod(c.path)
	if other == nil {
		c.errorPage(http.StatusNotFound, "No message available")
		return
	}
	if c.Method == http.MethodOptions {
		c.w.Header().Set("Allow", c.h.routes.allowed(c.path))
		c.bare(http.StatusOK)
		return
	}
	if strings.HasPrefix(c.path, "/v2/") && c.negotiate(false) == "" {
		c.w.Header().Set("Allow", strings.TrimSuffix(strings.TrimSuffix(c.h.routes.allowed(c.path), ",OPTIONS"), ",HEAD"))
		c.errorPage(http.StatusMethodNotAllowed, "Request method '"+c.Method+"' not supported")
		return
	}
	text := "caused: Request method &#39;" + c.Method + "&#39; not supported;"
	if strings.HasPrefix(c.path, "/v2/") {
		c.json(http.StatusInternalServerError, restResult{Code: http.StatusInternalServerError, Message: &text})
		return
	}
	c.text(http.StatusInternalServerError, text)
}

// agent is how the client names itself.
func (c *call) agent() string {
	return cmp.Or(c.Header.Get("User-Agent"), c.Header.Get("Client-Version"))
}
