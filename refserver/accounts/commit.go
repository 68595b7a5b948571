package accounts

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// Restore makes the changes that a log kept take effect; those of other domains are none of its business. It must be
// called before the directory is used, and before Keep.
func (d *Directory) Restore(changes []durable.Change) {
	d.Apply(durable.Entry{Time: d.clock.Now(), Changes: changes})
	d.Refresh()
}

// Keep makes a log the way of all changes from now on; before, they take effect at once.
func (d *Directory) Keep(log durable.Log) { d.log = log }

// Apply makes an entry take effect. A log calls it, for each entry that it keeps.
func (d *Directory) Apply(e durable.Entry) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settle()
	for _, change := range e.Changes {
		if mine, ok := change.(Change); ok {
			mine.apply(d)
		}
	}
	if d.settings.Uncached {
		d.load()
	}
}

// write lets a function check the rows and say what to change, and commits that. No other write comes in between.
func (d *Directory) write(check func() ([]durable.Change, error)) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	d.mu.Lock()
	d.settle()
	changes, err := check()
	d.mu.Unlock()
	if err != nil || len(changes) == 0 {
		return err
	}
	e := durable.Entry{Time: d.clock.Now(), Changes: changes}
	if d.log == nil {
		d.Apply(e)
		return nil
	}
	if err := d.log.Propose(e); err != nil {
		return failure.NewRuntime(http.StatusInternalServerError, "the change was not stored and has no effect: %v", err)
	}
	return nil
}
