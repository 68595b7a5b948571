package mcpapi

import (
	"cmp"
	"net/http"
	"regexp"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
	"github.com/nacos-tck/nacos-tck/wire"
)

// The registry of MCP servers of 3.0, which is empty here and stays so: requests are judged as by a real server, and what it
// would then keep is refused as a function that is switched off.
// Source: nacos 3.0.3 ai/src/main/java/com/alibaba/nacos/ai/controller/McpAdminController.java,
// service/McpServerOperationService.java beside it; measured.

func checkMCP(c *web.Call) ([]paramcheck.Params, error) {
	return []paramcheck.Params{{Namespace: c.Params["namespaceId"], MCP: c.Params["mcpName"]}}, nil
}

func listMCP(c *web.Call) (any, error) {
	no, size, err := c.PageForm()
	if err != nil {
		return nil, err
	}
	switch strings.ToLower(c.Params.Or("search", "accurate")) {
	case "accurate", "blur":
	default:
		return nil, naming.InvalidArgument("Request parameter `search` should be `accurate` or `blur`.")
	}
	if err := web.CheckedPage(no, size); err != nil {
		return nil, err
	}
	return web.PageView[any]{Number: no, Items: []any{}}, nil
}

// namedMCP is about one server, which is not there.
func namedMCP(c *web.Call) (any, error) {
	id := c.Params["mcpId"]
	if id == "" && c.Params["mcpName"] == "" {
		return nil, missingMCP("Required parameter 'mcpId' or 'mcpName' type String at lease one is not present")
	}
	return nil, unknownMCP(c, id)
}

func missingMCP(text string) error {
	return failure.NewChecked(http.StatusBadRequest, failure.CodeParameterMissing, "%s", text)
}

func unknownMCP(c *web.Call, id string) error {
	return failure.NewChecked(http.StatusNotFound, web.CodeMCPUnknown, "Mcp server [ID: %s] not found in namespace [%s]. Response: null",
		cmp.Or(id, "null"), c.Params.Or("namespaceId", "public"))
}

// mcpServer is a server as requests describe it.
type mcpServer struct {
	ID       wire.Text   `json:"id"`
	Protocol wire.Text   `json:"protocol"`
	Version  wire.Text   `json:"version"`
	Detail   *mcpVersion `json:"versionDetail"`
}

type mcpVersion struct {
	Version wire.Text `json:"version"`
}

// readServer reads the server that a form describes.
func readServer(c *web.Call) (*mcpServer, error) {
	text := c.Params["serverSpecification"]
	if text == "" {
		return nil, missingMCP("Required parameter 'serverSpecification' type McpServerBasicInfo is not present")
	}
	var server *mcpServer
	if err := parseMCP(text, &server); err != nil {
		return nil, err
	}
	if server == nil {
		return nil, web.Unexpected(`Cannot invoke "com.alibaba.nacos.api.ai.model.mcp.McpServerBasicInfo.getName()" because "result" is null`)
	}
	for _, part := range []string{"toolSpecification", "endpointSpecification"} {
		text := c.Params[part]
		local := strings.EqualFold(string(server.Protocol), "stdio")
		switch endpoint := part == "endpointSpecification"; {
		case endpoint && local, !endpoint && java.IsBlank(text):
			continue
		case java.IsBlank(text):
			return nil, missingMCP("request parameter `endpointSpecification` is required if mcp server type not `local`.")
		}
		if err := parseMCP(text, new(map[string]any)); err != nil {
			return nil, err
		}
	}
	return server, nil
}

func parseMCP(text string, into any) error {
	if wire.Unmarshal([]byte(text), into) != nil {
		return naming.InvalidArgument("serverSpecification or toolSpecification is invalid. Can't be parsed.")
	}
	return nil
}

// checkVersion wants a version in one of the two places where it may be.
func (s *mcpServer) checkVersion() error {
	if s.Detail == nil && !java.IsBlank(string(s.Version)) || s.Detail != nil && s.Detail.Version != "" {
		return nil
	}
	return naming.InvalidArgument("Version must be specified in parameter `serverSpecification`")
}

var uuidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func createMCP(c *web.Call) (any, error) {
	server, err := readServer(c)
	if err == nil {
		err = server.checkVersion()
	}
	switch {
	case err != nil:
		return nil, err
	case server.ID != "" && !uuidForm.MatchString(string(server.ID)):
		return nil, naming.InvalidArgument("parameter `serverSpecification.id` is not match uuid pattern,  must obey uuid pattern")
	}
	return nil, failure.NewChecked(http.StatusNotImplemented, web.CodeDisabled, "This server keeps no MCP servers.")
}

func updateMCP(c *web.Call) (any, error) {
	if _, err := web.BoundBool("java.lang.Boolean").Form(c.Params, "mcpUpdateForm", "latest", true); err != nil {
		return nil, err
	}
	server, err := readServer(c)
	if err == nil {
		err = server.checkVersion()
	}
	if err != nil {
		return nil, err
	}
	return nil, unknownMCP(c, string(server.ID))
}

// importMCP asks an MCP server for its tools: as here all are out of reach, each import fails.
func importMCP(c *web.Call) (any, error) {
	for _, name := range []string{"transportType", "baseUrl", "endpoint"} {
		if _, err := c.Params.Present(name); err != nil {
			return nil, err
		}
	}
	if kind := c.Params["transportType"]; kind != "mcp-sse" {
		return web.Raw{Value: web.Envelope{Code: failure.CodeServerError, Message: new("Unsupported transport type: " + kind)}}, nil
	}
	return nil, failure.NewChecked(http.StatusInternalServerError, failure.CodeServerError, "Failed to import tools from MCP server")
}
