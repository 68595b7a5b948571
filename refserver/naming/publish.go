package naming

import (
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
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

// Claim makes the service of a connection's registration, and refuses as that would.
func (r *Registry) Claim(key ServiceKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, err := r.serviceFor(key, true, "register")
	return err
}

func (r *Registry) publish(clientID string, key ServiceKey, in Instance) error {
	if err := r.CheckLegal(in); err != nil {
		return err
	}
	s, err := r.serviceFor(key, true, "register")
	if err == nil {
		err = r.nameCluster(s, in.Cluster)
	}
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

// PublishBatch makes the instances, even none, the client's publication for a service, in place of an earlier one. A
// nil list is refused, once the service is there.
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
	if ins == nil {
		return unexpected(`Cannot invoke "java.util.List.iterator()" because "instances" is null`)
	}
	p := &publication{service: s, batch: true, instances: make([]published, len(ins))}
	for i, in := range ins {
		p.instances[i] = r.published(in)
	}
	if old := c.publication(s); old != nil && !r.b.Registration.BatchReplaces {
		p.instances = append(p.instances, old.instances...)
	}
	r.put(c, s, p)
	return nil
}

// Publishes says whether the client publishes anything for a service.
func (r *Registry) Publishes(clientID string, key ServiceKey) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.clients[clientID].publication(r.existing(key)) != nil
}

// Withdraws says whether naming the address withdraws what the client publishes for a service.
func (r *Registry) Withdraws(clientID string, key ServiceKey, ip string, port int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.clients[clientID].publication(r.existing(key))
	return p == nil || r.b.Deregister.WholePublication ||
		slices.ContainsFunc(p.instances, func(in published) bool { return in.is(ip, port) })
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
	r.dropBeside(s)
	return nil
}

// UnpublishAddress withdraws an address from all connections.
func (r *Registry) UnpublishAddress(key ServiceKey, ip string, port int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.existing(key); s != nil {
		r.withdrawAddress(s, ip, port)
	}
}

// Register publishes an instance for its address: ephemeral ones live by beats, persistent ones until deregistered.
func (r *Registry) Register(key ServiceKey, in Instance, ephemeral bool, a Attributes) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.register(key, in, ephemeral, a)
}

func (r *Registry) register(key ServiceKey, in Instance, ephemeral bool, a Attributes) error {
	if err := r.CheckLegal(in); err != nil {
		return err
	}
	if !ephemeral {
		return r.registerPersistent(key, in)
	}
	id := AddressID(in.IP, in.Port, true)
	r.connect(id, Ephemeral, a)
	return r.publish(id, key, in)
}

func (r *Registry) registerPersistent(key ServiceKey, in Instance) error {
	id := AddressID(in.IP, in.Port, false)
	defer r.turn(addressTurn{key, id})()
	if err := r.checkKind(key, false, "register"); err != nil {
		return err
	}
	if err := r.checkName(key); err != nil {
		return err
	}
	if err := r.checkCluster(in.Cluster); err != nil {
		r.create(key, false) // before the cluster is looked at
		return err
	}
	old := r.clients[id].publication(r.existing(key))
	in = r.numbered(r.existing(key), Persistent, in)
	put := PersistentPut{Service: key, IP: in.IP, Port: in.Port}
	for _, p := range r.successor(old, Persistent, in) {
		put.Instances = append(put.Instances, stored(p.instance()))
	}
	return r.commit(put)
}

// Deregister withdraws what an address publishes for a service. What is not there is withdrawn already.
func (r *Registry) Deregister(key ServiceKey, ip string, port int, cluster string, ephemeral bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := AddressID(ip, port, ephemeral)
	if !ephemeral {
		defer r.turn(addressTurn{key, id})()
	}
	c, s := r.clients[id], r.existing(key)
	if s != nil {
		if err := r.nameCluster(s, cluster); err != nil {
			return err
		}
	}
	if s != nil && r.b.Deregister.AnyPublisher {
		r.withdrawAddress(s, ip, port)
	}
	if c != nil && r.b.Deregister.Namesakes {
		for _, p := range c.namesakes(key.Name) {
			r.withdraw(c, p, r.b.Push.OnDeregistration)
		}
	}
	if ephemeral {
		r.mergeSpread(s)
	}
	if s != nil && r.b.Deregister.VainChanges {
		r.changed(s, r.b.Push.OnDeregistration)
	}
	p := c.publication(s)
	if p == nil {
		if r.b.Deregister.UnknownIsError {
			return checked(http.StatusNotFound, CodeResourceNotFound, "no matched ip found!")
		}
		return nil
	}
	if r.b.Deregister.ComparesCluster {
		return r.withdrawCluster(c, p, ip, port, cluster)
	}
	if err := r.unpublishAddress(c, s, ip, port); err != nil {
		return err
	}
	r.dropBeside(s)
	return nil
}

