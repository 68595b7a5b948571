package refserver

import (
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

// draft is the log of a server that is about to start. Changes take effect at once, and are kept later, all in one entry,
// or never: until then, a start that fails has written nothing.
type draft struct {
	store *store.Store

	mu      sync.Mutex
	changes []durable.Change
	kept    bool
}

func newDraft(s *store.Store) *draft { return &draft{store: s} }

// log is the log of one domain.
func (d *draft) log(apply func(durable.Entry)) durable.Log {
	return draftLog{d, apply, d.store.Log(apply)}
}

// keep writes all changes. From now on each entry is kept before it takes effect.
func (d *draft) keep(now time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.changes) > 0 {
		done := func(durable.Entry) {} // they are in force
		if err := d.store.Log(done).Propose(durable.Entry{Time: now, Changes: d.changes}); err != nil {
			return err
		}
	}
	d.changes, d.kept = nil, true
	return nil
}

type draftLog struct {
	*draft
	apply   func(durable.Entry)
	through durable.Log
}

// Propose implements durable.Log.
func (l draftLog) Propose(e durable.Entry) error {
	if l.add(e) {
		return nil
	}
	return l.through.Propose(e)
}

// add takes an entry into the draft and lets it take effect, unless the draft is kept already.
func (l draftLog) add(e durable.Entry) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.kept {
		l.apply(e)
		l.changes = append(l.changes, e.Changes...)
	}
	return !l.kept
}
