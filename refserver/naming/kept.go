package naming

import (
	"maps"
	"slices"
)

// KeptService is what of a service outlives a restart.
type KeptService struct {
	Key ServiceKey
	// Ephemeral is the kind that the service has after a restart.
	Ephemeral bool
	// Metadata is nil when nobody said anything of the service.
	Metadata *ServiceMetadata
	// Persistent are the persistent instances, in order of registration.
	Persistent []Instance
	// Overlays are what operators said of instances, by OverlayID.
	Overlays map[string]Overlay
}

// KeptServices are all services of which anything outlives a restart, by namespace, group and name.
func (r *Registry) KeptServices() []KeptService {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []KeptService
	for _, s := range r.services {
		if k := s.kept(); k.Metadata != nil || len(k.Persistent)+len(k.Overlays) > 0 {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b KeptService) int { return compareKeys(a.Key, b.Key) })
	return all
}

// KeptService is what of a service outlives a restart, and whether the service exists.
func (r *Registry) KeptService(key ServiceKey) (k KeptService, exists bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[r.identity(key)]
	if s == nil {
		return KeptService{Key: key}, false
	}
	return s.kept(), s.exists
}

func (s *service) kept() KeptService {
	k := KeptService{Key: s.key, Overlays: make(map[string]Overlay, len(s.overlays))}
	for _, e := range s.ordered() {
		if e.client.kind == Persistent {
			for _, in := range e.publication.instances {
				k.Persistent = append(k.Persistent, in.instance())
			}
		}
	}
	if s.metadata != nil {
		k.Metadata = new(s.metadata.clone())
	}
	for id, o := range s.overlays {
		k.Overlays[id] = *o.clone()
	}
	k.Ephemeral = len(k.Persistent) == 0 && (s.ephemeral || s.metadata == nil)
	return k
}

// clone is a copy that shares nothing that changes.
func (m ServiceMetadata) clone() ServiceMetadata {
	m.Metadata = maps.Clone(m.Metadata)
	m.Clusters = maps.Clone(m.Clusters)
	m.Selector.Labels = slices.Clone(m.Selector.Labels)
	return m
}
