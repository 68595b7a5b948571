// Package httpapi serves the naming domain over HTTP: the v1, v2 and v3 naming routes, the routes that tell whether a
// server is ready, the loader routes that move connected clients, and the naming part of the console. It parses, checks
// and renders as the line does; what a request means is the domain's business.
package httpapi

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
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
	Loader Loader
	// ConfigMetrics asks the clients that are connected from an address what they have of configurations, and gives what
	// each of them told; nil where nobody is connected.
	ConfigMetrics func(clientIP string, keys []wire.MetricsKey) []map[string]any
	// Datagrams are those of pushes over UDP; nil for none.
	Datagrams Datagrams
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
	registry      *naming.Registry
	configs       *config.Center
	accounts      *accounts.Directory
	guards        guards
	sessions      sessions
	b             behaviour.Behaviour
	server        *web.Server
	loader        Loader
	configMetrics func(string, []wire.MetricsKey) []map[string]any
	// datagrams are those that the push state shows.
	datagrams Datagrams
	// consolePort is the one that the server tells to clients.
	consolePort func() int
	gates       gates
	// main and console are the two ports, mainEntry and consoleEntry what answers there.
	main, console           *web.Face
	mainEntry, consoleEntry http.Handler
	// status is the server status in force, a string.
	status atomic.Value
	stop   func()
	// starting says whether the server is still starting.
	starting func() bool
	// metrics writes the measurements of the server.
	metrics func(io.Writer) error
}

// New makes a handler for a registry.
func New(o Options) *Handler {
	h := &Handler{registry: o.Registry, configs: o.Configs, accounts: o.Accounts, b: o.Registry.Behaviour(), loader: o.Loader, consolePort: o.ConsolePort}
	if h.loader == nil {
		h.loader = unconnected{}
	}
	if h.configMetrics = o.ConfigMetrics; h.configMetrics == nil {
		h.configMetrics = func(string, []wire.MetricsKey) []map[string]any { return nil }
	}
	if h.datagrams = o.Datagrams; h.datagrams == nil {
		h.datagrams = idle{}
	}
	h.server = &web.Server{B: h.b, Now: o.Registry.Now, Port: o.Port}
	if o.Port == nil {
		h.server.Port = func() int { return 8848 }
	}
	if h.consolePort == nil {
		h.consolePort = func() int { return 8080 }
	}
	h.metrics, h.starting = o.Metrics, o.Starting
	if h.starting == nil {
		h.starting = func() bool { return false }
	}
	h.gates = closedGates(h.b.API)
	h.guards = newGuards(h.b)
	h.sessions = newSessions()
	h.status.Store("UP")
	h.stop = o.Registry.Every(h.b.HTTP.StatusPeriod, func() { h.status.Store(o.Registry.Switches().Status(h.status.Load().(string))) })
	h.main, h.console = h.mainFace(), h.consoleFace()
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
func (h *Handler) Close() { h.stop() }

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mainEntry.ServeHTTP(w, r) }

// Console answers the requests to the port of the console, where the line has one.
func (h *Handler) Console() http.Handler { return h.consoleEntry }

// call is a request with the handler that serves it.
type call struct {
	*web.Call
	*Handler
}

// routes adds routes that take a call to a table.
type (
	routes struct{ web.Routes[call] }
	check  = web.Check[call]
)

// routes adds to a new table.
func (h *Handler) routes() routes {
	return routes{web.Routes[call]{Table: web.NewTable(), As: func(c *web.Call) call { return call{c, h} }}}
}

// serve takes a request through the checks in the order of the line: those of the connector, the firewall, the v1 filters,
// the parameter check, the route.
func (h *Handler) serve(f *web.Face, w http.ResponseWriter, r *http.Request) {
	c := call{web.NewCall(h.server, f, w, r), h}
	if !c.Enter() {
		return
	}
	v1 := strings.HasPrefix(c.Path+"/", "/v1/ns/") && !f.Console
	if v1 && !c.passTrafficGate() || !c.passGate() || !c.passGuard() || v1 && !c.passV1Filters() {
		return
	}
	if c.PassParameterCheck() {
		c.Dispatch()
	}
}
