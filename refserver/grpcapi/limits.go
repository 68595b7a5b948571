package grpcapi

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Limits bound the connections that are registered at the same time. The connections of other servers are let in over
// any limit.
type Limits struct {
	// Total bounds all together; 0 for no bound.
	Total int
	// PerClientIP bounds those of each address that clients claim to have; 0 for no bound.
	PerClientIP int
	// ByClientIP replaces PerClientIP for single addresses. 0 lets none in.
	ByClientIP map[string]int
	// ByApp replaces PerClientIP for the applications, as clients name them, that have no limit in ByClientIP.
	ByApp map[string]int
}

// Check says whether a line has such limits.
func (l Limits) Check(b behaviour.Connections) error {
	if !b.LimitsClients && (l.PerClientIP != 0 || l.ByClientIP != nil || l.ByApp != nil) {
		return errors.New("connections can only be limited all together on this line: leave the limits per client out")
	}
	return nil
}

// ofClient is the limit for the address of a client, negative for none.
func (l Limits) ofClient(m Meta) int {
	if limit, ok := l.ByClientIP[m.ClientIP]; ok && limit >= 0 {
		return limit
	}
	if limit, ok := l.ByApp[m.App]; ok && limit >= 0 {
		return limit
	}
	if l.PerClientIP > 0 {
		return l.PerClientIP
	}
	return -1
}

// isOver says whether one more connection would be over a limit.
// Source: nacos 2.0.4 core/src/main/java/com/alibaba/nacos/core/remote/ConnectionManager.java:168-212, nacos 2.5.1
// plugin-default-impl/nacos-default-control-plugin/src/main/java/com/alibaba/nacos/plugin/control/impl/NacosConnectionControlManager.java:56-75.
func (s *Server) isOver(m Meta) bool {
	if m.Cluster() || s.limits.isNone() {
		return false
	}
	all, sdk := s.count()
	if s.b.LimitCountsServers {
		sdk = all
	}
	if s.limits.Total > 0 && sdk >= s.limits.Total {
		return true
	}
	limit := s.limits.ofClient(m)
	return limit >= 0 && s.countOf(m.ClientIP) >= limit
}

// rule is how a server tells its limits. Source: nacos 2.0.4
// core/src/main/java/com/alibaba/nacos/core/remote/ConnectionManager.java:616-687.
func (l Limits) rule() string {
	orNone := func(limit int) int {
		if limit <= 0 {
			return -1
		}
		return limit
	}
	body, err := json.Marshal(struct {
		Monitored   []string       `json:"monitorIpList"`
		Total       int            `json:"countLimit"`
		PerClientIP int            `json:"countLimitPerClientIpDefault"`
		ByClientIP  map[string]int `json:"countLimitPerClientIp"`
		ByApp       map[string]int `json:"countLimitPerClientApp"`
	}{[]string{}, orNone(l.Total), orNone(l.PerClientIP), orEmpty(l.ByClientIP), orEmpty(l.ByApp)})
	if err != nil {
		panic(err) // there is nothing in it that could not be written
	}
	return string(body)
}

func orEmpty(m map[string]int) map[string]int {
	if m == nil {
		return map[string]int{}
	}
	return m
}

func (l Limits) isNone() bool {
	return l.Total <= 0 && l.PerClientIP <= 0 && l.ByClientIP == nil && l.ByApp == nil
}

// countOf is how many connections of clients with an address are registered.
func (s *Server) countOf(clientIP string) (n int) {
	for _, c := range s.all() {
		c.mu.Lock()
		if c.registered && c.meta.ClientIP == clientIP {
			n++
		}
		c.mu.Unlock()
	}
	return n
}

// refusalLinger is how long the TCP connection of a refused client stays open, so that it reads the end of its stream.
const refusalLinger = 100 * time.Millisecond

// refuse turns a connection away that is over a limit.
func (s *Server) refuse(c *connection, on *stream) {
	s.log.Debug("connection refused", "connection", c.id, "why", "over a limit")
	if !s.b.RefusalResets {
		s.dismiss(c, on)
		return
	}
	r := wire.ConnectResetRequest{Request: wire.NewRequest(wire.ModuleInternal)}
	r.RequestID = new(wire.Text(s.nextID()))
	l, err := write(r, c.localIP)
	if err == nil {
		err = on.send(l)
	}
	if err != nil {
		s.log.Debug("reset not sent", "connection", c.id, "error", err)
	}
}

// dismiss ends a stream without a word, and then its connection.
func (s *Server) dismiss(c *connection, on *stream) {
	on.complete()
	s.clock.After(refusalLinger, func() { c.Close() })
}

// shedAtOnce asks connections in excess of an order or of a limit to reconnect, gives their ids, and forgets the order.
// Source: nacos 2.0.4 core/src/main/java/com/alibaba/nacos/core/remote/ConnectionManager.java:289-420.
func (s *Server) shedAtOnce() map[string]bool {
	s.mu.Lock()
	order := s.shedding
	s.shedding = shedding{}
	s.mu.Unlock()
	if !order.given && s.limits.isNone() {
		return nil
	}
	all := s.Connections()
	chosen := s.overLimitOfClient(all)
	excess := -len(chosen)
	if order.given && order.count >= 0 {
		excess += s.excess(order.count)
	} else if s.limits.Total > 0 {
		excess += s.excess(s.limits.Total)
	}
	limited := map[string]bool{}
	for _, c := range all {
		if chosen[c.ID] {
			limited[c.Meta.ClientIP] = true
		}
	}
	for _, c := range all {
		if excess > 0 && c.Meta.SDK() && !limited[c.Meta.ClientIP] {
			chosen[c.ID] = true
			excess--
		}
	}
	for id := range chosen {
		s.Reset(id, order.redirect, func(error) {})
	}
	return chosen
}

// overLimitOfClient are the connections above the limits of their clients' addresses.
func (s *Server) overLimitOfClient(all []Connection) map[string]bool {
	over := map[string]int{}
	for _, c := range all {
		ip := c.Meta.ClientIP
		if _, known := over[ip]; known || !c.Meta.SDK() {
			continue
		}
		if limit := s.limits.ofClient(c.Meta); limit >= 0 {
			over[ip] = s.countOf(ip) - limit
		}
	}
	chosen := map[string]bool{}
	for _, c := range all {
		if over[c.Meta.ClientIP] > 0 {
			over[c.Meta.ClientIP]--
			chosen[c.ID] = true
		}
	}
	return chosen
}
