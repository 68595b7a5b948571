package naming

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/wire"
)

// Where there is no operational metadata, writes change the instances themselves, and the last writer wins.
// Source: nacos 1.4.8 naming/src/main/java/com/alibaba/nacos/naming/core/ServiceManager.java:525-768.

// byKind are the publishers of a service in order of registration, persistent ones first.
func (s *service) byKind() []publisherEntry {
	entries := s.ordered()
	slices.SortStableFunc(entries, func(a, b publisherEntry) int { return cmp.Compare(b.client.kind, a.client.kind) })
	return entries
}

// at is who publishes an address in a cluster of a service, and what; a persistent client goes first. Both are nil when
// nobody does.
func (r *Registry) at(s *service, cluster, ip string, port int) (*client, *publication) {
	for _, ephemeral := range []bool{false, true} {
		c := r.clients[AddressID(ip, port, ephemeral)]
		if p := c.publication(s); p.holds(cluster) {
			return c, p
		}
	}
	return nil, nil
}

// holds says whether a publication has an instance in a cluster.
func (p *publication) holds(cluster string) bool {
	return p != nil && holds(p.instances, cluster)
}

func holds(instances []published, cluster string) bool {
	return slices.ContainsFunc(instances, func(in published) bool { return in.cluster == cluster })
}

// Modify registers an instance anew, which must be there in whatever cluster.
func (r *Registry) Modify(key ServiceKey, in Instance, ephemeral bool, a Attributes) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return checked(http.StatusBadRequest, CodeInstance,
			"service not found, namespace: %s, service: %s", key.Namespace, key.Grouped())
	}
	if r.clients[AddressID(in.IP, in.Port, ephemeral)].publication(s) == nil {
		return checked(http.StatusBadRequest, CodeInstance, "instance not exist: %s", r.describe(in))
	}
	return r.register(key, in, ephemeral, a)
}

// describe is an instance as errors name it.
func (r *Registry) describe(in Instance) string {
	weight, _ := wire.Double(in.Weight).MarshalJSON() // a number always has a text
	address := in.IP
	if in.Port > 0 {
		address += ":" + strconv.Itoa(in.Port)
	}
	return fmt.Sprintf("%s:unknown:%s_%s_%t_false_%s", address, in.Cluster, weight, in.Healthy, in.Cluster)
}

// patchDirectly changes an instance and counts as its beat. A weight out of bounds is refused once it is in force; so is a
// patch that says itself why it fails.
func (r *Registry) patchDirectly(key ServiceKey, cluster, ip string, port int, patch Patch) error {
	defer r.turn(addressTurn{key, AddressID(ip, port, false)})()
	s := r.existing(key)
	c, p := r.at(s, cluster, ip, port)
	if p == nil {
		return InvalidArgument("%s", r.b.Texts.PatchUnknown)
	}
	next := slices.Clone(p.instances)
	refusal := patch.Refusal
	for i := range next {
		if in := &next[i]; in.cluster == cluster {
			patch.apply(&in.record)
			if patch.Refusal != nil {
				continue
			}
			in.beat = r.uptime()
			if refusal = r.CheckWeight(in.weight); refusal == nil {
				in.weight = r.bounded(in.weight)
			}
		}
	}
	if refusal != nil {
		p.instances = next
		r.spoil(s)
		return refusal
	}
	return r.commit(r.rewrite(c, p, next)...)
}

// apply changes what the patch names.
func (p Patch) apply(in *record) {
	if p.Metadata != nil {
		in.metadata = newPairs(p.Metadata)
	}
	if p.NoMetadata {
		in.metadata = nullMetadata
	}
	if p.App != "" {
		in.app = intern(p.App)
	}
	if p.Weight != nil {
		in.weight = *p.Weight
	}
	if p.Healthy != nil {
		in.healthy = *p.Healthy
	}
	if p.Enabled != nil {
		in.enabled = *p.Enabled
	}
}

// rewrite makes next what a client publishes: at once when it is ephemeral, otherwise by the changes that it returns.
func (r *Registry) rewrite(c *client, p *publication, next []published) []Change {
	if c.kind != Persistent {
		p.instances = next
		r.mergeSpread(p.service)
		r.changed(p.service, r.b.Push.OnRegistration)
		return nil
	}
	put := PersistentPut{Service: p.service.key, IP: next[0].ip, Port: int(next[0].port)}
	for _, in := range next {
		put.Instances = append(put.Instances, stored(in.instance()))
	}
	return []Change{put}
}

// Scope says which instances a batch of metadata changes means.
type Scope int

const (
	// Listed are the instances that the batch lists.
	Listed Scope = iota
	// AllEphemeral are all ephemeral instances.
	AllEphemeral
	// AllPersistent are all persistent instances.
	AllPersistent
)

