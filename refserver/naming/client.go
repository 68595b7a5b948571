package naming

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

// client is one publisher and subscriber.
type client struct {
	id            string
	kind          Kind
	attributes    *Attributes // nil when nothing is known
	updated       time.Time
	publications  []*publication
	subscriptions map[*service]Subscriber
	// check is the pending beat check of an ephemeral HTTP client.
	check *clock.Task
	// health is the health check of a persistent client, where each client has its own.
	health *checkTask
}

// publication is what a client publishes for a service: one instance, or a batch of any number.
type publication struct {
	service *service
	// place is the index among the client's publications.
	place     int
	sequence  uint64
	batch     bool
	instances []published
}

// published is an instance with the time of its last sign of life, counted from the start of the registry.
type published struct {
	record
	beat time.Duration
	// check is what probes told of a persistent instance; nil for ephemeral ones.
	check *checkState
}

// publication is what the client publishes for a service, or nil.
func (c *client) publication(s *service) *publication {
	if c == nil || s == nil {
		return nil
	}
	return s.publishers[c]
}

// replace makes p the client's publication for its service, in place of old when there was one.
func (c *client) replace(old, p *publication) {
	if old != nil {
		p.place = old.place
		c.publications[p.place] = p
		return
	}
	p.place = len(c.publications)
	c.publications = append(c.publications, p)
}

// drop ends a publication of the client.
func (c *client) drop(p *publication) {
	last := c.publications[len(c.publications)-1]
	last.place = p.place
	c.publications[p.place] = last
	c.publications[len(c.publications)-1] = nil
	c.publications = c.publications[:len(c.publications)-1]
}

// AddressID is the id of the HTTP client of an address.
func AddressID(ip string, port int, ephemeral bool) string {
	var room [64]byte // so that the id is the one allocation
	id := append(append(room[:0], ip...), ':')
	id = append(strconv.AppendInt(id, int64(port), 10), '#')
	return string(strconv.AppendBool(id, ephemeral))
}

// Connect makes a client for a gRPC connection. An id that is known already keeps its client.
func (r *Registry) Connect(id string, a Attributes) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.connect(strings.Clone(id), Connection, a)
}

func (r *Registry) connect(id string, kind Kind, a Attributes) *client {
	if c := r.clients[id]; c != nil {
		return c
	}
	c := &client{id: id, kind: kind, updated: r.clock.Now()}
	if a != (Attributes{}) {
		c.attributes = &a
	}
	r.clients[c.id] = c
	if !r.b.Heartbeat.ChecksServices && kind == Ephemeral || kind == Connection && r.b.Heartbeat.ChecksConnections {
		c.check = r.clock.After(r.b.Heartbeat.CheckInitial, func() { r.checkBeats(c) })
	}
	return c
}

// Disconnect drops a client with all that it publishes and subscribes. Unknown ids are ignored.
func (r *Registry) Disconnect(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unwatchAll(id)
	if c := r.clients[id]; c != nil {
		r.disconnect(c)
	}
}

func (r *Registry) disconnect(c *client) {
	delete(r.clients, c.id)
	c.stopCheck()
	c.health.stop()
	for s := range c.subscriptions {
		delete(s.subscribers, c)
		r.release(s)
	}
	for n, p := range c.publications {
		if (n > 0 || p.batch) && c.kind == Connection && !r.b.Connections.EndsEverything {
			continue
		}
		r.markInstances(p)
		r.dropPublisher(p.service, c)
		if r.b.Connections.EndsItsAddresses {
			for _, in := range p.instances {
				r.withdrawAddress(p.service, in.ip, int(in.port))
			}
		}
		r.changed(p.service, r.b.Push.OnDisconnect)
	}
	c.publications, c.subscriptions = nil, nil
}

func (c *client) stopCheck() {
	if c.check != nil {
		c.check.Stop()
		c.check = nil
	}
}

// HasClient says whether a client of this id lives.
func (r *Registry) HasClient(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.clients[id] != nil
}

// Client is a snapshot of one client.
func (r *Registry) Client(id string) (ClientInfo, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[id]
	if c == nil {
		return ClientInfo{}, false
	}
	return c.info(), true
}

func (c *client) info() ClientInfo {
	info := ClientInfo{ID: c.id, Kind: c.kind, Updated: c.updated}
	if c.attributes != nil {
		info.Attributes = *c.attributes
	}
	return info
}

// Clients are snapshots of all clients, by id.
func (r *Registry) Clients() []ClientInfo {
	r.mu.Lock()
	defer r.mu.Unlock()
	infos := make([]ClientInfo, 0, len(r.clients))
	for _, c := range r.clients {
		infos = append(infos, c.info())
	}
	slices.SortFunc(infos, func(a, b ClientInfo) int { return strings.Compare(a.ID, b.ID) })
	return infos
}

// dropSilentClients removes the ephemeral HTTP clients that gave no sign of life for too long.
func (r *Registry) dropSilentClients() {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock.Now()
	for _, c := range r.clients {
		if c.kind != Ephemeral {
			continue
		}
		silent := now.Sub(c.updated)
		idle := len(c.publications) == 0 && silent > r.b.Cleaning.IdleClientExpiry &&
			(len(c.subscriptions) == 0 || silent > r.switches.pushCache())
		if idle || silent > r.b.Cleaning.ClientExpiry && r.b.Cleaning.ClientExpiry > 0 {
			r.disconnect(c)
		}
	}
}
