package probe

import (
	"io"
	"sync"
)

// maxKept is how many connections of a sort are kept from one probe to the next; others are closed.
const maxKept = 256

// shelf keeps connections for later, at most one for a name. The zero value is ready to use.
type shelf[C io.Closer] struct {
	mu   sync.Mutex
	kept map[string]C
}

// take hands out the connection of a name, if there is one.
func (s *shelf[C]) take(name string) (c C, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok = s.kept[name]
	delete(s.kept, name)
	return c, ok
}

// give keeps a connection, or closes it where that would be one too many.
func (s *shelf[C]) give(name string, c C) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, taken := s.kept[name]; taken || len(s.kept) >= maxKept {
		c.Close()
		return
	}
	if s.kept == nil {
		s.kept = map[string]C{}
	}
	s.kept[name] = c
}

func (s *shelf[C]) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.kept {
		c.Close()
	}
	clear(s.kept)
}
