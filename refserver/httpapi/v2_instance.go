package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// composed is the key that v2 makes of a group and a name: what the name puts behind a separator is lost.
func composed(namespace, group, name string) (naming.ServiceKey, error) {
	if err := refuseBlank(group, name); err != nil {
		return naming.ServiceKey{}, err
	}
	if strings.ReplaceAll(name, "@@", "") == "" {
		return naming.ServiceKey{}, unexpected("Index 1 out of bounds for length 1")
	}
	return key(namespace, group+"@@"+name), nil
}

// refuseBlank refuses services without a name or a group.
func refuseBlank(group, name string) error {
	if blank(name) {
		return naming.InvalidArgument("Param 'serviceName' is illegal, serviceName is blank")
	}
	if blank(group) {
		return naming.InvalidArgument("Param 'groupName' is illegal, groupName is blank")
	}
	return nil
}

// instanceForm reads the form of an instance that v2 and v3 share, but for its metadata. The name of the service is that
// of the form. Instances are of the kind that is given unless the form names one.
func (c call) instanceForm(kind bool) (name string, in naming.Instance, ephemeral bool, err error) {
	const object = "instanceForm"
	r := c.B.Registration
	p := c.params
	if in.Port, err = boundInt("java.lang.Integer").form(p, object, "port", 0); err != nil {
		return
	}
	if in.Weight, err = boundDouble("java.lang.Double").form(p, object, "weight", r.DefaultWeight); err != nil {
		return
	}
	if in.Healthy, err = boundBool("java.lang.Boolean").form(p, object, "healthy", r.DefaultHealthy); err != nil {
		return
	}
	if in.Enabled, err = boundBool("java.lang.Boolean").form(p, object, "enabled", r.DefaultEnabled); err != nil {
		return
	}
	if ephemeral, err = boundBool("java.lang.Boolean").form(p, object, "ephemeral", kind); err != nil {
		return
	}
	if name, err = p.formText("serviceName"); err != nil {
		return
	}
	if in.IP, err = p.formText("ip"); err != nil {
		return
	}
	if p["port"] == "" && r.NeedsPort {
		err = &missing{name: "port", kind: "Integer", form: true}
		return
	}
	in.Cluster = p.orBlank("clusterName", r.DefaultCluster)
	return
}

// v2Instance builds the instance that a v2 form describes.
func (c call) v2Instance() (k naming.ServiceKey, in naming.Instance, ephemeral bool, err error) {
	p, r := c.params, c.B.Registration
	name, in, ephemeral, err := c.instanceForm(c.registry.Switches().DefaultEphemeral)
	if err != nil {
		return
	}
	if err = c.registry.CheckWeight(in.Weight); err != nil {
		return
	}
	m, err := c.parseMetadata(p["metadata"])
	if err != nil {
		return
	}
	in.Metadata, in.Nulls = m.values, m.nulls
	k, err = composed(p.orBlank("namespaceId", r.DefaultNamespace), p.orBlank("groupName", r.DefaultGroup), name)
	if err == nil && r.IDOverV2 {
		in.ID, err = c.registry.InstanceID(in, k.Grouped())
	}
	return
}

func v2Register(c call) (any, error) {
	k, in, ephemeral, err := c.v2Instance()
	if err != nil {
		return nil, err
	}
	if k.Nameless() && !c.B.Services.AcceptsNameless {
		return c.ok(), nil // answered like any other, but without the damage
	}
	return c.ok(), c.registry.Register(k, in, ephemeral, c.attributes())
}

