package naming

import (
	"maps"
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// Change is one change of what a server keeps of services and namespaces over a restart. The kinds are those of this file.
//
// What is not here is lost with the process: ephemeral instances, subscriptions, services that only ephemeral instances
// made, and since when the owner of metadata is gone.
type Change interface {
	durable.Change
	apply(r *Registry, at time.Time)
}

// PersistentPut is all that the client of an address publishes for a service, in place of what it published before. The
// service is made when it is missing.
type PersistentPut struct {
	Service   ServiceKey
	IP        string
	Port      int
	Instances []Instance
}

func (c PersistentPut) apply(r *Registry, at time.Time) {
	s := r.createAt(c.Service, false, at)
	r.adopt(s, false)
	p := &publication{service: s, instances: make([]published, len(c.Instances))}
	for i, in := range c.Instances {
		p.instances[i] = published{record: newRecord(in), beat: at.Sub(r.epoch)}
		_ = r.nameCluster(s, in.Cluster) // checked before
	}
	client := r.connect(AddressID(c.IP, c.Port, false), Persistent, Attributes{})
	r.put(client, s, p)
	client.updated = at
}

// PersistentRemoved ends what the client of an address publishes for a service, and with its last service the client.
type PersistentRemoved struct {
	Service ServiceKey
	IP      string
	Port    int
}

func (c PersistentRemoved) apply(r *Registry, at time.Time) {
	client := r.clients[AddressID(c.IP, c.Port, false)]
	if client == nil {
		return
	}
	if p := client.publication(r.services[r.identity(c.Service)]); p != nil {
		r.withdraw(client, p, r.b.Push.OnDeregistration)
	}
	client.updated = at
	if len(client.publications) == 0 {
		r.disconnect(client)
	}
}

// ServicePut is all that operators say of a service, in place of what they said before. The service is made, with this
// kind, when it is missing.
type ServicePut struct {
	Service   ServiceKey
	Ephemeral bool
	Metadata  ServiceMetadata
}

func (c ServicePut) apply(r *Registry, at time.Time) {
	s := r.createAt(c.Service, c.Ephemeral, at)
	m := c.Metadata.clone()
	s.metadata = &m
	for _, name := range slices.Sorted(maps.Keys(m.Clusters)) {
		_ = r.nameCluster(s, name) // checked before
	}
	r.spoil(s)
}

// ServiceRemoved ends a service with its metadata. One that still has persistent instances loses its metadata alone:
// their registration was kept after the check that found none.
type ServiceRemoved struct {
	Service ServiceKey
}

func (c ServiceRemoved) apply(r *Registry, _ time.Time) {
	s := r.services[r.identity(c.Service)]
	if s == nil {
		return
	}
	s.metadata = nil
	delete(r.marks, mark{service: s})
	for client := range s.publishers {
		if client.kind == Persistent {
			return
		}
	}
	r.remove(s)
}

// InstanceMetadataPut is the operational metadata of an instance, in place of what was there before. The service is made
// when it is missing, so that a restart brings back an ephemeral service whose instances have operational metadata.
// Source: nacos 2.5.1 N/core/v2/metadata/InstanceMetadataProcessor.java:88-94; measured 2.5.1 (killed and started again).
type InstanceMetadataPut struct {
	Service ServiceKey
	// ID is the OverlayID of the instance.
	ID      string
	Overlay Overlay
}

func (c InstanceMetadataPut) apply(r *Registry, at time.Time) {
	s := r.createAt(c.Service, true, at)
	if s.overlays == nil {
		s.overlays = map[string]*Overlay{}
	}
	s.overlays[c.ID] = c.Overlay.clone()
	r.changed(s, true)
	s.assumed = r.b.View.AssumesEphemeral
}

// InstanceMetadataRemoved ends the operational metadata of an instance.
type InstanceMetadataRemoved struct {
	Service ServiceKey
	// ID is the OverlayID of the instance.
	ID string
}

func (c InstanceMetadataRemoved) apply(r *Registry, _ time.Time) {
	s := r.services[r.identity(c.Service)]
	if s == nil {
		return
	}
	delete(r.marks, mark{s, c.ID})
	delete(s.overlays, c.ID)
	r.release(s)
}

// SwitchesPut are all switches, as operators see them.
type SwitchesPut struct {
	Switches Switches
}

func (c SwitchesPut) apply(r *Registry, _ time.Time) { r.useSwitches(c.Switches) }
