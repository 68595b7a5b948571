package httpapi

import (
	"maps"
	"slices"
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

func setKeys(all, keys map[string]string) { maps.Copy(all, keys) }

func removeKeys(all, keys map[string]string) {
	for k := range keys {
		delete(all, k)
	}
}

// batch edits the operational metadata of the instances that the request names, of all of them when it names none.
func (c *call) batch(k naming.ServiceKey, edit func(all, keys map[string]string)) (any, error) {
	m, err := c.parseMetadata(c.params["metadata"])
	if err != nil {
		return nil, err
	}
	parsed, err := parseTargets(c.params["instances"])
	if err != nil {
		parsed = nil // what cannot be read counts as none given
	}
	if slices.Contains(parsed, nil) {
		return nil, unexpected(`Cannot invoke "com.alibaba.nacos.api.naming.pojo.Instance.getClusterName()" because "instance" is null`)
	}
	found, err := c.h.registry.EditMetadata(k, c.targets(parsed), func(all map[string]string) { edit(all, m.values) })
	if err != nil {
		return nil, err
	}
	updated := []string{}
	for _, t := range found {
		kind := "ephemeral"
		if !t.Ephemeral {
			kind = "persist"
		}
		updated = append(updated, t.IP+":"+strconv.Itoa(t.Port)+":unknown:"+t.Cluster+":"+kind)
	}
	if m.absent && len(updated) > 0 {
		return nil, stumble()
	}
	return map[string][]string{"updated": updated}, nil
}

// targets are the instances that a batch lists.
func (c *call) targets(parsed []*target) (targets []naming.Target) {
	for _, t := range parsed {
		if t == nil {
			continue
		}
		one := naming.Target{IP: t.ip(), Port: int(t.Port), Cluster: t.cluster(), Ephemeral: t.Ephemeral == nil || bool(*t.Ephemeral)}
		if blank(one.Cluster) {
			one.Cluster = c.h.b.Registration.DefaultCluster
		}
		targets = append(targets, one)
	}
	return targets
}

func hostAddress(host wire.Instance) string {
	ip := "null"
	if host.IP != nil {
		ip = string(*host.IP)
	}
	return ip + ":" + strconv.Itoa(int(host.Port))
}
