package authapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// OpenRoutes are the methods and paths of ports that nothing guards although authentication is on, but for those that must be
// open: logins, the first administrator, health and state. They are empty where authentication is off.
func (a *API) OpenRoutes(ports ...*web.Face) []string {
	if !a.authenticates() || a.b.Auth.GuardsAll {
		return nil
	}
	open := map[string]bool{}
	for _, f := range ports {
		for _, r := range f.Routes.All() {
			if !forStrangers[r.Path] && !a.covers(f, r) {
				open[strings.TrimSpace(r.Method+" "+r.Path)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(open))
}

// covers says whether a guard in force covers all requests to a route.
func (a *API) covers(f *web.Face, r *web.Route) bool {
	c := call{&web.Call{Server: &web.Server{B: a.b}, Face: f, Path: r.Path}, a}
	if !c.onThisPort() || strings.HasSuffix(r.Path, "/*") || r.Method == web.Every {
		return false
	}
	for _, g := range a.guards[r.Method+" "+r.Path] {
		if c.inForce(g.api) {
			return true
		}
	}
	return false
}
