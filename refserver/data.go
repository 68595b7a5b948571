package refserver

import (
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

// openData opens the data directory, if there is one.
func (s *Server) openData() (err error) {
	if s.options.data != "" {
		s.store, err = store.Open(s.options.data, s.b.Durable.Model)
	}
	if err != nil {
		return &DataError{err}
	}
	return nil
}

// DataError says why a data directory cannot be used: it names the file and what to do. Start and Restart return it.
type DataError struct{ Err error }

func (e *DataError) Error() string { return e.Err.Error() }
func (e *DataError) Unwrap() error { return e.Err }

func (s *Server) closeData() error {
	if s.store == nil {
		return nil
	}
	return s.store.Close()
}

// memory is all that a server knows of its domains.
type memory struct {
	registry *naming.Registry
	configs  *config.Center
}

func (m memory) close() {
	m.registry.Close()
	m.configs.Close()
}

// newMemory has all that the data directory keeps, and keeps that up to date from now on.
func (s *Server) newMemory() (memory, error) {
	m := memory{naming.New(s.b, s.clock), config.New(s.b.Config, config.DefaultSettings(), s.clock)}
	if dial := s.options.dialer(); dial != nil {
		m.registry.SetDialer(dial)
	}
	if s.store == nil {
		return m, nil
	}
	kept, err := s.store.Load()
	if err != nil {
		m.close()
		return memory{}, &DataError{err}
	}
	m.registry.Apply(durable.Entry{Time: s.clock.Now(), Changes: kept})
	m.registry.Keep(s.store.Log(m.registry.Apply))
	m.configs.Restore(kept)
	m.configs.Keep(s.store.Log(m.configs.Apply))
	return m, nil
}
