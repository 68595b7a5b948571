package httpapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

	_ "embed"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// gate is an older route that a server may have closed.
type gate struct {
	// kind is client, admin, console or inner.
	kind string
	// name and value are the parameter that tells the route from others of its path; empty for none.
	name, value string
	// successor is what the answer recommends instead; empty for nothing.
	successor string
	closed    bool
}

// gates are the older routes by method and path, or nil when none is closed.
type gates map[string][]gate

//go:embed gates.txt
var gateList string

// closedGates are the gates of a server, with those closed that it does not open.
func closedGates(b behaviour.API) gates {
	open := map[string]bool{"client": b.OpensClient, "admin": b.OpensAdmin, "console": b.OpensConsole, "inner": b.OpensInner}
	all, closed := gates{}, false
	for line := range strings.Lines(gateList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		method, rest, _ := strings.Cut(rest, " ")
		target, successor, _ := strings.Cut(rest, " ")
		path, condition, _ := strings.Cut(target, "?")
		name, value, _ := strings.Cut(condition, "=")
		key := method + " " + path
		all[key] = append(all[key], gate{kind, name, value, successor, !open[kind]})
		closed = closed || !open[kind]
	}
	if !closed {
		return nil
	}
	return all
}

// pass answers requests to closed routes with 410 Gone, and says whether the request may go on.
// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/controller/compatibility/ApiCompatibilityFilter.java:62-128;
// measured.
func (all gates) pass(c *web.Call) bool {
	if c.Face.Console && !web.HasConsole(c.Path) {
		return true
	}
	g, unique := all.find(c)
	switch {
	case !unique:
		c.ErrorPage(http.StatusInternalServerError, web.GateFailed)
	case g.closed:
		c.ErrorPage(http.StatusGone, string(web.Encode(struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
		}{naming.CodeDeprecated, g.farewell(c.URI)})))
	default:
		return true
	}
	return false
}

// find is the gate of a request: the one whose parameter it has, or the one without. It is not unique when the request
// has the parameters of several.
func (all gates) find(c *web.Call) (found gate, unique bool) {
	if all == nil {
		return gate{}, true
	}
	matching := 0
	for _, g := range all[c.Method+" "+strings.TrimSuffix(c.Path, "/")] {
		switch {
		case g.name == "" && matching == 0:
			found = g
		case g.name != "" && c.Params[g.name] == g.value:
			found = g
			matching++
		}
	}
	return found, matching < 2
}

// farewell is what the answer says.
func (g gate) farewell(uri string) string {
	if g.kind == "inner" {
		return "Old Inner API " + uri + " is deprecated"
	}
	flag := "set `nacos.core.api.compatibility." + g.kind + ".enabled=true` in application.properties."
	if g.successor == "" {
		return "Current API will be deprecated, If wanted continue to use, please " + flag
	}
	return "Current API will be deprecated, please use API(s) `" + g.successor + "` instead, or " + flag
}
