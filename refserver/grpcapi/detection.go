package grpcapi

import (
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// detect is one pass over the connections: it asks all idle ones at once whether they live, and sheds what an operator
// wants to be rid of. The next pass follows a period after the end of this one.
func (s *Server) detect() {
	if s.b.ShedsFirst {
		s.askIdle(s.shedAtOnce(), s.rest)
		return
	}
	s.askIdle(nil, func() { s.shed(s.rest) })
}

// askIdle asks the connections that are idle, but for those that are spared, whether they live, and goes on with next
// when the last has answered or the time is up.
func (s *Server) askIdle(spared map[string]bool, next func()) {
	now := time.Now()
	var idle []*connection
	for _, c := range s.all() {
		if s.isIdle(c, now) && !spared[c.id] {
			idle = append(idle, c)
		}
	}
	if len(idle) == 0 {
		next()
		return
	}
	p := &pass{server: s, next: next, waiting: make(map[*connection]bool, len(idle))}
	for _, c := range idle {
		p.waiting[c] = true
	}
	for _, c := range idle {
		r := wire.ClientDetectionRequest{Request: wire.NewRequest(wire.ModuleInternal)}
		s.ask(c, &r, &r.Request, s.b.DetectionTimeout, func(err error) { p.answered(c, err) })
	}
}

// rest waits for the next pass.
func (s *Server) rest() { s.clock.After(s.b.DetectionPeriod, s.detect) }

// isIdle says whether a registered connection has been silent, or could not be sent to, for too long.
func (s *Server) isIdle(c *connection, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	blocked := !c.blocked.IsZero() && now.Sub(c.blocked) > s.b.BlockedLimit
	return c.registered && (blocked || now.Sub(c.active) >= s.b.IdleAfter)
}

// pass is one round of questions to idle connections. It ends when the last has answered or the time is up.
type pass struct {
	server *Server
	next   func()

	mu      sync.Mutex
	waiting map[*connection]bool
	dead    []*connection
}

func (p *pass) answered(c *connection, err error) {
	p.mu.Lock()
	if !p.waiting[c] {
		p.mu.Unlock()
		return
	}
	delete(p.waiting, c)
	if err == nil && p.server.b.KeepsAnswering {
		c.touch()
	} else {
		p.dead = append(p.dead, c)
	}
	over := len(p.waiting) == 0
	p.mu.Unlock()
	if over {
		p.finish()
	}
}

func (p *pass) finish() {
	for _, c := range p.dead {
		p.server.eject(c, "idle")
	}
	p.next()
}
