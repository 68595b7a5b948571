package grpcapi

import (
	"container/list"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

// deadlines end questions that were not answered in time. Those that may take equally long fall due in the order in which
// they were asked, so that they need one queue and one task of the clock, however many they are.
type deadlines struct {
	clock *clock.Clock

	mu     sync.Mutex
	queues map[time.Duration]*queue
}

// queue has the questions of one timeout, the oldest first.
type queue struct {
	list.List
	// armed is true while a task of the clock waits for the oldest of them, or for one that was the oldest.
	armed bool
}

func newDeadlines(c *clock.Clock) *deadlines {
	return &deadlines{clock: c, queues: map[time.Duration]*queue{}}
}

// set lets a question expire after a timeout unless it is dropped before.
func (d *deadlines) set(q *question, timeout time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	in := d.queues[timeout]
	if in == nil {
		in = &queue{}
		d.queues[timeout] = in
	}
	q.due, q.in = d.clock.Now().Add(timeout), in
	q.place = in.PushBack(q)
	if !in.armed {
		in.armed = true
		d.clock.After(timeout, func() { d.expire(in) })
	}
}

// drop withdraws a question that was set.
func (d *deadlines) drop(q *question) {
	d.mu.Lock()
	defer d.mu.Unlock()
	q.in.Remove(q.place)
}

// expire ends the questions of a queue that are due, and waits for the next.
func (d *deadlines) expire(in *queue) {
	d.mu.Lock()
	now := d.clock.Now()
	var late []*question
	in.armed = false
	for first := in.Front(); first != nil; first = in.Front() {
		q := first.Value.(*question)
		if q.due.After(now) {
			in.armed = true
			d.clock.After(q.due.Sub(now), func() { d.expire(in) })
			break
		}
		in.Remove(first)
		late = append(late, q)
	}
	d.mu.Unlock()
	for _, q := range late {
		q.connection.take(q.id)
		q.done(errNoAnswer)
	}
}
