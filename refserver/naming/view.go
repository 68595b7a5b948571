package naming

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
)

// snapshot is the view of a service as one push task or first read made it.
type snapshot struct {
	hosts []record
	// ephemeral is the kind that the hosts report.
	ephemeral bool
	clusters  []string
}

type publisherEntry struct {
	client      *client
	publication *publication
}

// ordered are the publishers in order of registration.
func (s *service) ordered() []publisherEntry {
	entries := make([]publisherEntry, 0, len(s.publishers))
	for c, p := range s.publishers {
		entries = append(entries, publisherEntry{c, p})
	}
	slices.SortFunc(entries, func(a, b publisherEntry) int { return cmp.Compare(a.publication.sequence, b.publication.sequence) })
	return entries
}

// rebuild makes the view of a service anew and keeps it for readers. A service that does not exist has an empty one.
func (r *Registry) rebuild(s *service) *snapshot {
	if !s.exists {
		return &snapshot{ephemeral: true}
	}
	snap := &snapshot{ephemeral: s.ephemeral || s.assumed}
	entries, n := s.ordered(), 0
	for _, e := range entries {
		n += len(e.publication.instances)
	}
	snap.hosts = make([]record, 0, n)
	seen := make(map[endpoint]int, n) // to the first host there
	for _, e := range entries {
		for i := range e.publication.instances {
			in := r.overlaid(s, e.publication.instances[i].record)
			if n > 1 && snap.contains(seen, in, r.b.View.OneHostPerAddress) {
				continue
			}
			snap.hosts = append(snap.hosts, in)
			if !slices.Contains(snap.clusters, in.cluster) {
				snap.clusters = append(snap.clusters, in.cluster)
			}
		}
	}
	if r.b.View.KindOfInstance {
		s.sortHosts(snap.hosts)
	}
	s.cache = snap
	return snap
}

// endpoint is where an instance is.
type endpoint struct {
	ip   string
	port int32
}

// contains says whether an equal host, or one of the same address, is there already.
func (v *snapshot) contains(seen map[endpoint]int, in record, byAddress bool) bool {
	at := endpoint{in.ip, in.port}
	first, ok := seen[at]
	if !ok {
		seen[at] = len(v.hosts)
		return false
	}
	return byAddress || slices.ContainsFunc(v.hosts[first:], in.equal)
}

// current is the view that readers of a key get.
func (r *Registry) current(key ServiceKey) *snapshot {
	if r.b.Services.ReadingCreates {
		r.create(key, true)
	}
	s := r.services[r.identity(key)]
	if s == nil {
		return &snapshot{ephemeral: true}
	}
	if s.cache != nil {
		return s.cache
	}
	snap := r.rebuild(s)
	snap.ephemeral = snap.ephemeral || r.b.View.AssumesEphemeral
	return snap
}

// View is what a reader sees of a service, existing or not. Name is plain: HTTP puts the group in front.
func (r *Registry) View(key ServiceKey, sel Selection) wire.ServiceInfo {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.selectView(key, r.current(key), sel)
}

func (r *Registry) selectView(key ServiceKey, snap *snapshot, sel Selection) wire.ServiceInfo {
	info := r.emptyView(key, sel.Clusters)
	chosen, count := r.choose(snap.hosts, sel)
	s := r.services[r.identity(key)]
	if !r.b.View.ListsUnknown && key.Group != r.b.Registration.DefaultGroup && r.existing(key) == nil {
		info.Hosts = nil
	}
	if !r.b.View.NamesService {
		info.Name, info.GroupName = nil, nil
	}
	info.ReachProtectionThreshold = wire.Bool(s != nil && r.protects(s, count))
	if len(chosen) == 0 {
		return info
	}
	info.Hosts = make([]wire.Instance, 0, len(chosen))
	render := r.renderer(key, len(chosen))
	for _, in := range chosen {
		if sel.HealthyOnly && r.b.View.HealthyOnly && !in.healthy && !bool(info.ReachProtectionThreshold) {
			continue
		}
		host := render(in, snap.ephemeral)
		host.Healthy = host.Healthy || info.ReachProtectionThreshold
		info.Hosts = append(info.Hosts, host)
	}
	return info
}

