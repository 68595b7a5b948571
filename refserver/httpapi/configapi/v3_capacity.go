package configapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v3CapacityView is a capacity. Embedded storage does not read its times.
type v3CapacityView struct {
	ID           int64  `json:"id,string"`
	Quota        int    `json:"quota"`
	Usage        int    `json:"usage"`
	MaxSize      int    `json:"maxSize"`
	MaxAggrCount int    `json:"maxAggrCount"`
	MaxAggrSize  int    `json:"maxAggrSize"`
	Created      *int64 `json:"gmtCreate"`
	Modified     *int64 `json:"gmtModified"`
	Namespace    string `json:"namespaceId,omitempty"`
	Group        string `json:"groupName,omitempty"`
}

// capacityKey is whose capacity a request is about: that of a namespace as it is named, or else of a group.
func (c call) capacityKey() (config.CapacityKey, error) {
	p := c.Params
	switch {
	case !web.Blank(p["namespaceId"]):
		return config.CapacityKey{Tenant: p["namespaceId"]}, nil
	case !web.Blank(p["groupName"]):
		return config.CapacityKey{Group: p["groupName"]}, nil
	}
	return config.CapacityKey{}, failure.NewChecked(http.StatusBadRequest, failure.CodeParameterMissing,
		"At least one of the parameters (groupName or namespaceId) must be provided")
}

func v3Capacity(c call) (any, error) {
	key, err := c.capacityKey()
	if err != nil {
		return nil, err
	}
	k, err := c.configs.Capacity(key)
	if err != nil {
		return nil, err
	}
	return v3CapacityView{
		ID: k.ID, Quota: k.Quota, Usage: k.Usage, MaxSize: k.MaxSize, MaxAggrCount: k.MaxAggrCount, MaxAggrSize: k.MaxAggrSize,
		Namespace: k.Tenant, Group: k.Group,
	}, nil
}

func v3SetCapacity(c call) (any, error) {
	var limits config.CapacityLimits
	given := false
	for _, field := range []struct {
		name string
		to   **int
	}{
		{"quota", &limits.Quota}, {"maxSize", &limits.MaxSize}, {"maxAggrCount", &limits.MaxAggrCount},
		{"maxAggrSize", &limits.MaxAggrSize},
	} {
		n, err := web.BoundInt("java.lang.Integer").Form(c.Params, "updateCapacityForm", field.name, 0)
		if err != nil {
			return nil, err
		}
		if c.Params[field.name] != "" {
			*field.to, given = &n, true
		}
	}
	key, err := c.capacityKey()
	if err == nil && !given {
		err = failure.NewChecked(http.StatusBadRequest, failure.CodeParameterMissing,
			"The parameters quota, maxSize, maxAggrCount, maxAggrSize cannot be empty at the same time")
	}
	if err != nil {
		return nil, err
	}
	return true, c.configs.SetCapacity(key, limits)
}
