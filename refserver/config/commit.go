package config

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// Restore makes the changes that a log kept take effect and serves the outcome at once. It must be called before the
// center is used, and before Keep.
func (c *Center) Restore(changes []durable.Change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.apply(durable.Entry{Changes: changes})
	c.dumpAll()
}

// Keep makes a log the way of all changes from now on; before, they take effect at once. It must be called before the
// center is used, once the log's earlier entries were restored.
func (c *Center) Keep(log durable.Log) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = log
}

// Apply makes an entry take effect. A log calls it, for each entry that it keeps; changes of other domains are none of
// its business.
func (c *Center) Apply(e durable.Entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.apply(e)
}

func (c *Center) apply(e durable.Entry) {
	for _, change := range e.Changes {
		if mine, ok := change.(Change); ok {
			mine.apply(c)
		}
	}
}

// commit makes changes durable and lets them take effect, or refuses all of them. It is called with the lock held, after
// all checks, and gives the lock up while the log writes. Who makes a new value from an old one holds the turn of it.
func (c *Center) commit(changes ...Change) error {
	e := durable.Entry{Time: c.clock.Now(), Changes: make([]durable.Change, len(changes))}
	if len(changes) == 0 {
		return nil
	}
	for i, change := range changes {
		e.Changes[i] = change
	}
	log := c.log
	if log == nil {
		c.apply(e)
		return nil
	}
	c.mu.Unlock()
	err := log.Propose(e)
	c.mu.Lock()
	if err != nil {
		return failure.NewRuntime(http.StatusInternalServerError, "the change was not stored and has no effect: %v", err)
	}
	return nil
}

// closedLog is the log of a center that was closed.
type closedLog struct{}

func (closedLog) Propose(durable.Entry) error { return errors.New("the server has ended") }

// turn waits, with the lock held, until no other write of the same subject is on its way, so that reading a value and
// writing its successor are one step. It gives the lock up while it waits. The returned function ends the turn.
//
//	defer c.turn(subject)()
func (c *Center) turn(subject any) (end func()) {
	if c.log == nil {
		return func() {} // nothing is ever on its way
	}
	for c.turns[subject] != nil {
		over := c.turns[subject]
		c.mu.Unlock()
		<-over
		c.mu.Lock()
	}
	over := make(chan struct{})
	c.turns[subject] = over
	return func() {
		delete(c.turns, subject)
		close(over)
	}
}
