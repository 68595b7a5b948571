package match

import (
	"fmt"

	"github.com/onsi/gomega/types"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Arriving matches a history in which a message, or another event that the story waits for, arrived in its window.
type Arriving struct {
	judge
	name, since string
	window      engine.Window
	test        func(Answer) bool
	text        string
}

var _ types.GomegaMatcher = (*Arriving)(nil)

// Arrives matches when an event of the name was received: "a.push", "a.detection", "a.stream-end".
func Arrives(name string) *Arriving {
	a := &Arriving{name: name, test: func(Answer) bool { return true }}
	a.judge = judge{what: fmt.Sprintf("%q arrives", name), decide: a.decide}
	return a
}

// Since names the step from which time is measured; the last step of that name counts.
func (a *Arriving) Since(step string) *Arriving { a.since = step; return a }

// Within gives the window of the arrival.
func (a *Arriving) Within(w engine.Window) *Arriving { a.window = w; return a }

// Where passes over the messages that fail the test; the text says which ones count.
func (a *Arriving) Where(text string, test func(Answer) bool) *Arriving {
	a.text, a.test = " "+text, test
	return a
}

func (a *Arriving) decide(h engine.History) verdict {
	from, v := stimulus(h, a.since)
	if v.code != "" {
		return v
	}
	h.Cite(from)
	for _, e := range h.Named(a.name).Events() {
		if e.Received < from.Sent || !a.test(read(h, e)) {
			continue
		}
		h.Cite(e)
		latest, earliest := e.Received-from.Sent, e.Received-from.Received
		switch {
		case tooEarly(latest, a.window):
			return wrong(TooEarly, "%q%s came %s after %q, expected after %s at the earliest",
				a.name, a.text, seconds(latest), a.since, seconds(a.window.After))
		case earliest > a.window.Until+Grace:
			return wrong(TooLate, "%q%s came %s after %q, expected within %s",
				a.name, a.text, seconds(earliest), a.since, seconds(a.window.Until+Grace))
		}
		return ok()
	}
	return wrong(Never, "%q%s did not come after %q, expected within %s", a.name, a.text, a.since, seconds(a.window.Until+Grace))
}

// StaysSilent matches a history in which no event of the name was received after the step, or between it and the step
// that until names. The story must have gone on afterwards: some later event has to prove that it was listening.
func StaysSilent(name, since string, until ...string) types.GomegaMatcher {
	return &judge{what: fmt.Sprintf("no %q after %q", name, since), decide: func(h engine.History) verdict {
		from, v := stimulus(h, since)
		if v.code != "" {
			return v
		}
		events := h.Events()
		if last := events[len(events)-1]; last.Seq == from.Seq {
			return wrong(Unobserved, "the recording ends with %q", since)
		}
		end := events[len(events)-1].Received
		for _, step := range until {
			e, v := stimulus(h, step)
			if v.code != "" {
				return v
			}
			end = e.Sent
		}
		for _, e := range h.Named(name).Kind(reports.KindPush).Events() {
			if e.Received >= from.Received && e.Received <= end {
				h.Cite(from, e)
				return wrong(Unexpected, "%q came %s after %q, expected none", name, seconds(e.Received-from.Received), since)
			}
		}
		return ok()
	}}
}
