package naming

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// record is an instance as the registry keeps it: as Instance, in less memory.
type record struct {
	id, ip, cluster string
	app             string
	weight          float64
	port            int32
	healthy         bool
	enabled         bool
	noIP            bool
	ephemeral       bool
	metadata        pairs
}

func newRecord(in Instance) record {
	metadata := newPairs(in.Metadata, in.Nulls...)
	if in.NoMetadata {
		metadata = nullMetadata
	}
	return record{
		app: intern(in.App), id: strings.Clone(in.ID), ip: strings.Clone(in.IP), cluster: intern(in.Cluster), weight: in.Weight,
		port: int32(in.Port), healthy: in.Healthy, enabled: in.Enabled, noIP: in.NoIP, metadata: metadata,
	}
}

func (r record) instance() Instance {
	return Instance{
		ID: r.id, IP: r.ip, NoIP: r.noIP, Port: int(r.port), Weight: r.weight, Healthy: r.healthy, Enabled: r.enabled,
		Cluster: r.cluster, Metadata: r.metadata.toMap(), Nulls: r.metadata.nulls(), NoMetadata: r.metadata.isNull(), App: r.app,
	}
}

// equal says whether readers cannot tell the two apart.
func (r record) equal(o record) bool {
	return r.id == o.id && r.ephemeral == o.ephemeral && r.app == o.app && r.noIP == o.noIP && r.is(o.ip, int(o.port)) && r.cluster == o.cluster && r.weight == o.weight &&
		r.healthy == o.healthy && r.enabled == o.enabled && slices.Equal(r.metadata, o.metadata)
}

// is says whether the instance has this address.
func (r record) is(ip string, port int) bool { return r.ip == ip && int(r.port) == port }

// overlayID is the id under which operational metadata of the instance is kept.
func (r record) overlayID() string { return OverlayID(r.ip, int(r.port), r.cluster) }

// pairs is metadata that never changes, in order of its keys.
type pairs []pair

type pair struct{ key, value string }

// null is kept as the value of names whose value is null; no request can bring it, because it is no UTF-8.
const null = "\xff"

// nullMetadata is metadata that is null itself; no request can bring an entry of this name.
var nullMetadata = pairs{{null, null}}

func (p pairs) isNull() bool { return len(p) == 1 && p[0].key == null }

func newPairs(m map[string]string, nulls ...string) pairs {
	if len(m)+len(nulls) == 0 {
		return nil
	}
	p := make(pairs, 0, len(m)+len(nulls))
	for k, v := range m {
		p = append(p, pair{intern(k), strings.Clone(v)})
	}
	for _, k := range nulls {
		p = append(p, pair{intern(k), null})
	}
	slices.SortFunc(p, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	return p
}

func (p pairs) get(key string) (value string, ok bool) {
	for _, e := range p {
		if e.key == key {
			return e.value, e.value != null
		}
	}
	return "", false
}

// millis is the value of a reserved key that consists of digits, otherwise the fallback.
func (p pairs) millis(key string, fallback int64) int64 {
	text, _ := p.get(key)
	return digits(text, fallback)
}

// digits is a number that is written with one or more digits and nothing else, otherwise the fallback.
func digits(text string, fallback int64) int64 {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return fallback
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fallback
	}
	return n
}

func (p pairs) toMap() map[string]string {
	m := make(map[string]string, len(p))
	for _, e := range p {
		if e.value != null {
			m[e.key] = e.value
		}
	}
	return m
}

func (p pairs) nulls() (names []string) {
	for _, e := range p {
		if e.value == null && e.key != null {
			names = append(names, e.key)
		}
	}
	return names
}

// merged is the metadata with the entries of m in place of its own.
func (p pairs) merged(m map[string]string) pairs {
	all := p.toMap()
	maps.Copy(all, m)
	nulls := slices.DeleteFunc(p.nulls(), func(name string) bool { _, set := m[name]; return set })
	return newPairs(all, nulls...)
}
