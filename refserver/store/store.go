// Package store keeps what a server must not forget in one file, so that it is there again after a restart and after
// a kill at any moment. It is a durable.Log for all domains: what it keeps is the outcome of all changes, one value
// per service, per publication, per configuration.
package store

import (
	"errors"
	"fmt"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// Store is an open data file. No other process can open it meanwhile. Its methods may be called from any goroutine.
type Store struct {
	path string
	db   *bolt.DB

	mu     sync.RWMutex // held by proposers while they hand over, so that none comes after the last
	closed bool

	proposals chan *proposal
	ended     chan struct{}
	// broken is why nothing is written any more; the writer alone uses it.
	broken error
}

// ErrClosed refuses what is proposed to a store that was closed.
var ErrClosed = errors.New("the store is closed")

// Load is all that is kept, as changes that make it again in empty domains, each kind in the order in which its
// values first came. What was proposed before is in it. The error is a *DamageError when a value is not what was written.
func (s *Store) Load() ([]durable.Change, error) {
	if err := s.propose(&proposal{apply: func(durable.Entry) {}, done: make(chan error, 1)}); err != nil {
		return nil, err
	}
	var all []durable.Change
	err := guard(func() error {
		return s.db.View(func(tx *bolt.Tx) (err error) {
			all, err = load(tx)
			return err
		})
	})
	if err != nil {
		return nil, &DamageError{Path: s.path, Cause: err}
	}
	return all, nil
}

// Log is a log that keeps entries here and then gives them to apply, one after another.
func (s *Store) Log(apply func(durable.Entry)) durable.Log { return log{s, apply} }

type log struct {
	store *Store
	apply func(durable.Entry)
}

// Propose implements durable.Log.
func (l log) Propose(e durable.Entry) error {
	writes, err := writesOf(e)
	if err != nil {
		return err
	}
	return l.store.propose(&proposal{entry: e, writes: writes, apply: l.apply, done: make(chan error, 1)})
}

func (s *Store) propose(p *proposal) error {
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return ErrClosed
	}
	s.proposals <- p
	s.mu.RUnlock()
	return <-p.done
}

// Close writes what was proposed before and closes the file.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	close(s.proposals)
	<-s.ended
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close %s: %w", s.path, err)
	}
	return nil
}
