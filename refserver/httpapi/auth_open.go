package httpapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// OpenRoutes are the methods and paths that nothing guards although authentication is on, but for those that must be
// open: logins, the first administrator, health and state. They are empty where authentication is off.
func (h *Handler) OpenRoutes() []string {
	if !h.authenticates() || h.b.Auth.GuardsAll {
		return nil
	}
	open := map[string]bool{}
	for _, f := range h.faces() {
		for _, r := range f.Routes.All() {
			if !forStrangers[r.Path] && !h.covers(f, r) {
				open[strings.TrimSpace(r.Method+" "+r.Path)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(open))
}

// faces are the ports that the line has.
func (h *Handler) faces() []*web.Face {
	if h.b.API.OwnConsole {
		return []*web.Face{h.main, h.console}
	}
	return []*web.Face{h.main}
}

// covers says whether a guard in force covers all requests to a route.
func (h *Handler) covers(f *web.Face, r *web.Route) bool {
	c := call{&web.Call{Server: h.server, Face: f, Path: r.Path}, h}
	if !c.onThisPort() || strings.HasSuffix(r.Path, "/*") || r.Method == web.Every {
		return false
	}
	for _, g := range h.guards[r.Method+" "+r.Path] {
		if c.inForce(g.api) {
			return true
		}
	}
	return false
}
