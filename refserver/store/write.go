package store

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// proposal is an entry on its way into the file.
type proposal struct {
	entry  durable.Entry
	writes []write
	apply  func(durable.Entry)
	done   chan error
}

// most is how many proposals share a transaction, and with it the wait for the disk.
const most = 1024

// run writes proposals in the order in which they come, as many at once as wait.
func (s *Store) run() {
	defer close(s.ended)
	for first := range s.proposals {
		batch := s.gather(first)
		err := s.write(batch)
		for _, p := range batch {
			if err == nil {
				p.apply(p.entry)
			}
			p.done <- err
		}
	}
}

// gather is a proposal with those that wait, and those that come while others run who are about to propose: a transaction
// costs far more than one write in it.
func (s *Store) gather(first *proposal) []*proposal {
	batch := append(make([]*proposal, 0, 1+len(s.proposals)), first)
	for yielded := false; len(batch) < most; {
		select {
		case p, open := <-s.proposals:
			if !open {
				return batch
			}
			batch, yielded = append(batch, p), false
		default:
			if yielded {
				return batch
			}
			yielded = true
			runtime.Gosched()
		}
	}
	return batch
}

// write makes a batch durable, or leaves the file as it was.
func (s *Store) write(batch []*proposal) error {
	if s.broken != nil {
		return s.broken
	}
	if !slices.ContainsFunc(batch, func(p *proposal) bool { return len(p.writes) > 0 }) {
		return nil
	}
	before := s.generation()
	err := guard(func() error {
		return s.db.Update(func(tx *bolt.Tx) error { return put(tx, batch) })
	})
	if err == nil {
		return nil
	}
	err = fmt.Errorf("write %s: %w", s.path, err)
	if s.generation() != before {
		// The transaction is there although the disk did not confirm it: nobody can say what a restart will find.
		s.broken = fmt.Errorf("%w; nothing more is written until the server is restarted", err)
	}
	return err
}

// generation is the number of the last transaction in the file, -1 when it cannot be told.
func (s *Store) generation() int {
	id := -1
	_ = guard(func() error {
		return s.db.View(func(tx *bolt.Tx) error {
			id = tx.ID()
			return nil
		})
	})
	return id
}

func put(tx *bolt.Tx, batch []*proposal) error {
	l, err := readLedger(tx)
	if err != nil {
		return err
	}
	for _, p := range batch {
		for _, w := range p.writes {
			if err := l.write(tx, w); err != nil {
				return err
			}
		}
	}
	return l.save(tx)
}

// write puts or deletes one value and keeps the books.
func (l *ledger) write(tx *bolt.Tx, w write) error {
	bucket := tx.Bucket([]byte(w.bucket))
	if bucket == nil {
		return fmt.Errorf("the bucket %q is missing", w.bucket)
	}
	sequence := l.next
	if old := bucket.Get(w.key[:]); old != nil {
		value, err := open(w.bucket, w.key[:], old)
		if err != nil {
			return err
		}
		sequence = value.sequence
		l.remove(value)
	}
	if w.data == nil {
		return bucket.Delete(w.key[:])
	}
	if sequence == l.next {
		l.next++
	}
	value := seal(w.bucket, w.key[:], sequence, w.data)
	l.add(value)
	return bucket.Put(w.key[:], value.bytes())
}

var errNoLedger = errors.New("the ledger is missing or is not what was written")
