// Package namingapi serves services and instances over HTTP: v1 with its shapes of 1.x (classic), v2 with its first shape
// (early), v3 and the console of v3. It parses, checks and renders as the line does; what a request means is the business of
// package naming.
package namingapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// API serves services and instances.
type API struct {
	b        behaviour.Behaviour
	registry *naming.Registry
	// datagrams are those that the push state shows.
	datagrams Datagrams
	// status is what the server reports of itself.
	status func() string
}

// New makes the API; datagrams are nil where none are sent. The status of the server decides what passes.
func New(registry *naming.Registry, datagrams Datagrams, status func() string) *API {
	if datagrams == nil {
		datagrams = idle{}
	}
	return &API{registry.Behaviour(), registry, datagrams, status}
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
	t.addV1(b.V1)
	if b.V1.PeerRoutes {
		t.addPeers()
	}
	if b.V1.UpgradeRoutes {
		t.addUpgrade()
	}
	if b.V1.DomRoutes {
		t.addDoms()
	}
	if b.HTTP.ServesV2 {
		t.addV2()
	}
	if b.HTTP.ServesEarlyV2 {
		t.addEarlyV2()
	}
	if b.API.V3 {
		t.addV3()
	}
}

// AddConsole adds those of a console with a port of its own.
func (a *API) AddConsole(table *web.Table) { a.routes(table).addV3Console() }

// PassTraffic applies what stands in front of every v1 route before the gates: limited paths, and the status of the server.
// It says whether the request may go on.
func (a *API) PassTraffic(c *web.Call) bool { return call{c, a}.passTrafficGate() }

// PassNames applies what stands there behind the gates and the guard: the name of the service, and that there is a route.
// It says whether the request may go on.
func (a *API) PassNames(c *web.Call) bool { return call{c, a}.passV1Filters() }
