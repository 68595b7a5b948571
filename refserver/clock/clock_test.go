package clock_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

func TestTasksRunWhenTheyAreDueInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.New(nil)
		defer c.Close()
		start := c.Now()
		var ran []string
		note := func(name string) func() {
			return func() { ran = append(ran, name+"@"+c.Now().Sub(start).String()) }
		}
		c.After(3*time.Second, note("c"))
		c.After(time.Second, note("a"))
		c.After(time.Second, note("b"))
		withdrawn := c.After(2*time.Second, note("x"))
		if !withdrawn.Stop() || withdrawn.Stop() {
			t.Error("expected the first Stop to withdraw the task and the second to find it gone")
		}
		time.Sleep(4 * time.Second)
		synctest.Wait()
		if want := []string{"a@1s", "b@1s", "c@3s"}; !slices.Equal(ran, want) {
			t.Errorf("expected %v, found %v", want, ran)
		}
	})
}

func TestEveryWaitsBetweenRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.New(nil)
		defer c.Close()
		start := c.Now()
		var at []time.Duration
		stop := c.Every(time.Second, 5*time.Second, func() { at = append(at, c.Now().Sub(start)) })
		time.Sleep(12 * time.Second)
		synctest.Wait()
		stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		if want := []time.Duration{time.Second, 6 * time.Second, 11 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("expected runs at %v, found %v", want, at)
		}
	})
}

func TestAdvanceRunsEachTaskAtItsOwnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.New(nil)
		defer c.Close()
		start := c.Now()
		var at []time.Duration
		stop := c.Every(5*time.Second, 5*time.Second, func() { at = append(at, c.Now().Sub(start)) })
		defer stop()
		c.Advance(16 * time.Second)
		if want := []time.Duration{5 * time.Second, 10 * time.Second, 15 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("expected runs at %v during Advance, found %v", want, at)
		}
		if moved := c.Now().Sub(start); moved != 16*time.Second {
			t.Errorf("expected the clock to stand at 16s, found %v", moved)
		}
		time.Sleep(4 * time.Second)
		synctest.Wait()
		if last := at[len(at)-1]; last != 20*time.Second {
			t.Errorf("expected the next run at 20s, 4 s later, found %v", last)
		}
	})
}

func TestCloseDropsWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.New(nil)
		c.After(time.Second, func() { t.Error("expected no task to run after Close") })
		c.Close()
		c.After(time.Second, func() { t.Error("expected no task to be taken after Close") })
		time.Sleep(time.Minute)
	})
}

func BenchmarkAfterAndStop(b *testing.B) {
	c := clock.New(nil)
	defer c.Close()
	b.ReportAllocs()
	for b.Loop() {
		c.After(time.Hour, func() {}).Stop()
	}
}
