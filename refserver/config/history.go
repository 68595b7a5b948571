package config

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// HistoryOf is a page of the history of a key, the newest row first.
func (c *Center) HistoryOf(key Key, pageNo, pageSize int) (Page[History], error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var rows []*History
	if e := c.entries[stored(key)]; e != nil {
		rows = slices.Clone(e.history)
		slices.Reverse(rows)
	}
	page, err := pageOf(rows, pageNo, pageSize)
	out := Page[History]{Total: page.Total, Number: page.Number, Available: page.Available, Items: make([]History, 0, len(page.Items))}
	for _, row := range page.Items {
		out.Items = append(out.Items, *row)
	}
	return out, err
}

// HistoryRow is the row with a number. Whether the asker may see it is for the transport to compare.
func (c *Center) HistoryRow(nid int64) (row History, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	i, known := slices.BinarySearchFunc(c.history, nid, func(h *History, nid int64) int { return cmp.Compare(h.NID, nid) })
	if known {
		return *c.history[i], true
	}
	return History{}, false
}

// Previous is the newest row about the configuration or variant with an id.
func (c *Center) Previous(id int64) (row History, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, h := range slices.Backward(c.history) {
		if h.ID == id {
			return *h, true
		}
	}
	return History{}, false
}

// Next is the oldest row about the same subject that is newer than a row.
func (c *Center) Next(row History) (next History, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if e := c.entries[row.Key]; e != nil {
		for _, h := range e.history {
			if h.NID > row.NID && h.PublishType == row.PublishType && h.GrayName == row.GrayName {
				return *h, true
			}
		}
	}
	return History{}, false
}

// inserted is the row about a configuration that is new: it tells the new content.
func (c *Center) inserted(row Config, p Publication) Change {
	h := c.formalHistory(row, OpInsert, p.Author)
	h.ID = c.nextID()
	h.ExtInfo = ext(p.User, info{
		"c_schema": text(p.Schema), "c_use": text(p.Use), "effect": text(p.Effect), "type": p.Type, "config_tags": text(p.Tags),
		"c_desc": text(p.Desc),
	}, "c_schema", "c_use", "effect", "type", "config_tags", "c_desc")
	return HistoryAdded{h}
}

// replaced is the row about a configuration that is updated or deleted: it tells the old content and the new author.
func (c *Center) replaced(old Config, op string, by Author) Change {
	h := c.formalHistory(old, op, by)
	h.ID = old.ID
	h.ExtInfo = ext("", info{
		"type": old.Type, "config_tags": strings.Join(old.Tags, ","), "effect": text(old.Effect), "src_user": old.User,
		"c_desc": text(old.Desc), "c_use": text(old.Use), "c_schema": text(old.Schema),
	}, "type", "config_tags", "effect", "src_user", "c_desc", "c_use", "c_schema")
	return HistoryAdded{h}
}

func (c *Center) formalHistory(row Config, op string, by Author) History {
	c.nid++
	return History{
		NID: c.nid, Key: row.Key, App: row.App, Content: row.Content, MD5: row.MD5, EncryptedDataKey: row.EncryptedDataKey,
		Author: by, Op: op, PublishType: PublishFormal, Modified: c.clock.Now().UnixMilli(),
	}
}

// grayHistory is the row about a variant, where the line keeps any.
func (c *Center) grayHistory(g Gray, op string, by Author) []Change {
	if !c.b.GrayHistory {
		return nil
	}
	c.nid++
	h := History{
		NID: c.nid, ID: g.ID, Key: g.Key, App: g.App, Content: g.Content, MD5: g.MD5, Author: by, Op: op,
		PublishType: PublishGray, GrayName: g.Name, Modified: c.clock.Now().UnixMilli(),
	}
	if op == OpInsert {
		h.ID = c.nextID()
	}
	h.ExtInfo = ext("", info{"gray_name": g.Name, "src_user": g.User, "gray_rule": g.Rule.flat()}, "gray_name", "src_user", "gray_rule")
	return []Change{HistoryAdded{h}}
}

// String is the rule as it is stored.
func (r Rule) String() string { return marshal(r) }

// flat is the rule as history tells it: all of it text.
func (r Rule) flat() string {
	return marshal(struct {
		Type     string `json:"type"`
		Expr     string `json:"expr"`
		Version  string `json:"version"`
		Priority int    `json:"priority,string"`
	}{r.Type, r.Expr, r.Version, r.Priority})
}

// info are properties of which the blank ones are left out.
type info map[string]string

// ext is JSON text with properties in this order, after the user of an insertion.
func ext(user string, all info, order ...string) string {
	if user != "" {
		all["src_user"] = user
		order = append([]string{"src_user"}, order...)
	}
	var b strings.Builder
	b.WriteByte('{')
	for _, name := range order {
		if java.IsBlank(all[name]) {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(marshal(name) + ":" + marshal(all[name]))
	}
	b.WriteByte('}')
	return b.String()
}

// marshal is JSON without the escapes that only HTML needs.
func marshal(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // texts and numbers always can be
	return strings.TrimSuffix(b.String(), "\n")
}

func text(t *string) string {
	if t == nil {
		return ""
	}
	return *t
}

// cleanHistory removes what is older than the line keeps it, so many rows at a time.
func (c *Center) cleanHistory() {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.clock.Now().Add(-c.b.Retention).UnixMilli()
	var old []Change
	for _, h := range c.history {
		if h.Modified < before {
			old = append(old, HistoryRemoved{h.NID})
		}
	}
	if len(old) > 0 && len(old) == len(c.history) {
		old = slices.Insert(old, 0, Change(HistoryNumbered{c.nid}))
	}
	for batch := range slices.Chunk(old, c.b.CleaningBatch) {
		if c.commit(batch...) != nil {
			return // the next pass tries again
		}
	}
}
