package naming

import (
	"cmp"
	"slices"
	"unicode/utf16"
)

// Where an address may be in several clusters of a service, whoever writes to the ephemeral instances of the service
// gives all clusters of an address the health and the beat of one of them: the last in the order of a hash table. What is
// written itself keeps its beat.
// Source: nacos 1.4.8 naming/src/main/java/com/alibaba/nacos/naming/core/ServiceManager.java:788-866; measured.

// mergeSpread does so before a write to the ephemeral instances of a service.
func (r *Registry) mergeSpread(s *service) {
	if s == nil || !r.b.Registration.SharesBeats {
		return
	}
	for c := range s.spread {
		instances := s.publishers[c].instances
		last := 0
		for i := range instances {
			if s.tableIndex(instances[i].cluster) > s.tableIndex(instances[last].cluster) {
				last = i
			}
		}
		for i := range instances {
			instances[i].healthy, instances[i].beat = instances[last].healthy, instances[last].beat
		}
	}
}

// noteSpread takes note of how many clusters a client's address is in.
func (s *service) noteSpread(c *client, p *publication) {
	if len(p.instances) > 1 && c.kind == Ephemeral {
		if s.spread == nil {
			s.spread = map[*client]bool{}
		}
		s.spread[c] = true
	}
}

// tableIndex is where a cluster is in a Java hash table of the service's clusters. Clusters that share a place there count
// as equal.
func (s *service) tableIndex(cluster string) uint32 {
	size := uint32(16)
	for float64(len(s.clusters)) > 0.75*float64(size) {
		size *= 2
	}
	var hash uint32
	for _, unit := range utf16.Encode([]rune(cluster)) {
		hash = 31*hash + uint32(unit)
	}
	return (hash ^ hash>>16) & (size - 1)
}

// sortHosts puts the hosts of a cluster together, persistent ones first.
func (s *service) sortHosts(hosts []record) {
	place := map[string]uint32{}
	for _, name := range s.clusters {
		place[name] = s.tableIndex(name)
	}
	slices.SortStableFunc(hosts, func(a, b record) int {
		byCluster := cmp.Or(cmp.Compare(place[a.cluster], place[b.cluster]), cmp.Compare(a.cluster, b.cluster))
		switch {
		case byCluster != 0 || a.ephemeral == b.ephemeral:
			return byCluster
		case b.ephemeral:
			return -1
		}
		return 1
	})
}
