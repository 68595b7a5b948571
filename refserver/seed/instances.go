package seed

import (
	"cmp"
	"maps"
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// instance is an instance. Its health is not compared: probes and beats change it.
func (d Domains) instance(path string, key naming.ServiceKey, ephemeral bool, in Instance) step {
	wanted := naming.Instance{
		IP: in.IP, Port: in.Port, Cluster: cmp.Or(in.Cluster, d.Registry.Behaviour().Registration.DefaultCluster),
		Weight: or(in.Weight, 1), Healthy: or(in.Healthy, true), Enabled: or(in.Enabled, true), App: or(in.App, d.defaultApp()), Metadata: in.Metadata, Nulls: in.Nulls,
	}
	var idless error
	if in.ID != nil {
		wanted.ID = *in.ID
	} else {
		wanted.ID, idless = d.generated(key, wanted)
	}
	return step{path, func() bool {
		for _, p := range d.Registry.Publications(naming.AddressID(in.IP, in.Port, ephemeral)) {
			if p.Service == key && slices.ContainsFunc(p.Instances, func(found naming.Instance) bool {
				return sameInstance(found, wanted) && (in.ID == nil || *in.ID == found.ID)
			}) {
				return true
			}
		}
		return false
	}, func() error {
		if idless != nil {
			return idless
		}
		return d.register(key, ephemeral, wanted)
	}}
}

// defaultApp is the application of clients that name none, on lines that know any.
func (d Domains) defaultApp() string {
	if d.Registry.Behaviour().Registration.Apps {
		return "DEFAULT"
	}
	return ""
}

// generated is the id that an instance gets over HTTP which brings none.
func (d Domains) generated(key naming.ServiceKey, in naming.Instance) (string, error) {
	if !d.Registry.Behaviour().Registration.IDOverV1 {
		return "", nil
	}
	return d.Registry.InstanceID(in, key.Grouped())
}

// register registers an instance as a client does over HTTP.
func (d Domains) register(key naming.ServiceKey, ephemeral bool, in naming.Instance) error {
	p := params(key)
	p.Cluster, p.IP, p.Port, p.Metadata = in.Cluster, in.IP, new(int64(in.Port)), paramcheck.Length(in.Metadata)
	if err := d.check(p); err != nil {
		return err
	}
	if err := d.Registry.CheckWeight(in.Weight); err != nil {
		return err
	}
	return d.Registry.Register(key, in, ephemeral, naming.Attributes{IP: localhost})
}

func sameInstance(found, wanted naming.Instance) bool {
	sameWeight := found.Weight == wanted.Weight || found.Weight != found.Weight && wanted.Weight != wanted.Weight // no number
	return found.Cluster == wanted.Cluster && sameWeight && found.Enabled == wanted.Enabled && found.App == wanted.App &&
		maps.Equal(found.Metadata, wanted.Metadata) && slices.Equal(found.Nulls, slices.Sorted(slices.Values(wanted.Nulls)))
}

// instanceMetadata is what operators said of an instance. The service is there, or comes with it.
func (d Domains) instanceMetadata(path string, key naming.ServiceKey, ephemeral bool, m InstanceMetadata) step {
	cluster := cmp.Or(m.Cluster, d.Registry.Behaviour().Registration.DefaultCluster)
	wanted := naming.Overlay{Weight: or(m.Weight, 1), Enabled: or(m.Enabled, true), Metadata: m.Metadata}
	return step{path, func() bool {
		found, known := d.Registry.InstanceMetadata(key, naming.OverlayID(m.IP, m.Port, cluster))
		return known && found.Weight == wanted.Weight && found.Enabled == wanted.Enabled && maps.Equal(found.Metadata, wanted.Metadata)
	}, func() error {
		if !d.Registry.Behaviour().Metadata.Operational {
			return failure.NewArgument("this line has no instanceMetadata: write it into the instances")
		}
		if _, exists := d.Registry.KeptService(key); !exists {
			if err := d.Registry.Claim(key); err != nil {
				return err
			}
		}
		return d.Registry.Update(key, naming.Instance{
			IP: m.IP, Port: m.Port, Cluster: cluster, Weight: wanted.Weight, Enabled: wanted.Enabled, Metadata: m.Metadata,
		}, ephemeral)
	}}
}
