package namingapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

func v2CatalogInstances(c call) (any, error) {
	grouped, err := c.Params.Present("serviceName")
	if err != nil {
		return nil, err
	}
	healthy, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "healthyOnly", false)
	if err != nil {
		return nil, err
	}
	enabled, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "enabledOnly", false)
	if err != nil {
		return nil, err
	}
	no, size, err := c.pageParams(&web.Missing{Kind: "int"})
	if err != nil {
		return nil, err
	}
	var hosts []wire.Instance
	if !web.Blank(grouped) && !strings.HasSuffix(grouped, "@@") {
		k := key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped)
		if _, ok := c.registry.Service(k); ok {
			hosts = c.registry.Hosts(k)
		}
	}
	first := naming.PageStart(no, size)
	start, end := min(first, len(hosts)), min(int(int32(first)+int32(size)), len(hosts))
	kept := []wire.Instance{}
	for _, host := range hosts {
		if c.Params["healthyOnly"] != "" && bool(host.Healthy) != healthy || c.Params["enabledOnly"] != "" && bool(host.Enabled) != enabled {
			continue
		}
		kept = append(kept, host)
	}
	answer := struct {
		Instances []wire.Instance `json:"instances,omitzero"`
		Count     int             `json:"count"`
	}{Count: len(kept)}
	if len(kept) > start { // the end was computed before the filters, so that it may lie behind the list
		if answer.Instances, err = naming.SubList(kept, start, end); err != nil {
			return nil, err
		}
	}
	return answer, nil
}