// unpublishAddress ends what an HTTP client publishes for a service.
func (r *Registry) unpublishAddress(c *client, s *service, ip string, port int) error {
	if c.kind == Ephemeral {
		r.unpublish(c, s)
		return nil
	}
	if !r.b.Deregister.Removes {
		return nil
	}
	return r.commit(PersistentRemoved{Service: s.key, IP: ip, Port: port})
}

// dropBeside ends what others publish for a service, where deregistering one instance does so.
func (r *Registry) dropBeside(s *service) {
	if r.b.Deregister.SparesOthers {
		return
	}
	for c, p := range s.publishers {
		r.withdraw(c, p, r.b.Push.OnDeregistration)
	}
}

// RegisterPersistent publishes a persistent instance on behalf of a connection. Its timeouts and cluster are not checked.
func (r *Registry) RegisterPersistent(key ServiceKey, in Instance) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.registerPersistent(key, in)
}

// withdrawAddress ends what connections publish at an address.
func (r *Registry) withdrawAddress(s *service, ip string, port int) {
	for c, p := range s.publishers {
		if c.kind == Connection && slices.ContainsFunc(p.instances, func(in published) bool { return in.is(ip, port) }) {
			r.withdraw(c, p, r.b.Push.OnDeregistration)
		}
	}
}

// DeregisterPersistent withdraws a persistent instance on behalf of a connection. The service is made when it is missing.
func (r *Registry) DeregisterPersistent(key ServiceKey, ip string, port int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := AddressID(ip, port, false)
	defer r.turn(addressTurn{key, id})()
	s := r.create(key, false)
	c := r.clients[id]
	if c.publication(s) == nil {
		return nil
	}
	return r.unpublishAddress(c, s, ip, port)
}

// serviceFor is the service of a key, made when it is missing, unless it is of the other kind.
func (r *Registry) serviceFor(key ServiceKey, ephemeral bool, verb string) (*service, error) {
	if err := r.checkKind(key, ephemeral, verb); err != nil {
		return nil, err
	}
	if err := r.checkName(key); err != nil {
		return nil, err
	}
	s := r.create(key, ephemeral)
	r.adopt(s, ephemeral)
	return s, nil
}

// checkKind refuses instances of a kind that the service of a key does not take.
func (r *Registry) checkKind(key ServiceKey, ephemeral bool, verb string) error {
	s := r.existing(key)
	switch {
	case s == nil && !r.b.Services.RegistrationCreates:
		return checked(http.StatusBadRequest, CodeServiceNotFound, "service %s not found!", key.Grouped())
	case s == nil, s.ephemeral == ephemeral, r.adopts(s), !r.b.Registration.ExclusiveKinds:
		return nil
	case ephemeral:
		return r.errKind(key, "persistent", verb, "ephemeral")
	}
	return r.errKind(key, "ephemeral", verb, "persistent")
}

// adopts says whether a service takes the kind of the next instance.
func (r *Registry) adopts(s *service) bool {
	return len(s.publishers) == 0 && !r.b.Services.KindOutlivesInstances
}

func (r *Registry) adopt(s *service, ephemeral bool) {
	if r.adopts(s) {
		s.ephemeral = ephemeral
	}
}

// store makes in the client's publication for a service.
func (r *Registry) store(c *client, s *service, in Instance) {
	in = r.numbered(s, c.kind, in)
	if c.kind == Ephemeral {
		r.mergeSpread(s)
	}
	r.put(c, s, &publication{service: s, instances: r.successor(c.publication(s), c.kind, in)})
	r.dropElsewhere(c, s)
}

// successor is what a client of a kind publishes once it registers in, given what it published before, if anything.
func (r *Registry) successor(old *publication, kind Kind, in Instance) (next []published) {
	fresh := r.published(in)
	fresh.healthy = fresh.healthy || !r.b.Registration.TakesHealth
	fresh.ephemeral = kind != Persistent && r.b.View.KindOfInstance
	if old != nil {
		for _, o := range old.instances {
			if !r.replaces(kind, fresh.record, o.record) {
				next = append(next, o)
				continue
			}
			if r.b.Registration.KeepsMetadata {
				fresh.metadata = o.metadata.merged(fresh.metadata.toMap())
			}
			if r.b.Registration.KeepsHealth {
				fresh.healthy = o.healthy
			}
			if r.b.Registration.KeepsID {
				fresh.id = o.id
			}
			if !r.b.Registration.Refreshes {
				fresh.beat = o.beat
			}
		}
	}
	return append(next, fresh)
}

// dropElsewhere ends what a connection publishes for other services, where it may publish for one alone.
func (r *Registry) dropElsewhere(c *client, s *service) {
	if r.b.Registration.ManyServices || c.kind != Connection {
		return
	}
	for _, p := range slices.Clone(c.publications) {
		if p.service != s {
			r.withdraw(c, p, r.b.Push.OnDeregistration)
		}
	}
}

// replaces says whether the registration of in ends the registration of old by the same client.
func (r *Registry) replaces(kind Kind, in, old record) bool {
	if in.is(old.ip, int(old.port)) && in.cluster == old.cluster {
		return true
	}
	if kind == Connection {
		return r.b.Registration.ReplacesPublication
	}
	return r.b.Registration.ReplacesAcrossClusters
}

