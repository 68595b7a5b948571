package naming

import (
	"cmp"
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// Member is an instance of a service with what readers do not see of it.
type Member struct {
	Instance
	Ephemeral bool
	// Beat is the last sign of life.
	Beat time.Time
}

// Members are the instances of a service as they are now: those of a cluster together, persistent ones first.
func (r *Registry) Members(key ServiceKey) []Member {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return nil
	}
	var all []Member
	for _, e := range s.byKind() {
		for _, in := range e.publication.instances {
			all = append(all, Member{in.instance(), e.client.kind != Persistent, r.epoch.Add(in.beat)})
		}
	}
	slices.SortStableFunc(all, func(a, b Member) int {
		return cmp.Compare(slices.Index(s.clusters, a.Cluster), slices.Index(s.clusters, b.Cluster))
	})
	return all
}

// KnowsNamespace says whether a namespace holds a service, or ever held one where that stays known.
func (r *Registry) KnowsNamespace(name string) bool { return slices.Contains(r.Namespaces(), name) }

// Show is a member as readers see it.
func (r *Registry) Show(m Member, key ServiceKey) wire.Instance {
	in := newRecord(m.Instance)
	in.ephemeral = m.Ephemeral
	return r.renderer(key, 1)(&in, m.Ephemeral)
}

// Started is when the registry was started.
func (r *Registry) Started() time.Time { return r.epoch }

// Has says whether an instance of either kind is at an address in a cluster of a service.
func (r *Registry) Has(key ServiceKey, cluster, ip string, port int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, p := r.at(r.existing(key), cluster, ip, port)
	return p != nil
}
