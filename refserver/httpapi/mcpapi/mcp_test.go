package mcpapi_test

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// Answers of a real 3.0.3 without MCP servers, but for that to a creation that it would carry out.
func TestNoMCPServerIsKept(t *testing.T) {
	const mcp = "/nacos/v3/admin/ai/mcp"
	missing := func(text string) string { return `{"code":10000,"message":"parameter missing","data":"` + text + `"}` }
	unknown := func(id, namespace string) string {
		return `{"code":50000,"message":"MCP server not found","data":"Mcp server [ID: ` + id + `] not found in namespace [` + namespace + `]. Response: null"}`
	}
	illegal := func(text string) string {
		return `{"code":20002,"message":"parameter validate error","data":"` + text + `"}`
	}
	const unparsed = "serverSpecification or toolSpecification is invalid. Can't be parsed."
	apitest.Play(t, []apitest.Exchange{
		{"GET " + mcp + "/list?pageNo=3", 200, apitest.JSON, `{"code":0,"message":"success","data":{"totalCount":0,"pageNumber":3,"pagesAvailable":0,"pageItems":[]}}`},
		{"GET " + mcp + "/list?search=odd", 400, apitest.JSON, illegal("Request parameter `search` should be `accurate` or `blur`.")},
		{"GET " + mcp + "/list?pageSize=0", 400, apitest.JSON, illegal("Required parameter 'pageSize' should be positive integer, current is 0")},
		{"GET " + mcp, 400, apitest.JSON, missing("Required parameter 'mcpId' or 'mcpName' type String at lease one is not present")},
		{"GET " + mcp + "?mcpId=x&namespaceId=zz", 404, apitest.JSON, unknown("x", "zz")},
		{"DELETE " + mcp + "?mcpName=x", 404, apitest.JSON, unknown("null", "public")},
		{"GET " + mcp + "?mcpName=a%20b", 400, "", "Param 'mcpName' is illegal, illegal characters should not appear in the param.\r\n"},
		{"POST " + mcp, 400, apitest.JSON, missing("Required parameter 'serverSpecification' type McpServerBasicInfo is not present")},
		{"POST " + mcp + "?serverSpecification=odd", 400, apitest.JSON, illegal(unparsed)},
		{"POST " + mcp + "?serverSpecification=%7B%7D", 400, apitest.JSON, missing("request parameter `endpointSpecification` is required if mcp server type not `local`.")},
		{"POST " + mcp + "?serverSpecification=%7B%22protocol%22:%22stdio%22%7D", 400, apitest.JSON, illegal("Version must be specified in parameter `serverSpecification`")},
		{"POST " + mcp + "?serverSpecification=%7B%22protocol%22:%22stdio%22,%22version%22:1%7D", 501, apitest.JSON,
			`{"code":40001,"message":"API function disabled.","data":"This server keeps no MCP servers."}`},
		{"PUT " + mcp + "?serverSpecification=%7B%22protocol%22:%22stdio%22,%22version%22:1%7D", 404, apitest.JSON, unknown("null", "public")},
	})
}
