package refserver

import (
	"github.com/nacos-tck/nacos-tck/refserver/accounts"
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
	accounts *accounts.Directory
}

func (m memory) close() {
	m.registry.Close()
	m.configs.Close()
}

// newMemory has all that the data directory keeps, and keeps that up to date from now on.
func (s *Server) newMemory() (memory, error) {
	directory, err := accounts.New(s.b.Auth, s.options.authentication.Settings, s.clock)
	if err != nil {
		return memory{}, err
	}
	m := memory{naming.New(s.b, s.clock), config.New(s.b.Config, config.DefaultSettings(), s.clock), directory}
	if dial := s.options.dialer(); dial != nil {
		m.registry.SetDialer(dial)
	}
	if s.store == nil {
		return m, s.options.authentication.bootstrap(directory)
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
	m.accounts.Restore(kept)
	m.accounts.Keep(s.store.Log(m.accounts.Apply))
	return m, s.options.authentication.bootstrap(directory)
}
