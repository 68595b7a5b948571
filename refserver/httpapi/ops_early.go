package httpapi

import "strings"

// The members of the cluster over v2 in their first shape.
// Source: nacos 2.0.4 core/src/main/java/com/alibaba/nacos/core/controller/v2/NacosClusterV2Controller.java; measured.

// earlyMethod is a method of that controller as the framework names it.
func earlyMethod(method string) string {
	return "com.alibaba.nacos.common.model.RestResult<java.lang.Void> com.alibaba.nacos.core.controller.v2.NacosClusterV2Controller." + method
}

func earlyNodes(c call) (any, error) {
	if state := c.params["state"]; !blank(state) && !strings.EqualFold(state, memberUp) {
		return c.rest([]any{}), nil
	}
	return c.rest(c.owns(c.params["address"])), nil
}

func earlyUpdateMembers(c call) (any, error) {
	var nodes []reported
	err := c.body(earlyMethod("updateNodes(java.util.List<"+memberClass+">)"), memberList, &nodes)
	return c.rest(nil), err
}

func earlyLookup(c call) (any, error) {
	const class = "com.alibaba.nacos.core.model.request.LookupUpdateRequest"
	var wanted struct {
		Type *string `json:"type"`
	}
	if err := c.body(earlyMethod("updateLookup("+class+")"), class, &wanted); err != nil {
		return nil, err
	}
	if wanted.Type == nil {
		return c.chooseLookup("null"), nil
	}
	return c.chooseLookup(*wanted.Type), nil
}

func earlyRemove(c call) (any, error) {
	if _, ok := c.params["addresses"]; !ok {
		return nil, &missing{name: "addresses", kind: "List"}
	}
	return c.rest(nil), nil
}
