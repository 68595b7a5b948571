package naming

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

// service is all that is known under one service key: the service itself while it exists, and what may outlive or
// precede it. A record lives as long as any of its parts does.
type service struct {
	key ServiceKey

	exists    bool
	ephemeral bool
	// created is when the service was created, updated when it was created or last changed.
	created, updated time.Time

	publishers  map[*client]*publication
	subscribers map[*client]bool
	// metadata is nil until it is written: its presence is a state of its own.
	metadata *ServiceMetadata
	// overlays is operational metadata by overlay id.
	overlays map[string]*Overlay
	// cache is the view that readers get, nil until somebody asked or a push task ran.
	cache *snapshot
	push  *pushTask
	// assumed says that the next view reports ephemeral hosts whatever they are.
	assumed bool
	// clusters are the names that clusters of the service were made with, where they are kept, in order.
	clusters []string
	// spread are the ephemeral publishers that hold or held several clusters.
	spread map[*client]bool
	// check is the pending beat check, where services check the beats of their instances.
	check *clock.Task
	// emptyPasses is how often in a row the cleaner found the service empty.
	emptyPasses int
	// health are the health checks of clusters by name, where each cluster has its own.
	health map[string]*checkTask
}

// record is the record of a key, made when it is missing.
func (r *Registry) record(key ServiceKey) *service {
	key = r.identity(key)
	if s := r.services[key]; s != nil {
		return s
	}
	key = ServiceKey{intern(key.Namespace), intern(key.Group), intern(key.Name)}
	s := &service{key: key}
	r.services[key] = s
	return s
}

// release drops a record of which nothing is left.
func (r *Registry) release(s *service) {
	if !s.exists && len(s.publishers) == 0 && len(s.subscribers) == 0 && s.metadata == nil && len(s.overlays) == 0 && s.push == nil {
		delete(r.services, s.key)
	}
}

// create makes the service of a key when it does not exist; the kind of one that does stays.
func (r *Registry) create(key ServiceKey, ephemeral bool) *service {
	return r.createAt(key, ephemeral, r.clock.Now())
}

func (r *Registry) createAt(key ServiceKey, ephemeral bool, at time.Time) *service {
	s := r.record(key)
	if !s.exists {
		s.exists, s.ephemeral, s.created, s.updated = true, ephemeral, at, at
		if r.b.Metadata.CreationCancelsExpiry {
			delete(r.marks, mark{service: s})
		}
		if r.b.Services.KeepsNamespaces {
			r.namespaces[s.key.Namespace] = true
		}
		if r.b.Heartbeat.ChecksServices {
			s.check = r.clock.After(r.b.Heartbeat.CheckInitial, func() { r.checkService(s) })
		}
	}
	return s
}

func (s *service) stopCheck() {
	if s.check != nil {
		s.check.Stop()
		s.check = nil
	}
}

// dropPublisher ends what a client publishes for a service.
func (r *Registry) dropPublisher(s *service, c *client) {
	delete(s.publishers, c)
	delete(s.spread, c)
	if len(s.publishers) == 0 {
		r.serviceWent(s)
	}
}

// identity is the part of a key that tells services apart.
func (r *Registry) identity(key ServiceKey) ServiceKey {
	if !r.b.Services.NamespaceInIdentity && key.Namespace != "" {
		key.Namespace = r.b.Registration.DefaultNamespace
	}
	return key
}

// existing is the service of a key, or nil.
func (r *Registry) existing(key ServiceKey) *service {
	if s := r.services[r.identity(key)]; s != nil && s.exists {
		return s
	}
	return nil
}

// remove ends a service. Its metadata, overlays, subscribers and publishers stay.
func (r *Registry) remove(s *service) {
	s.exists, s.cache, s.clusters, s.emptyPasses = false, nil, nil, 0
	s.stopCheck()
	s.stopChecks()
	r.release(s)
}

// dropEmptyServices removes services that nobody publishes and that did not change for long enough.
func (r *Registry) dropEmptyServices() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.b.Cleaning.EmptyServices || r.hasNameless() {
		return
	}
	now := r.clock.Now()
	for _, s := range r.services {
		if !s.exists {
			continue
		}
		if r.occupied(s) {
			s.emptyPasses = 0
			continue
		}
		if s.emptyPasses++; s.emptyPasses < r.b.Cleaning.EmptyServicePasses || now.Sub(s.updated) < r.b.Cleaning.EmptyServiceExpiry {
			continue
		}
		if r.b.Cleaning.SparesSubscribed && len(s.subscribers) > 0 {
			continue
		}
		r.outlive(s)
		r.remove(s)
	}
}

// outlive lets the metadata of a service that is about to end wait for its return, or ends it too.
func (r *Registry) outlive(s *service) {
	switch {
	case !r.b.Metadata.OutlivesService:
		s.metadata = nil
	case s.metadata != nil:
		r.mark(mark{service: s})
	}
}

// occupied says whether the cleaner must leave a service for its instances.
func (r *Registry) occupied(s *service) bool {
	if !r.b.Cleaning.CountsServing {
		return len(s.publishers) > 0
	}
	for _, p := range s.publishers {
		if slices.ContainsFunc(p.instances, func(in published) bool { return in.healthy && in.enabled }) {
			return true
		}
	}
	return false
}

// hasNameless says whether there is a service that the cleaner trips over.
func (r *Registry) hasNameless() bool {
	if !r.b.Services.AcceptsNameless {
		return false
	}
	for key, s := range r.services {
		if s.exists && key.Nameless() {
			return true
		}
	}
	return false
}

// ServiceState is a snapshot of a service for operators and tests.
type ServiceState struct {
	Key       ServiceKey
	Ephemeral bool
	// HasMetadata says whether service metadata exists.
	HasMetadata bool
	Updated     time.Time
	Publishers  int
	Subscribers int
}

// ServiceStates are snapshots of all services that exist, by namespace, group and name.
func (r *Registry) ServiceStates() []ServiceState {
	r.mu.Lock()
	defer r.mu.Unlock()
	var states []ServiceState
	for _, s := range r.services {
		if s.exists {
			states = append(states, ServiceState{s.key, s.ephemeral, s.metadata != nil, s.updated, len(s.publishers), len(s.subscribers)})
		}
	}
	slices.SortFunc(states, func(a, b ServiceState) int { return compareKeys(a.Key, b.Key) })
	return states
}

func compareKeys(a, b ServiceKey) int {
	return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Group, b.Group), cmp.Compare(a.Name, b.Name))
}

// Services are the keys of the services that exist in a namespace, by group and name.
func (r *Registry) Services(namespace string) []ServiceKey {
	r.mu.Lock()
	defer r.mu.Unlock()
	var keys []ServiceKey
	for key, s := range r.services {
		if s.exists && key.Namespace == namespace && r.clock.Now().Sub(s.created) >= r.b.Services.ListedAfter {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, compareKeys)
	return keys
}

// ServiceNames are the names, without group, of the services that exist in a group.
func (r *Registry) ServiceNames(namespace, group string) []string {
	var names []string
	for _, key := range r.Services(namespace) {
		if key.Group == group || r.b.Services.ListsAllGroups {
			names = append(names, key.Name)
		}
	}
	return names
}

// Namespaces are the names of the namespaces that hold a service.
func (r *Registry) Namespaces() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := maps.Clone(r.namespaces)
	for key, s := range r.services {
		if s.exists {
			seen[key.Namespace] = true
		}
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
