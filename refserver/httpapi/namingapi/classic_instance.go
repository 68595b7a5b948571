package namingapi

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// classicUpdate registers the instance, which must be there when a Java client that knows groups asks.
func (c call) classicUpdate(k naming.ServiceKey, in naming.Instance, ephemeral bool) (any, error) {
	if err := checkJava(c.Agent()); err != nil {
		return nil, err
	}
	if modernJava(c.Agent()) {
		return c.OK(), c.registry.Modify(k, in, ephemeral, c.attributes())
	}
	return c.OK(), c.registry.Register(k, in, ephemeral, c.attributes())
}

// classicDeregister looks at the address before the service, and at nothing else of the instance.
func (c call) classicDeregister() (any, error) {
	in, ephemeral, err := c.v1Address()
	if err != nil {
		return nil, err
	}
	k, _, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

// classicPatch looks for the instance before the changes, and for what is wrong with a change once those before it are in force.
func (c call) classicPatch(k naming.ServiceKey, cluster, ip string, port int) (any, error) {
	if !c.registry.Has(k, cluster, ip, port) {
		return nil, naming.InvalidArgument("%s", c.B.Texts.PatchUnknown)
	}
	var p naming.Patch
	if text := c.Params.Optional("metadata", ""); text != "" {
		m, err := c.parseMetadata(text)
		if err != nil {
			return nil, err
		}
		p.Metadata, p.NoMetadata = m.values, m.absent
	}
	p.App = c.Params.Optional("app", "")
	if text := c.Params.Optional("weight", ""); text != "" {
		weight, err := web.Decimal(text)
		if p.Weight = &weight; err != nil {
			p.Weight, p.Refusal = nil, err
			return nil, c.registry.Patch(k, cluster, ip, port, p)
		}
	}
	if text := c.Params.Optional("healthy", ""); text != "" {
		p.Healthy = new(naming.TruthyText(text))
	}
	if text := c.Params.Optional("enabled", ""); text != "" {
		p.Enabled = new(naming.TruthyText(text))
	}
	return c.OK(), c.registry.Patch(k, cluster, ip, port, p)
}

// classicBatch edits the metadata of the instances that the request lists, or of all of one kind. What it cannot read or
// find is left out without a word.
func (c call) classicBatch(grouped string, how edit) (any, error) {
	parsed, err := parseTargets(c.Params.Optional("instances", ""))
	if err != nil {
		parsed = nil
	}
	if slices.Contains(parsed, nil) {
		return nil, web.Unexpected(`Cannot invoke "com.alibaba.nacos.naming.core.Instance.getClusterName()" because "instance" is null`)
	}
	m, err := c.parseMetadata(c.Params["metadata"])
	if err != nil {
		return nil, err
	}
	updated := []string{}
	scope, ok := map[string]naming.Scope{
		"": naming.Listed, "ephemeral": naming.AllEphemeral, "persist": naming.AllPersistent,
	}[c.Params.Optional("consistencyType", "")]
	if !ok || checkGrouped(grouped) != nil {
		return map[string][]string{"updated": updated}, nil
	}
	found, err := c.registry.EditInstances(c.key(c.namespace(), grouped), scope, c.targets(parsed), func(all map[string]string) {
		how.apply(all, m.values)
	})
	for _, t := range found {
		updated = append(updated, datumKey(t))
	}
	return map[string][]string{"updated": updated}, err
}

func datumKey(t naming.Target) string {
	address, kind := t.IP, "ephemeral"
	if t.Port > 0 {
		address += ":" + strconv.Itoa(t.Port)
	}
	if !t.Ephemeral {
		kind = "persist"
	}
	return strings.Join([]string{address, "unknown", t.Cluster, kind}, ":")
}
