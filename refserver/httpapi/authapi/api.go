// Package authapi serves logins, users, roles and permissions over HTTP, and guards the routes of all areas against those who
// may not use them. Who may is the business of package accounts.
package authapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// API serves accounts and guards routes.
type API struct {
	b        behaviour.Behaviour
	accounts *accounts.Directory
	guards   guards
	sessions sessions
	// polled are the configurations that a long poll names.
	polled func(*web.Call) ([]config.Key, error)
}

// New makes the API; a server without accounts has nil, no routes for them and no guard. Polled tells which configurations
// a long poll names.
func New(b behaviour.Behaviour, all *accounts.Directory, polled func(*web.Call) ([]config.Key, error)) *API {
	return &API{b, all, newGuards(b), newSessions(), polled}
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
	if a.accounts == nil {
		return
	}
	t := a.routes(table)
	t.addAccountsV1(b)
	if b.API.V3 {
		t.addAccountsV3()
	}
}

// AddConsole adds those of a console with a port of its own.
func (a *API) AddConsole(table *web.Table) {
	if a.accounts == nil {
		return
	}
	t := a.routes(table)
	t.addAccountsV1(a.b)
	t.addAccountsV3()
}

// KnownUser is who is known to ask, empty for nobody.
func (a *API) KnownUser(c *web.Call) string { return call{c, a}.knownUser() }

// Pass refuses callers who may not use a route, and says whether the request may go on.
func (a *API) Pass(c *web.Call) bool { return call{c, a}.passGuard() }
