package config

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Search is what an operator looks for among the stored formal configurations.
type Search struct {
	// Blur takes stars in DataID, Group, Content and Namespace for anything, % as well, and _ for one character; otherwise
	// all are compared as they are.
	Blur bool
	// Namespace is always compared; blank stands for the one without id.
	Namespace string
	// DataID, Group, App and Content are not compared when they are blank.
	DataID, Group, App, Content string
	// Tags are those of which a configuration must have one, Types those of which it must have one; nil for any. In a
	// blurred search, stars in Tags stand for anything where the line says so.
	Tags, Types      []string
	PageNo, PageSize int
}

// Search is a page of the configurations that match, in the order of their ids. One that has several of the tags is
// listed as often, as real servers do.
func (c *Center) Search(s Search) (Page[Config], error) {
	if s.PageNo <= 0 || s.PageSize <= 0 {
		return Page[Config]{}, errPage
	}
	m := newMatcher(s, c.b.BlursTags)
	c.mu.RLock()
	defer c.mu.RUnlock()
	first := (s.PageNo - 1) * s.PageSize
	page := Page[Config]{Number: s.PageNo, Items: []Config{}}
	for _, row := range c.rows {
		for range m.times(row) {
			if page.Total >= first && len(page.Items) < s.PageSize {
				page.Items = append(page.Items, *row)
			}
			page.Total++
		}
	}
	page.Available = (page.Total + s.PageSize - 1) / s.PageSize
	return page, nil
}

type matcher struct {
	namespace, dataID, group, content func(string) bool
	app                               string
	types                             []string
	// tags are nil when tags are not compared.
	tags []func(string) bool
}

func newMatcher(s Search, blursTags bool) matcher {
	compare := func(pattern string) func(string) bool {
		if !s.Blur {
			return func(v string) bool { return v == pattern }
		}
		return like(strings.ReplaceAll(pattern, "*", "%"))
	}
	optional := func(pattern string) func(string) bool {
		if java.IsBlank(pattern) {
			return nil
		}
		return compare(pattern)
	}
	namespace := s.Namespace
	if java.IsBlank(namespace) {
		namespace = ""
	}
	m := matcher{
		namespace: compare(namespace), dataID: optional(s.DataID), group: optional(s.Group), content: optional(s.Content),
		types: s.Types,
	}
	if !s.Blur && m.content != nil {
		m.content = like(s.Content) // contents are compared that way in any search
	}
	for _, tag := range s.Tags {
		same := func(v string) bool { return v == tag }
		if s.Blur && blursTags {
			same = compare(tag)
		}
		m.tags = append(m.tags, same)
	}
	if !java.IsBlank(s.App) {
		m.app = s.App
	}
	return m
}

// times is how often a row is listed.
func (m matcher) times(row *Config) int {
	ok := func(f func(string) bool, v string) bool { return f == nil || f(v) }
	if !m.namespace(row.Namespace) || !ok(m.dataID, row.DataID) || !ok(m.group, row.Group) || m.app != "" && m.app != row.App ||
		m.types != nil && !slices.Contains(m.types, row.Type) || !ok(m.content, row.Content) {
		return 0
	}
	if m.tags == nil {
		return 1
	}
	n := 0
	for _, tag := range row.Tags {
		if slices.ContainsFunc(m.tags, func(same func(string) bool) bool { return same(tag) }) {
			n++
		}
	}
	return n
}

// like compares as LIKE of SQL does: % stands for anything and _ for one character.
func like(pattern string) func(string) bool {
	inner := strings.Trim(pattern, "%")
	if strings.ContainsAny(inner, "%_") {
		return func(v string) bool { return isLike(v, pattern) }
	}
	begins, ends := strings.HasPrefix(pattern, "%"), strings.HasSuffix(pattern, "%")
	switch {
	case begins && ends:
		return func(v string) bool { return strings.Contains(v, inner) }
	case begins:
		return func(v string) bool { return strings.HasSuffix(v, inner) }
	case ends:
		return func(v string) bool { return strings.HasPrefix(v, inner) }
	}
	return func(v string) bool { return v == pattern }
}

// isLike goes back to the last % whenever it gets stuck.
func isLike(v, pattern string) bool {
	p, i, star, mark := 0, 0, -1, 0
	for i < len(v) {
		_, size := utf8.DecodeRuneInString(v[i:])
		switch {
		case p < len(pattern) && pattern[p] == '%':
			star, mark = p, i
			p++
		case p < len(pattern) && pattern[p] == '_':
			p++
			i += size
		case p < len(pattern) && pattern[p] == v[i]:
			p++
			i++
		case star >= 0:
			_, size := utf8.DecodeRuneInString(v[mark:])
			mark += size
			p, i = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "%") == ""
}

// Detail is the stored formal configuration of a key.
func (c *Center) Detail(key Key) (row Config, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if found := c.row(stored(key)); found != nil {
		return *found, true
	}
	return Config{}, false
}

// ByID is the stored formal configuration with an id.
func (c *Center) ByID(id int64) (row Config, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if i, there := c.position(id); there {
		return *c.rows[i], true
	}
	return Config{}, false
}

// Gray is the stored variant of a key with a name: Beta, or TagPrefix and the tag.
func (c *Center) Gray(key Key, name string) (g Gray, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if e := c.entries[stored(key)]; e != nil && e.gray(name) != nil {
		return *e.gray(name), true
	}
	return Gray{}, false
}

// Configs are all stored formal configurations in the order of their ids, those of one namespace when it is named.
func (c *Center) Configs(namespace *string) []Config {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := []Config{}
	for _, row := range c.rows {
		if namespace == nil || row.Namespace == *namespace {
			all = append(all, *row)
		}
	}
	return all
}

// Grays are all stored variants, by key and name.
func (c *Center) Grays() []Gray {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := []Gray{}
	for _, e := range c.entries {
		for _, g := range e.grays {
			all = append(all, *g)
		}
	}
	slices.SortFunc(all, func(a, b Gray) int {
		return strings.Compare(a.Key.String()+"+"+a.Name, b.Key.String()+"+"+b.Name)
	})
	return all
}

// Count is how many formal configurations are stored in a namespace.
func (c *Center) Count(namespace string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.inTenant[namespace]
}
