package config

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// slowLog keeps entries one after the other, each after a while, as a disk does.
type slowLog struct {
	center *Center
	// free holds one token; waiting for a mutex would stop the virtual time.
	free chan struct{}
	kept int
}

func newSlowLog(c *Center) *slowLog {
	l := &slowLog{center: c, free: make(chan struct{}, 1)}
	l.free <- struct{}{}
	return l
}

func (l *slowLog) Propose(e durable.Entry) error {
	<-l.free
	defer func() { l.free <- struct{}{} }()
	time.Sleep(5 * time.Millisecond)
	l.kept++
	l.center.Apply(e)
	return nil
}

// TestImportsShareWaits: an import of 10,000 configurations waits for the disk a few times, not for each of them.
func TestImportsShareWaits(t *testing.T) {
	onLine(t, behaviour.Line30, func(t *testing.T, c *Center) {
		log := newSlowLog(c)
		c.Keep(log)
		var all []Publication
		for n := range 10_000 {
			all = append(all, Publication{Key: Key{Group: "G", DataID: fmt.Sprint("d", n)}, Content: "x"})
		}
		all = append(all, Publication{Key: all[0].Key, Content: "again"})
		done, err := c.Import(all, Overwrite)
		if err != nil || done.Succeeded != len(all) || len(c.Configs(nil)) != 10_000 {
			t.Errorf("expected %d configurations, found %d, %+v, %v", 10_000, len(c.Configs(nil)), done, err)
		}
		if row, _ := c.Detail(all[0].Key); row.Content != "again" {
			t.Errorf("expected the last of two contents, found %q", row.Content)
		}
		if log.kept > 50 {
			t.Errorf("expected many configurations in an entry, found %d entries", log.kept)
		}
	})
}

// TestImportsBesideOtherWrites: imports and publications of the same configurations all come to their end, and every
// write is a row of the history.
func TestImportsBesideOtherWrites(t *testing.T) {
	onLine(t, behaviour.Line30, func(t *testing.T, c *Center) {
		c.Keep(newSlowLog(c))
		key := func(n int) Key { return Key{Group: "G", DataID: fmt.Sprint("d", n%10)} }
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for n := range 10 {
					if err := c.Publish(Publication{Key: key(n + w), Content: fmt.Sprint(w, n)}); err != nil {
						t.Error(err)
					}
				}
			})
			wg.Go(func() {
				var all []Publication
				for n := range 10 {
					all = append(all, Publication{Key: key(7*n + w), Content: fmt.Sprint("import ", w)})
				}
				if done, err := c.Import(all, Overwrite); err != nil || done.Succeeded != 10 {
					t.Errorf("expected 10 configurations to be imported, found %+v, %v", done, err)
				}
			})
		}
		wg.Wait()
		rows := 0
		for n := range 10 {
			page, err := c.HistoryOf(key(n), 1, 1000)
			if err != nil {
				t.Fatal(err)
			}
			rows += page.Total
		}
		if rows != 80 || len(c.Configs(nil)) != 10 {
			t.Errorf("expected 80 writes of 10 configurations, found %d of %d", rows, len(c.Configs(nil)))
		}
	})
}
