package naming

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Overlay is operational metadata of an instance: what operators wrote, as opposed to what was registered.
type Overlay struct {
	Weight   float64
	Enabled  bool
	Metadata map[string]string
}

// overlayOf is the operational metadata of an instance, nil for none. Most services have none at all.
func (s *service) overlayOf(in record) *Overlay {
	if len(s.overlays) == 0 {
		return nil
	}
	return s.overlays[in.overlayID()]
}

func newOverlay() *Overlay { return &Overlay{Weight: 1, Enabled: true, Metadata: map[string]string{}} }

func (o *Overlay) clone() *Overlay {
	return &Overlay{o.Weight, o.Enabled, maps.Clone(o.Metadata)}
}

// OverlayID names an instance within its service, whoever publishes it.
func OverlayID(ip string, port int, cluster string) string {
	return ip + ":" + strconv.Itoa(port) + ":" + cluster
}

// mark is metadata whose owner is gone: of an instance, or of the service when overlay is empty.
type mark struct {
	service *service
	overlay string
}

// mark starts the time after which metadata is removed, unless it runs already.
func (r *Registry) mark(m mark) {
	if _, ok := r.marks[m]; !ok {
		r.marks[m] = r.clock.Now()
	}
}

func (r *Registry) unmark(m mark) {
	if len(m.service.overlays) > 0 {
		delete(r.marks, m)
	}
}

// markInstances marks the overlays of a publication that ends. Those of a batch are never marked, nor are those of
// persistent instances where they stay for good.
func (r *Registry) markInstances(p *publication) {
	s := p.service
	if p.batch || len(s.overlays) == 0 || !s.ephemeral && !r.b.Metadata.PersistentExpires {
		return
	}
	for _, in := range p.instances {
		if id := in.overlayID(); s.overlays[id] != nil {
			r.mark(mark{s, id})
		}
	}
}

// dropExpiredMetadata removes metadata whose owner is gone for too long.
func (r *Registry) dropExpiredMetadata() {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock.Now()
	var expired []Change
	for m, since := range r.marks {
		switch {
		case now.Sub(since) <= r.b.Cleaning.MetadataExpiry:
		case m.overlay == "":
			expired = append(expired, ServiceRemoved{m.service.key})
		default:
			expired = append(expired, InstanceMetadataRemoved{m.service.key, m.overlay})
		}
	}
	_ = r.commit(expired...) // what is refused is still marked, and comes again with the next run
}

// overlaid is an instance with its operational metadata applied.
func (r *Registry) overlaid(s *service, in record) record {
	if !r.b.Metadata.Overlays {
		return in
	}
	o := s.overlayOf(in)
	if o == nil {
		return in
	}
	in.weight, in.enabled = o.Weight, o.Enabled
	if len(o.Metadata) > 0 {
		in.metadata = in.metadata.merged(o.Metadata)
	}
	return in
}

// Update writes operational metadata for an address, whether an instance is there or not. The service must exist.
func (r *Registry) Update(key ServiceKey, in Instance, ephemeral bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.CheckLegal(in); err != nil {
		return err
	}
	defer r.turn(key)()
	if r.existing(key) == nil {
		return checked(http.StatusBadRequest, CodeInstance,
			"service not found, namespace: %s, service: Service{namespace='%s', group='%s', name='%s', ephemeral=%t, revision=0}",
			key.Namespace, key.Namespace, key.Group, key.Name, ephemeral)
	}
	o := newOverlay()
	o.Weight, o.Enabled = in.Weight, in.Enabled
	maps.Copy(o.Metadata, in.Metadata)
	if err := r.commit(InstanceMetadataPut{key, OverlayID(in.IP, in.Port, in.Cluster), *o}); err != nil {
		return err
	}
	if r.b.Heartbeat.UpdateRefreshes {
		if p := r.clients[AddressID(in.IP, in.Port, true)].publication(r.existing(key)); p != nil {
			r.refresh(p)
		}
	}
	return nil
}

// Patch is a change of operational metadata; nil members stay as they are.
type Patch struct {
	Weight   *float64
	Enabled  *bool
	Metadata map[string]string
	// Healthy, App and NoMetadata cannot be operational: only instances themselves take them.
	Healthy    *bool
	App        string
	NoMetadata bool
	// Refusal is why the patch fails, once what it says is in force; nil when it does not.
	Refusal error
}

// Patch changes the operational metadata of an instance that readers see, or the instance itself where there is none.
func (r *Registry) Patch(key ServiceKey, cluster, ip string, port int, p Patch) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.b.Metadata.Operational {
		return r.patchDirectly(key, cluster, ip, port, p)
	}
	defer r.turn(key)()
	in, err := r.find(key, cluster, ip, port)
	if err != nil {
		return err
	}
	id := in.overlayID()
	o := r.existing(key).overlayCopy(id)
	if p.Metadata != nil {
		o.Metadata = maps.Clone(p.Metadata)
	}
	if p.Enabled != nil {
		o.Enabled = *p.Enabled
	}
	if p.Weight != nil {
		o.Weight = *p.Weight
	}
	return r.commit(InstanceMetadataPut{key, id, *o})
}

func (s *service) overlayCopy(id string) *Overlay {
	if o := s.overlays[id]; o != nil {
		return o.clone()
	}
	return newOverlay()
}

// Target names an instance in a batch of metadata changes. Ephemeral is only echoed.
type Target struct {
	IP        string
	Port      int
	Cluster   string
	Ephemeral bool
}

// EditMetadata applies edit to the operational metadata of the targets that readers see, of all instances when there
// are no targets, and returns the targets that it found.
func (r *Registry) EditMetadata(key ServiceKey, targets []Target, edit func(map[string]string)) ([]Target, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(key)()
	var found []Target
	if len(targets) == 0 {
		snap := r.current(key)
		for _, in := range snap.hosts {
			found = append(found, Target{in.ip, int(in.port), in.cluster, snap.ephemeral})
		}
	}
	for _, t := range targets {
		if _, err := r.find(key, t.Cluster, t.IP, t.Port); err == nil {
			found = append(found, t)
		}
	}
	edited := map[string]*Overlay{}
	for _, t := range found {
		id := OverlayID(t.IP, t.Port, t.Cluster)
		if edited[id] == nil {
			edited[id] = r.existing(key).overlayCopy(id)
		}
		edit(edited[id].Metadata)
	}
	var puts []Change
	for _, id := range slices.Sorted(maps.Keys(edited)) {
		puts = append(puts, InstanceMetadataPut{key, id, *edited[id]})
	}
	if err := r.commit(puts...); err != nil {
		return nil, err
	}
	return found, nil
}

// refresh restarts the silence of all that a publication holds.
func (r *Registry) refresh(p *publication) {
	for i := range p.instances {
		p.instances[i].beat = r.uptime()
	}
}

// millis is a duration in milliseconds.
func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
