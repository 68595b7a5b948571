package wire

import (
	"net"
	"sync"
)

// silenceable is a connection whose peer can be made to believe that this side has fallen silent: what is written
// vanishes, what arrives waits, and the connection stays open.
type silenceable struct {
	net.Conn
	once   sync.Once
	closed chan struct{}

	mu     sync.Mutex
	silent chan struct{} // nil while bytes flow, closed when they flow again
}

func newSilenceable(c net.Conn) *silenceable {
	return &silenceable{Conn: c, closed: make(chan struct{})}
}

func (s *silenceable) silence() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent == nil {
		s.silent = make(chan struct{})
	}
}

func (s *silenceable) state() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.silent
}

func (s *silenceable) Read(b []byte) (int, error) {
	n, err := s.Conn.Read(b)
	if silent := s.state(); silent != nil {
		select {
		case <-silent:
		case <-s.closed:
			return 0, net.ErrClosed
		}
	}
	return n, err
}

func (s *silenceable) Write(b []byte) (int, error) {
	if s.state() != nil {
		return len(b), nil
	}
	return s.Conn.Write(b)
}

func (s *silenceable) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.Conn.Close()
}
