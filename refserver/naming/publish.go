package naming

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Reserved metadata keys; their values are milliseconds, but for the generator's.
const (
	KeyBeatInterval  = "preserved.heart.beat.interval"
	KeyBeatTimeout   = "preserved.heart.beat.timeout"
	KeyDeleteTimeout = "preserved.ip.delete.timeout"
	KeyIDGenerator   = "preserved.instance.id.generator"
)

// Publish makes an instance the client's publication for a service, in place of an earlier one.
func (r *Registry) Publish(clientID string, key ServiceKey, in Instance) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.publish(clientID, key, in)
}

func (r *Registry) publish(clientID string, key ServiceKey, in Instance) error {
	if err := r.checkLegal(in); err != nil {
		return err
	}
	s, err := r.serviceFor(key, true, "register")
	if err != nil {
		return err
	}
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	r.store(c, s, in)
	return nil
}

// PublishBatch makes the instances, even none, the client's publication for a service, in place of an earlier one.
func (r *Registry) PublishBatch(clientID string, key ServiceKey, ins []Instance) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, err := r.serviceFor(key, true, "batch register")
	if err != nil {
		return err
	}
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	p := &publication{batch: true, instances: make([]published, len(ins))}
	for i, in := range ins {
		p.instances[i] = published{r.normalise(in), r.clock.Now()}
	}
	r.put(c, s, p)
	return nil
}

// Unpublish withdraws what the client publishes for a service. What is not there is withdrawn already.
func (r *Registry) Unpublish(clientID string, key ServiceKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return nil
	}
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	r.unpublish(c, s)
	return nil
}

// Register publishes an instance for its address: ephemeral ones live by beats, persistent ones until deregistered.
func (r *Registry) Register(key ServiceKey, in Instance, ephemeral bool, a Attributes) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.register(key, in, ephemeral, a)
}

func (r *Registry) register(key ServiceKey, in Instance, ephemeral bool, a Attributes) error {
	if !ephemeral {
		return r.registerPersistent(key, in)
	}
	if err := r.checkLegal(in); err != nil {
		return err
	}
	id := AddressID(in.IP, in.Port, true)
	r.connect(id, Ephemeral, a)
	return r.publish(id, key, in)
}

// registerPersistent makes the client only once the registration is accepted: it is replicated with it.
func (r *Registry) registerPersistent(key ServiceKey, in Instance) error {
	if err := r.checkLegal(in); err != nil {
		return err
	}
	s, err := r.serviceFor(key, false, "register")
	if err != nil {
		return err
	}
	r.store(r.connect(AddressID(in.IP, in.Port, false), Persistent, Attributes{}), s, in)
	return nil
}

// Deregister withdraws what an address publishes for a service. What is not there is withdrawn already.
func (r *Registry) Deregister(key ServiceKey, ip string, port int, cluster string, ephemeral bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, s := r.clients[AddressID(ip, port, ephemeral)], r.existing(key)
	if c == nil || s == nil || c.publications[s] == nil {
		if r.b.Deregister.UnknownIsError {
			return checked(http.StatusNotFound, CodeResourceNotFound, "no matched ip found!")
		}
		return nil
	}
	if r.b.Deregister.ComparesCluster && c.publications[s].instances[0].Cluster != cluster {
		return nil
	}
	r.unpublish(c, s)
	return nil
}

// DeregisterPersistent withdraws a persistent instance on behalf of a connection. The service is made when it is missing.
func (r *Registry) DeregisterPersistent(key ServiceKey, ip string, port int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.create(key, false)
	if c := r.clients[AddressID(ip, port, false)]; c != nil {
		r.unpublish(c, s)
	}
}

// serviceFor is the service of a key, made when it is missing, unless it is of the other kind.
func (r *Registry) serviceFor(key ServiceKey, ephemeral bool, verb string) (*service, error) {
	if !r.b.Services.RegistrationCreates && r.existing(key) == nil {
		return nil, checked(http.StatusBadRequest, CodeServiceNotFound, "service %s not found!", key.Grouped())
	}
	s := r.create(key, ephemeral)
	if s.ephemeral != ephemeral && r.b.Registration.ExclusiveKinds {
		if ephemeral {
			return nil, errKind(key, "persistent", verb, "ephemeral")
		}
		return nil, errKind(key, "ephemeral", verb, "persistent")
	}
	return s, nil
}

// store makes in the client's publication for a service.
func (r *Registry) store(c *client, s *service, in Instance) {
	fresh := published{r.normalise(in), r.clock.Now()}
	p := &publication{}
	if old := c.publications[s]; old != nil {
		for _, o := range old.instances {
			if !r.replaces(c, fresh.Instance, o.Instance) {
				p.instances = append(p.instances, o)
				continue
			}
			if r.b.Registration.KeepsHealth {
				fresh.Healthy = o.Healthy
			}
			if !r.b.Registration.Refreshes {
				fresh.beat = o.beat
			}
		}
	}
	p.instances = append(p.instances, fresh)
	r.put(c, s, p)
}

// replaces says whether a client's registration of in ends its registration of old.
func (r *Registry) replaces(c *client, in, old Instance) bool {
	if in.IP == old.IP && in.Port == old.Port && in.Cluster == old.Cluster {
		return true
	}
	if c.kind == Connection {
		return r.b.Registration.ReplacesPublication
	}
	return r.b.Registration.ReplacesAcrossClusters
}

