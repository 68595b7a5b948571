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
	attributes    Attributes
	updated       time.Time
	publications  map[*service]*publication
	subscriptions map[*service]Subscriber
	// check is the pending beat check of an ephemeral HTTP client.
	check *clock.Task
}

// publication is what a client publishes for a service: one instance, or a batch of any number.
type publication struct {
	batch     bool
	sequence  uint64
	instances []published
}

type published struct {
	Instance
	beat time.Time
}

// AddressID is the id of the HTTP client of an address.
func AddressID(ip string, port int, ephemeral bool) string {
	return ip + ":" + strconv.Itoa(port) + "#" + strconv.FormatBool(ephemeral)
}

// Connect makes a client for a gRPC connection. An id that is known already keeps its client.
func (r *Registry) Connect(id string, a Attributes) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.connect(id, Connection, a)
}

func (r *Registry) connect(id string, kind Kind, a Attributes) *client {
	if c := r.clients[id]; c != nil {
		return c
	}
	c := &client{id: strings.Clone(id), kind: kind, attributes: a, updated: r.clock.Now()}
	r.clients[c.id] = c
	if kind == Ephemeral {
		c.check = r.clock.After(r.b.Heartbeat.CheckInitial, func() { r.checkBeats(c) })
	}
	return c
}

// Disconnect drops a client with all that it publishes and subscribes. Unknown ids are ignored.
func (r *Registry) Disconnect(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.clients[id]; c != nil {
		r.disconnect(c)
	}
}

func (r *Registry) disconnect(c *client) {
	delete(r.clients, c.id)
	c.stopCheck()
	for s := range c.subscriptions {
		delete(s.subscribers, c)
		r.release(s)
	}
	for s, p := range c.publications {
		r.markInstances(s, p)
		delete(s.publishers, c)
		r.changed(s)
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
	return ClientInfo{ID: c.id, Kind: c.kind, Attributes: c.attributes, Updated: c.updated}
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
		if idle || silent > r.b.Cleaning.ClientExpiry {
			r.disconnect(c)
		}
	}
}
