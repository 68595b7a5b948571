package namingapi

import (
	"maps"
	"slices"
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// edit says how a batch edits metadata: by setting keys, or by removing them.
type edit bool

const (
	setKeys    edit = true
	removeKeys edit = false
)

func (sets edit) apply(all, keys map[string]string) {
	if sets {
		maps.Copy(all, keys)
		return
	}
	for k := range keys {
		delete(all, k)
	}
}

// batch edits the operational metadata of the instances that the request names, of all of them when it names none.
func (c call) batch(k naming.ServiceKey, how edit) (any, error) {
	m, err := c.parseMetadata(c.Params["metadata"])
	if err != nil {
		return nil, err
	}
	parsed, err := parseTargets(c.Params["instances"])
	if err != nil {
		parsed = nil // what cannot be read counts as none given
	}
	if slices.Contains(parsed, nil) {
		return nil, web.Unexpected(`Cannot invoke "com.alibaba.nacos.api.naming.pojo.Instance.getClusterName()" because "instance" is null`)
	}
	targets := c.targets(parsed)
	if (m.absent || len(m.nulls) > 0 && how == setKeys) && c.anyOf(k, targets) {
		return nil, nullMetadata(m.absent, how == setKeys)
	}
	found, err := c.registry.EditMetadata(k, targets, func(all map[string]string) { how.apply(all, m.values) })
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
	return map[string][]string{"updated": updated}, nil
}

// anyOf says whether readers see any of the targets, or anything when there are none.
func (c call) anyOf(k naming.ServiceKey, targets []naming.Target) bool {
	for _, t := range targets {
		if _, err := c.registry.Find(k, t.Cluster, t.IP, t.Port); err == nil {
			return true
		}
	}
	return len(targets) == 0 && len(c.registry.Hosts(k)) > 0
}

// nullMetadata is the error of editing with metadata that is null, or with values that are.
func nullMetadata(absent, sets bool) error {
	switch {
	case !absent:
		return web.Unexpected("")
	case sets:
		return stumble()
	}
	return web.Unexpected(`Cannot invoke "java.util.Map.keySet()" because "metadata" is null`)
}

// targets are the instances that a batch lists.
func (c call) targets(parsed []*target) (targets []naming.Target) {
	for _, t := range parsed {
		if t == nil {
			continue
		}
		one := naming.Target{IP: t.ip(), Port: int(t.Port), Cluster: t.cluster(), Ephemeral: t.Ephemeral == nil || bool(*t.Ephemeral)}
		if web.Blank(one.Cluster) {
			one.Cluster = c.B.Registration.DefaultCluster
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