func (r *Registry) emptyView(key ServiceKey, clusters string) wire.ServiceInfo {
	texts := &[3]wire.Text{wire.Text(key.Name), wire.Text(key.Group), wire.Text(clusters)}
	info := wire.ServiceInfo{
		Name: &texts[0], GroupName: &texts[1], Clusters: &texts[2], CacheMillis: wire.Int(r.switches.DefaultPushCacheMillis), Hosts: []wire.Instance{},
		LastRefTime: wire.Int(r.clock.Now().UnixMilli()), Valid: true,
	}
	if r.b.View.CamelAllIPs {
		info.AllIps = new(wire.Bool)
	} else {
		info.AllIPs = new(wire.Bool)
	}
	return info
}

// count is what the ratio of the protection threshold is made of.
type count struct{ healthy, total int }

// choose applies the filters that come before the protection threshold, and counts what counts for it.
func (r *Registry) choose(hosts []record, sel Selection) (chosen []*record, n count) {
	chosen = make([]*record, 0, len(hosts))
	wanted := r.clusterFilter(sel.Clusters)
	early := sel.HealthyOnly && r.b.View.HealthyOnly && r.b.View.HealthyOnlyBeforeProtection
	for i := range hosts {
		in := &hosts[i]
		if !wanted(in.cluster) || early && !in.healthy {
			continue
		}
		hidden := !in.enabled && !sel.WithDisabled && r.b.View.HidesDisabled
		if !hidden || r.b.View.CountsDisabled {
			n.total++
			if in.healthy {
				n.healthy++
			}
		}
		if !hidden {
			chosen = append(chosen, in)
		}
	}
	return chosen, n
}

// clusterFilter says of clusters whether they are in a comma list; an empty list has them all.
func (r *Registry) clusterFilter(list string) func(cluster string) bool {
	list = strings.TrimRight(list, ",")
	if java.IsBlank(list) || !r.b.View.ClusterFilter {
		return func(string) bool { return true }
	}
	clusters := strings.Split(list, ",")
	return func(cluster string) bool { return slices.Contains(clusters, cluster) }
}

// protects says whether so few of the hosts are healthy that all must be shown as healthy.
func (r *Registry) protects(s *service, n count) bool {
	if !r.b.View.Protects || n.total == 0 {
		return false
	}
	var threshold float32
	if s.metadata != nil {
		threshold = s.metadata.ProtectThreshold
		if r.b.View.NegativeThresholdIsZero {
			threshold = max(threshold, 0)
		}
	} else if r.b.View.ProtectionNeedsMetadata {
		return false
	}
	ratio := float32(n.healthy) / float32(n.total)
	return ratio < threshold || ratio == threshold && r.b.View.ProtectionInclusive
}

// simple is the generator of ids that is told of instances that name none.
var simple = wire.Text("simple")

// noMetadata is shown for all instances that have none; readers do not change what they are shown.
var noMetadata = map[string]wire.Text{}

// renderer makes up to n instances of a service what readers see of them, with few allocations.
func (r *Registry) renderer(key ServiceKey, n int) func(in *record, ephemeral bool) wire.Instance {
	service := new(wire.Text(key.Grouped()))
	texts := make([]wire.Text, 0, 3*n)
	text := func(s string) *wire.Text {
		texts = append(texts, wire.Text(s))
		return &texts[len(texts)-1]
	}
	return func(in *record, ephemeral bool) wire.Instance { return r.host(in, service, ephemeral, text) }
}

