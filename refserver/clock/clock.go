// Package clock is the reference server's one source of time: a wall clock that can be moved forward and the tasks
// that wait for it. It uses plain time underneath, so that it runs in real time and inside a testing/synctest bubble.
package clock

import (
	"container/heap"
	"sync"
	"time"
)

// Clock tells the time and runs tasks when they are due, one after another on one goroutine.
type Clock struct {
	source func() time.Time

	// running is held while a task runs, so that Advance and the driver never run two at once.
	running sync.Mutex

	mu     sync.Mutex
	offset time.Duration
	tasks  taskHeap
	nextID uint64
	closed bool
	// sleeps is the time until which the driver sleeps.
	sleeps time.Time

	wake chan struct{}
	done chan struct{}
}

// Task is a function that waits for its time.
type Task struct {
	due   time.Time
	id    uint64
	run   func()
	index int // position in the heap, -1 when it is not there
	clock *Clock
}

// New starts a clock on source, or on time.Now when source is nil. Close ends it.
func New(source func() time.Time) *Clock {
	if source == nil {
		source = time.Now
	}
	c := &Clock{source: source, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go c.drive()
	return c
}

// Now is the time of the source plus what Advance added.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time { return c.source().Add(c.offset) }

// After runs f once, d from now. Tasks of the same moment run in the order in which they were made.
func (c *Clock) After(d time.Duration, f func()) *Task {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nextID++
	t := &Task{due: c.now().Add(d), id: c.nextID, run: f, index: -1, clock: c}
	if c.closed {
		return t
	}
	heap.Push(&c.tasks, t)
	if t.due.Before(c.sleeps) {
		c.signal()
	}
	return t
}

// Stop withdraws the task. It reports false when the task has started already or was withdrawn before.
func (t *Task) Stop() bool {
	c := t.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.index < 0 {
		return false
	}
	heap.Remove(&c.tasks, t.index)
	return true
}

// Every runs f again and again with a fixed delay: first after initial, then d after each run has ended.
// The returned function ends it.
func (c *Clock) Every(initial, d time.Duration, f func()) (stop func()) {
	var mu sync.Mutex
	var task *Task
	stopped := false
	var tick func()
	arm := func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		if !stopped {
			task = c.After(d, tick)
		}
	}
	tick = func() {
		f()
		arm(d)
	}
	arm(initial)
	return func() {
		mu.Lock()
		defer mu.Unlock()
		stopped = true
		task.Stop()
	}
}

// Advance moves the clock forward by d and runs every task that falls due on the way, each at its own time.
func (c *Clock) Advance(d time.Duration) {
	c.running.Lock()
	defer c.running.Unlock()
	c.mu.Lock()
	target := c.now().Add(d)
	for len(c.tasks) > 0 && !c.tasks[0].due.After(target) {
		t := heap.Pop(&c.tasks).(*Task)
		if ahead := t.due.Sub(c.now()); ahead > 0 {
			c.offset += ahead
		}
		c.mu.Unlock()
		t.run()
		c.mu.Lock()
	}
	if ahead := target.Sub(c.now()); ahead > 0 {
		c.offset += ahead
	}
	c.mu.Unlock()
	c.signal()
}

// Close ends the clock and drops the tasks that still wait. It returns when no task runs any more;
// a task must not call it.
func (c *Clock) Close() {
	c.mu.Lock()
	c.closed = true
	for _, t := range c.tasks {
		t.index = -1
	}
	c.tasks = nil
	c.mu.Unlock()
	c.signal()
	<-c.done
}

func (c *Clock) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *Clock) drive() {
	defer close(c.done)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		c.running.Lock()
		wait, open := c.runDue()
		c.running.Unlock()
		if !open {
			return
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-c.wake:
		}
	}
}

// idle is how long the driver sleeps when nothing waits; After wakes it.
const idle = time.Hour

// runDue runs what is due and says how long it is until the next task.
func (c *Clock) runDue() (wait time.Duration, open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.closed {
		now := c.now()
		c.sleeps = now.Add(idle)
		if len(c.tasks) == 0 {
			return idle, true
		}
		if wait := c.tasks[0].due.Sub(now); wait > 0 {
			c.sleeps = c.tasks[0].due
			return wait, true
		}
		t := heap.Pop(&c.tasks).(*Task)
		c.mu.Unlock()
		t.run()
		c.mu.Lock()
	}
	return 0, false
}

type taskHeap []*Task

func (h taskHeap) Len() int { return len(h) }

func (h taskHeap) Less(i, j int) bool {
	if !h[i].due.Equal(h[j].due) {
		return h[i].due.Before(h[j].due)
	}
	return h[i].id < h[j].id
}

func (h taskHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *taskHeap) Push(x any) {
	t := x.(*Task)
	t.index = len(*h)
	*h = append(*h, t)
}

func (h *taskHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	t.index = -1
	return t
}
