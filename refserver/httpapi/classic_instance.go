package httpapi

import (
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// classicUpdate registers the instance, which must be there when a Java client that knows groups asks.
func (c *call) classicUpdate(k naming.ServiceKey, in naming.Instance, ephemeral bool) (any, error) {
	if err := checkJava(c.agent()); err != nil {
		return nil, err
	}
	if modernJava(c.agent()) {
		return c.ok(), c.h.registry.Modify(k, in, ephemeral, c.attributes())
	}
	return c.ok(), c.h.registry.Register(k, in, ephemeral, c.attributes())
}

// classicDeregister looks at the address before the service, and at nothing else of the instance.
func (c *call) classicDeregister() (any, error) {
	in, ephemeral, err := c.v1Address()
	if err != nil {
		return nil, err
	}
	k, _, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	return c.ok(), c.h.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

// classicPatch takes what only instances themselves can take.
func (c *call) classicPatch(p *naming.Patch) {
	p.App = c.params.optional("app", "")
	if text := c.params.optional("healthy", ""); text != "" {
		p.Healthy = new(naming.TruthyText(text))
	}
}

// classicBatch edits the metadata of the instances that the request lists, or of all of one kind. What it cannot read or
// find is left out without a word.
func (c *call) classicBatch(grouped string, how edit) (any, error) {
	parsed, err := parseTargets(c.params.optional("instances", ""))
	if err != nil {
		parsed = nil
	}
	m, err := c.parseMetadata(c.params["metadata"])
	if err != nil {
		return nil, err
	}
	updated := []string{}
	scope, ok := map[string]naming.Scope{
		"": naming.Listed, "ephemeral": naming.AllEphemeral, "persist": naming.AllPersistent,
	}[c.params.optional("consistencyType", "")]
	if !ok || checkGrouped(grouped) != nil {
		return map[string][]string{"updated": updated}, nil
	}
	found, err := c.h.registry.EditInstances(key(c.namespace(), grouped), scope, c.targets(parsed), func(all map[string]string) {
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
