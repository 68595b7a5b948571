package config

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// item is what is served of a key. It does not change: a dump replaces it.
type item struct {
	// kind is the type of the formal configuration, empty for none.
	kind   string
	formal served
	// grays are the variants in the order in which readers are compared with them.
	grays []servedGray
}

// served is a content with all that readers are told of it. MD5 is empty when there is none.
type served struct {
	content, md5, key string
	modified          int64
}

type servedGray struct {
	served
	name string
	rule Rule
	// ips are those of a beta.
	ips map[string]bool
}

// matches says whether a variant is for a reader.
func (g servedGray) matches(ip, tag string) bool {
	if g.rule.Type == RuleBeta {
		return g.ips[ip]
	}
	return tag != "" && g.rule.Expr == tag
}

// dumps are the keys whose stored state may not be what is served, in the order in which they were written.
type dumps struct {
	waiting []dump
	listed  map[dump]bool
	task    *clock.Task
}

// dump is the formal configuration of a key, whose name is empty, or a variant.
type dump struct {
	key  Key
	name string
}

func newDumps() dumps { return dumps{listed: map[dump]bool{}} }

func (d *dumps) stop() {
	if d.task != nil {
		d.task.Stop()
		d.task = nil
	}
}

func (d *dumps) clear() {
	d.waiting = nil
	clear(d.listed)
	d.stop()
}

// dirty lets the next tick dump what was written.
func (c *Center) dirty(key Key, name string) {
	d := dump{key, name}
	if c.dumps.listed[d] {
		return
	}
	c.dumps.listed[d] = true
	c.dumps.waiting = append(c.dumps.waiting, d)
	if c.dumps.task == nil {
		tick := c.b.DumpPeriod
		c.dumps.task = c.clock.After(tick-c.uptime()%tick, c.DumpWaiting)
	}
}

// DumpWaiting serves what was written since the last tick, and tells those who listen: each tick calls it.
func (c *Center) DumpWaiting() {
	c.mu.Lock()
	waiting := c.dumps.waiting
	c.dumps.clear()
	var news []event
	for _, d := range waiting {
		if changed, about := c.dump(d); changed {
			news = append(news, about)
		}
	}
	calls := c.announce(news)
	c.mu.Unlock()
	for _, call := range calls {
		call()
	}
}

// Redump serves what is stored of a key on the next tick: the formal configuration, or the variant with a name.
func (c *Center) Redump(key Key, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dirty(stored(key), name)
}

// Dump serves all that is stored at once, as an operator can ask for and as a start does.
func (c *Center) Dump() {
	c.mu.Lock()
	news := c.dumpAll()
	calls := c.announce(news)
	c.mu.Unlock()
	for _, call := range calls {
		call()
	}
}

// dumpAll serves all that is stored. What is served without being stored stays.
func (c *Center) dumpAll() (news []event) {
	c.dumps.clear()
	for key, e := range c.entries {
		var all []dump
		if e.row != nil {
			all = append(all, dump{key, ""})
		}
		for _, g := range e.grays {
			all = append(all, dump{key, g.Name})
		}
		for _, d := range all {
			if changed, about := c.dump(d); changed {
				news = append(news, about)
			}
		}
	}
	return news
}

// event is a change of what is served.
type event struct {
	key Key
	// beta is true when it concerns the addresses ips alone.
	beta bool
	ips  map[string]bool
	// tag is the tag of the variant that it concerns, empty for none.
	tag string
}

// dump serves what is stored of one subject, and says what changed for readers.
func (c *Center) dump(d dump) (changed bool, about event) {
	e := c.entries[d.key]
	if e == nil {
		return false, event{}
	}
	defer c.release(d.key)
	if d.name != "" {
		return c.dumpGray(e, d.name)
	}
	if e.row == nil {
		changed = e.item != nil
		e.item = nil // with all variants
		return changed, event{key: d.key}
	}
	c.loadMeta(e.row)
	return c.dumpFormal(e)
}

func (c *Center) dumpFormal(e *entry) (changed bool, about event) {
	next := item{}
	about = event{key: e.key}
	if e.item != nil {
		next = *e.item
	}
	changed = next.formal.md5 != e.row.MD5
	next.kind = e.row.Type
	if changed || c.b.RenewsTimestamps {
		next.formal = served{e.row.Content, e.row.MD5, e.row.EncryptedDataKey, e.row.Modified}
	}
	e.item = &next
	return changed, about
}

func (c *Center) dumpGray(e *entry, name string) (changed bool, about event) {
	g := e.gray(name)
	about = event{key: e.key, tag: strings.TrimPrefix(name, TagPrefix)}
	if name == Beta {
		about.tag = ""
	}
	if g == nil && e.item == nil {
		return false, about
	}
	next := item{}
	if e.item != nil {
		next = *e.item
	}
	i := slices.IndexFunc(next.grays, func(g servedGray) bool { return g.name == name })
	var old servedGray
	if i >= 0 {
		old = next.grays[i]
		next.grays = slices.Delete(slices.Clone(next.grays), i, i+1)
	}
	e.item = &next
	if g == nil {
		about.beta, about.ips = name == Beta, old.ips
		return true, about
	}
	gray := newServedGray(*g)
	about.beta, about.ips = name == Beta, gray.ips
	changed = old.md5 != gray.md5 || old.rule.Expr != gray.rule.Expr && !maps.Equal(old.ips, gray.ips)
	if !changed && !c.b.RenewsTimestamps {
		gray.modified = old.modified
	}
	next.grays = append(slices.Clone(next.grays), gray)
	slices.SortStableFunc(next.grays, func(a, b servedGray) int { return cmp.Compare(b.rule.Priority, a.rule.Priority) })
	return changed, about
}

func newServedGray(g Gray) servedGray {
	s := servedGray{served: served{g.Content, g.MD5, "", g.Modified}, name: g.Name, rule: g.Rule}
	if g.Rule.Type == RuleBeta {
		s.ips = map[string]bool{}
		for _, ip := range java.Split(g.Rule.Expr, ",") {
			s.ips[strings.Clone(ip)] = true
		}
	}
	return s
}
