package probe

import (
	"context"
	"sync"
	"time"
)

// Bounds of all probes of a server together. 100,000 instances at the shortest interval of a second ask for twenty times
// the rate: their probes are then late, their owners skip those that fall due meanwhile, and their intervals grow.
const (
	// maxRunning is how many probes run at the same time, each on a goroutine with at most one connection.
	maxRunning = 512
	// minGap is the time between the starts of two probes: 5,000 probes per second.
	minGap = 200 * time.Microsecond
)

// Pool runs probes, a bounded number at a time, in the order in which they were submitted.
type Pool struct {
	prober *Prober
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu      sync.Mutex
	waiting []job
	running int
	closed  bool
	// next is when the next probe may start.
	next time.Time
}

type job struct {
	target    Target
	submitted time.Time
	done      func(Result)
}

// NewPool makes a pool without goroutines; they come with probes and go without.
func NewPool(prober *Prober) *Pool {
	p := &Pool{prober: prober}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// Submit queues a probe; done gets its result on a goroutine of the pool. After Close nothing is probed. The queue is as
// long as its submitters let it become: they should not submit a target again before done was called.
func (p *Pool) Submit(t Target, done func(Result)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.waiting = append(p.waiting, job{t, time.Now(), done})
	if p.running < maxRunning {
		p.running++
		p.work.Go(p.run)
	}
}

// run makes probes until none waits.
func (p *Pool) run() {
	for {
		j, wait, ok := p.take()
		if !ok {
			return
		}
		select {
		case <-p.ctx.Done():
			continue
		case <-time.After(wait):
		}
		result := p.prober.Probe(p.ctx, j.target)
		if p.ctx.Err() != nil {
			continue
		}
		result.Took = time.Since(j.submitted)
		j.done(result)
	}
}

// take is the next probe and how long it must wait for its start.
func (p *Pool) take() (j job, wait time.Duration, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) == 0 || p.closed {
		p.running--
		return job{}, 0, false
	}
	j = p.waiting[0]
	p.waiting[0] = job{}
	p.waiting = p.waiting[1:]
	now := time.Now()
	start := p.next
	if start.Before(now) {
		start = now
	}
	p.next = start.Add(minGap)
	return j, start.Sub(now), true
}

// Close gives up the probes that wait or run, without telling their submitters, and returns when none runs any more. It
// must not be called from done.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed, p.waiting = true, nil
	p.mu.Unlock()
	p.cancel()
	p.work.Wait()
	p.prober.Close()
}
