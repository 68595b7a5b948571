package namingapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// composed is the key that v2 makes of a group and a name: what the name puts behind a separator is lost.
func composed(namespace, group, name string) (naming.ServiceKey, error) {
	if err := refuseBlank(group, name); err != nil {
		return naming.ServiceKey{}, err
	}
	if strings.ReplaceAll(name, "@@", "") == "" {
		return naming.ServiceKey{}, web.Unexpected("Index 1 out of bounds for length 1")
	}
	return key(namespace, group+"@@"+name), nil
}

// refuseBlank refuses services without a name or a group.
func refuseBlank(group, name string) error {
	if web.Blank(name) {
		return naming.InvalidArgument("Param 'serviceName' is illegal, serviceName is blank")
	}
	if web.Blank(group) {
		return naming.InvalidArgument("Param 'groupName' is illegal, groupName is blank")
	}
	return nil
}

// instanceForm reads the form of an instance that v2 and v3 share, but for its metadata. The name of the service is that
// of the form. Instances are of the kind that is given unless the form names one.
func (c call) instanceForm(kind bool) (name string, in naming.Instance, ephemeral bool, err error) {
	const object = "instanceForm"
	r := c.B.Registration
	p := c.Params
	if in.Port, err = web.BoundInt("java.lang.Integer").Form(p, object, "port", 0); err != nil {
		return
	}
	if in.Weight, err = web.BoundDouble("java.lang.Double").Form(p, object, "weight", r.DefaultWeight); err != nil {
		return
	}
	if in.Healthy, err = web.BoundBool("java.lang.Boolean").Form(p, object, "healthy", r.DefaultHealthy); err != nil {
		return
	}
	if in.Enabled, err = web.BoundBool("java.lang.Boolean").Form(p, object, "enabled", r.DefaultEnabled); err != nil {
		return
	}
	if ephemeral, err = web.BoundBool("java.lang.Boolean").Form(p, object, "ephemeral", kind); err != nil {
		return
	}
	if name, err = p.FormText("serviceName"); err != nil {
		return
	}
	if in.IP, err = p.FormText("ip"); err != nil {
		return
	}
	if p["port"] == "" && r.NeedsPort {
		err = &web.Missing{Name: "port", Kind: "Integer", Form: true}
		return
	}
	in.Cluster = p.OrBlank("clusterName", r.DefaultCluster)
	return
}

// v2Instance builds the instance that a v2 form describes.
func (c call) v2Instance() (k naming.ServiceKey, in naming.Instance, ephemeral bool, err error) {
	p, r := c.Params, c.B.Registration
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
	k, err = composed(p.OrBlank("namespaceId", r.DefaultNamespace), p.OrBlank("groupName", r.DefaultGroup), name)
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
		return c.OK(), nil // answered like any other, but without the damage
	}
	return c.OK(), c.registry.Register(k, in, ephemeral, c.attributes())
}

func v2Deregister(c call) (any, error) {
	k, in, ephemeral, err := c.v2Instance()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

func v2Update(c call) (any, error) {
	k, in, ephemeral, err := c.v2Instance()
	if err == nil {
		err = c.refuseNull(k)
	}
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Update(k, in, ephemeral)
}

// given are parameters of a method that must all be there.
func (c call) given(all ...web.Missing) error {
	for _, m := range all {
		if value, ok := c.Params[m.Name]; !ok || m.Kind != "String" && web.Blank(value) {
			m.Empty = ok
			return &m
		}
	}
	return nil
}

func v2Patch(c call) (any, error) {
	p := c.Params
	if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}, web.Missing{Name: "ip", Kind: "String"}); err != nil {
		return nil, err
	}
	if err := c.given(web.Missing{Name: "port", Kind: "Integer"}); err != nil {
		return nil, err
	}
	port, err := web.BoundInt("java.lang.Integer").Read(p, "port", 0)
	if err != nil {
		return nil, err
	}
	if err := c.given(web.Missing{Name: "weight", Kind: "Double"}); err != nil {
		return nil, err
	}
	weight, err := web.BoundDouble("java.lang.Double").Read(p, "weight", 0)
	if err != nil {
		return nil, err
	}
	if err := c.given(web.Missing{Name: "enabled", Kind: "Boolean"}); err != nil {
		return nil, err
	}
	enabled, err := web.BoundBool("java.lang.Boolean").Read(p, "enabled", false)
	if err != nil {
		return nil, err
	}
	if err := c.given(web.Missing{Name: "metadata", Kind: "String"}); err != nil {
		return nil, err
	}
	if err := checkGrouped(p["serviceName"]); err != nil {
		return nil, err
	}
	patch := naming.Patch{Weight: &weight, Enabled: &enabled}
	if !web.Blank(p["metadata"]) {
		m, err := c.parseMetadata(p["metadata"])
		if err != nil {
			return nil, err
		}
		patch.Metadata = m.values
	}
	if err := c.registry.CheckWeight(weight); err != nil {
		return nil, err
	}
	k := key(p.Or("namespaceId", c.B.Registration.DefaultNamespace), p["serviceName"])
	err = c.registry.Patch(k, p.Or("cluster", c.B.Registration.DefaultCluster), p["ip"], port, patch)
	return web.Raw{Value: c.OK()}, err
}

