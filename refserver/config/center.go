// Package config is the domain of configurations: what is published, kept, checked, served and listened to, without a
// transport. What lines do otherwise are the decisions of behaviour.Config.
//
// A write is stored at once and served later: on the next tick of dumping, what is stored becomes what readers get, and
// listeners hear of what changed for readers.
package config

import (
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// Center is all configurations of a server and all that may change them. Its methods may be called from any goroutine.
//
// What a server keeps over a restart changes through commit alone, as a Change.
type Center struct {
	b        behaviour.Config
	settings Settings
	clock    *clock.Clock
	epoch    time.Time
	// log keeps changes before they take effect; nil when they are not kept.
	log durable.Log

	mu      sync.RWMutex
	entries map[Key]*entry
	// rows are all formal configurations in order of their ids, history all rows in order of theirs.
	rows    []*Config
	history []*History
	// inTenant and inGroup count formal configurations by namespace, and by group of the namespace without id.
	inTenant, inGroup map[string]int
	capacities        map[CapacityKey]*Capacity
	nid               int64
	// turns are the writes on their way, by subject; each is closed when it is over.
	turns map[any]chan struct{}

	dumps    dumps
	switches switches
	aggrs    aggregates
	watchers watchers
	polls    polls
	lastID   int64

	stops []func()
}

// New starts an empty center that behaves like b. Close ends its timers.
func New(b behaviour.Config, settings Settings, c *clock.Clock) *Center {
	center := &Center{
		b: b, settings: settings, clock: c, epoch: c.Now(), entries: map[Key]*entry{},
		inTenant: map[string]int{}, inGroup: map[string]int{}, capacities: map[CapacityKey]*Capacity{},
		turns: map[any]chan struct{}{}, dumps: newDumps(), watchers: newWatchers(), polls: newPolls(),
	}
	center.stops = append(center.stops, c.Every(b.CleaningInitial, b.CleaningPeriod, center.cleanHistory))
	if b.Watched {
		center.stops = append(center.stops, c.Every(b.WatchTrimPeriod, b.WatchTrimPeriod, center.trimPatterns))
	}
	return center
}

// Behaviour is what the center was started with.
func (c *Center) Behaviour() behaviour.Config { return c.b }

// Settings are what the center was started with.
func (c *Center) Settings() Settings { return c.settings }

// Now is the center's time.
func (c *Center) Now() time.Time { return c.clock.Now() }

// Close stops all timers, ends all long polls without a change, and refuses further writes. It must not be called from a
// task of the clock.
func (c *Center) Close() {
	for _, stop := range c.stops {
		stop()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = closedLog{}
	c.dumps.stop()
	c.polls.endAll()
}

// uptime is the time since the center was started.
func (c *Center) uptime() time.Duration { return c.clock.Now().Sub(c.epoch) }

// nextID is an id that is greater than all before.
func (c *Center) nextID() int64 {
	c.lastID = max(c.lastID+1, c.clock.Now().UnixMilli()<<20)
	return c.lastID
}

// LastID is the greatest id of a configuration or variant that there was, 0 before the first.
func (c *Center) LastID() int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.lastID
}

// entry is the record of a key, made when it is missing.
func (c *Center) entry(key Key) *entry {
	e := c.entries[key]
	if e == nil {
		e = &entry{key: key}
		c.entries[key] = e
	}
	return e
}

// release forgets a key that nothing is known of.
func (c *Center) release(key Key) {
	if e := c.entries[key]; e != nil && e.empty() {
		delete(c.entries, key)
	}
}