func v2Deregister(c call) (any, error) {
	k, in, ephemeral, err := c.v2Instance()
	if err != nil {
		return nil, err
	}
	return c.ok(), c.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

func v2Update(c call) (any, error) {
	k, in, ephemeral, err := c.v2Instance()
	if err == nil {
		err = c.refuseNull(k)
	}
	if err != nil {
		return nil, err
	}
	return c.ok(), c.registry.Update(k, in, ephemeral)
}

// given are parameters of a method that must all be there.
func (c call) given(all ...missing) error {
	for _, m := range all {
		if value, ok := c.params[m.name]; !ok || value == "" && m.kind != "String" {
			m.empty = ok
			return &m
		}
	}
	return nil
}

func v2Patch(c call) (any, error) {
	p := c.params
	if err := c.given(missing{name: "serviceName", kind: "String"}, missing{name: "ip", kind: "String"}); err != nil {
		return nil, err
	}
	if err := c.given(missing{name: "port", kind: "Integer"}); err != nil {
		return nil, err
	}
	port, err := boundInt("java.lang.Integer").read(p, "port", 0)
	if err != nil {
		return nil, err
	}
	if err := c.given(missing{name: "weight", kind: "Double"}); err != nil {
		return nil, err
	}
	weight, err := boundDouble("java.lang.Double").read(p, "weight", 0)
	if err != nil {
		return nil, err
	}
	if err := c.given(missing{name: "enabled", kind: "Boolean"}); err != nil {
		return nil, err
	}
	enabled, err := boundBool("java.lang.Boolean").read(p, "enabled", false)
	if err != nil {
		return nil, err
	}
	if err := c.given(missing{name: "metadata", kind: "String"}); err != nil {
		return nil, err
	}
	if err := checkGrouped(p["serviceName"]); err != nil {
		return nil, err
	}
	patch := naming.Patch{Weight: &weight, Enabled: &enabled}
	if !blank(p["metadata"]) {
		m, err := c.parseMetadata(p["metadata"])
		if err != nil {
			return nil, err
		}
		patch.Metadata = m.values
	}
	if err := c.registry.CheckWeight(weight); err != nil {
		return nil, err
	}
	k := key(p.or("namespaceId", c.B.Registration.DefaultNamespace), p["serviceName"])
	err = c.registry.Patch(k, p.or("cluster", c.B.Registration.DefaultCluster), p["ip"], port, patch)
	return raw{c.ok()}, err
}

func (c call) v2Names() (naming.ServiceKey, error) {
	r := c.B.Registration
	return composed(c.params.or("namespaceId", r.DefaultNamespace), c.params.or("groupName", r.DefaultGroup), c.params["serviceName"])
}

func v2Detail(c call) (any, error) {
	err := c.given(missing{name: "serviceName", kind: "String"}, missing{name: "ip", kind: "String"}, missing{name: "port", kind: "Integer"})
	if err != nil {
		return nil, err
	}
	port, err := boundInt("java.lang.Integer").read(c.params, "port", 0)
	if err != nil {
		return nil, err
	}
	k, err := c.v2Names()
	if err != nil {
		return nil, err
	}
	in, err := c.registry.Find(k, c.params.or("clusterName", c.B.Registration.DefaultCluster), c.params["ip"], port)
	return struct {
		Service string `json:"serviceName"`
		instanceDetail
	}{k.Grouped(), detail(in)}, err
}

func v2List(c call) (any, error) {
	if err := c.given(missing{name: "serviceName", kind: "String"}); err != nil {
		return nil, err
	}
	port, err := boundInt("java.lang.Integer").read(c.params, "port", 0)
	if err != nil {
		return nil, err
	}
	healthyOnly, err := boundBool("java.lang.Boolean").read(c.params, "healthyOnly", c.B.View.HealthyOnlyByDefault)
	if err != nil {
		return nil, err
	}
	k, err := c.v2Names()
	if err != nil {
		return nil, err
	}
	sub := naming.Subscriber{
		Clusters: c.params["clusterName"], App: c.params["app"], Agent: c.agent(), IP: c.params["ip"], Port: port,
	}
	return c.list(k, sub, healthyOnly), nil
}

// boundBeat is the beat that a request of v2 describes. The service that it must name is not looked at.
func (c call) boundBeat() (b beatRequest, err error) {
	if err := c.given(missing{name: "serviceName", kind: "String"}); err != nil {
		return b, err
	}
	port, err := boundInt("java.lang.Integer").read(c.params, "port", 0)
	if err != nil {
		return b, err
	}
	b, err = c.readBeat(c.params.or("clusterName", c.B.Registration.DefaultCluster), c.params["ip"])
	if err == nil && b.full == nil {
		b.port = port
	}
	return b, err
}

func v2Beat(c call) (any, error) {
	b, err := c.boundBeat()
	if err != nil {
		return nil, err
	}
	grouped := c.params["serviceName"]
	if err := checkGrouped(grouped); err != nil && c.B.Heartbeat.NeedsGroupedName {
		return nil, err
	}
	return c.beat(c.params.or("namespaceId", c.B.Registration.DefaultNamespace), grouped, b)
}

func v2Statuses(c call) (any, error) { return c.statuses(c.variable) }

func v2BatchUpdate(c call) (any, error) { return v2Batch(c, setKeys) }
func v2BatchDelete(c call) (any, error) { return v2Batch(c, removeKeys) }

func v2Batch(c call, how edit) (any, error) {
	name, err := c.params.formText("serviceName")
	if err != nil {
		return nil, err
	}
	if _, err := c.params.formText("metadata"); err != nil {
		return nil, err
	}
	r := c.B.Registration
	k, err := composed(c.params.orBlank("namespaceId", r.DefaultNamespace), c.params.orBlank("groupName", r.DefaultGroup), name)
	if err != nil {
		return nil, err
	}
	return c.batch(k, how)
}
