package httpapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func v3CoreLog(c *call) (any, error) {
	return nil, c.logBody("com.alibaba.nacos.api.model.v2.Result<java.lang.Void> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.updateLog")
}

// v3Raft takes commands for consensus groups. What comes of them is not told, whatever they are.
func v3Raft(c *call) (any, error) {
	const class = "com.alibaba.nacos.core.model.form.v3.RaftCommandForm"
	var body map[string]any
	return nil, c.body("com.alibaba.nacos.api.model.v2.Result<java.lang.String> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.raftOps("+class+")", class, &body)
}

// v3Lookup chooses where the servers of the cluster are found. A server alone finds itself either way.
func v3Lookup(c *call) (any, error) {
	kind, ok := c.params["type"]
	if !ok {
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeParameterMissing, Message: "required parameter 'type' is missing",
		}
	}
	if text := badLookup(kind); text != "" {
		return nil, naming.InvalidArgument("%s", text)
	}
	return true, nil
}
