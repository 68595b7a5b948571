package namingapi

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzMetadata feeds the metadata parser: what it takes consists of text, what it refuses is named in the error.
func FuzzMetadata(f *testing.F) {
	for _, seed := range []string{"", " ", "a=1", "a=1,b=2", "a=1,", ",", "a", "a=", "=b", "a==b", `{"a":1}`, `{"a":null}`, `{"a":{}}`, "null", "[1]", `{"a":1} x`, `{"a":"\ud800"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseMetadata(text)
		if err != nil {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("the error %q does not name %q", err, text)
			}
			return
		}
		for k, v := range m.values {
			if utf8.ValidString(text) && (!utf8.ValidString(k) || !utf8.ValidString(v)) {
				t.Errorf("%q became %q=%q", text, k, v)
			}
		}
	})
}

// FuzzBodies feeds the readers of JSON parameters.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{"{}", "null", "[]", "[null]", `{"ip":1,"port":"x"}`, `[{"ip":"a","port":1e99}]`, `{"type":"HTTP"}`, `{"type":"label","expression":"a"}`, "%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if b, err := parseBeat(text); err == nil && b != nil {
			_ = b.ip() + b.cluster()
		}
		targets, err := parseTargets(text)
		for _, target := range targets {
			if err == nil && target != nil {
				_ = target.ip() + target.cluster()
			}
		}
		if checker, err := parseChecker(text); err == nil && checker.Type == "" {
			t.Errorf("%q is a checker without type", text)
		}
		if selector, err := parseSelector(text); err == nil && selector.Type == "" {
			t.Errorf("%q is a selector without type", text)
		}
	})
}
