package config

import (
	"cmp"
	"slices"
	"strings"
	"unique"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// Change is one change of what a server keeps of configurations. The kinds are those of this file.
//
// What is not here is made again or lost with the process: what is served, listeners, who holds a long poll.
type Change interface {
	durable.Change
	apply(c *Center)
}

// Put is a formal configuration, in place of what was there before.
type Put struct{ Config Config }

func (ch Put) apply(c *Center) {
	row := compact(ch.Config)
	e := c.entry(row.Key)
	switch old := e.row; {
	case old == nil:
		c.remember(&row)
	case old.ID == row.ID:
		i, _ := c.position(row.ID)
		c.rows[i] = &row
	default:
		c.forget(old)
		c.remember(&row)
	}
	e.row = &row
	c.dirty(e.key, "")
}

// Removed ends a formal configuration. Its variants and its history stay.
type Removed struct{ Key Key }

func (ch Removed) apply(c *Center) {
	e := c.entries[ch.Key]
	if e == nil || e.row == nil {
		return
	}
	c.forget(e.row)
	e.row = nil
	c.dirty(e.key, "")
}

// GrayPut is a variant, in place of what was there before under its name.
type GrayPut struct{ Gray Gray }

func (ch GrayPut) apply(c *Center) {
	g := ch.Gray
	g.Key, g.Content, g.IP, g.User = g.Key.compact(), strings.Clone(g.Content), intern(g.IP), intern(g.User)
	e := c.entry(g.Key)
	c.lastID = max(c.lastID, g.ID)
	i, there := e.find(g.Name)
	if there {
		e.grays[i] = &g
	} else {
		e.grays = slices.Insert(e.grays, i, &g)
	}
	c.dirty(e.key, g.Name)
}

// GrayRemoved ends a variant.
type GrayRemoved struct {
	Key  Key
	Name string
}

func (ch GrayRemoved) apply(c *Center) {
	e := c.entries[ch.Key]
	if e == nil {
		return
	}
	if i, there := e.find(ch.Name); there {
		e.grays = slices.Delete(e.grays, i, i+1)
		c.dirty(e.key, ch.Name)
	}
}

// HistoryAdded is a row of the history.
type HistoryAdded struct{ Row History }

func (ch HistoryAdded) apply(c *Center) {
	row := ch.Row
	e := c.entry(row.Key)
	row.Key = e.key
	row.App, row.ExtInfo, row.IP, row.User = intern(row.App), intern(row.ExtInfo), intern(row.IP), intern(row.User)
	if e.row != nil && e.row.MD5 == row.MD5 && e.row.Content == row.Content {
		row.Content, row.MD5 = e.row.Content, e.row.MD5 // in the same memory
	}
	byNID := func(a, b *History) int { return cmp.Compare(a.NID, b.NID) }
	c.history = insert(c.history, &row, byNID)
	e.history = insert(e.history, &row, byNID)
	c.nid = max(c.nid, row.NID)
	c.lastID = max(c.lastID, row.ID)
}

// HistoryRemoved ends a row of the history.
type HistoryRemoved struct{ NID int64 }

func (ch HistoryRemoved) apply(c *Center) {
	byNID := func(h *History, nid int64) int { return cmp.Compare(h.NID, nid) }
	i, there := slices.BinarySearchFunc(c.history, ch.NID, byNID)
	if !there {
		return
	}
	e := c.entries[c.history[i].Key]
	c.history = slices.Delete(c.history, i, i+1)
	if i, there := slices.BinarySearchFunc(e.history, ch.NID, byNID); there {
		e.history = slices.Delete(e.history, i, i+1)
	}
	c.release(e.key)
}

// HistoryNumbered is the number that the history has reached, where no row tells it any more.
type HistoryNumbered struct{ NID int64 }

func (ch HistoryNumbered) apply(c *Center) { c.nid = max(c.nid, ch.NID) }

// CapacityPut is what operators said of a capacity, in place of what they said before.
type CapacityPut struct{ Capacity Capacity }

func (ch CapacityPut) apply(c *Center) {
	capacity := ch.Capacity
	c.capacities[capacity.CapacityKey] = &capacity
}

// remember puts a row where searches and counts find it, forget takes it away.
func (c *Center) remember(row *Config) {
	c.rows = insert(c.rows, row, func(a, b *Config) int { return cmp.Compare(a.ID, b.ID) })
	c.lastID = max(c.lastID, row.ID)
	c.count(row.Key, 1)
}

func (c *Center) forget(row *Config) {
	if i, there := c.position(row.ID); there {
		c.rows = slices.Delete(c.rows, i, i+1)
	}
	c.count(row.Key, -1)
}

// position is the place of a row among all, by its id.
func (c *Center) position(id int64) (int, bool) {
	return slices.BinarySearchFunc(c.rows, id, func(row *Config, id int64) int { return cmp.Compare(row.ID, id) })
}

func (c *Center) count(key Key, n int) {
	c.inTenant[key.Namespace] += n
	if key.Namespace == "" {
		c.inGroup[key.Group] += n
	}
}

// insert keeps a list in order; what is new mostly comes last.
func insert[T any](list []T, v T, compare func(a, b T) int) []T {
	if len(list) == 0 || compare(list[len(list)-1], v) < 0 {
		return append(list, v)
	}
	i, _ := slices.BinarySearchFunc(list, v, compare)
	return slices.Insert(list, i, v)
}

// compact is a row that shares its memory with equal names, and with no request.
func compact(row Config) Config {
	row.Key = row.Key.compact()
	row.Content, row.MD5 = strings.Clone(row.Content), strings.Clone(row.MD5)
	row.Type, row.App, row.IP, row.User = intern(row.Type), intern(row.App), intern(row.IP), intern(row.User)
	return row
}

func (k Key) compact() Key {
	return Key{Namespace: intern(k.Namespace), Group: intern(k.Group), DataID: strings.Clone(k.DataID)}
}

// intern makes equal texts share their memory.
func intern(s string) string { return unique.Make(s).Value() }
