package httpapi

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// v3IDs are the makers of ids, none of which has made one: nothing here has ids that need them.
func v3IDs(c *call) (any, error) {
	type state struct {
		Current int64 `json:"currentId"`
		Worker  int   `json:"workerId"`
	}
	type maker struct {
		Resource string `json:"resource"`
		Info     state  `json:"info"`
	}
	var all []maker
	for _, name := range []string{
		"app-configdata-relation-subs", "config-beta-id", "config-history-gray-id", "config-history-id", "config-info-id",
		"config-tag-relation-id", "namespace-id", "permissions_id", "role-id", "user-id",
	} {
		all = append(all, maker{name, state{Worker: 1}})
	}
	return all, nil
}

// v3CoreLog takes note of a log level without a use for it.
func v3CoreLog(c *call) (any, error) {
	const controller = "java.lang.Void> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.updateLog"
	body, err := c.object(controller, "com.alibaba.nacos.core.model.request.LogUpdateRequest")
	if err == nil && body["logName"] == nil {
		return nil, unexpected(`Cannot invoke "String.hashCode()" because "<local2>" is null`)
	}
	return nil, err
}

// v3Raft takes commands for consensus groups. What comes of them is not told, whatever they are.
func v3Raft(c *call) (any, error) {
	const controller = "java.lang.String> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.raftOps"
	_, err := c.object(controller, "com.alibaba.nacos.core.model.form.v3.RaftCommandForm")
	return nil, err
}

// v3Lookup chooses where the servers of the cluster are found. A server alone finds itself either way.
func v3Lookup(c *call) (any, error) {
	kind, ok := c.params["type"]
	switch {
	case !ok:
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeParameterMissing, Message: "required parameter 'type' is missing",
		}
	case kind != "file" && kind != "address-server":
		return nil, naming.InvalidArgument("The addressing mode exists : %s, just support : [[file, address-server]]", kind)
	}
	return true, nil
}

// object is the JSON object that the body of a request must be. Refusals name the controller that wants it, with its
// result, and its class.
func (c *call) object(controller, class string) (map[string]any, error) {
	kind, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	text, err := io.ReadAll(io.LimitReader(c.Body, maxForm))
	missing := func(message string) error {
		return &naming.Error{Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeParameterMissing, Message: message}
	}
	switch {
	case err != nil:
		return nil, missing("I/O error while reading input message")
	case kind == "" && len(text) == 0:
		return nil, missing("Required request body is missing: public com.alibaba.nacos.api.model.v2.Result<" + controller + "(" + class + ")")
	case kind != "application/json":
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeMediaType,
			Message: "Content-Type '" + kind + ";charset=UTF-8' is not supported",
		}
	}
	var body map[string]any
	switch err := json.Unmarshal(text, &body); {
	case err == nil:
		return body, nil
	case strings.HasPrefix(strings.TrimSpace(string(text)), "["):
		return nil, missing("JSON parse error: Cannot deserialize value of type `" + class + "` from Array value (token `JsonToken.START_ARRAY`)")
	default:
		return nil, missing("JSON parse error: " + err.Error())
	}
}
