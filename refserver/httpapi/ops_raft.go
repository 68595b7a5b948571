package httpapi

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

func v1Raft(c call) (any, error) { return c.raft("CoreOpsController") }
func v2Raft(c call) (any, error) { return c.raft("v2.CoreOpsV2Controller") }

// raft takes a command for one consensus group, or for all.
func (c call) raft(controller string) (any, error) {
	var given map[string]any
	method := coreMethod(controller + ".raftOps(java.util.Map<java.lang.String, java.lang.String>)")
	if err := c.ReadBody(method, "java.util.LinkedHashMap<java.lang.String,java.lang.String>", &given); err != nil {
		return nil, err
	}
	command := map[string]string{}
	for name, value := range given {
		switch value.(type) {
		case map[string]any, []any:
			return nil, web.UnusableBody("JSON parse error: Cannot deserialize value of type `java.lang.String` from Object value (token `JsonToken.START_OBJECT`)")
		case nil:
		default:
			command[name] = fmt.Sprint(value)
		}
	}
	if refusal := c.raftRefusal(command); refusal != "" {
		return c.RestOf(http.StatusInternalServerError, refusal, nil), nil
	}
	return c.Rest(nil), nil
}

// raftRefusal says why a command cannot be carried out, empty when it can, which changes nothing in a group of one.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/distributed/raft/utils/JRaftOps.java:38-160; measured.
func (c call) raftRefusal(command map[string]string) string {
	known := c.raftGroupNames()
	if name, ok := command["groupId"]; ok && !slices.Contains(known, name) {
		return "not this raft group : " + name
	}
	if len(known) == 0 {
		return ""
	}
	value, given := command["value"]
	itself := value == c.selfMember().raftAddress()
	switch name, ok := command["command"]; name {
	case "transferLeader", "doSnapshot":
		switch {
		case !peerForm(value):
			return "Null peer"
		case itself:
			return ""
		case name == "doSnapshot":
			return "Fail to init channel to " + value
		}
		return "Not in current configuration"
	case "removePeer":
		return ""
	case "restRaftCluster", "removePeers", "changePeers", "resetPeers":
		switch {
		case !given:
			return `Cannot invoke "String.split(String)" because "peers" is null`
		case name != "removePeers" && !peerForm(value):
			return `Cannot invoke "com.alipay.sofa.jraft.entity.PeerId.toString()" because "peer" is null`
		}
		return ""
	default:
		if !ok {
			name = "null"
		}
		return "Not support command : " + name
	}
}

// peerForm says whether text is the address of a member of a consensus group.
func peerForm(text string) bool {
	host, port, ok := strings.Cut(text, ":")
	_, err := web.Number(port)
	return ok && host != "" && err == nil
}
