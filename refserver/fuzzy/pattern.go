// Package fuzzy holds the patterns by which clients watch services and configurations.
package fuzzy

import "strings"

// Pattern is what a client watches: namespace>>group>>name, of which the last two may begin or end with a star.
// Source: nacos 3.0.3 common/src/main/java/com/alibaba/nacos/common/utils/FuzzyGroupKeyPattern.java:51-185.
type Pattern struct {
	namespace, group, name string
	parts                  int
}

// Parse reads a pattern. One that lacks a part is broken.
func Parse(text string) Pattern {
	parts := partsOf(text)
	p := Pattern{parts: len(parts)}
	switch {
	case len(parts) >= 3:
		p.namespace, p.group, p.name = parts[0], parts[1], parts[2]
	case len(parts) > 0:
		p.namespace = parts[0]
	}
	return p
}

// partsOf are the parts of a pattern; empty ones at the end do not count, but for a pattern that is empty.
func partsOf(text string) []string {
	parts := strings.Split(text, ">>")
	for text != "" && len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return parts
}

// Broken is true for a pattern that lacks a part: it covers nothing, and a Java server fails where it must compare it.
func (p Pattern) Broken() bool { return p.parts < 3 }

// Parts is how many parts the pattern has, and with it the index at which a Java server fails.
func (p Pattern) Parts() int { return p.parts }

// Namespace is the first part.
func (p Pattern) Namespace() string { return p.namespace }

// Covers says whether something of these names matches.
func (p Pattern) Covers(namespace, group, name string) bool {
	return !p.Broken() && p.namespace == namespace && covers(p.group, group) && covers(p.name, name)
}

// covers takes stars for anything only where they begin or end an item.
func covers(item, name string) bool {
	plain := strings.ReplaceAll(item, "*", "")
	begins, ends := strings.HasPrefix(item, "*"), strings.HasSuffix(item, "*")
	switch {
	case plain == item:
		return item == name
	case begins && ends:
		return strings.Contains(name, plain)
	case begins:
		return strings.HasSuffix(name, plain)
	case ends:
		return strings.HasPrefix(name, plain)
	}
	return false
}
