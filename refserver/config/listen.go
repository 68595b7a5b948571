package config

import (
	"slices"
	"strings"
)

// Notifier delivers to those who listen over a connection.
type Notifier interface {
	// NotifyChange tells connections that a configuration changed. It must not block.
	NotifyChange(key Key, listeners []Listener)
	// NotifyWatched tells connections that a configuration which they watch by a pattern came or went. It must not block.
	NotifyWatched(key Key, exists bool, clients []string)
}

// Listener is a connection that listens to a configuration.
type Listener struct {
	// Client is the id of the connection.
	Client string
	// Unnamed is true when the client named no namespace.
	Unnamed bool
	// MD5 is what the client has, as it said; IP its address, Tag the label of the connection that says which variant it is for.
	MD5, IP, Tag string
}

// watchers are those who listen over connections.
type watchers struct {
	notifier Notifier
	byKey    map[Key]map[string]Listener
	byClient map[string]map[Key]bool
	// patterns are those that are watched, by their texts.
	patterns map[string]*watched
}

func newWatchers() watchers {
	return watchers{byKey: map[Key]map[string]Listener{}, byClient: map[string]map[Key]bool{}, patterns: map[string]*watched{}}
}

// SetNotifier names who tells connections of changes. Without one, nobody does.
func (c *Center) SetNotifier(n Notifier) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watchers.notifier = n
}

// Listen makes a connection hear of changes of a key until Unlisten or Disconnect, and says whether what it has is what
// is served to it. A key that it listens to already gets the new md5. The md5 of a key that nothing is served of is empty.
func (c *Center) Listen(key Key, l Listener, tag string) (upToDate bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watchers.byKey[key] == nil {
		c.watchers.byKey[key] = map[string]Listener{}
	}
	c.watchers.byKey[key][l.Client] = l
	if c.watchers.byClient[l.Client] == nil {
		c.watchers.byClient[l.Client] = map[Key]bool{}
	}
	c.watchers.byClient[l.Client][key] = true
	return c.md5(key, l.IP, tag) == l.MD5
}

// Unlisten ends that for a key.
func (c *Center) Unlisten(key Key, client string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.watchers.byClient[client], key)
	c.watchers.drop(key, client)
}

// Disconnect ends all that a connection listens to and watches.
func (c *Center) Disconnect(client string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key := range c.watchers.byClient[client] {
		c.watchers.drop(key, client)
	}
	delete(c.watchers.byClient, client)
	for _, w := range c.watchers.patterns {
		delete(w.clients, client)
	}
}

func (w *watchers) drop(key Key, client string) {
	delete(w.byKey[key], client)
	if len(w.byKey[key]) == 0 {
		delete(w.byKey, key)
	}
}

// Listeners are the md5s that those who listen to a key have, by their addresses: connections and held long polls.
func (c *Center) Listeners(key Key) map[string]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := map[string]string{}
	for _, l := range c.watchers.byKey[key] {
		all[l.IP] = l.MD5
	}
	for held := range c.polls.byKey[key] {
		all[held.poll.IP] = held.md5(key)
	}
	return all
}

// Listening are the md5s of all that an address listens to.
func (c *Center) Listening(ip string) map[Key]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := map[Key]string{}
	for key, listeners := range c.watchers.byKey {
		for _, l := range listeners {
			if l.IP == ip {
				all[key] = l.MD5
			}
		}
	}
	for key, holders := range c.polls.byKey {
		for held := range holders {
			if held.poll.IP == ip {
				all[key] = held.md5(key)
			}
		}
	}
	return all
}

// concerns says whether a change is of what a listener gets.
func (e event) concerns(l Listener) bool {
	return (!e.beta || e.ips[l.IP]) && (e.tag == "" || e.tag == l.Tag)
}

// announce wakes those who listen to what changed. What it gives must be called without the lock.
func (c *Center) announce(news []event) (calls []func()) {
	for _, about := range news {
		c.wake(about)
		listeners := make([]Listener, 0, len(c.watchers.byKey[about.key]))
		for _, l := range c.watchers.byKey[about.key] {
			if !c.b.TellsMatching || about.concerns(l) {
				listeners = append(listeners, l)
			}
		}
		n := c.watchers.notifier
		if n != nil && len(listeners) > 0 {
			slices.SortFunc(listeners, func(a, b Listener) int { return strings.Compare(a.Client, b.Client) })
			calls = append(calls, func() { n.NotifyChange(about.key, listeners) })
		}
		if clients := c.watching(about); len(clients) > 0 && n != nil {
			exists := c.entries[about.key] != nil && c.entries[about.key].item != nil
			calls = append(calls, func() { n.NotifyWatched(about.key, exists, clients) })
		}
	}
	return calls
}
