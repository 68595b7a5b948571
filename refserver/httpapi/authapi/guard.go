package authapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// guard is what a route asks of its callers.
type guard struct {
	// api is open, admin or console.
	api string
	// action is r or w.
	action string
	// resource is config or naming for what the request names, else the resource itself.
	resource string
	// name and value are the parameter that tells the route from others of its path; empty for none.
	name, value string
	// identity says that it is enough to be known.
	identity bool
}

// guards are the guarded routes by method and path.
type guards map[string][]guard

//go:embed guards.txt
var guardList string

// newGuards are the rows of the list that a line has.
func newGuards(b behaviour.Behaviour) guards {
	has := map[string]bool{
		"any": true, "early": b.HTTP.ServesEarlyV2 || b.HTTP.ServesV2, "v2": b.HTTP.ServesV2, "v3": b.API.V3,
		"operations": b.Auth.GuardsOperations, "listed": !b.Auth.SearchNeedsKind, "searched": b.Auth.SearchNeedsKind,
		"upgrade": b.V1.UpgradeRoutes, "doms": b.V1.DomRoutes,
	}
	all := guards{}
	for line := range strings.Lines(guardList) {
		fields := strings.Fields(line)
		if len(fields) < 6 || fields[0] == "#" || !has[fields[0]] {
			continue
		}
		path, condition, _ := strings.Cut(fields[4], "?")
		g := guard{api: fields[1], action: fields[2], resource: fields[5], identity: len(fields) > 6}
		g.name, g.value, _ = strings.Cut(condition, "=")
		for method := range strings.SplitSeq(fields[3], ",") {
			all[method+" "+path] = append(all[method+" "+path], g)
		}
	}
	return all
}

// passGuard refuses callers who may not use a route, and says whether the request may go on.
// Source: nacos 1.4.8 and 2.5.1 core/src/main/java/com/alibaba/nacos/core/auth/AuthFilter.java; 3.0.3 AbstractWebAuthFilter.java
// beside it; measured.
func (c call) passGuard() bool {
	if !c.authenticates() {
		return true
	}
	g, guarded := c.guard()
	if !guarded {
		return true
	}
	settings := c.accounts.Settings()
	c.Access.Behind = c.inForce("open") || c.inForce("admin")
	if !c.inForce(g.api) || c.isServer(settings) {
		return true
	}
	err := c.admit(g, settings)
	if err != nil {
		c.deny(err)
	}
	return err == nil
}

// authenticates says whether anything is guarded.
func (a *API) authenticates() bool { return a.accounts != nil && a.accounts.Settings().On() }

// inForce says whether the guard of an API is switched on for this port.
func (c call) inForce(api string) bool {
	s := c.accounts.Settings()
	switch separate := c.B.Auth.SeparateSwitches; {
	case separate && c.Face.Console:
		return s.Console
	case separate && api == "admin":
		return s.Admin
	}
	return s.Open
}

// guard is that of the request, if it has one.
func (c call) guard() (guard, bool) {
	if c.B.Auth.GuardsAll {
		return c.guardOfAll()
	}
	return c.guardOf(c.Method)
}

func (c call) guardOf(method string) (guard, bool) {
	for _, g := range c.guards[method+" "+strings.TrimSuffix(c.Path, "/")] {
		if c.onThisPort() && (g.name == "" || c.Params[g.name] == g.value) {
			return g, true
		}
	}
	return guard{}, false
}

// onThisPort says whether the controllers of a path are behind this port: those of a console with a port of its own are
// nowhere else, and it has few others.
func (c call) onThisPort() bool {
	if !c.B.API.OwnConsole || strings.HasPrefix(c.Path, "/v3/auth/") {
		return true
	}
	console := strings.HasPrefix(c.Path, "/v3/console/") || web.HasConsole(c.Path)
	return console == c.Face.Console || strings.HasPrefix(c.Path, "/v1/auth")
}

// isServer says whether another server asks. The console takes none.
func (c call) isServer(s accounts.Settings) bool {
	own := c.B.API.OwnConsole && c.Face.Console
	return !own && s.IdentityKey != "" && s.IdentityValue != "" && c.Header.Get(s.IdentityKey) == s.IdentityValue
}

// noIdentity is the refusal of servers that were set up without an identity.
const noIdentity = "Invalid server identity key or value, Please make sure set `nacos.core.auth.server.identity.key`" +
	" and `nacos.core.auth.server.identity.value`, or open `nacos.core.auth.enable.userAgentAuthWhite`"

// admit finds out who calls and whether he may.
func (c call) admit(g guard, s accounts.Settings) error {
	if s.IdentityKey == "" || s.IdentityValue == "" {
		return &accounts.Refusal{Status: http.StatusUnauthorized, Reason: noIdentity}
	}
	if !c.B.Auth.GuardsHealthUpdates && strings.HasPrefix(c.Path, "/v1/ns/health") {
		return &accounts.Refusal{Status: http.StatusForbidden, Reason: "resource name invalid!"}
	}
	caller, err := c.accounts.Authenticate(c.credentials())
	if err != nil {
		return err
	}
	c.Access.User = &caller.User
	if c.B.Auth.GuardBeginsSessions {
		c.sessions.continued(c)
	}
	if c.isEnough(g, caller.User) {
		return nil
	}
	for _, r := range c.resources(g.resource) {
		if err := c.accounts.Authorize(caller.User, r, g.action); err != nil {
			return err
		}
	}
	return nil
}

// deny answers to a caller who may not pass.
func (c call) deny(err error) {
	var refusal *accounts.Refusal
	var e *naming.Error
	switch {
	case errors.As(err, &refusal) && refusal.Reason == noIdentity:
		c.guardPage(http.StatusForbidden, noIdentity)
	case errors.As(err, &refusal) && c.B.Auth.WrapsRefusals:
		c.guardPage(http.StatusForbidden, fmt.Sprintf("Code: %d, Message: %s.", refusal.Status, refusal.Reason))
	case errors.As(err, &refusal):
		c.guardPage(http.StatusForbidden, refusal.Reason)
	case errors.As(err, &e) && e.Flavour == naming.Argument:
		c.guardPage(http.StatusBadRequest, web.Causes([]string{e.Error()}))
	case c.B.Auth.SwallowsFailures:
		c.guardPage(http.StatusOK, "")
	default:
		c.guardPage(http.StatusInternalServerError, c.B.Auth.FailurePrefix+err.Error())
	}
}

// guardPage is an error page, or an empty success. Those of the older API of configurations have the type that all its
// answers begin with.
func (c call) guardPage(status int, message string) {
	const typed = "application/json;charset=UTF-8"
	older := strings.HasPrefix(c.Path, "/v1/cs/")
	switch kind := c.Negotiate(false); {
	case older && !c.PrefersHTML() && (kind == "" && !c.B.Framework.PagesErrors || status == http.StatusOK):
		c.Writer.Header().Set("Content-Type", typed)
		c.Writer.WriteHeader(status)
	case older && !c.PrefersHTML():
		c.Writer = retyped{c.Writer, typed}
		if kind == "" {
			c.Header.Del("Accept")
		}
		c.ErrorPage(status, message)
	case status == http.StatusOK:
		c.Bare(status)
	default:
		c.ErrorPage(status, message)
	}
}

// retyped answers with another type than that of the page.
type retyped struct {
	http.ResponseWriter
	kind string
}

func (w retyped) WriteHeader(status int) {
	w.Header().Set("Content-Type", w.kind)
	w.ResponseWriter.WriteHeader(status)
}