// host is an instance as readers see it. Text gives a text a place.
func (r *Registry) host(in *record, service *wire.Text, ephemeral bool, text func(string) *wire.Text) wire.Instance {
	host := wire.Instance{
		IP: text(in.ip), Port: wire.Int(in.port), Weight: wire.Double(in.weight),
		Healthy: wire.Bool(in.healthy), Enabled: wire.Bool(in.enabled), Ephemeral: wire.Bool(ephemeral),
		ClusterName: text(in.cluster), ServiceName: service,
		Metadata:                  noMetadata,
		InstanceHeartBeatInterval: wire.Int(in.metadata.millis(KeyBeatInterval, assumedInterval)),
		InstanceHeartBeatTimeOut:  wire.Int(in.metadata.millis(KeyBeatTimeout, assumedTimeout)),
		IPDeleteTimeout:           wire.Int(in.metadata.millis(KeyDeleteTimeout, assumedDeleteTimeout)),
	}
	if r.b.View.KindOfInstance {
		host.Ephemeral = wire.Bool(in.ephemeral)
	}
	if in.noIP {
		host.IP = nil
	}
	if len(in.metadata) > 0 {
		host.Metadata = make(map[string]wire.Text, len(in.metadata))
	}
	for _, p := range in.metadata {
		if p.key == null {
			host.Metadata = nil
		} else if p.value == null {
			host.Nulls = append(host.Nulls, p.key)
		} else {
			host.Metadata[p.key] = wire.Text(p.value)
		}
	}
	if !r.b.View.ShowsFlags {
		host.Enabled, host.Ephemeral = false, false
	}
	if !r.b.View.ShowsEmptyMetadata && len(host.Metadata) == 0 {
		host.Metadata = nil
	}
	if in.id != "" {
		host.InstanceID = text(in.id)
	}
	if generator, ok := in.metadata.get(KeyIDGenerator); ok {
		host.InstanceIDGenerator = new(wire.Text(generator))
	} else if len(in.metadata) == 0 {
		host.InstanceIDGenerator = &simple
	}
	return host
}

// Hosts are all instances of a service as readers see them: no filter, no protection, disabled ones included.
func (r *Registry) Hosts(key ServiceKey) []wire.Instance {
	r.mu.Lock()
	defer r.mu.Unlock()
	snap := r.current(key)
	render := r.renderer(key, len(snap.hosts))
	hosts := make([]wire.Instance, len(snap.hosts))
	for i := range snap.hosts {
		hosts[i] = render(&snap.hosts[i], snap.ephemeral)
	}
	return hosts
}

// Clusters are the clusters that hold instances in the view that readers get now; none before it was first made.
func (r *Registry) Clusters(key ServiceKey) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[r.identity(key)]
	if s == nil || s.cache == nil {
		return nil
	}
	return slices.Clone(s.cache.clusters)
}

// Find is one instance as readers see it, disabled or not.
func (r *Registry) Find(key ServiceKey, cluster, ip string, port int) (Instance, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	in, err := r.find(key, cluster, ip, port)
	if err != nil {
		return Instance{}, err
	}
	return in.instance(), nil
}

// Host is one instance in full, as Hosts shows it.
func (r *Registry) Host(key ServiceKey, cluster, ip string, port int) (wire.Instance, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	in, err := r.find(key, cluster, ip, port)
	if err != nil {
		return wire.Instance{}, err
	}
	return r.renderer(key, 1)(&in, r.current(key).ephemeral), nil
}

func (r *Registry) find(key ServiceKey, cluster, ip string, port int) (record, error) {
	snap := r.current(key)
	if r.b.Texts.NoService != "" && r.existing(key) == nil {
		return record{}, checked(http.StatusNotFound, CodeResourceNotFound, r.b.Texts.NoService, key.Grouped())
	}
	if len(snap.hosts) == 0 || r.b.View.DetailOfCluster && !slices.Contains(snap.clusters, cluster) {
		return record{}, checked(http.StatusNotFound, CodeResourceNotFound,
			"no ips found for cluster %s in service %s", cluster, key.Grouped())
	}
	for _, in := range snap.hosts {
		if in.cluster == cluster && in.is(ip, port) {
			return in, nil
		}
	}
	return record{}, checked(http.StatusNotFound, CodeResourceNotFound, "no matched ip found!")
}
