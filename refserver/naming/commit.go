package naming

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// Keep makes a log the way of all changes from now on; before, they take effect at once. It must be called before the
// registry is used, once the log's earlier entries were applied.
func (r *Registry) Keep(log durable.Log) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = log
}

// Apply makes an entry take effect. A log calls it, for each entry that it keeps; changes of other domains are none of
// its business.
func (r *Registry) Apply(e durable.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.apply(e)
}

func (r *Registry) apply(e durable.Entry) {
	for _, c := range e.Changes {
		if mine, ok := c.(Change); ok {
			mine.apply(r, e.Time)
		}
	}
}

// commit makes changes durable and lets them take effect, or refuses all of them. It is called with the lock held,
// after all checks, and gives the lock up while the log writes: what the caller knew of the state must be looked up
// again afterwards. Who makes a new value from an old one holds the turn of it meanwhile.
func (r *Registry) commit(changes ...Change) error {
	e := durable.Entry{Time: r.clock.Now(), Changes: make([]durable.Change, len(changes))}
	if len(changes) == 0 {
		return nil
	}
	for i, c := range changes {
		e.Changes[i] = c
	}
	log := r.log
	if log == nil {
		r.apply(e)
		return nil
	}
	r.mu.Unlock()
	err := log.Propose(e)
	r.mu.Lock()
	if err != nil {
		return runtimeError(http.StatusInternalServerError, "the change was not stored and has no effect: %v", err)
	}
	return nil
}

// closedLog is the log of a registry that was closed.
type closedLog struct{}

func (closedLog) Propose(durable.Entry) error { return errors.New("the server has ended") }

// turn waits, with the lock held, until no other write of the same subject is on its way, so that reading a value and
// writing its successor are one step. It gives the lock up while it waits. The returned function ends the turn.
//
//	defer r.turn(subject)()
func (r *Registry) turn(subject any) (end func()) {
	if r.log == nil {
		return func() {} // nothing is ever on its way
	}
	for r.turns[subject] != nil {
		over := r.turns[subject]
		r.mu.Unlock()
		<-over
		r.mu.Lock()
	}
	over := make(chan struct{})
	r.turns[subject] = over
	return func() {
		delete(r.turns, subject)
		close(over)
	}
}

// The subjects of turns, besides the key of a service for its metadata and that of its instances.
type (
	// addressTurn is for what the persistent client of an address publishes for a service.
	addressTurn struct {
		service ServiceKey
		client  string
	}
	switchesTurn struct{}
)
