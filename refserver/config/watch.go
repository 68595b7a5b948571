package config

import (
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/fuzzy"
)

// Codes of what is over a limit of watching.
const (
	CodePatternOverLimit = 50310
	CodeMatchesOverLimit = 50311
)

// ErrMatchesOverLimit says that a watched pattern may match more configurations than its watchers are told of.
var ErrMatchesOverLimit = failure.NewChecked(http.StatusInternalServerError, CodeMatchesOverLimit, "fuzzy watch pattern matched count over limit")

// watched is a pattern with those who watch it.
type watched struct {
	fuzzy.Pattern
	clients map[string]bool
	// matches are the keys that match, as far as the limit allows.
	matches map[Key]bool
	// abandoned is true when a pass has found nobody who watches the pattern.
	abandoned bool
}

var keyEscapes = strings.NewReplacer("%", "%25", "+", "%2B")

// GroupKey names a configuration in messages to those who watch, and in lists of listeners.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/utils/GroupKey2.java.
func (k Key) GroupKey() string {
	text := keyEscapes.Replace(k.DataID) + "+" + keyEscapes.Replace(k.Group)
	if k.Namespace != "" {
		text += "+" + keyEscapes.Replace(k.Namespace)
	}
	return text
}

// Watch makes a connection hear of configurations of a pattern that come and go, until Unwatch or Disconnect. It gives
// the group keys that match now, in order, and whether there may be more than the limit allows.
func (c *Center) Watch(client, text string) (matches []string, full bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := c.watchers.patterns[text]
	if w == nil {
		if len(c.watchers.patterns) >= c.b.WatchMaxPatterns {
			return nil, false, failure.NewChecked(http.StatusInternalServerError, CodePatternOverLimit, "fuzzy watch pattern over limit")
		}
		w = &watched{Pattern: fuzzy.Parse(text), clients: map[string]bool{}, matches: map[Key]bool{}}
		if w.Broken() && c.serves(w.Namespace()) || w.Parts() == 0 {
			return nil, false, failure.NewUnexpected("Index %d out of bounds for length %d", w.Parts(), w.Parts())
		}
		c.fill(w)
		c.watchers.patterns[text] = w
	}
	w.clients[client], w.abandoned = true, false
	for key := range w.matches {
		matches = append(matches, key.GroupKey())
	}
	slices.Sort(matches)
	return matches, c.isFull(w), nil
}

// Unwatch ends that.
func (c *Center) Unwatch(client, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w := c.watchers.patterns[text]; w != nil {
		delete(w.clients, client)
	}
}

// serves says whether anything of a namespace is served.
func (c *Center) serves(namespace string) bool {
	for key, e := range c.entries {
		if e.item != nil && key.Namespace == namespace {
			return true
		}
	}
	return false
}

// fill adds what matches and is missing, as far as the limit allows.
func (c *Center) fill(w *watched) {
	for key, e := range c.entries {
		if c.isFull(w) {
			return
		}
		if e.item != nil && w.Covers(key.Namespace, key.Group, key.DataID) {
			w.matches[key] = true
		}
	}
}

func (c *Center) isFull(w *watched) bool { return len(w.matches) >= c.b.WatchMaxMatches }

// watching are the connections to tell of a change, none when it is no news for any pattern.
func (c *Center) watching(about event) (clients []string) {
	e := c.entries[about.key]
	exists, news := e != nil && e.item != nil, false
	told := map[string]bool{}
	for _, w := range c.watchers.patterns {
		if !w.Covers(about.key.Namespace, about.key.Group, about.key.DataID) {
			continue
		}
		full := c.isFull(w)
		switch {
		case exists && !full && !w.matches[about.key]:
			w.matches[about.key], news = true, true
		case !exists && w.matches[about.key]:
			delete(w.matches, about.key)
			news = true
			if full {
				c.fill(w)
			}
		}
		for id := range w.clients {
			told[id] = true
		}
	}
	if !news {
		return nil
	}
	for id := range told {
		clients = append(clients, id)
	}
	slices.Sort(clients)
	return clients
}

// trimPatterns forgets patterns that nobody watches, at the second pass that finds them so.
func (c *Center) trimPatterns() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for text, w := range c.watchers.patterns {
		if len(w.clients) == 0 && w.abandoned {
			delete(c.watchers.patterns, text)
		}
		w.abandoned = len(w.clients) == 0
	}
}
