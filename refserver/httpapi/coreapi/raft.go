package coreapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/wire"
)

func v1Raft(c call) (any, error) { return c.raft("CoreOpsController") }
func v2Raft(c call) (any, error) { return c.raft("v2.CoreOpsV2Controller") }

// raft takes a command for one consensus group, or for all.
func (c call) raft(controller string) (any, error) {
	var command map[string]wire.Text
	method := coreMethod(controller + ".raftOps(java.util.Map<java.lang.String, java.lang.String>)")
	if err := c.ReadBody(method, web.TextMap, &command); err != nil {
		return nil, err
	}
	if refusal := c.raftRefusal(command); refusal != "" {
		return c.RestOf(http.StatusInternalServerError, refusal, nil), nil
	}
	return c.Rest(nil), nil
}

// raftRefusal says why a command cannot be carried out, empty when it can, which changes nothing in a group of one.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/distributed/raft/utils/JRaftOps.java:38-160; measured.
func (c call) raftRefusal(command map[string]wire.Text) string {
	known := c.raftGroupNames()
	if name, ok := command["groupId"]; ok && !slices.Contains(known, string(name)) {
		return "not this raft group : " + string(name)
	}
	if len(known) == 0 {
		return ""
	}
	text, given := command["value"]
	value := string(text)
	itself := value == c.selfMember().raftAddress()
	name := "null"
	if text, ok := command["command"]; ok {
		name = string(text)
	}
	if name == "resetPeers" && !c.B.Operations.ResetsPeers {
		return "Not support command : " + name
	}
	switch name {
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
	case "restRaftCluster":
		if !itself {
			return "handleRequest internal error"
		}
		return ""
	case "removePeers", "changePeers", "resetPeers":
		switch {
		case !given:
			return `Cannot invoke "String.split(String)" because "peers" is null`
		case name != "removePeers" && !peerForm(value):
			return `Cannot invoke "com.alipay.sofa.jraft.entity.PeerId.toString()" because "peer" is null`
		}
		return ""
	default:
		return "Not support command : " + name
	}
}

// peerForm says whether text is the address of a member of a consensus group.
func peerForm(text string) bool {
	host, port, ok := strings.Cut(text, ":")
	_, err := web.Number(port)
	return ok && host != "" && err == nil
}
