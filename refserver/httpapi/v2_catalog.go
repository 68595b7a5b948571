package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/wire"
)

func v2CatalogInstances(c *call) (any, error) {
	grouped, err := c.params.present("serviceName")
	if err != nil {
		return nil, err
	}
	healthy, err := boundBool("java.lang.Boolean").read(c.params, "healthyOnly", false)
	if err != nil {
		return nil, err
	}
	enabled, err := boundBool("java.lang.Boolean").read(c.params, "enabledOnly", false)
	if err != nil {
		return nil, err
	}
	no, size, err := c.pageParams(&missing{kind: "int"})
	if err != nil {
		return nil, err
	}
	var hosts []wire.Instance
	if !blank(grouped) && !strings.HasSuffix(grouped, "@@") {
		k := key(c.params.or("namespaceId", c.h.b.Registration.DefaultNamespace), grouped)
		if _, ok := c.h.registry.Service(k); ok {
			hosts = c.h.registry.Hosts(k)
		}
	}
	start := min(max((no-1)*size, 0), len(hosts))
	end := min(start+size, len(hosts))
	kept := []wire.Instance{}
	for _, host := range hosts {
		if c.params["healthyOnly"] != "" && bool(host.Healthy) != healthy || c.params["enabledOnly"] != "" && bool(host.Enabled) != enabled {
			continue
		}
		kept = append(kept, host)
	}
	answer := struct {
		Instances []wire.Instance `json:"instances,omitempty"`
		Count     int             `json:"count"`
	}{Count: len(kept)}
	if len(kept) > start {
		if answer.Instances, err = subList(kept, start, end); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

// subList is a part of a list; the end was computed before the filters, so that it may lie behind the list.
func subList(all []wire.Instance, start, end int) ([]wire.Instance, error) {
	if end > len(all) {
		return nil, unexpected("toIndex = " + string(encode(end)))
	}
	if start > end {
		return nil, unexpected("fromIndex(" + string(encode(start)) + ") > toIndex(" + string(encode(end)) + ")")
	}
	return all[start:end], nil
}
