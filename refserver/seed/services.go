package seed

import (
	"cmp"
	"fmt"
	"maps"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// key is the service in the default namespace and group where it names none.
func (d Domains) key(s Service) naming.ServiceKey {
	r := d.Registry.Behaviour().Registration
	return naming.ServiceKey{Namespace: cmp.Or(s.Namespace, r.DefaultNamespace), Group: cmp.Or(s.Group, r.DefaultGroup), Name: s.Name}
}

// described says whether a service says anything of itself, so that it is made as by operators.
func (s Service) described() bool {
	return s.Metadata != nil || s.ProtectThreshold != 0 || s.Selector != nil || len(s.Clusters) > 0 || len(s.Instances)+len(s.InstanceMetadata) == 0
}

// service is the service first, then its clusters, instances and their metadata.
func (d Domains) service(path string, s Service) (steps []step) {
	key := d.key(s)
	if s.described() {
		steps = append(steps, d.settings(path, key, s))
	}
	for i, c := range s.Clusters {
		steps = append(steps, d.cluster(fmt.Sprintf("%s.clusters[%d]", path, i), key, c))
	}
	for i, in := range s.Instances {
		steps = append(steps, d.instance(fmt.Sprintf("%s.instances[%d]", path, i), key, s.Ephemeral, in))
	}
	for i, m := range s.InstanceMetadata {
		steps = append(steps, d.instanceMetadata(fmt.Sprintf("%s.instanceMetadata[%d]", path, i), key, s.Ephemeral, m))
	}
	return steps
}

// check refuses names and addresses where the line does.
func (d Domains) check(p paramcheck.Params) error {
	b := d.Registry.Behaviour()
	p.MaxPort, p.MaxMetadata = b.Registration.MaxPort, b.Metadata.MaxLength
	if text := paramcheck.Check(p); text != "" && b.HTTP.ChecksParameters {
		return failure.NewArgument("%s", text)
	}
	return nil
}

func params(key naming.ServiceKey) paramcheck.Params {
	return paramcheck.Params{Namespace: key.Namespace, Group: key.Group, Service: key.Name}
}

// settings are what operators say of a service besides its clusters.
func (d Domains) settings(path string, key naming.ServiceKey, s Service) step {
	m := naming.NoMetadata()
	m.ProtectThreshold = s.ProtectThreshold
	maps.Copy(m.Metadata, s.Metadata)
	readable := true
	if s.Selector != nil && s.Selector.Type == "label" {
		var labels []string
		labels, readable = naming.ParseLabels(s.Selector.Expression)
		m.Selector = naming.Selector{Type: s.Selector.Type, Expression: s.Selector.Expression, Labels: labels}
	}
	put := func() error {
		if !readable {
			return failure.NewArgument("the expression of the selector: expected terms such as CONSUMER.label.x = PROVIDER.label.x with & between them, found %q", s.Selector.Expression)
		}
		p := params(key)
		p.Metadata = paramcheck.Length(m.Metadata)
		if err := d.check(p); err != nil {
			return err
		}
		if _, exists := d.Registry.KeptService(key); exists {
			return d.Registry.UpdateService(key, m)
		}
		return d.Registry.CreateService(key, s.Ephemeral, m)
	}
	return step{path, func() bool {
		k, exists := d.Registry.KeptService(key)
		return exists && k.Metadata != nil && k.Metadata.ProtectThreshold == m.ProtectThreshold && maps.Equal(k.Metadata.Metadata, m.Metadata) &&
			k.Metadata.Selector.Type == m.Selector.Type && k.Metadata.Selector.Expression == m.Selector.Expression
	}, put}
}
