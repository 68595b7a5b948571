package authapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// How servers are guarded that leave nothing open which their line does.

// ForStrangers says whether the routes of a path stay open where all others are closed.
func ForStrangers(path string) bool { return forStrangers[path] }

// forStrangers are the routes that stay open where all others are closed: who asks them has no credentials yet, or is
// no user but a machine that looks after servers.
var forStrangers = map[string]bool{
	"/v1/auth/login": true, "/v1/auth/users/login": true, "/v3/auth/user/login": true,
	"/v1/auth/admin": true, "/v1/auth/users/admin": true, "/v3/auth/user/admin": true,
	"/v1/console/health/liveness": true, "/v1/console/health/readiness": true, "/v1/console/server/state": true,
	"/v2/console/health/liveness": true, "/v2/console/health/readiness": true,
	"/v3/console/health/liveness": true, "/v3/console/health/readiness": true, "/v3/console/server/state": true,
	"/v3/admin/core/state": true, "/v3/admin/core/state/liveness": true, "/v3/admin/core/state/readiness": true,
	"": true, "/": true, "/index.html": true,
}

// forAdministrators is the resource of what no permission covers.
const forAdministrators = "console/all"

// guardOfAll is the guard of a request where every route has one: that of its list, whichever method the route is asked
// under, or that of administrators.
func (c call) guardOfAll() (guard, bool) {
	if c.Route == nil || forStrangers[c.Route.Path] {
		return guard{}, false
	}
	method := c.Method
	if method == http.MethodHead || c.Route.Method == web.Every {
		method = http.MethodGet
	}
	g, listed := c.guardOf(method)
	if !listed {
		return guard{api: "open", action: "w", resource: forAdministrators}, true
	}
	return g, true
}

// isEnough says whether a guard lets a caller pass because he is known. Where nothing is left open he changes his password.
func (c call) isEnough(g guard, user string) bool {
	return g.identity && (!c.B.Auth.GuardsAll || g.resource == "console/user/password" && user == c.First("username"))
}

// resources are what the request is about: one for most lines, all that it names where nothing is left open.
func (c call) resources(kind string) []accounts.Resource {
	switch own := c.resource(kind); {
	case !c.B.Auth.GuardsAll:
		return []accounts.Resource{own}
	case kind == "config" && c.namesByNumber():
		return []accounts.Resource{{Name: forAdministrators}}
	case kind == "config" && c.Params["Listening-Configs"] != "":
		return c.listened(kind)
	case kind == "naming":
		if group, _, grouped := strings.Cut(c.Params["serviceName"], "@@"); grouped {
			own.Group = group
		}
		return []accounts.Resource{own}
	default:
		return []accounts.Resource{own}
	}
}

// namesByNumber says whether a request names configurations, or their past, by numbers that belong to any namespace.
func (c call) namesByNumber() bool {
	for _, name := range []string{"ids", "id", "nid"} {
		if c.Params[name] != "" {
			return true
		}
	}
	return c.Params["clone"] == "true" || strings.HasSuffix(strings.TrimSuffix(c.Path, "/"), "/clone")
}

// listened are the configurations of a long poll; what cannot be read is for administrators.
func (c call) listened(kind string) (all []accounts.Resource) {
	keys, err := c.polled(c.Call)
	if err != nil || len(keys) == 0 {
		return []accounts.Resource{{Name: forAdministrators}}
	}
	for _, key := range keys {
		all = append(all, accounts.Resource{Kind: kind, Namespace: key.Namespace, Group: key.Group, Name: key.DataID})
	}
	return all
}
