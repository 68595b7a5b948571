package match

import (
	"fmt"
	"slices"
	"time"

	"github.com/onsi/gomega/types"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Transition matches a history in which the samples of a watch show a change, once and in its window.
//
// The moment of the change lies between the last sample before it and the first one after it, and the moment of the
// stimulus between the sending of the request and its answer. The match fails only when no moment in between agrees
// with the window.
type Transition struct {
	judge
	fact, since, series string
	window              engine.Window
	to                  string
	is                  func(state) bool
	needs               func(state) bool // a state that must have been seen before, nil for none
}

var _ types.GomegaMatcher = (*Transition)(nil)

// TurnsUnhealthy matches when the instance named by the fact ("instance" by default) turns unhealthy.
func TurnsUnhealthy(fact ...string) *Transition {
	return transition(fact, "turns unhealthy", func(s state) bool { return s == unhealthy }, nil)
}

// TurnsHealthy matches when the instance turns healthy.
func TurnsHealthy(fact ...string) *Transition {
	return transition(fact, "turns healthy", func(s state) bool { return s == healthy }, nil)
}

// Disappears matches when what was listed, before the step or after it, is listed no more.
func Disappears(fact ...string) *Transition {
	return transition(fact, "disappears", func(s state) bool { return s == absent }, state.present)
}

// Appears matches when the instance or service is listed.
func Appears(fact ...string) *Transition {
	return transition(fact, "appears", state.present, nil)
}

func transition(fact []string, to string, is, needs func(state) bool) *Transition {
	t := &Transition{fact: "instance", to: to, is: is, needs: needs}
	if len(fact) > 0 {
		t.fact = fact[0]
	}
	t.judge = judge{what: fmt.Sprintf("%s %s", t.fact, to), decide: t.decide}
	return t
}

// Since names the step from which time is measured; the last step of that name counts.
func (t *Transition) Since(step string) *Transition { t.since = step; return t }

// In names the series of samples to look at; without it, all samples count.
func (t *Transition) In(series string) *Transition { t.series = series; return t }

// Within gives the window of the change.
func (t *Transition) Within(w engine.Window) *Transition { t.window = w; return t }

func (t *Transition) decide(h engine.History) verdict {
	who, found := subject(h, t.fact)
	if !found {
		return wrong(Missing, "the story names no %q", t.fact)
	}
	from, v := stimulus(h, t.since)
	if v.code != "" {
		return v
	}
	h.Cite(from)
	samples := known(h, t.series, who, from)
	if len(samples) == 0 {
		return wrong(NoAnswer, "no read after %q tells about %s", t.since, who)
	}
	return t.judgeSamples(h, who, from, samples)
}

// seenBefore reports whether the last read before the stimulus showed the state that must have been.
func (t *Transition) seenBefore(h engine.History, who string, from reports.Event) bool {
	seen := false
	for _, s := range samplesOf(h, t.series, who) {
		if s.event.Received <= from.Sent {
			seen = t.needs(s.state)
		}
	}
	return seen
}

// sample is a read whose answer tells the state of the subject.
type sample struct {
	event reports.Event
	state state
}

// known are the samples after the stimulus that tell the state of the subject.
func known(h engine.History, series, who string, from reports.Event) []sample {
	return slices.DeleteFunc(samplesOf(h, series, who), func(s sample) bool { return s.event.Sent < from.Received })
}

// samplesOf are all samples of a series that tell the state of the subject.
func samplesOf(h engine.History, series, who string) []sample {
	h = h.Kind(reports.KindSample)
	if series != "" {
		h = h.Named(series)
	}
	var all []sample
	for _, e := range h.Events() {
		if s := stateOf(read(h, e), who); s != unknown {
			all = append(all, sample{e, s})
		}
	}
	return all
}

func (t *Transition) judgeSamples(h engine.History, who string, from reports.Event, samples []sample) verdict {
	// earliest and latest bound the time from the stimulus to the change.
	earliest, seen := time.Duration(0), t.needs == nil || t.seenBefore(h, who, from)
	until := t.window.Until + Grace
	for _, s := range samples {
		if !seen || !t.is(s.state) {
			seen = seen || t.needs(s.state)
			earliest = s.event.Sent - from.Received
			continue
		}
		h.Cite(s.event)
		latest := s.event.Received - from.Sent
		switch {
		case tooEarly(latest, t.window):
			return wrong(TooEarly, "%s %s %s after %q at the latest, expected after %s at the earliest",
				who, t.to, seconds(latest), t.since, seconds(t.window.After))
		case earliest > until:
			return wrong(TooLate, "%s %s more than %s after %q, expected within %s",
				who, t.to, seconds(earliest), t.since, seconds(until))
		}
		return ok()
	}
	last := samples[len(samples)-1]
	h.Cite(last.event)
	switch {
	case !seen:
		return wrong(Missing, "%s was never seen listed after %q, so it cannot disappear", who, t.since)
	case earliest > until:
		return wrong(Never, "%s is still %s %s after %q, expected that it %s within %s",
			who, last.state, seconds(earliest), t.since, t.to, seconds(until))
	}
	return wrong(Unobserved, "the recording ends %s after %q, before the end of the window at %s", seconds(earliest), t.since, seconds(until))
}
