// Package coreapi serves over HTTP what is about the server itself: its state and readiness, its cluster, the connections
// that loaders move, consensus, ids, logs, measurements and namespaces, and the pages of a face.
package coreapi

import (
	"io"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// Options are what the API needs.
type Options struct {
	// Registry has the namespaces.
	Registry *naming.Registry
	// Configs are counted.
	Configs *config.Center
	// Loader has the connections of the loader routes; nil for none.
	Loader Loader
	// Auth is what the state tells of authentication.
	Auth Auth
	// ConsolePort is the port of the console; nil for the default 8080.
	ConsolePort func() int
	// Status is what the server reports of itself, Starting whether it is still starting.
	Status   func() string
	Starting func() bool
	// Metrics writes the measurements of the server as Prometheus reads them; nil for none.
	Metrics func(io.Writer) error
}

// Auth is what the state of a server tells of authentication.
type Auth interface {
	// TellsAuth says whether authentication is on.
	TellsAuth() bool
	// AsksForLogin says whether the console shows a page to log in.
	AsksForLogin() bool
	// WantsAdministrator says whether the first administrator is still to be made.
	WantsAdministrator() bool
}

// API serves what is about the server itself.
type API struct {
	registry    *naming.Registry
	configs     *config.Center
	loader      Loader
	auth        Auth
	consolePort func() int
	status      func() string
	starting    func() bool
	metrics     func(io.Writer) error
}

// New makes the API.
func New(o Options) *API {
	a := &API{o.Registry, o.Configs, o.Loader, o.Auth, o.ConsolePort, o.Status, o.Starting, o.Metrics}
	if a.loader == nil {
		a.loader = unconnected{}
	}
	if a.consolePort == nil {
		a.consolePort = func() int { return 8080 }
	}
	return a
}

// call is a request with what serves it.
type call struct {
	*web.Call
	*API
}

// routes adds routes that take a call to a table.
type (
	routes struct{ web.Routes[call] }
	check  = web.Check[call]
)

func (a *API) routes(t *web.Table) routes {
	return routes{web.Routes[call]{Table: t, As: func(c *web.Call) call { return call{c, a} }}}
}

// AddMain adds the routes of the main port.
func (a *API) AddMain(table *web.Table, b behaviour.Behaviour) {
	t := a.routes(table)
	t.addOperations(b.Operations)
	if b.V1.PeerRoutes {
		t.addPeerServers(b.V1)
	}
	if b.HTTP.ServesLoader {
		t.addLoader()
	}
	if b.API.V3 {
		t.addV3Core()
	}
	if b.API.OwnConsole {
		t.addLanding(consoleTip)
		return
	}
	if b.Operations.Announces {
		t.addAnnouncements()
	}
	t.addOlderConsole(b.HTTP.ServesV2)
}

// AddConsole adds those of a console with a port of its own.
func (a *API) AddConsole(table *web.Table) {
	t := a.routes(table)
	t.addOlderConsole(true)
	t.addAnnouncements()
	t.addV3CoreConsole()
}

// addOlderConsole adds the console before v3, over v2 too where it has that.
func (t routes) addOlderConsole(overV2 bool) {
	t.addConsole(overV2)
	t.addV1Namespaces()
	if overV2 {
		t.addNamespaces("/v2/console/namespace", "namespaceId", checkNamespace)
	}
	t.addLanding(landing)
}
