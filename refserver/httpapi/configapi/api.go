// Package configapi serves configurations, their history and those who listen to them over HTTP: v1, v2, v3 and the
// console of v3. It parses, checks and renders as the line does; what a request means is the business of package config.
package configapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Options are what the API needs.
type Options struct {
	Configs *config.Center
	// NamespaceKnown says whether a namespace was created.
	NamespaceKnown func(id string) bool
	// KnownUser is who is known to ask, empty for nobody.
	KnownUser func(*web.Call) string
	// Metrics asks the clients that are connected from an address what they have of configurations, and gives what each of
	// them told; nil where nobody is connected.
	Metrics func(clientIP string, keys []wire.MetricsKey) []map[string]any
}

// API serves configurations.
type API struct {
	configs        *config.Center
	namespaceKnown func(id string) bool
	knownUser      func(*web.Call) string
	configMetrics  func(clientIP string, keys []wire.MetricsKey) []map[string]any
}

// New makes the API.
func New(o Options) *API {
	a := &API{o.Configs, o.NamespaceKnown, o.KnownUser, o.Metrics}
	if a.configMetrics == nil {
		a.configMetrics = func(string, []wire.MetricsKey) []map[string]any { return nil }
	}
	return a
}

// call is a request with what serves it.
type call struct {
	*web.Call
	*API
}

// routes adds routes that take a call to a table.
type routes struct{ web.Routes[call] }

func (a *API) routes(t *web.Table) routes {
	return routes{web.Routes[call]{Table: t, As: func(c *web.Call) call { return call{c, a} }}}
}

// AddMain adds the routes of the main port.
func (a *API) AddMain(table *web.Table, b behaviour.Behaviour) {
	t := a.routes(table)
	t.addConfigs(b.ConfigHTTP)
	t.addConfigOperations()
	if b.HTTP.ServesV2 {
		t.addV2Configs()
	}
	if b.API.V3 {
		t.addV3Configs()
		t.addV3ConfigOperations()
	}
}

// AddConsole adds those of a console with a port of its own.
func (a *API) AddConsole(table *web.Table) { a.routes(table).addV3ConsoleConfigs() }