func (c call) v2Names() (naming.ServiceKey, error) {
	r := c.B.Registration
	return composed(c.Params.Or("namespaceId", r.DefaultNamespace), c.Params.Or("groupName", r.DefaultGroup), c.Params["serviceName"])
}

func v2Detail(c call) (any, error) {
	err := c.given(web.Missing{Name: "serviceName", Kind: "String"}, web.Missing{Name: "ip", Kind: "String"}, web.Missing{Name: "port", Kind: "Integer"})
	if err != nil {
		return nil, err
	}
	port, err := web.BoundInt("java.lang.Integer").Read(c.Params, "port", 0)
	if err != nil {
		return nil, err
	}
	k, err := c.v2Names()
	if err != nil {
		return nil, err
	}
	in, err := c.registry.Find(k, c.Params.Or("clusterName", c.B.Registration.DefaultCluster), c.Params["ip"], port)
	return struct {
		Service string `json:"serviceName"`
		instanceDetail
	}{k.Grouped(), detail(in)}, err
}

func v2List(c call) (any, error) {
	if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}); err != nil {
		return nil, err
	}
	port, err := web.BoundInt("java.lang.Integer").Read(c.Params, "port", 0)
	if err != nil {
		return nil, err
	}
	healthyOnly, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "healthyOnly", c.B.View.HealthyOnlyByDefault)
	if err != nil {
		return nil, err
	}
	k, err := c.v2Names()
	if err != nil {
		return nil, err
	}
	sub := naming.Subscriber{
		Clusters: c.Params["clusterName"], App: c.Params["app"], Agent: c.Agent(), IP: c.Params["ip"], Port: port,
	}
	return c.list(k, sub, healthyOnly), nil
}

// boundBeat is the beat that a request of v2 describes. The service that it must name is not looked at.
func (c call) boundBeat() (b beatRequest, err error) {
	if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}); err != nil {
		return b, err
	}
	port, err := web.BoundInt("java.lang.Integer").Read(c.Params, "port", 0)
	if err != nil {
		return b, err
	}
	b, err = c.readBeat(c.Params.Or("clusterName", c.B.Registration.DefaultCluster), c.Params["ip"])
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
	grouped := c.Params["serviceName"]
	if err := checkGrouped(grouped); err != nil && c.B.Heartbeat.NeedsGroupedName {
		return nil, err
	}
	return c.beat(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped, b)
}

func v2Statuses(c call) (any, error) { return c.statuses(c.Variable) }

func v2BatchUpdate(c call) (any, error) { return v2Batch(c, setKeys) }
func v2BatchDelete(c call) (any, error) { return v2Batch(c, removeKeys) }

func v2Batch(c call, how edit) (any, error) {
	name, err := c.Params.FormText("serviceName")
	if err != nil {
		return nil, err
	}
	if _, err := c.Params.FormText("metadata"); err != nil {
		return nil, err
	}
	r := c.B.Registration
	k, err := composed(c.Params.OrBlank("namespaceId", r.DefaultNamespace), c.Params.OrBlank("groupName", r.DefaultGroup), name)
	if err != nil {
		return nil, err
	}
	return c.batch(k, how)
}
