package config

import (
	"cmp"
	"crypto/md5"
	"encoding/hex"
	"slices"
)

// Key is the identity of a configuration. Namespace is the id as it is stored: see Center.Namespace.
type Key struct{ Namespace, Group, DataID string }

func (k Key) String() string { return k.DataID + "+" + k.Group + "+" + k.Namespace }

// Config is a formal configuration as it is stored.
type Config struct {
	Key
	// ID is a number of 19 digits, greater than those of all that were made before.
	ID      int64
	Content string
	// MD5 is that of the content in UTF-8, in lower-case hexadecimal.
	MD5 string
	// Type is one of the line's types, empty where an import brought none.
	Type             string
	App              string
	EncryptedDataKey string
	// Desc, Use, Effect and Schema are nil when the last publication named none.
	Desc, Use, Effect, Schema *string
	// Tags are those that searches find it by.
	Tags []string
	Author
	// Modified is the time of the last publication, in milliseconds since 1970. Real servers with embedded storage tell it
	// as the time of creation too, and the last author as the creator.
	Modified int64
}

// Author is who wrote something.
type Author struct {
	// User is empty when nobody is known.
	User string
	// IP is the address that the request came from, or claims to come from.
	IP string
}

// The names of gray variants: that of a beta, and what the name of a tag's begins with.
const (
	Beta      = "beta"
	TagPrefix = "tag_"
)

// Gray is a variant of a configuration for some of its readers.
type Gray struct {
	Key
	// Name is Beta, or TagPrefix and the tag.
	Name string
	// Rule says for whom it is.
	Rule    Rule
	ID      int64
	Content string
	MD5     string
	App     string
	Author
	Modified int64
}

// Rule says for whom a variant is. Its JSON is how it is stored and told.
type Rule struct {
	// Type is "beta" or "tag".
	Type    string `json:"type"`
	Version string `json:"version"`
	// Expr is what the rule compares with: a comma list of addresses, or a tag.
	Expr string `json:"expr"`
	// Priority decides between several that match.
	Priority int `json:"priority"`
}

// Types and version of rules, and the priorities of the two types.
const (
	RuleBeta     = "beta"
	RuleTag      = "tag"
	ruleVersion  = "1.0.0"
	priorityBeta = 1<<31 - 1
	priorityTag  = 1<<31 - 2
)

// Operations and publish types of history.
const (
	OpInsert = "I"
	OpUpdate = "U"
	OpDelete = "D"

	PublishFormal = "formal"
	PublishGray   = "gray"
)

// History is what the history tells of one write: what was written by an insertion, what was there before by an update or
// a deletion, and who did that.
type History struct {
	// NID numbers the rows of a server, from 1.
	NID int64
	// ID is that of the configuration or variant that was updated or deleted; for an insertion one of the row's own.
	ID int64
	Key
	App, Content, MD5, EncryptedDataKey string
	Author
	// Op is OpInsert, OpUpdate or OpDelete.
	Op string
	// PublishType is PublishFormal or PublishGray.
	PublishType string
	// GrayName is the name of the variant, empty for the formal configuration.
	GrayName string
	// ExtInfo is JSON text about the rest.
	ExtInfo string
	// Modified is when the write happened, in milliseconds since 1970.
	Modified int64
}

// Page is a part of a list.
type Page[T any] struct {
	Total, Number, Available int
	Items                    []T
}

// pageOf is page no, counted from 1, of a list; one beyond the end has no items and keeps its number.
func pageOf[T any](all []T, no, size int) (Page[T], error) {
	if no <= 0 || size <= 0 {
		return Page[T]{}, errPage
	}
	p := Page[T]{Total: len(all), Number: no, Available: (len(all) + size - 1) / size, Items: []T{}}
	if no <= p.Available {
		start := (no - 1) * size
		p.Items = all[start:min(start+size, len(all))]
	}
	return p, nil
}

// MD5 is the md5 of a content as servers tell it.
func MD5(content string) string {
	sum := md5.Sum([]byte(content))
	return hex.EncodeToString(sum[:])
}

// entry is all that is known of a key.
type entry struct {
	key Key
	row *Config // nil when there is no formal configuration
	// grays are the variants that are stored, by name.
	grays []*Gray
	// item is what is served; nil before the first dump and after a removal.
	item *item
	// history has the newest row last.
	history []*History
}

func (e *entry) gray(name string) *Gray {
	if i, ok := e.find(name); ok {
		return e.grays[i]
	}
	return nil
}

func (e *entry) find(name string) (int, bool) {
	return slices.BinarySearchFunc(e.grays, name, func(g *Gray, name string) int { return cmp.Compare(g.Name, name) })
}

func (e *entry) empty() bool {
	return e.row == nil && e.item == nil && len(e.grays) == 0 && len(e.history) == 0
}
