// Package udppush delivers views to subscribers that have an address instead of a connection: one datagram for each
// push, sent again when its acknowledgement does not come, as clients of 1.x expect it. Clients of later lines that
// subscribe through an instance list get the same.
package udppush

import (
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Options are what a server needs.
type Options struct {
	Behaviour behaviour.Datagrams
	Clock     *clock.Clock
	// Open opens the socket when the first datagram must be sent. The server closes it.
	Open func() (net.PacketConn, error)
	// Encode is the view as a subscriber reads it.
	Encode func(to naming.Subscription, view wire.ServiceInfo) []byte
	// Delay is how long pushes are held back; nil for not at all.
	Delay func() time.Duration
	Log   *slog.Logger
}

// Server sends datagrams and takes their acknowledgements. Its methods may be called from any goroutine. Close ends it.
type Server struct {
	o     Options
	began time.Time
	// over is closed by Close.
	over    chan struct{}
	reading sync.WaitGroup

	mu   sync.Mutex
	conn net.PacketConn
	// last is the sequence number of the latest datagram.
	last    int64
	waiting map[ticket]*datagram
	closed  bool
}

// ticket is what tells an acknowledgement's datagram.
type ticket struct {
	address  netip.AddrPort
	sequence int64
}

// datagram is one that waits for its acknowledgement.
type datagram struct {
	ticket
	payload []byte
	sends   int
	overdue *clock.Task
	done    func(error)
}

// New makes a server. It opens no socket yet.
func New(o Options) *Server {
	return &Server{o: o, began: o.Clock.Now(), over: make(chan struct{}), waiting: map[ticket]*datagram{}}
}

var errClosed = fmt.Errorf("%w: the server was closed", naming.ErrGivenUp)

// Push sends a view to the address of a subscriber, as naming.Pusher asks for. When the subscriber has none that it
// could be sent to, that is logged, and done is not called: it counts neither as a success nor as a failure.
func (s *Server) Push(to naming.Subscription, view *naming.PushedView, done func(error)) {
	address, err := to.Subscriber.Address()
	if err != nil {
		s.o.Log.Warn("cannot push to a subscriber", "client", to.Client, "service", to.Service, "error", err)
		return
	}
	deliver := func() {
		if err := s.post(address, s.o.Encode(to, view.ServiceInfo), done); err != nil {
			s.o.Log.Warn("push failed", "client", to.Client, "service", to.Service, "error", err)
			done(err)
		}
	}
	if s.o.Delay != nil {
		if d := s.o.Delay(); d > 0 {
			s.o.Clock.After(d, deliver)
			return
		}
	}
	deliver()
}

// post sends data as a new datagram. An error means that it was not sent, and done will not be called.
func (s *Server) post(address netip.AddrPort, data []byte, done func(error)) error {
	s.mu.Lock()
	conn, err := s.open()
	if err != nil {
		s.mu.Unlock()
		return err
	}
	s.last = max(s.last+1, s.o.Clock.Now().Sub(s.began).Nanoseconds())
	d := &datagram{ticket: ticket{address, s.last}, done: done}
	d.payload = pack(data, d.sequence, s.o.Behaviour.CompressFrom)
	s.await(d)
	s.mu.Unlock()
	return s.send(conn, d)
}

// open is the socket, opened and read from when it was not.
func (s *Server) open() (net.PacketConn, error) {
	if s.closed {
		return nil, errClosed
	}
	if s.conn == nil {
		conn, err := s.o.Open()
		if err != nil {
			return nil, fmt.Errorf("open the socket for pushes: %w", err)
		}
		s.conn = conn
		s.reading.Go(func() { s.read(conn) })
	}
	return s.conn, nil
}

// await notes that a datagram is about to be sent.
func (s *Server) await(d *datagram) {
	d.sends++
	s.waiting[d.ticket] = d
	d.overdue = s.o.Clock.After(s.o.Behaviour.AckTimeout, func() { s.late(d) })
}

// send sends a datagram that is awaited; one that cannot be sent is not awaited any more.
func (s *Server) send(conn net.PacketConn, d *datagram) error {
	_, err := conn.WriteTo(d.payload, net.UDPAddrFromAddrPort(d.address))
	if err != nil && s.take(d.ticket) == nil {
		return nil // somebody else has ended it
	}
	return err
}

// late sends a datagram again, or gives it up.
func (s *Server) late(d *datagram) {
	s.mu.Lock()
	if s.waiting[d.ticket] != d {
		s.mu.Unlock()
		return
	}
	if d.sends >= s.o.Behaviour.Sends {
		delete(s.waiting, d.ticket)
		s.mu.Unlock()
		d.done(fmt.Errorf("%w: %s did not acknowledge %d datagrams", naming.ErrGivenUp, d.address, d.sends))
		return
	}
	s.await(d)
	conn := s.conn
	s.mu.Unlock()
	if err := s.send(conn, d); err != nil {
		d.done(err)
	}
}

// take ends the wait for an acknowledgement. It is nil when nothing waits for it.
func (s *Server) take(t ticket) *datagram {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.waiting[t]
	if d != nil {
		delete(s.waiting, t)
		d.overdue.Stop()
	}
	return d
}

// Waiting are the datagrams that wait for their acknowledgement, oldest first.
func (s *Server) Waiting() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.SortedFunc(maps.Values(s.waiting), func(a, b *datagram) int { return cmp.Compare(a.sequence, b.sequence) })
	payloads := make([][]byte, len(all))
	for i, d := range all {
		payloads[i] = d.payload
	}
	return payloads
}

// Forget ends the wait for all acknowledgements, as if they had come.
func (s *Server) Forget() {
	s.mu.Lock()
	tickets := slices.Collect(maps.Keys(s.waiting))
	s.mu.Unlock()
	for _, t := range tickets {
		if d := s.take(t); d != nil {
			d.done(nil)
		}
	}
}

// Close closes the socket. What waits for its acknowledgement is forgotten, and nothing of the server runs any more
// when it returns.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.over)
	for _, d := range s.waiting {
		d.overdue.Stop()
	}
	clear(s.waiting)
	conn := s.conn
	s.mu.Unlock()
	if conn != nil {
		if err := conn.Close(); err != nil {
			s.o.Log.Warn("close the socket for pushes", "error", err)
		}
	}
	s.reading.Wait()
}