// EditInstances applies edit to the metadata of instances themselves, and returns those that it found, persistent ones
// first and in the order in which they are listed. Metadata that is null cannot be edited, and keeps that of the others of
// its kind from being edited.
func (r *Registry) EditInstances(key ServiceKey, scope Scope, targets []Target, edit func(map[string]string)) ([]Target, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return nil, nil
	}
	for _, id := range s.persistentIDs() {
		defer r.turn(addressTurn{key, id})()
	}
	var found []Target
	var changes []Change
	null := func(in published, ephemeral bool) bool {
		return in.metadata.isNull() && scope.covers(Target{in.ip, int(in.port), in.cluster, ephemeral}, targets)
	}
	spoiled := slices.ContainsFunc(s.byKind(), func(e publisherEntry) bool {
		return e.client.kind == Ephemeral && slices.ContainsFunc(e.publication.instances, func(in published) bool { return null(in, true) })
	})
	for _, e := range s.byKind() {
		if spoiled && e.client.kind == Ephemeral {
			continue
		}
		next := slices.Clone(e.publication.instances)
		edited := len(found)
		for i := range next {
			in := &next[i]
			t := Target{in.ip, int(in.port), in.cluster, e.client.kind == Ephemeral}
			if !scope.covers(t, targets) {
				continue
			}
			all := in.metadata.toMap()
			edit(all)
			in.metadata = newPairs(all, in.metadata.nulls()...)
			found = append(found, t)
		}
		if len(found) > edited {
			changes = append(changes, r.rewrite(e.client, e.publication, next)...)
		}
	}
	slices.SortStableFunc(found, func(a, b Target) int {
		if a.Ephemeral != b.Ephemeral && b.Ephemeral {
			return -1
		} else if a.Ephemeral != b.Ephemeral {
			return 1
		}
		return cmp.Compare(slices.Index(targets, a), slices.Index(targets, b))
	})
	return found, r.commit(changes...)
}

// persistentIDs are the ids of the persistent clients that publish a service, in the order in which turns are taken.
func (s *service) persistentIDs() (ids []string) {
	for c := range s.publishers {
		if c.kind == Persistent {
			ids = append(ids, c.id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (s Scope) covers(t Target, listed []Target) bool {
	switch s {
	case AllEphemeral:
		return t.Ephemeral
	case AllPersistent:
		return !t.Ephemeral
	default:
		return slices.Contains(listed, t)
	}
}

// numbered gives an instance the least number that no instance of its kind has as its id, where its metadata asks for one.
func (r *Registry) numbered(s *service, kind Kind, in Instance) Instance {
	if !r.b.Registration.SmallIDs || !strings.EqualFold(in.Metadata[KeyIDGenerator], "snowflake") {
		return in
	}
	taken := map[string]bool{}
	if s != nil {
		for c, p := range s.publishers {
			for _, other := range p.instances {
				taken[other.id] = taken[other.id] || c.kind == kind
			}
		}
	}
	n := 0
	for taken[strconv.Itoa(n)] {
		n++
	}
	in.ID = strconv.Itoa(n)
	return in
}

// setHealthDirectly sets the health of an instance of either kind in a cluster that is not probed. It is not kept over a
// restart. Without service or cluster it fails as a server does that did not foresee that.
func (r *Registry) setHealthDirectly(key ServiceKey, cluster, ip string, port int, healthy bool) error {
	s := r.existing(key)
	if s == nil {
		return unexpected(`Cannot invoke "com.alibaba.nacos.naming.core.Service.getClusterMap()" because "service" is null`)
	}
	if !slices.Contains(s.clusters, cluster) {
		return unexpected(`Cannot invoke "com.alibaba.nacos.naming.core.Cluster.getHealthChecker()" because the return value of "java.util.Map.get(Object)" is null`)
	}
	if s.metadata == nil || s.metadata.Clusters[cluster].Checker.Type != "NONE" {
		return InvalidArgument(r.b.Texts.StillChecked, key.Grouped())
	}
	if _, p := r.at(s, cluster, ip, port); p != nil {
		for i := range p.instances {
			if p.instances[i].cluster == cluster {
				p.instances[i].healthy = healthy
			}
		}
		r.changed(s, r.b.Push.OnUnhealthy)
	}
	return nil
}

// stored is a persistent instance as it is kept: metadata that is null is not.
func stored(in Instance) Instance {
	in.NoMetadata = false
	return in
}

// Alter changes the settings of a service in memory alone, as writes do that fail half-way. It says whether there is one.
func (r *Registry) Alter(key ServiceKey, edit func(*ServiceMetadata)) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return false
	}
	m := NoMetadata()
	if s.metadata != nil {
		m = s.metadata.clone()
	}
	edit(&m)
	s.metadata = &m
	r.spoil(s)
	return true
}
