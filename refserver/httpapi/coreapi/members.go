package coreapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

func v1Self(c call) (any, error)      { return c.Rest(c.own()), nil }
func v1Nodes(c call) (any, error)     { return c.Rest(c.owns(c.Params["keyword"])), nil }
func v1Addresses(c call) (any, error) { return c.Rest([]string{c.Self()}), nil }
func v1OwnState(c call) (any, error)  { return c.Rest(memberUp), nil }
func v2OwnState(call) (any, error)    { return memberUp, nil }

// reported is what a server tells of itself.
type reported struct {
	IP      wire.Text `json:"ip"`
	Port    *wire.Int `json:"port"`
	Address wire.Text `json:"address"`
}

// v1Report takes the report of another server. A server alone knows no other.
func v1Report(c call) (any, error) {
	var r reported
	err := c.ReadBody(coreMethod("NacosClusterController.report("+memberClass+")"), memberShape, &r)
	switch {
	case err != nil:
		return nil, err
	case java.IsBlank(string(r.IP)) || java.IsBlank(string(r.Address)) || r.Port == nil || *r.Port == -1:
		return c.RestOf(http.StatusBadRequest, "Node information is illegal", nil), nil
	case c.B.Operations.ReportsSelf:
		return c.Rest(string(web.Encode(c.own()))), nil
	case string(r.Address) == c.Self():
		return c.Rest("true"), nil
	}
	return c.Rest("false"), nil
}

// coreMethod is a method of a core controller as the framework names it.
func coreMethod(method string) string {
	return "com.alibaba.nacos.common.model.RestResult<java.lang.String> com.alibaba.nacos.core.controller." + method
}

// badLookup says why the servers of the cluster cannot be found in some way; empty when they can.
func badLookup(kind string) string {
	if kind == "file" || kind == "address-server" {
		return ""
	}
	return "The addressing mode exists : " + kind + ", just support : [[file, address-server]]"
}

func v1Lookup(c call) (any, error) {
	kind, err := c.Params.Present("type")
	if err != nil {
		return nil, err
	}
	return c.chooseLookup(kind), nil
}

// chooseLookup takes note of where the servers of the cluster are found. A server alone finds itself either way.
func (c call) chooseLookup(kind string) any {
	if text := badLookup(kind); text != "" {
		return c.RestOf(http.StatusInternalServerError, text, nil)
	}
	return c.Rest(nil)
}

func v1Leave(c call) (any, error) {
	b, parameters := c.B.Operations, "java.util.Collection<java.lang.String>"
	if b.RemovesQuietly {
		parameters += ",java.lang.Boolean"
	}
	var leaving []wire.Text
	method := coreMethod("NacosClusterController.leave(" + parameters + ") throws java.lang.Exception")
	if err := c.ReadBody(method, namesShape, &leaving); err != nil {
		return nil, err
	}
	if b.RemovesQuietly {
		if _, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "notifyOtherMembers", true); err != nil {
			return nil, err
		}
	}
	if !b.RemovesMembers {
		return c.RestOf(http.StatusMethodNotAllowed, "/v1/core/cluster/server/leave API not allow to use temporarily.", nil), nil
	}
	return c.Rest("ok"), nil
}

// membersMethod is followed by the controller.
const membersMethod = "com.alibaba.nacos.api.model.v2.Result<java.lang.Boolean> com.alibaba.nacos.core.controller."

// v2UpdateMembers takes what is known of other servers, of which a server alone has none.
func v2UpdateMembers(c call) (any, error) {
	controller := "v2.NacosClusterControllerV2"
	if strings.HasPrefix(c.Path, "/v3/") {
		controller = "v3.NacosClusterControllerV3"
	}
	var nodes []reported
	method := membersMethod + controller + ".updateNodes(java.util.List<" + memberClass + ">) throws com.alibaba.nacos.api.exception.api.NacosApiException"
	if err := c.ReadBody(method, membersShape, &nodes); err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeParameterMissing, Message: "required parameter 'nodes' is missing",
		}
	}
	return true, nil
}

func v2Remove(c call) (any, error) {
	if _, ok := c.Params["addresses"]; !ok {
		return nil, &web.Missing{Name: "addresses", Kind: "List"}
	}
	return web.Raw{Value: c.RestOf(http.StatusMethodNotAllowed, "DELETE /v2/core/cluster/nodes API not allow to use temporarily.", nil)}, nil
}

func v1DistroStatus(c call) (any, error) {
	if c.Params.Or("action", "view") != "view" {
		return struct{}{}, nil
	}
	return map[string][]peerMember{"status": {c.peer()}}, nil
}

// peerServers are the servers of the cluster: this one.
func peerServers(c call) (any, error) {
	if _, err := web.BoundBool("boolean").Given(c.Params, "healthy", false); err != nil {
		return nil, err
	}
	return map[string][]peerMember{"servers": {c.peer()}}, nil
}
