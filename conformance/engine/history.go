package engine

import (
	"fmt"
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// History is a view of the events of the timelines that a check reads, in the order in which they were recorded.
type History struct {
	events []reports.Event
	window Window
	values map[string]string
	cited  *citations
	read   readings
}

// readings are what was read from events, for all histories that one Judge gives out.
type readings map[reports.EventRef]any

// citations collects the events that a verdict rests on. All narrowed views of a history share one.
type citations struct{ refs []reports.EventRef }

// NewHistory makes a history from recorded, replayed or hand-written events.
func NewHistory(window Window, events ...reports.Event) History {
	return History{events: events, window: window, cited: &citations{}, read: readings{}}
}

// History is what the check judges: the events, with what its rule says for the line under test.
func (c Check) History(events ...reports.Event) History {
	h := NewHistory(c.Rule.Window, events...)
	h.values = c.Rule.Values
	return h
}

// Once returns what read makes of the event, and reads it once for all checks that judge the same log. What is read
// must not be changed, and one event must always be read in the same way.
func (h History) Once(e reports.Event, read func(reports.Event) any) any {
	reading, done := h.read[e.Ref()]
	if !done {
		reading = read(e)
		if h.read != nil {
			h.read[e.Ref()] = reading
		}
	}
	return reading
}

// Events returns the events in order. The slice must not be changed.
func (h History) Events() []reports.Event { return h.events }

// Window is the interval that the requirement gives for the line under test.
func (h History) Window() Window { return h.window }

// Value is what the requirement gives for the line under test under this name. A check that asks for a value that the
// catalogue does not have is a defect, so that it panics.
func (h History) Value(name string) string {
	value, known := h.values[name]
	if !known {
		panic(fmt.Sprintf("the catalogue has no value %q for this requirement and line", name))
	}
	return value
}

// Cite says that the coming verdict rests on these events: reports print them beside it. What was cited for an
// assertion that held is forgotten.
func (h History) Cite(events ...reports.Event) {
	if h.cited == nil {
		return
	}
	for _, e := range events {
		if !slices.Contains(h.cited.refs, e.Ref()) {
			h.cited.refs = append(h.cited.refs, e.Ref())
		}
	}
}

// Cited returns what was cited so far, in the order of the citations.
func (h History) Cited() []reports.EventRef {
	if h.cited == nil {
		return nil
	}
	return slices.Clone(h.cited.refs)
}

// Of narrows the history to one timeline.
func (h History) Of(timeline string) History {
	return h.where(func(e reports.Event) bool { return e.Timeline == timeline })
}

// Named narrows the history to events with one of the names.
func (h History) Named(names ...string) History {
	return h.where(func(e reports.Event) bool { return slices.Contains(names, e.Name) })
}

// Kind narrows the history to events of one kind.
func (h History) Kind(kind reports.Kind) History {
	return h.where(func(e reports.Event) bool { return e.Kind == kind })
}

// After narrows the history to events that were sent at t or later.
func (h History) After(t time.Duration) History {
	return h.where(func(e reports.Event) bool { return e.Sent >= t })
}

// First returns the first event, false when there is none.
func (h History) First() (reports.Event, bool) {
	if len(h.events) == 0 {
		return reports.Event{}, false
	}
	return h.events[0], true
}

func (h History) where(keep func(reports.Event) bool) History {
	var kept []reports.Event
	for _, e := range h.events {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	h.events = kept
	return h
}
