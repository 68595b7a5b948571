package refserver

import (
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

// newRegistry is a registry with all that the data directory keeps, which it keeps up to date from now on.
func (s *Server) newRegistry() (*naming.Registry, error) {
	r := naming.New(s.b, s.clock)
	if dial := s.options.dialer(); dial != nil {
		r.SetDialer(dial)
	}
	if s.store == nil {
		return r, nil
	}
	kept, err := s.store.Load()
	if err != nil {
		r.Close()
		return nil, &DataError{err}
	}
	r.Apply(naming.Entry{Time: s.clock.Now(), Changes: kept})
	r.Keep(s.store.Log(r.Apply))
	return r, nil
}
