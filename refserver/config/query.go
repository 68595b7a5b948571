package config

import (
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Query is what a reader asks for.
type Query struct {
	Key
	// Tag is the variant that the reader insists on, AutoTag one that it takes if there is one. Blank for none.
	Tag, AutoTag string
	// IP is the reader's address, which betas are for.
	IP string
}

// Status is the outcome of a query.
type Status int

const (
	// Found says that there is a content.
	Found Status = iota
	// NotFound says that there is none.
	NotFound
	// TagNotFound says that there is none for the tag that the reader insists on.
	TagNotFound
	// Busy says that the content is being modified: the reader may try again.
	Busy
)

// Answer is what a reader gets.
type Answer struct {
	Status  Status
	Content string
	// MD5 is empty when the line knows none for what it found.
	MD5 string
	// Type is that of the formal configuration, "text" when there is none; empty when nothing is served.
	Type string
	// EncryptedDataKey is nil for variants.
	EncryptedDataKey *string
	// Modified is when the content was served first, or stored last, in milliseconds since 1970; 0 when it is not known.
	Modified int64
	// Beta is true for a beta. Tag is the tag of a variant, AutoTag says that it was not insisted on.
	Beta    bool
	Tag     string
	AutoTag bool
}

// Query reads what is served. The namespace is taken as it is. The error is that of a server that stumbles over what was
// removed a moment ago.
func (c *Center) Query(q Query) (Answer, error) {
	q.Key = stored(q.Key)
	c.mu.RLock()
	defer c.mu.RUnlock()
	e := c.entries[q.Key]
	switch {
	case e == nil || e.item == nil:
		return Answer{Status: NotFound}, nil
	case c.polls.locked[q.Key]:
		return Answer{Status: Busy}, nil
	case c.b.ReadsStored:
		return e.readStored(q)
	}
	return e.item.read(q), nil
}

// read looks for a variant for the reader, then for the one it insists on, then for the formal configuration.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/service/query/handler/.
func (i *item) read(q Query) Answer {
	tag := q.Tag
	if java.IsBlank(tag) {
		tag = q.AutoTag
	}
	for _, g := range i.grays {
		if g.matches(q.IP, tag) {
			a := Answer{Content: g.content, MD5: g.md5, Type: i.typeName(), Modified: g.modified, Beta: g.rule.Type == RuleBeta}
			if !a.Beta {
				a.Tag, a.AutoTag = g.rule.Expr, java.IsBlank(q.Tag)
			}
			return a
		}
	}
	switch {
	case !java.IsBlank(q.Tag):
		return Answer{Status: TagNotFound}
	case i.formal.md5 == "":
		return Answer{Status: NotFound}
	}
	return Answer{
		Content: i.formal.content, MD5: i.formal.md5, Type: i.typeName(), EncryptedDataKey: &i.formal.key, Modified: i.formal.modified,
	}
}

// readStored takes the content from what is stored, and the rest from what is served.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigServletInner.java:141-243.
func (e *entry) readStored(q Query) (Answer, error) {
	i, a := e.item, Answer{Type: e.item.typeName()}
	var from served
	var content *string
	beta, isBeta := i.gray(Beta)
	auto, isAuto := i.gray(TagPrefix + q.AutoTag)
	switch {
	case isBeta && beta.ips[q.IP]:
		a.Beta, from, content = true, beta.served, e.stored(Beta)
	case !java.IsBlank(q.Tag):
		g, _ := i.gray(TagPrefix + q.Tag)
		a.Tag, from, content = q.Tag, g.served, e.stored(TagPrefix+q.Tag)
		if content == nil {
			return Answer{Status: NotFound, Type: a.Type}, nil
		}
	case isAuto && !java.IsBlank(q.AutoTag):
		a.Tag, a.AutoTag, from, content = q.AutoTag, true, auto.served, e.stored(TagPrefix+q.AutoTag)
	default:
		if e.row == nil {
			return Answer{Status: NotFound, Type: a.Type}, nil
		}
		from, content = i.formal, &e.row.Content
	}
	if content == nil {
		return Answer{}, failure.NewUnexpected("")
	}
	a.Content, a.MD5, a.Modified = *content, from.md5, from.modified
	return a, nil
}

// stored is the content of a variant, nil for none.
func (e *entry) stored(name string) *string {
	if g := e.gray(name); g != nil {
		return &g.Content
	}
	return nil
}

func (i *item) gray(name string) (servedGray, bool) {
	for _, g := range i.grays {
		if g.name == name {
			return g, true
		}
	}
	return servedGray{}, false
}

func (i *item) typeName() string {
	if i.kind == "" {
		return "text"
	}
	return i.kind
}

// md5 is what a listener of a key is compared with, empty when nothing is served.
func (c *Center) md5(key Key, ip, tag string) string {
	e := c.entries[key]
	if e == nil || e.item == nil {
		return ""
	}
	for _, g := range e.item.grays {
		if g.matches(ip, tag) {
			return g.md5
		}
	}
	return e.item.formal.md5
}

// Lock lets a key be found busy until the returned function is called, as it is while a real server dumps it.
func (c *Center) Lock(key Key) (unlock func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key = stored(key)
	c.polls.locked[key] = true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.polls.locked, key)
	}
}
