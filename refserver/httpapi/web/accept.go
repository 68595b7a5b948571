package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// mediaType is one of the types that a client accepts.
type mediaType struct {
	// kind is type/subtype, full has the parameters behind it, but for the quality.
	kind, full string
	quality    float64
}

// anyType is what clients accept that name nothing.
var anyType = []mediaType{{kind: "*/*", full: "*/*"}}

// accepted are the types that the client names, those it prefers first; all when it names none. It is not ok when one
// of them cannot be read.
func (c *Call) accepted() (types []mediaType, ok bool) {
	if len(c.Header["Accept"]) == 0 {
		return anyType, true
	}
	for part := range strings.SplitSeq(strings.Join(c.Header.Values("Accept"), ","), ",") {
		if Blank(part) {
			continue
		}
		m := mediaType{quality: 1}
		for i, field := range strings.Split(part, ";") {
			field = strings.TrimSpace(field)
			name, value, _ := strings.Cut(field, "=")
			switch {
			case i == 0:
				if field == "*" {
					field = "*/*"
				}
				m.kind, m.full = strings.ToLower(field), field
			case name == "q":
				var err error
				if m.quality, err = strconv.ParseFloat(value, 64); err != nil {
					return nil, false
				}
			default:
				m.full += ";" + field
			}
		}
		if major, minor, found := strings.Cut(m.kind, "/"); !found || major == "" || minor == "" {
			return nil, false
		}
		types = append(types, m)
	}
	if len(types) == 0 {
		return anyType, true
	}
	slices.SortStableFunc(types, func(a, b mediaType) int {
		if d := cmp.Compare(strings.Count(a.kind, "*/*"), strings.Count(b.kind, "*/*")); d != 0 {
			return d
		}
		return cmp.Compare(b.quality, a.quality)
	})
	return types, true
}

// Negotiate is the type in which an answer is written, empty when the client takes none: text goes under any name,
// JSON only under its own.
func (c *Call) Negotiate(text bool) string {
	types, _ := c.accepted()
	for _, m := range types {
		isJSON := m.kind == "application/json" || strings.HasPrefix(m.kind, "application/") && strings.HasSuffix(m.kind, "+json")
		switch {
		case text && (m.kind == "*/*" || m.kind == "text/*"):
			return "text/plain"
		case m.kind == "*/*", m.kind == "application/*", m.kind == "application/*+json":
			return "application/json"
		case !strings.Contains(m.kind, "*") && (text || isJSON):
			return m.full
		}
	}
	return ""
}

// PrefersHTML says whether the client would rather have a page than JSON.
func (c *Call) PrefersHTML() bool {
	types, _ := c.accepted()
	for _, m := range types {
		switch m.kind {
		case "text/html", "text/*":
			return true
		case "*/*":
			return false
		}
	}
	return false
}
