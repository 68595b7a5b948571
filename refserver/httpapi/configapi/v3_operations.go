package configapi

import (
	"maps"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/wire"
)

// v3DerbyImport refuses to replace the database, as servers are shipped.
func v3DerbyImport(c call) (any, error) {
	if !c.HasParts() {
		return nil, web.Unexpected("Current request is not a multipart request")
	}
	return unsuccessful(failure.CodeServerError, derbyOff, nil), nil
}

// v3ClientMetrics shows what the clients at an address have of a configuration.
func v3ClientMetrics(c call) (any, error) {
	ip, err := c.Params.Present("ip")
	if err != nil {
		return nil, err
	}
	all := c.configs
	if err := all.CheckTenant(c.Params["namespaceId"]); err != nil {
		return nil, err
	}
	if err := all.CheckNames(c.Params.OptionalText("dataId"), c.Params.OptionalText("groupName")); err != nil {
		return nil, err
	}
	return c.clientMetrics(ip, config.Key{
		Namespace: all.Namespace(c.Params["namespaceId"]), Group: c.Params["groupName"], DataID: c.Params["dataId"],
	}), nil
}

// clientMetrics is what the clients at an address say that they have of a configuration, all in one.
func (c call) clientMetrics(ip string, key config.Key) map[string]any {
	told := map[string]any{}
	for _, metrics := range c.configMetrics(ip, []wire.MetricsKey{
		{Type: wire.MetricsCache, Key: wire.Text(key.GroupKey())}, {Type: wire.MetricsSnapshot, Key: wire.Text(key.GroupKey())},
	}) {
		maps.Copy(told, metrics)
	}
	return told
}
