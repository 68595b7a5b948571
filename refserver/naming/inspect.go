package naming

import (
	"slices"
	"strings"
)

// Publications are snapshots of what a client publishes, by service.
func (r *Registry) Publications(clientID string) []Publication {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return nil
	}
	var all []Publication
	for _, p := range c.publications {
		all = append(all, p.snapshot(c))
	}
	slices.SortFunc(all, func(a, b Publication) int { return compareKeys(a.Service, b.Service) })
	return all
}

// Publishers are snapshots of who publishes a service, in order of registration.
func (r *Registry) Publishers(key ServiceKey) []Publication {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[key]
	if s == nil {
		return nil
	}
	var all []Publication
	for _, e := range s.ordered() {
		all = append(all, e.publication.snapshot(e.client))
	}
	return all
}

func (p *publication) snapshot(c *client) Publication {
	snap := Publication{Client: c.id, Service: p.service.key, Batch: p.batch}
	for _, in := range p.instances {
		snap.Instances = append(snap.Instances, in.instance())
	}
	return snap
}

// Subscriptions are snapshots of what a client subscribes, by service.
func (r *Registry) Subscriptions(clientID string) []Subscription {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return nil
	}
	var all []Subscription
	for s, sub := range c.subscriptions {
		all = append(all, Subscription{c.id, s.key, sub})
	}
	slices.SortFunc(all, func(a, b Subscription) int { return compareKeys(a.Service, b.Service) })
	return all
}

// Subscribers are the subscriptions to all services for which match is true, by service and client.
func (r *Registry) Subscribers(match func(ServiceKey) bool) []Subscription {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []Subscription
	for key, s := range r.services {
		if len(s.subscribers) > 0 && match(key) {
			for c := range s.subscribers {
				all = append(all, Subscription{c.id, key, c.subscriptions[s]})
			}
		}
	}
	slices.SortFunc(all, func(a, b Subscription) int {
		if d := compareKeys(a.Service, b.Service); d != 0 {
			return d
		}
		return strings.Compare(a.Client, b.Client)
	})
	return all
}

// InstanceMetadata is what operators wrote of an instance; id is its OverlayID.
func (r *Registry) InstanceMetadata(key ServiceKey, id string) (Overlay, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[r.identity(key)]
	if s == nil || s.overlays[id] == nil {
		return Overlay{}, false
	}
	return *s.overlays[id].clone(), true
}
