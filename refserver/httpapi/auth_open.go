package httpapi

import (
	"maps"
	"slices"
	"strings"
)

// OpenRoutes are the methods and paths that nothing guards although authentication is on, but for those that must be
// open: logins, the first administrator, health and state. They are empty where authentication is off.
func (h *Handler) OpenRoutes() []string {
	if !h.authenticates() || h.b.Auth.GuardsAll {
		return nil
	}
	open := map[string]bool{}
	for _, f := range h.faces() {
		for path, methods := range f.routes.byPath {
			for method, r := range methods {
				if !forStrangers[path] && !h.covers(f, r, method) {
					open[strings.TrimSpace(method+" "+path)] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(open))
}

// faces are the ports that the line has.
func (h *Handler) faces() []*face {
	if h.b.API.OwnConsole {
		return []*face{h.main, h.console}
	}
	return []*face{h.main}
}

// covers says whether a guard in force covers all requests to a route.
func (h *Handler) covers(f *face, r *route, method string) bool {
	c := call{&Call{Server: h.server, face: f, path: r.path}, h}
	if !c.onThisPort() || strings.HasSuffix(r.path, "/*") || method == every {
		return false
	}
	for _, g := range h.guards[method+" "+r.path] {
		if c.inForce(g.api) {
			return true
		}
	}
	return false
}
