package httpapi

import "testing"

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
	play(t, []exchange{
		{"GET " + mcp + "/list?pageNo=3", 200, js, `{"code":0,"message":"success","data":{"totalCount":0,"pageNumber":3,"pagesAvailable":0,"pageItems":[]}}`},
		{"GET " + mcp + "/list?search=odd", 400, js, illegal("Request parameter `search` should be `accurate` or `blur`.")},
		{"GET " + mcp + "/list?pageSize=0", 400, js, illegal("Required parameter 'pageSize' should be positive integer, current is 0")},
		{"GET " + mcp, 400, js, missing("Required parameter 'mcpId' or 'mcpName' type String at lease one is not present")},
		{"GET " + mcp + "?mcpId=x&namespaceId=zz", 404, js, unknown("x", "zz")},
		{"DELETE " + mcp + "?mcpName=x", 404, js, unknown("null", "public")},
		{"GET " + mcp + "?mcpName=a%20b", 400, untyped, "Param 'mcpName' is illegal, illegal characters should not appear in the param.\r\n"},
		{"POST " + mcp, 400, js, missing("Required parameter 'serverSpecification' type McpServerBasicInfo is not present")},
		{"POST " + mcp + "?serverSpecification=odd", 400, js, illegal(unparsed)},
		{"POST " + mcp + "?serverSpecification=%7B%7D", 400, js, missing("request parameter `endpointSpecification` is required if mcp server type not `local`.")},
		{"POST " + mcp + "?serverSpecification=%7B%22protocol%22:%22stdio%22%7D", 400, js, illegal("Version must be specified in parameter `serverSpecification`")},
		{"POST " + mcp + "?serverSpecification=%7B%22protocol%22:%22stdio%22,%22version%22:1%7D", 501, js,
			`{"code":40001,"message":"API function disabled.","data":"This server keeps no MCP servers."}`},
		{"PUT " + mcp + "?serverSpecification=%7B%22protocol%22:%22stdio%22,%22version%22:1%7D", 404, js, unknown("null", "public")},
	})
}
