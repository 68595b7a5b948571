package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Validate returns every defect of the suites, joined: ids that are double, unknown or out of their area, timelines
// without a length, checks without a judge.
func Validate[E any](suites []Suite[E]) error {
	v := validation{seen: map[string]string{}, timelines: map[string]bool{}}
	for _, suite := range suites {
		v.claim("area", suite.Area)
		for _, timeline := range suite.Timelines {
			validateTimeline(&v, suite.Area, timeline)
		}
	}
	for _, suite := range suites {
		for _, check := range suite.Checks {
			v.check(check)
		}
	}
	return errors.Join(v.problems...)
}

type validation struct {
	problems  []error
	seen      map[string]string // "kind id" to id
	timelines map[string]bool
}

func (v *validation) wrong(format string, args ...any) {
	v.problems = append(v.problems, fmt.Errorf(format, args...))
}

// claim takes an id, which must be new among its kind and usable as a selector and as a label.
func (v *validation) claim(kind, id string) {
	key := kind + " " + id
	if _, double := v.seen[key]; double {
		v.wrong("%s %q exists twice: give each an id of its own", kind, id)
	}
	v.seen[key] = id
	if id == "" || strings.ContainsAny(id, " &|!,()/*") || slices.Contains(strings.Split(id, "."), "") {
		v.wrong(`%s %q is no id: expected words parted by dots, without spaces and & | ! , ( ) / *`, kind, id)
	}
}

func validateTimeline[E any](v *validation, area string, t Timeline[E]) {
	v.claim("timeline", t.ID)
	v.timelines[t.ID] = true
	if !strings.HasPrefix(t.ID, area+".") {
		v.wrong("timeline %q: expected an id that begins with its area, %q", t.ID, area+".")
	}
	if !slices.Contains([]Class{Shared, Quiet, Exclusive, Destructive}, t.Class) {
		v.wrong("timeline %q: class %q is none of shared, quiet, exclusive, destructive", t.ID, t.Class)
	}
	if t.Lasts <= 0 {
		v.wrong("timeline %q: expected a planned length, found %v", t.ID, t.Lasts)
	}
	if t.Record == nil {
		v.wrong("timeline %q: it has no Record", t.ID)
	}
}

func (v *validation) check(c Check) {
	v.claim("check", c.ID)
	if c.Requirement == "" || !strings.HasPrefix(c.ID, c.Requirement+".") {
		v.wrong("check %q: expected an id that begins with its requirement and a dot, the requirement is %q", c.ID, c.Requirement)
	}
	if c.Judge == nil {
		v.wrong("check %q: it has no Judge", c.ID)
	}
	if len(c.Reads) == 0 {
		v.wrong("check %q: it reads no timeline", c.ID)
	}
	for i, read := range c.Reads {
		if !v.timelines[read] {
			v.wrong("check %q: it reads timeline %q, which no suite has", c.ID, read)
		}
		if slices.Contains(c.Reads[:i], read) {
			v.wrong("check %q: it reads timeline %q twice", c.ID, read)
		}
	}
}