// put replaces the client's publication for a service.
func (r *Registry) put(c *client, s *service, p *publication) {
	if old := c.publications[s]; old != nil {
		p.sequence = old.sequence
	} else {
		r.sequence++
		p.sequence = r.sequence
	}
	if c.publications == nil {
		c.publications = map[*service]*publication{}
	}
	if s.publishers == nil {
		s.publishers = map[*client]*publication{}
	}
	c.publications[s], s.publishers[c] = p, p
	c.updated = r.clock.Now()
	if r.b.Metadata.RegistrationCancelsExpiry && !p.batch {
		for _, in := range p.instances {
			r.unmark(mark{s, OverlayID(in.IP, in.Port, in.Cluster)})
		}
	}
	r.changed(s)
}

func (r *Registry) unpublish(c *client, s *service) {
	c.updated = r.clock.Now()
	if p := c.publications[s]; p != nil && r.b.Deregister.Removes {
		r.withdraw(c, s, p)
	}
	if c.kind == Persistent && len(c.publications) == 0 {
		r.disconnect(c)
	}
}

// withdraw ends a publication that is there.
func (r *Registry) withdraw(c *client, s *service, p *publication) {
	r.markInstances(s, p)
	delete(c.publications, s)
	delete(s.publishers, c)
	r.changed(s)
}

// normalise is what is kept of an instance: shared names, a cluster, and metadata that nobody else holds.
func (r *Registry) normalise(in Instance) Instance {
	if strings.TrimSpace(in.Cluster) == "" {
		in.Cluster = r.b.Registration.DefaultCluster
	}
	in.Cluster, in.IP = intern(in.Cluster), intern(in.IP)
	return in
}

var legalCluster = regexp.MustCompile(`^[0-9a-zA-Z-]+$`)

// checkLegal refuses instances whose timeouts contradict their interval and clusters with odd characters.
func (r *Registry) checkLegal(in Instance) error {
	interval := Millis(in.Metadata, KeyBeatInterval, r.b.Heartbeat.DefaultInterval.Milliseconds())
	timeout := Millis(in.Metadata, KeyBeatTimeout, r.b.Heartbeat.Timeout.Milliseconds())
	deletion := Millis(in.Metadata, KeyDeleteTimeout, r.b.Heartbeat.DeleteTimeout.Milliseconds())
	if r.b.Registration.ChecksIntervals && (timeout < interval || deletion < interval) {
		return checked(http.StatusBadRequest, CodeInstance,
			"Instance 'heart beat interval' must less than 'heart beat timeout' and 'ip delete timeout'.")
	}
	if r.b.Registration.ChecksCluster && in.Cluster != "" && !legalCluster.MatchString(in.Cluster) {
		return checked(http.StatusBadRequest, CodeInstance,
			"Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: %s)", in.Cluster)
	}
	return nil
}

// Millis is the value of a reserved key that consists of digits, otherwise the fallback.
func Millis(metadata map[string]string, key string, fallback int64) int64 {
	text := metadata[key]
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return fallback
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fallback
	}
	return n
}

// Subscribe makes the client see the changes of a service, existing or not; it replaces an earlier subscription.
func (r *Registry) Subscribe(clientID string, key ServiceKey, sub Subscriber) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	r.subscribe(c, key, sub)
	return nil
}

// SubscribeAddress makes the HTTP client of the subscriber's address see the changes of a service.
func (r *Registry) SubscribeAddress(key ServiceKey, sub Subscriber, a Attributes) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.subscribe(r.connect(AddressID(sub.IP, sub.Port, true), Ephemeral, a), key, sub)
}

func (r *Registry) subscribe(c *client, key ServiceKey, sub Subscriber) {
	s := r.record(key)
	if r.b.Services.SubscriptionCreates {
		r.create(key, true)
	}
	if c.subscriptions == nil {
		c.subscriptions = map[*service]Subscriber{}
	}
	if s.subscribers == nil {
		s.subscribers = map[*client]bool{}
	}
	first := !s.subscribers[c]
	c.subscriptions[s], s.subscribers[c] = sub, true
	c.updated = r.clock.Now()
	if first && r.b.Push.OnFirstSubscribe {
		r.schedule(s, r.b.Push.Delay, c.id)
	}
}

// Unsubscribe ends a subscription. What is not subscribed is ended already.
func (r *Registry) Unsubscribe(clientID string, key ServiceKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	c.updated = r.clock.Now()
	if s := r.services[key]; s != nil {
		delete(c.subscriptions, s)
		delete(s.subscribers, c)
		r.release(s)
	}
	return nil
}

// Publications are snapshots of what a client publishes, by service.
func (r *Registry) Publications(clientID string) []Publication {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return nil
	}
	var all []Publication
	for s, p := range c.publications {
		all = append(all, p.snapshot(c, s))
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
		all = append(all, e.publication.snapshot(e.client, s))
	}
	return all
}

func (p *publication) snapshot(c *client, s *service) Publication {
	snap := Publication{Client: c.id, Service: s.key, Batch: p.batch}
	for _, in := range p.instances {
		snap.Instances = append(snap.Instances, in.Instance)
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
