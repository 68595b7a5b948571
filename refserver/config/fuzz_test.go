package config

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

// FuzzLike compares the matching of patterns with a regular expression that says the same.
func FuzzLike(f *testing.F) {
	for _, seed := range [][2]string{
		{"", ""}, {"%", ""}, {"a%", "ab"}, {"%a_%", "xa\u4e2d"}, {"_%_", "\U0001f600"}, {"%%", "%"}, {"a%b%c", "abcbc"}, {"__", "\u00e9"}, {"%ab", "aab"}, {"\\%", "\\x"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, value string) {
		if !utf8.ValidString(pattern) || !utf8.ValidString(value) || len(pattern) > 1000 {
			return // requests are text, and expressions have a bound
		}
		expression := strings.NewReplacer("%", ".*", "_", ".").Replace(regexp.QuoteMeta(pattern))
		if got, want := like(pattern)(value), regexp.MustCompile("(?s)^"+expression+"$").MatchString(value); got != want {
			t.Errorf("%q like %q: expected %t, found %t", value, pattern, want, got)
		}
	})
}

// FuzzSearch asks for pages of any search: together they have every configuration that matches, in order, and no other.
func FuzzSearch(f *testing.F) {
	f.Add(true, "*", "G*", "", "", "", "a,b", "json", 1, 3)
	f.Add(false, "d1", "G1", "n1", "app-1", "x%", "b", "", 1, 1)
	f.Add(true, "_", "%", "*", "", "*\u4e2d*", ",,", ",", 1<<31-1, 1<<31-1)
	f.Add(true, "d*d", "", "n_", " ", "", "*", "text,json", 2, 2)
	var centers []*Center
	for _, line := range behaviour.Lines() {
		b, err := behaviour.ForLine(line)
		if err != nil {
			f.Fatal(err)
		}
		c := clock.New(nil)
		center := New(b.Config, DefaultSettings(), c)
		f.Cleanup(func() { center.Close(); c.Close() })
		for n := range 20 {
			p := Publication{
				Key:     Key{Namespace: []string{"", "n1", "n2"}[n%3], Group: fmt.Sprint("G", n%2), DataID: fmt.Sprint("d", n)},
				Content: strings.Repeat("x\u4e2d", n), Type: []string{"json", "text"}[n%2], App: new(fmt.Sprint("app-", n%4)), Tags: new("a,b"),
			}
			if err := center.Publish(p); err != nil {
				f.Fatal(err)
			}
		}
		centers = append(centers, center)
	}
	f.Fuzz(func(t *testing.T, blur bool, dataID, group, namespace, app, content, tags, types string, no, size int) {
		list := func(text string) []string {
			if text == "" {
				return nil
			}
			return strings.Split(text, ",")
		}
		s := Search{Blur: blur, DataID: dataID, Group: group, Namespace: namespace, App: app, Content: content, Tags: list(tags), Types: list(types)}
		for _, c := range centers {
			s.PageNo, s.PageSize = 1, 1<<31-1
			all, err := c.Search(s)
			if err != nil || all.Total != len(all.Items) {
				t.Fatalf("%+v: expected all of %d configurations, found %d (%v)", s, all.Total, len(all.Items), err)
			}
			s.PageNo, s.PageSize = no, size
			page, err := c.Search(s)
			switch {
			case no <= 0 || size <= 0:
				if err == nil {
					t.Errorf("expected page %d of size %d to be refused", no, size)
				}
				continue
			case err != nil:
				t.Fatal(err)
			}
			first := min(no-1, all.Total) * min(size, all.Total+1)
			want := all.Items[min(first, all.Total):]
			want = want[:min(size, len(want))]
			if page.Total != all.Total || len(page.Items) != len(want) || len(want) > 0 && page.Items[0].ID != want[0].ID {
				t.Errorf("%+v: expected %d of %d configurations, found %d of %d", s, len(want), all.Total, len(page.Items), page.Total)
			}
		}
	})
}
