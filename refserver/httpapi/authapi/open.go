package authapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// Gap is something that the line leaves open although authentication is on: what it is, and where.
type Gap struct {
	What  string
	Where []string
}

// Gaps are all that the line leaves open on its ports; none where authentication is off or nothing is left open.
func (a *API) Gaps(ports ...*web.Face) (gaps []Gap) {
	if !a.authenticates() || a.b.Auth.GuardsAll {
		return nil
	}
	add := func(applies bool, what string, where ...string) {
		if applies {
			gaps = append(gaps, Gap{what, where})
		}
	}
	b, s, open := a.b.Auth, a.accounts.Settings(), a.OpenRoutes(ports...)
	add(len(open) > 0, "routes are open to everybody", open...)
	add(true, "guarded routes but those of naming v1 answer HEAD to everybody, with headers alone", "HEAD")
	add(b.SwallowsFailures && (s.Open || s.Admin), "failures behind a guard look like successes: status 200 without a body", "main port")
	add(b.SeparateSwitches && s.Console, "a token is enough, whoever it names", a.identityRoutes()...)
	add(b.Passwords == behaviour.PasswordsDespiteRefusal, "a password is changed although the answer is a refusal, whoever asks", "PUT /v1/auth/users")
	add(!b.SeedsAdministrator && !a.accounts.HasAdministrator(), "whoever comes first becomes administrator", "POST …/auth/…/admin")
	return gaps
}

// identityRoutes are the routes of the console that ask for no right.
func (a *API) identityRoutes() (all []string) {
	for route, rows := range a.guards {
		if rows[0].identity && rows[0].api == "console" {
			all = append(all, route)
		}
	}
	slices.Sort(all)
	return all
}

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
