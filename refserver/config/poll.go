package config

import (
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

// Poll is a request to hear of changes of several keys at once.
type Poll struct {
	// Keys have the namespaces under which the configurations are stored, each key once.
	Keys []Listened
	// IP is the client's address and Tag the variant that it takes if there is one.
	IP, Tag string
	// App is the name of the application, as the client tells it.
	App string
}

// Listened is what a client has of a key.
type Listened struct {
	Key
	MD5 string
	// Unnamed is true when the request names no namespace: the answer then names none.
	Unnamed bool
}

// polls are the long polls that are held.
type polls struct {
	byKey map[Key]map[*Held]bool
	count int
	// locked are the keys that are found busy.
	locked map[Key]bool
}

func newPolls() polls { return polls{byKey: map[Key]map[*Held]bool{}, locked: map[Key]bool{}} }

// Held is a long poll that waits.
type Held struct {
	center *Center
	poll   Poll
	task   *clock.Task
	// fixed is true when only the end of the time counts.
	fixed bool
	over  chan []Listened
	ended bool
}

// Changed are those of the keys that the client does not have as they are served to it, in their order.
func (c *Center) Changed(p Poll) []Listened {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.changed(p)
}

func (c *Center) changed(p Poll) (changed []Listened) {
	for _, l := range p.Keys {
		if c.md5(l.Key, p.IP, p.Tag) != l.MD5 {
			changed = append(changed, l)
		}
	}
	return changed
}

// Hold holds a long poll for as long as HoldTime says, or answers at once when something differs already and the switches
// do not forbid that. The caller receives from Done, or calls Cancel when the client is gone.
func (c *Center) Hold(p Poll, asked time.Duration) *Held {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := &Held{center: c, poll: p, fixed: c.fixedPolling(), over: make(chan []Listened, 1)}
	if changed := c.changed(p); len(changed) > 0 && !h.fixed {
		h.end(changed)
		return h
	}
	for _, l := range p.Keys {
		if c.polls.byKey[l.Key] == nil {
			c.polls.byKey[l.Key] = map[*Held]bool{}
		}
		c.polls.byKey[l.Key][h] = true
	}
	c.polls.count++
	h.task = c.clock.After(c.holdTime(asked), func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		var changed []Listened
		if h.fixed {
			changed = c.changed(p)
		}
		h.end(changed)
	})
	return h
}

// HoldTime is how long a long poll is held whose client asks for a time.
func (c *Center) HoldTime(asked time.Duration) time.Duration {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.holdTime(asked)
}

func (c *Center) holdTime(asked time.Duration) time.Duration {
	least := c.b.MinHold
	if c.b.MinHoldSwitch {
		least = c.switches.millis("MIN_LONG_POOLING_TIMEOUT", least)
	}
	if c.fixedPolling() {
		return max(least, c.switches.millis("fixedPollingInertval", c.b.MinHold))
	}
	return max(least, asked-c.switches.millis("fixedDelayTime", c.b.HoldMargin))
}

// HoldsAlways is true while a switch lets every long poll wait to its end.
func (c *Center) HoldsAlways() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.fixedPolling()
}

func (c *Center) fixedPolling() bool { return c.b.FixedPolling && c.switches.isTrue("isFixedPolling") }

// Polls is how many long polls are held.
func (c *Center) Polls() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.polls.count
}

// Done gives what changed, once: nothing when the time is up or the server ends.
func (h *Held) Done() <-chan []Listened { return h.over }

// Cancel ends a long poll whose client is gone.
func (h *Held) Cancel() {
	h.center.mu.Lock()
	defer h.center.mu.Unlock()
	h.end(nil)
}

// end is called with the center's lock.
func (h *Held) end(changed []Listened) {
	if h.ended {
		return
	}
	h.ended = true
	h.over <- changed
	if h.task == nil {
		return
	}
	h.task.Stop()
	polls := &h.center.polls
	polls.count--
	for _, l := range h.poll.Keys {
		delete(polls.byKey[l.Key], h)
		if len(polls.byKey[l.Key]) == 0 {
			delete(polls.byKey, l.Key)
		}
	}
}

func (p *polls) endAll() {
	for _, holders := range p.byKey {
		for h := range holders {
			h.end(nil)
		}
	}
}

// md5 is what the client has of a key.
func (h *Held) md5(key Key) string {
	return h.listened(key).MD5
}

func (h *Held) listened(key Key) Listened {
	i := slices.IndexFunc(h.poll.Keys, func(l Listened) bool { return l.Key == key })
	return h.poll.Keys[i]
}

// wake ends the long polls that a change concerns with the key that changed.
func (c *Center) wake(about event) {
	for h := range c.polls.byKey[about.key] {
		if h.fixed || about.beta && c.b.WakesBetaAlone && !about.ips[h.poll.IP] {
			continue
		}
		h.end([]Listened{h.listened(about.key)})
	}
}
