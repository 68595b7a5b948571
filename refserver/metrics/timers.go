package metrics

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// timers time events by the values of some labels.
type timers struct {
	labels []string
	now    func() time.Time

	mu  sync.Mutex
	all map[string]*timer
}

// timer holds seconds.
type timer struct {
	values []string
	count  uint64
	sum    float64
	// recent is the longest since turned, earlier the longest of the window before.
	recent, earlier float64
	turned          time.Time
}

// window is how long a maximum is shown at least; it is forgotten after two.
const window = time.Minute

func newTimers(now func() time.Time, labels ...string) *timers {
	return &timers{labels: labels, now: now, all: map[string]*timer{}}
}

func (t *timers) observe(took time.Duration, values ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := strings.Join(values, "\x00")
	one := t.all[key]
	if one == nil {
		one = &timer{values: values, turned: t.now()}
		t.all[key] = one
	}
	one.turn(t.now())
	one.count++
	one.sum += took.Seconds()
	one.recent = max(one.recent, took.Seconds())
}

// turn forgets what is too long ago.
func (t *timer) turn(now time.Time) {
	switch age := now.Sub(t.turned); {
	case age >= 2*window:
		t.recent, t.earlier, t.turned = 0, 0, now
	case age >= window:
		t.recent, t.earlier, t.turned = 0, t.recent, t.turned.Add(window)
	}
}

// timing is a timer as it was.
type timing struct {
	values   []string
	count    uint64
	sum, max float64
}

// timings are all timers now, by the values of their labels.
func (t *timers) timings() []timing {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []timing
	for _, one := range t.all {
		one.turn(t.now())
		all = append(all, timing{one.values, one.count, one.sum, max(one.recent, one.earlier)})
	}
	slices.SortFunc(all, func(a, b timing) int { return slices.Compare(a.values, b.values) })
	return all
}

func (t *timers) count(values ...string) uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one := t.all[strings.Join(values, "\x00")]; one != nil {
		return one.count
	}
	return 0
}

func (t *timers) total() (n uint64) {
	for _, one := range t.timings() {
		n += one.count
	}
	return n
}