// put replaces the client's publication for a service.
func (r *Registry) put(c *client, s *service, p *publication) {
	old := c.publication(s)
	if old != nil {
		p.sequence = old.sequence
	} else {
		r.sequence++
		p.sequence = r.sequence
	}
	if s.publishers == nil {
		s.publishers = map[*client]*publication{}
	}
	c.replace(old, p)
	s.publishers[c] = p
	s.noteSpread(c, p)
	if c.kind == Persistent {
		r.watch(c, old, p)
	}
	if old == nil && len(s.publishers) == 1 {
		r.serviceCame(s)
	}
	c.updated = r.clock.Now()
	if r.b.Metadata.RegistrationCancelsExpiry && !p.batch && len(s.overlays) > 0 {
		for _, in := range p.instances {
			r.unmark(mark{s, in.overlayID()})
		}
	}
	r.changed(s, r.b.Push.OnRegistration)
}

func (r *Registry) unpublish(c *client, s *service) {
	c.updated = r.clock.Now()
	if p := c.publication(s); p != nil && r.b.Deregister.Removes {
		r.withdraw(c, p, r.b.Push.OnDeregistration)
	}
}

// withdraw ends a publication that is there.
func (r *Registry) withdraw(c *client, p *publication, pushes bool) {
	r.markInstances(p)
	c.drop(p)
	r.dropPublisher(p.service, c)
	r.changed(p.service, pushes)
}

// published is what is kept of an instance that is registered now.
func (r *Registry) published(in Instance) published {
	if java.IsBlank(in.Cluster) {
		in.Cluster = r.b.Registration.DefaultCluster
	}
	in.Weight = r.bounded(in.Weight)
	return published{record: newRecord(in), beat: r.uptime()}
}

// withdrawCluster ends what a publication holds in a cluster.
func (r *Registry) withdrawCluster(c *client, p *publication, ip string, port int, cluster string) error {
	kept := slices.DeleteFunc(slices.Clone(p.instances), func(in published) bool { return in.cluster == cluster })
	switch len(kept) {
	case len(p.instances):
		return nil
	case 0:
		if err := r.unpublishAddress(c, p.service, ip, port); err != nil {
			return err
		}
		r.dropBeside(p.service)
		return nil
	}
	return r.commit(r.rewrite(c, p, kept)...)
}

// bounded is a weight as it is stored.
func (r *Registry) bounded(weight float64) float64 {
	if weight > 0 && weight < r.b.Registration.LeastWeight {
		return r.b.Registration.LeastWeight
	}
	if most := r.b.Registration.MostWeight; most > 0 && weight > most {
		return most
	}
	return weight
}

// CheckWeight refuses weights that a request may not ask for.
func (r *Registry) CheckWeight(weight float64) error {
	if weight <= r.b.Registration.MaxWeight && weight >= r.b.Registration.MinWeight || math.IsNaN(weight) {
		return nil
	}
	least, _ := wire.Double(r.b.Registration.MinWeight).MarshalJSON() // numbers always have a text
	most, _ := wire.Double(r.b.Registration.MaxWeight).MarshalJSON()
	return checked(http.StatusBadRequest, CodeWeight, "instance format invalid: The weights range from %s to %s", least, most)
}

var legalCluster = regexp.MustCompile(`^[0-9a-zA-Z-]+$`)

// The values, in milliseconds, that reserved keys have for readers and for the comparison of timeouts with the interval
// where they are not set. They are those of the client API, whatever the server does.
const (
	assumedInterval      = 5000
	assumedTimeout       = 15000
	assumedDeleteTimeout = 30000
)

// CheckLegal refuses instances whose timeouts contradict their interval and clusters with odd characters.
func (r *Registry) CheckLegal(in Instance) error {
	for _, key := range [...]string{KeyBeatTimeout, KeyBeatInterval, KeyDeleteTimeout} {
		if text := in.Metadata[key]; r.b.Registration.ChecksIntervals && strings.Trim(text, "0123456789") == "" && digits(text, -1) < 0 && text != "" {
			return InvalidArgument("%s", java.NotANumber(text))
		}
	}
	interval := digits(in.Metadata[KeyBeatInterval], assumedInterval)
	timeout := min(digits(in.Metadata[KeyBeatTimeout], assumedTimeout), digits(in.Metadata[KeyDeleteTimeout], assumedDeleteTimeout))
	tooShort := timeout < interval || timeout == interval && !r.b.Registration.EqualIntervals
	if r.b.Registration.ChecksIntervals && tooShort {
		return checked(http.StatusBadRequest, CodeInstance,
			"Instance 'heart beat interval' must less than 'heart beat timeout' and 'ip delete timeout'.")
	}
	if r.b.Registration.ChecksCluster && in.Cluster != "" && !legalCluster.MatchString(in.Cluster) {
		return checked(http.StatusBadRequest, CodeInstance,
			r.b.Texts.BadCluster, in.Cluster)
	}
	return nil
}
