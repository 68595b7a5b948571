package grpcapi

import (
	"errors"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// outbound is a request to a client.
type outbound interface{ Common() *wire.Request }

// telling is a request to a client that is repeated until the client acknowledges it.
type telling struct {
	// request makes the request, anew for each attempt.
	request func() outbound
	// timeout is how long the client may take, backoff what the pause after an attempt grows by with each.
	timeout, backoff time.Duration
	// most is how many attempts are made before the connection is given up, 0 for any number.
	most int
	// acknowledged is called once the client did; nil for nothing to do.
	acknowledged func()

	mu       sync.Mutex
	attempts int
}

// tell sends a request to a connection, if there is one, and again when that fails. It never waits.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/remote/RpcConfigChangeNotifier.java:131-247.
func (s *Server) tell(client string, t *telling) {
	if s.pushDelay != nil {
		if d := s.pushDelay(); d > 0 {
			s.clock.After(d, func() { s.attempt(client, t) })
			return
		}
	}
	s.attempt(client, t)
}

func (s *Server) attempt(client string, t *telling) {
	c := s.find(client)
	if c == nil || !c.isRegistered() {
		return
	}
	t.mu.Lock()
	t.attempts++
	pause := time.Duration(t.attempts) * t.backoff
	over := t.most > 0 && t.attempts >= t.most
	t.mu.Unlock()
	r := t.request()
	s.ask(c, r, r.Common(), t.timeout, func(err error) {
		switch {
		case err == nil && t.acknowledged != nil:
			t.acknowledged()
		case err == nil || errors.Is(err, errGone):
		case over:
			s.unregister(c, "does not acknowledge")
		default:
			s.clock.After(pause, func() { s.attempt(client, t) })
		}
	})
}

// countdown calls a function when so many others were called.
type countdown struct {
	mu   sync.Mutex
	left int
	over func()
}

func newCountdown(n int, over func()) *countdown { return &countdown{left: n, over: over} }

// once is one of the functions. It counts the first time that it is called.
func (d *countdown) once() func() {
	return sync.OnceFunc(func() {
		d.mu.Lock()
		d.left--
		over := d.left == 0
		d.mu.Unlock()
		if over {
			d.over()
		}
	})
}
