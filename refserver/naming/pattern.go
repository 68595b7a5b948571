package naming

import (
	"fmt"
	"strings"
)

// pattern is what a client watches: namespace>>group>>service, of which the last two may begin or end with a star.
// Source: nacos 3.0.3 common/src/main/java/com/alibaba/nacos/common/utils/FuzzyGroupKeyPattern.java:51-185.
type pattern struct{ namespace, group, service string }

// parsePattern reports false for a pattern that lacks a part.
func parsePattern(text string) (pattern, bool) {
	parts := patternParts(text)
	if len(parts) < 3 {
		return pattern{namespace: append(parts, "")[0]}, false
	}
	return pattern{parts[0], parts[1], parts[2]}, true
}

// patternParts are the parts of a pattern; empty ones at the end do not count, but for a pattern that is empty.
func patternParts(text string) []string {
	parts := strings.Split(text, ">>")
	for text != "" && len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return parts
}

// covers says whether a service matches.
func (p pattern) covers(key ServiceKey) bool {
	return p.namespace == key.Namespace && covers(p.group, key.Group) && covers(p.service, key.Name)
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

// watchKey is how messages about watched services name one.
func watchKey(key ServiceKey) string {
	return fmt.Sprintf("%s@@%s@@%s", key.Namespace, key.Group, key.Name)
}

// named gives a service without a namespace of a name the default one, which those who watch take it for.
func (r *Registry) named(key ServiceKey) ServiceKey {
	if strings.TrimSpace(key.Namespace) == "" {
		key.Namespace = r.b.Registration.DefaultNamespace
	}
	return key
}
