package naming

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Beat is a sign of life of an ephemeral instance.
type Beat struct {
	IP      string
	Port    int
	Cluster string
	// Full is what a full beat says of the instance; nil for a light beat.
	Full *FullBeat
	// Attributes are those of the client that a registering beat makes.
	Attributes Attributes
}

// FullBeat is the instance that a full beat describes.
type FullBeat struct {
	// Service is what the beat itself names, which need not be what the request names.
	Service  ServiceKey
	Instance Instance
	// Ephemeral is what the beat says; a beat that says false registers a persistent instance.
	Ephemeral bool
}

// Beat takes note of a beat and returns the code of the answer. A full beat of an unknown instance registers it.
func (r *Registry) Beat(key ServiceKey, beat Beat) (code int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := AddressID(beat.IP, beat.Port, true)
	c := r.clients[id]
	if !r.knows(c, key, beat.Cluster) && !r.knowsPersistent(key, beat) {
		in, registers := r.beatRegisters(beat)
		if !registers {
			return r.b.Heartbeat.CodeUnknown, nil
		}
		ephemeral := beat.Full == nil || beat.Full.Ephemeral
		if err := r.registerBeat(key, in, ephemeral, beat.Attributes); err != nil {
			return 0, err
		}
		c = r.clients[id]
	}
	if r.existing(key) == nil {
		return 0, checked(http.StatusInternalServerError, CodeServerError, "service not found: %s@%s", key.Grouped(), key.Namespace)
	}
	if c == nil && r.b.Heartbeat.KnowsPersistent {
		return r.b.Heartbeat.CodeOK, nil
	}
	if c == nil {
		return 0, unexpected("")
	}
	r.renew(c, key, beat)
	if r.b.Heartbeat.RefreshesClient {
		c.updated = r.clock.Now()
	}
	return r.b.Heartbeat.CodeOK, nil
}

func (r *Registry) knows(c *client, key ServiceKey, cluster string) bool {
	s := r.services[r.identity(key)]
	p := c.publication(s)
	if p == nil {
		return false
	}
	return !r.b.Heartbeat.ComparesCluster || slices.ContainsFunc(p.instances, func(in published) bool {
		return in.cluster == cluster
	})
}

// knowsPersistent says whether a beat counts as known because a persistent instance is at its address.
func (r *Registry) knowsPersistent(key ServiceKey, beat Beat) bool {
	return r.b.Heartbeat.KnowsPersistent && r.knows(r.clients[AddressID(beat.IP, beat.Port, false)], key, beat.Cluster)
}

// registerBeat registers the instance of a beat. Without an address that is its service alone, where the line has it so.
func (r *Registry) registerBeat(key ServiceKey, in Instance, ephemeral bool, a Attributes) error {
	if in.NoIP && r.b.Heartbeat.FullBeatNeedsAddress {
		_, err := r.serviceFor(key, ephemeral, "register")
		return err
	}
	return r.register(key, in, ephemeral, a)
}

// beatRegisters is the instance that a beat of an unknown instance registers, if it does.
func (r *Registry) beatRegisters(beat Beat) (Instance, bool) {
	if beat.Full != nil {
		return beat.Full.Instance, r.b.Heartbeat.FullBeatRegisters
	}
	return Instance{
		IP: beat.IP, Port: beat.Port, Cluster: beat.Cluster,
		Weight: r.b.Registration.DefaultWeight, Healthy: true, Enabled: true,
	}, r.b.Heartbeat.LightBeatRegisters
}

// renew applies a beat to the instance that it names.
func (r *Registry) renew(c *client, key ServiceKey, beat Beat) {
	if beat.Full != nil && r.b.Heartbeat.FullBeatUsesOwnService {
		key = beat.Full.Service
	}
	s := r.services[r.identity(key)]
	p := c.publication(s)
	if p == nil {
		return
	}
	renewed := []*publication{p}
	switch {
	case r.b.Heartbeat.BeatRenewsClient:
		renewed = c.publications
	case r.b.Heartbeat.BeatRenewsNamesakes:
		renewed = c.namesakes(key.Name)
	}
	for _, p := range renewed {
		for i := range p.instances {
			if p.instances[i].is(beat.IP, beat.Port) && (!r.b.Heartbeat.ComparesCluster || p.instances[i].cluster == beat.Cluster) {
				r.renewInstance(p.service, &p.instances[i], beat.Full)
			}
		}
	}
}

// namesakes are what the client publishes for the services of a name.
func (c *client) namesakes(name string) []*publication {
	return slices.DeleteFunc(slices.Clone(c.publications), func(p *publication) bool { return p.service.key.Name != name })
}

func (r *Registry) renewInstance(s *service, in *published, full *FullBeat) {
	if full != nil && !r.b.Heartbeat.FullBeatRenews {
		return
	}
	if r.b.Push.OnRenewal {
		r.changed(s, true)
	}
	if full == nil && r.b.Heartbeat.LightBeatResets {
		in.weight, in.metadata = r.b.Registration.DefaultWeight, nil
		r.changed(s, false)
	}
	if r.b.Heartbeat.BeatRefreshes && (in.healthy || r.b.Heartbeat.RecoveryRefreshes) {
		in.beat = r.uptime()
	}
	if full != nil && r.b.Heartbeat.BeatChangesMetadata {
		in.weight, in.metadata = full.Instance.Weight, newPairs(full.Instance.Metadata)
		r.changed(s, true)
	}
	if !in.healthy && r.b.Heartbeat.BeatRestoresHealth {
		in.healthy = true
		r.changed(s, r.b.Push.OnRecovery)
	}
}

