package namingapi

import (
	"errors"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// v3Key is the service that a form names by its parts, which v3 takes as they are: it cuts no name at a separator.
func (c call) v3Key(name string) naming.ServiceKey {
	r := c.B.Registration
	return naming.ServiceKey{
		Namespace: c.Params.OrBlank("namespaceId", r.DefaultNamespace), Group: c.Params.OrBlank("groupName", r.DefaultGroup), Name: name,
	}
}

// v3ServiceKey is the service that a form must name.
func (c call) v3ServiceKey() (naming.ServiceKey, error) {
	name, err := c.Params.FormText("serviceName")
	return c.v3Key(name), err
}

// v3Form is an instance as a v3 form describes it.
type v3Form struct {
	key       naming.ServiceKey
	in        naming.Instance
	ephemeral bool
	// nullMetadata says that the metadata itself was null.
	nullMetadata bool
}

// v3Instance reads the form of an instance. Instances are of the kind that is given unless the form names one.
func (c call) v3Instance(kind, checksWeight bool) (f v3Form, err error) {
	name, in, ephemeral, err := c.instanceForm(kind)
	if err == nil && checksWeight {
		err = c.registry.CheckWeight(in.Weight)
	}
	if err != nil {
		return f, err
	}
	m, err := c.parseMetadata(c.Params["metadata"])
	in.Metadata, in.Nulls = m.values, m.nulls
	return v3Form{c.v3Key(name), in, ephemeral, m.absent}, err
}

func v3Register(c call) (any, error) {
	f, err := c.v3Instance(c.registry.Switches().DefaultEphemeral, true)
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Register(f.key, f.in, f.ephemeral, c.attributes())
}

// v3ClientRegister registers, or takes note of a sign of life.
func v3ClientRegister(c call) (any, error) {
	name, in, _, err := c.instanceForm(true)
	if m := (*web.Missing)(nil); err != nil && !errors.As(err, &m) {
		return nil, err
	}
	beats, problem := web.BoundBool("boolean").Read(c.Params, "heartBeat", false)
	switch {
	case problem != nil:
		return nil, problem
	case err != nil:
		return nil, err
	case !beats:
		return v3Register(c)
	}
	beat := naming.Beat{IP: in.IP, Port: in.Port, Cluster: in.Cluster, Attributes: c.attributes()}
	code, err := c.registry.Beat(c.v3Key(name), beat)
	if err == nil && code == c.B.Heartbeat.CodeUnknown {
		return web.Raw{Value: web.Envelope{Code: naming.CodeInstanceNotFound, Message: new(web.CodeText(naming.CodeInstanceNotFound))}}, nil
	}
	return c.OK(), err
}

func v3Deregister(c call) (any, error) {
	f, err := c.v3Instance(c.registry.Switches().DefaultEphemeral, false)
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Deregister(f.key, f.in.IP, f.in.Port, f.in.Cluster, f.ephemeral)
}

func v3Update(c call) (any, error) { return c.updateV3(c.registry.Switches().DefaultEphemeral) }

func (c call) updateV3(kind bool) (any, error) {
	f, err := c.v3Instance(kind, true)
	if err == nil {
		err = c.refuseNull(f.key)
	}
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Update(f.key, f.in, f.ephemeral)
}

// v3Patch always writes weight and enabled: the form has values for them when the request has none.
func v3Patch(c call) (any, error) {
	f, err := c.v3Instance(true, true)
	if err != nil {
		return nil, err
	}
	p := naming.Patch{Weight: &f.in.Weight, Enabled: &f.in.Enabled}
	if !web.Blank(c.Params["metadata"]) && !f.nullMetadata {
		p.Metadata = f.in.Metadata
	}
	return c.OK(), c.registry.Patch(f.key, f.in.Cluster, f.in.IP, f.in.Port, p)
}

// v3ListForm is what both lists of instances are asked with.
func (c call) v3ListForm() (k naming.ServiceKey, cluster string, healthyOnly bool, err error) {
	if healthyOnly, err = web.BoundBool("java.lang.Boolean").Form(c.Params, "instanceListForm", "healthyOnly", false); err != nil {
		return
	}
	k, err = c.v3ServiceKey()
	return k, c.Params.OrBlank("clusterName", c.B.Registration.DefaultCluster), healthyOnly, err
}

// v3ClientList shows what clients may call: it reads healthyOnly and does not obey it.
// Source: nacos 3.0.3 N/controllers/v3/InstanceOpenApiController.java:150-158.
func v3ClientList(c call) (any, error) {
	k, cluster, _, err := c.v3ListForm()
	if err != nil {
		return nil, err
	}
	return hostViews(c.registry.View(k, naming.Selection{Clusters: cluster}).Hosts), nil
}

func v3List(c call) (any, error) {
	k, cluster, healthyOnly, err := c.v3ListForm()
	if err != nil {
		return nil, err
	}
	hosts, err := c.clusterHosts(k, cluster)
	if err != nil {
		return nil, err
	}
	kept := []wire.Instance{}
	for _, host := range hosts {
		if bool(host.Healthy) || !healthyOnly {
			kept = append(kept, host)
		}
	}
	return hostViews(kept), nil
}

func v3Detail(c call) (any, error) {
	name, in, _, err := c.instanceForm(true)
	if err != nil {
		return nil, err
	}
	host, err := c.registry.Host(c.v3Key(name), in.Cluster, in.IP, in.Port)
	return showHost(host), err
}

// v3SetHealth is refused or does nothing: see naming.Registry.SetHealth.
func v3SetHealth(c call) (any, error) {
	f, err := c.healthForm()
	if err != nil {
		return nil, err
	}
	k := c.v3Key(f.name)
	return c.OK(), c.registry.SetHealth(k, k.Grouped(), f.cluster, f.ip, f.port, f.healthy)
}
