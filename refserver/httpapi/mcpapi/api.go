// Package mcpapi serves the registry of MCP servers over HTTP, which is always empty.
package mcpapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// API serves MCP servers. It needs nothing.
type API struct{}

// AddMain adds the routes of the main port.
func (API) AddMain(t *web.Table, b behaviour.Behaviour) {
	if b.API.V3 {
		add(t, "/v3/admin/ai/mcp")
	}
}

// AddConsole adds those of a console with a port of its own, which does one thing with MCP servers elsewhere.
func (API) AddConsole(t *web.Table) {
	add(t, "/v3/console/ai/mcp")
	addRoute(t, web.Get, "/v3/console/ai/mcp/importToolsFromMcp", importMCP)
}

// add adds the routes below a path.
func add(t *web.Table, path string) {
	addRoute(t, web.Get, path+"/list", listMCP)
	addRoute(t, web.Get, path, namedMCP)
	addRoute(t, web.Delete, path, namedMCP)
	addRoute(t, web.Post, path, createMCP)
	addRoute(t, web.Put, path, updateMCP)
}

func addRoute(t *web.Table, method, path string, serve web.Serve[*web.Call]) {
	t.Add(web.Route{Method: method, Enveloped: true, V2Errors: true, Check: checkMCP, Serve: serve}, path)
}