// BeatInterval is the interval, in milliseconds, that the answer to a beat asks for.
func (r *Registry) BeatInterval(key ServiceKey, ip string, port int, cluster string) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[r.identity(key)]
	read := lenientMillis
	if !r.b.Heartbeat.InvalidIntervalIsZero {
		read = func(text string) int64 { return digits(text, assumedInterval) }
	}
	fallback := r.b.Heartbeat.DefaultInterval.Milliseconds()
	if r.b.Heartbeat.ObeysIntervalSwitch {
		fallback = r.switches.ClientBeatInterval
	}
	if s == nil {
		return fallback
	}
	if o := s.overlays[OverlayID(ip, port, cluster)]; o != nil && r.b.Heartbeat.OperationalInterval {
		if text, ok := o.Metadata[KeyBeatInterval]; ok {
			return read(text)
		}
	}
	if p := r.beatenBy(s, ip, port); p != nil && r.b.Heartbeat.CustomInterval {
		for _, in := range p.instances {
			if text, ok := in.metadata.get(KeyBeatInterval); ok && (!r.b.Heartbeat.ComparesCluster || in.cluster == cluster) {
				return read(text)
			}
		}
	}
	return fallback
}

// beatenBy is what is published at the address of a beat.
func (r *Registry) beatenBy(s *service, ip string, port int) *publication {
	if p := r.clients[AddressID(ip, port, false)].publication(s); p != nil && r.b.Heartbeat.KnowsPersistent {
		return p
	}
	return r.clients[AddressID(ip, port, true)].publication(s)
}

// lenientMillis is a whole number, or 0 for what is none.
func lenientMillis(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// checkBeats looks for silent instances of a client, and comes again. It runs as a task of the clock.
func (r *Registry) checkBeats(c *client) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c.check == nil {
		return
	}
	if r.switches.HealthCheckEnabled || !r.b.Heartbeat.ObeysCheckSwitch {
		publications := c.publications
		if len(publications) > 1 {
			publications = slices.Clone(publications) // one that ends changes the order of the others
		}
		for n, p := range publications {
			if n == 0 || r.b.Heartbeat.ChecksAllServices {
				r.checkPublication(c, p)
			}
		}
	}
	c.check = r.clock.After(r.b.Heartbeat.CheckPeriod, func() { r.checkBeats(c) })
}

func (r *Registry) checkPublication(c *client, p *publication) {
	s, expired := p.service, false
	for i := range p.instances {
		in := &p.instances[i]
		if r.skipsCheck(s, in.record) {
			continue
		}
		if in.healthy && r.b.Heartbeat.MarksUnhealthy && r.silent(s, in, KeyBeatTimeout, r.b.Heartbeat.Timeout) {
			in.healthy = false
			r.changed(s, r.b.Push.OnUnhealthy)
		}
		expired = expired || r.b.Heartbeat.Expires && r.silent(s, in, KeyDeleteTimeout, r.b.Heartbeat.DeleteTimeout)
	}
	if expired {
		r.withdraw(c, p, r.b.Push.OnExpiry)
	}
}

// silent says whether an instance gave no sign of life for longer than its metadata, or the fallback, allows.
func (r *Registry) silent(s *service, in *published, key string, fallback time.Duration) bool {
	allowed := fallback
	if text, ok := r.timeoutText(s, in.record, key); ok && r.b.Heartbeat.CustomTimeouts {
		if r.b.Heartbeat.InvalidTimeoutIsZero {
			allowed = millis(lenientMillis(text))
		} else {
			allowed = millis(digits(text, fallback.Milliseconds()))
		}
	}
	elapsed := r.uptime() - in.beat
	return elapsed > allowed || elapsed == allowed && !r.b.Heartbeat.Strict
}

func (r *Registry) timeoutText(s *service, in record, key string) (string, bool) {
	if o := s.overlayOf(in); o != nil && r.b.Heartbeat.OperationalTimeouts {
		if text, ok := o.Metadata[key]; ok {
			return text, true
		}
	}
	return in.metadata.get(key)
}

// skipsCheck says whether metadata takes an instance out of the beat check.
func (r *Registry) skipsCheck(s *service, in record) bool {
	key := r.b.Heartbeat.SkipKey
	if key == "" {
		return false
	}
	if s.metadata != nil && r.b.Heartbeat.ServiceExempts && TruthyText(s.metadata.Metadata[key]) {
		return true
	}
	if o := s.overlayOf(in); o != nil && o.Metadata[key] != "" {
		return TruthyText(o.Metadata[key])
	}
	text, _ := in.metadata.get(key)
	return TruthyText(text)
}

// TruthyText is the lenient reading of a truth value: what is not clearly true is false.
func TruthyText(s string) bool {
	switch strings.ToLower(s) {
	case "true", "on", "yes", "t", "y":
		return true
	}
	return false
}
