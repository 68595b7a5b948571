// Package httpapi puts the HTTP API together: the routes of all areas, which lie in packages below, on the port that all
// servers have and on that of a console of its own, behind the filters in their order.
package httpapi

import (
	"io"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/authapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/configapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/coreapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/mcpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/namingapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Options are what the handler needs.
type Options struct {
	Registry *naming.Registry
	// Accounts are users, roles and permissions, and whether they matter; nil for a server without.
	Accounts *accounts.Directory
	// Configs are the configurations.
	Configs *config.Center
	// Loader has the connections of the loader routes; nil for none.
	Loader coreapi.Loader
	// ConfigMetrics asks the clients that are connected from an address what they have of configurations, and gives what
	// each of them told; nil where nobody is connected.
	ConfigMetrics func(clientIP string, keys []wire.MetricsKey) []map[string]any
	// Datagrams are those of pushes over UDP; nil for none.
	Datagrams namingapi.Datagrams
	// Port is the port of this server as it tells it to clients; nil for the default 8848.
	Port func() int
	// ConsolePort is the port of the console; nil for the default 8080.
	ConsolePort func() int
	// Intercept wraps the handler of every request, as the first that sees it and the last that sees the answer; nil
	// for none.
	Intercept func(http.Handler) http.Handler
	// Starting says whether the server is still starting; nil for never.
	Starting func() bool
	// Metrics writes the measurements of the server as Prometheus reads them; nil for none.
	Metrics func(io.Writer) error
}

// Handler answers HTTP requests. Close ends its timers.
type Handler struct {
	server *web.Server
	status *serverStatus
	gates  gates
	auth   *authapi.API
	naming *namingapi.API
	// main and console are the two ports, mainEntry and consoleEntry what answers there.
	main, console           *web.Face
	mainEntry, consoleEntry http.Handler
}

// New makes a handler for a registry.
func New(o Options) *Handler {
	b, starting := o.Registry.Behaviour(), o.Starting
	if starting == nil {
		starting = func() bool { return false }
	}
	h := &Handler{
		server: &web.Server{B: b, Now: o.Registry.Now, Port: o.Port}, gates: closedGates(b.API),
		status: newStatus(o.Registry, b.HTTP.StatusPeriod, starting),
	}
	if o.Port == nil {
		h.server.Port = func() int { return 8848 }
	}
	known := func(namespace string) bool {
		_, created := o.Registry.CreatedNamespace(namespace)
		return created
	}
	configs := configapi.New(configapi.Options{
		Configs: o.Configs, NamespaceKnown: known, KnownUser: func(c *web.Call) string { return h.auth.KnownUser(c) }, Metrics: o.ConfigMetrics,
	})
	h.auth = authapi.New(b, o.Accounts, configs.Polled)
	h.naming = namingapi.New(o.Registry, o.Datagrams, h.status.now)
	areas := []area{
		h.naming, configs, h.auth, mcpapi.API{},
		coreapi.New(coreapi.Options{
			Registry: o.Registry, Configs: o.Configs, Loader: o.Loader, Auth: h.auth, ConsolePort: o.ConsolePort, Status: h.status.now,
			Starting: starting, Metrics: o.Metrics,
		}),
	}
	h.main, h.console = mainFace(b, areas), consoleFace(areas)
	h.mainEntry, h.consoleEntry = h.serving(h.main, o.Intercept), h.serving(h.console, o.Intercept)
	return h
}

// serving is the handler of a face.
func (h *Handler) serving(f *web.Face, intercept func(http.Handler) http.Handler) http.Handler {
	var entry http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.serve(f, w, r) })
	if intercept != nil {
		entry = intercept(entry)
	}
	return entry
}

// Close ends the handler's timers.
func (h *Handler) Close() { h.status.stop() }

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mainEntry.ServeHTTP(w, r) }

// Console answers the requests to the port of the console, where the line has one.
func (h *Handler) Console() http.Handler { return h.consoleEntry }

// PushData is a view as subscribers read it that have an address.
func (h *Handler) PushData(to naming.Subscription, view wire.ServiceInfo) []byte {
	return h.naming.PushData(to, view)
}

// serve takes a request through the checks in the order of the line: those of the connector, the firewall, the v1 filters,
// the parameter check, the route.
func (h *Handler) serve(f *web.Face, w http.ResponseWriter, r *http.Request) {
	c := web.NewCall(h.server, f, w, r)
	if !c.Enter() {
		return
	}
	v1 := strings.HasPrefix(c.Path+"/", "/v1/ns/") && !f.Console
	if v1 && !h.naming.PassTraffic(c) || !h.gates.pass(c) || !h.auth.Pass(c) || v1 && !h.naming.PassNames(c) {
		return
	}
	if c.PassParameterCheck() {
		c.Dispatch()
	}
}
