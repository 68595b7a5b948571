package probe

import (
	"context"
	"net"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// TestPoolIsBounded: of many probes of deaf targets, few run at the same time, and all end.
func TestPoolIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const submitted = 3 * maxRunning
		var now, most, done atomic.Int64
		pool := NewPool(New(checks(t, behaviour.Line25), func(ctx context.Context, _, _ string) (net.Conn, error) {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			<-ctx.Done()
			return nil, ctx.Err()
		}))
		for range submitted {
			pool.Submit(Target{Kind: TCP}, func(Result) { done.Add(1) })
		}
		time.Sleep(3 * 500 * time.Millisecond * 2)
		if done.Load() != submitted || most.Load() > maxRunning {
			t.Errorf("expected %d results with at most %d probes at a time, found %d with %d", submitted, maxRunning, done.Load(), most.Load())
		}
		synctest.Wait()
		pool.Close()
	})
}

// TestPoolIsPaced: a burst of probes is spread over time.
func TestPoolIsPaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var starts atomic.Int64
		pool := NewPool(New(checks(t, behaviour.Line25), func(context.Context, string, string) (net.Conn, error) {
			starts.Add(1)
			return nil, syscall.ECONNREFUSED
		}))
		defer pool.Close()
		for range 10000 {
			pool.Submit(Target{Kind: TCP}, func(Result) {})
		}
		time.Sleep(time.Second - time.Nanosecond)
		synctest.Wait()
		if n := starts.Load(); n != 5000 {
			t.Errorf("expected 5000 probes in the first second, found %d", n)
		}
	})
}

func TestTookCountsTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(New(checks(t, behaviour.Line25), func(context.Context, string, string) (net.Conn, error) {
			time.Sleep(30 * time.Millisecond)
			return nil, syscall.ECONNREFUSED
		}))
		defer pool.Close()
		results := make(chan Result)
		pool.Submit(Target{Kind: TCP}, func(r Result) { results <- r })
		if got := <-results; got.Took != 30*time.Millisecond {
			t.Errorf("expected 30 ms, found %v", got.Took)
		}
	})
}

// TestCloseGivesUp: a probe that would run on is cut short and tells nobody; later ones are not made.
func TestCloseGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := checks(t, behaviour.Line25)
		b.Timeout = time.Hour
		pool := NewPool(New(b, func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() }))
		told := func(Result) { t.Error("nobody is there to be told") }
		pool.Submit(Target{Kind: TCP}, told)
		synctest.Wait()
		pool.Close()
		pool.Submit(Target{Kind: TCP}, told)
	})
}
