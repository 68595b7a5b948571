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

// closeOn closes a memory that cannot be used.
func (m memory) closeOn(err error) error {
	if err != nil {
		m.close()
	}
	return err
}

// newMemory has all that the data directory keeps, and keeps that up to date from now on.
func (s *Server) newMemory() (memory, error) {
	directory, err := accounts.New(s.b.Auth, s.options.authentication.Settings, s.clock)
	if err != nil {
		return memory{}, err
	}
	m := memory{naming.New(s.b, s.clock), config.New(s.b.Config, s.options.configs, s.clock), directory}
	if dial := s.options.dialer(); dial != nil {
		m.registry.SetDialer(dial)
	}
	if s.store == nil {
		return m, m.closeOn(s.populate(m))
	}
	kept, err := s.store.Load()
	if err != nil {
		return m, m.closeOn(&DataError{err})
	}
	m.registry.Apply(durable.Entry{Time: s.clock.Now(), Changes: kept})
	m.configs.Restore(kept)
	m.accounts.Restore(kept)
	d := newDraft(s.store)
	m.registry.Keep(d.log(m.registry.Apply))
	m.configs.Keep(d.log(m.configs.Apply))
	m.accounts.Keep(d.log(m.accounts.Apply))
	if err := s.populate(m); err != nil {
		return m, m.closeOn(err)
	}
	if err := d.keep(s.clock.Now()); err != nil {
		return m, m.closeOn(&DataError{err})
	}
	return m, nil
}

// populate adds what the options say that is there from the start.
func (s *Server) populate(m memory) error {
	if err := s.sow(m); err != nil {
		return err
	}
	return s.options.authentication.bootstrap(m.accounts)
}
