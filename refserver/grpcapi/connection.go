package grpcapi

import (
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// connection is one TCP connection and, once it was set up, one registered client.
type connection struct {
	net.Conn
	server  *Server
	cluster bool // came on the port for servers
	id      string
	remote  netip.AddrPort
	localIP string
	hole    blackHole
	secured atomic.Bool // by TLS
	closing sync.Once
	closed  chan struct{}

	mu         sync.Mutex
	registered bool
	meta       Meta
	// stream is the one on which the connection was set up; it may have ended.
	stream          *stream
	created, active time.Time
	// blocked is since when sending fails, zero when it does not.
	blocked time.Time
	// asked are the requests to the client that wait for their answers, the oldest first. Clients answer in that order.
	asked []*question
}

// Meta is what a client says of itself when it sets its connection up.
type Meta struct {
	// Version is the client version, App the label AppName or "-".
	Version, App string
	// ClientIP is what the client claims to be.
	ClientIP string
	Tenant   string
	Labels   map[string]string
	// Abilities is nil when the client names none.
	Abilities map[string]bool
}

// SDK is true when the client says that it is an application, false when it may be another server.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/ConnectionMeta.java:131-134.
func (m Meta) SDK() bool { return strings.EqualFold(m.Labels["source"], "sdk") }

// Cluster is true when the client says that it is another server.
func (m Meta) Cluster() bool { return strings.EqualFold(m.Labels["source"], "cluster") }

// Connection is a snapshot of a registered connection.
type Connection struct {
	ID   string
	Meta Meta
	// Secured is true when TLS protects it.
	Secured bool
	// Local and Remote are the ends of the TCP connection.
	Local, Remote netip.AddrPort
	// Created is when the client set the connection up, Active when it last gave a sign of life.
	Created, Active time.Time
}

var (
	// errGone says that the connection ended before the client answered.
	errGone = errors.New("the connection is gone")
	// errBusy says that the client does not read what was sent before, or has ended its stream.
	errBusy = errors.New("too much bytes on sending queue of this stream.")
)

// Connections are snapshots of all registered connections, by id.
func (s *Server) Connections() []Connection {
	var all []Connection
	for _, c := range s.all() {
		local, _ := netip.ParseAddrPort(c.LocalAddr().String())
		c.mu.Lock()
		if c.registered {
			all = append(all, Connection{c.id, c.meta, c.secured.Load(), local, c.remote, c.created, c.active})
		}
		c.mu.Unlock()
	}
	slices.SortFunc(all, func(a, b Connection) int { return strings.Compare(a.ID, b.ID) })
	return all
}

func (s *Server) all() []*connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*connection, 0, len(s.connections))
	for _, c := range s.connections {
		all = append(all, c)
	}
	return all
}

func (s *Server) find(id string) *connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections[id]
}

// CloseConnection cuts the TCP connection of that id. It reports whether there was one.
func (s *Server) CloseConnection(id string) bool {
	c := s.find(id)
	if c != nil {
		c.Close()
	}
	return c != nil
}

// BlackHole lets nothing pass through the connection of that id any more, in either direction, while its TCP
// connection stays open. It reports whether there was one.
func (s *Server) BlackHole(id string) bool {
	c := s.find(id)
	if c != nil {
		c.hole.open.Store(true)
	}
	return c != nil
}

// register makes the connection a client, or reports false when a limit forbids that. One that is a client already may
// stay what it was.
func (s *Server) register(c *connection, m Meta, on *stream) bool {
	s.admission.Lock()
	defer s.admission.Unlock()
	over := !c.isRegistered() && s.isOver(m)
	if over {
		return false
	}
	c.mu.Lock() // until its naming client is there: whoever sees it registered may use that
	defer c.mu.Unlock()
	if c.registered && s.b.KeepsFirstSetup {
		return true
	}
	now := time.Now()
	c.registered, c.meta, c.stream, c.created, c.active, c.blocked = true, m, on, now, now, time.Time{}
	if slices.Contains(s.b.NamingModules, m.Labels["module"]) {
		s.naming.Connect(c.id, naming.Attributes{
			ConnectType: "GRPC", App: m.App, Version: m.Version, IP: m.ClientIP, Port: int(c.remote.Port()),
		})
	} else {
		s.naming.Disconnect(c.id)
	}
	s.log.Debug("connection registered", "connection", c.id, "version", m.Version)
	return true
}

// unregister ends what the connection registered, fails its open questions and completes its stream.
func (s *Server) unregister(c *connection, why string) {
	c.mu.Lock()
	was, on, asked := c.registered, c.stream, c.asked
	c.registered, c.stream, c.asked = false, nil, nil
	c.mu.Unlock()
	for _, q := range asked {
		s.deadlines.drop(q)
		q.abandon()
	}
	if on != nil {
		on.complete()
	}
	if was {
		s.naming.Disconnect(c.id)
		s.configs.Disconnect(c.id)
		s.log.Debug("connection unregistered", "connection", c.id, "why", why)
	}
}

// eject unregisters a connection and closes its TCP connection later, when the client had time to read the end.
func (s *Server) eject(c *connection, why string) {
	s.unregister(c, why)
	s.clock.After(s.b.Linger, func() { c.Close() })
}

// closed takes note of the end of a TCP connection.
func (s *Server) closed(c *connection) {
	if s.b.EndsOnClose {
		s.forget(c)
		s.unregister(c, "transport closed")
	}
}

func (s *Server) forget(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connections[c.id] == c {
		delete(s.connections, c.id)
	}
}

func (c *connection) isRegistered() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.registered
}

// app is the application that the client named in its set-up.
func (c *connection) app() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.meta.App
}

func (c *connection) touch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.active = time.Now()
}

func metaOf(r *wire.ConnectionSetupRequest, clientIP string) Meta {
	m := Meta{App: "-", ClientIP: clientIP, Labels: make(map[string]string, len(r.Labels))}
	for k, v := range r.Labels {
		m.Labels[k] = string(v)
	}
	if app, ok := m.Labels["AppName"]; ok {
		m.App = app
	}
	if r.AbilityTable != nil {
		m.Abilities = make(map[string]bool, len(r.AbilityTable))
	}
	for k, v := range r.AbilityTable {
		m.Abilities[k] = bool(v)
	}
	if r.ClientVersion != nil {
		m.Version = string(*r.ClientVersion)
	}
	if r.Tenant != nil {
		m.Tenant = string(*r.Tenant)
	}
	return m
}
