package coreapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/wire"
)

// The members of the cluster over v2 in their first shape.
// Source: nacos 2.0.4 core/src/main/java/com/alibaba/nacos/core/controller/v2/NacosClusterV2Controller.java; measured.

// earlyMethod is a method of that controller as the framework names it.
func earlyMethod(method string) string {
	return "com.alibaba.nacos.common.model.RestResult<java.lang.Void> com.alibaba.nacos.core.controller.v2.NacosClusterV2Controller." + method
}

func earlyNodes(c call) (any, error) {
	if state := c.Params["state"]; !web.Blank(state) && !strings.EqualFold(state, memberUp) {
		return c.Rest([]any{}), nil
	}
	return c.Rest(c.owns(c.Params["address"])), nil
}

func earlyUpdateMembers(c call) (any, error) {
	var nodes []reported
	err := c.ReadBody(earlyMethod("updateNodes(java.util.List<"+memberClass+">)"), membersShape, &nodes)
	return c.Rest(nil), err
}

func earlyLookup(c call) (any, error) {
	var wanted struct {
		Type *wire.Text `json:"type"`
	}
	if err := c.ReadBody(earlyMethod("updateLookup("+lookupShape.Class+")"), lookupShape, &wanted); err != nil {
		return nil, err
	}
	if wanted.Type == nil {
		return c.chooseLookup("null"), nil
	}
	return c.chooseLookup(string(*wanted.Type)), nil
}

func earlyRemove(c call) (any, error) {
	if _, ok := c.Params["addresses"]; !ok {
		return nil, &web.Missing{Name: "addresses", Kind: "List"}
	}
	return c.Rest(nil), nil
}
