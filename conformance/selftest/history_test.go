package selftest

import (
	"slices"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// damage changes a recording in one respect.
type damage struct {
	name  string
	apply func(events []reports.Event) []reports.Event
}

// damages are made for one step name of one timeline: the step lost, told too early or too late, or answered with
// nothing.
func damages(timeline, step string) []damage {
	is := func(e reports.Event) bool { return e.Timeline == timeline && e.Name == step }
	shift := func(d time.Duration) func([]reports.Event) []reports.Event {
		return func(events []reports.Event) []reports.Event {
			for i, e := range events {
				if is(e) {
					events[i].Sent, events[i].Received = e.Sent+d, e.Received+d
				}
			}
			return events
		}
	}
	return []damage{
		{"dropped", func(events []reports.Event) []reports.Event { return slices.DeleteFunc(events, is) }},
		{"an hour later", shift(time.Hour)},
		{"an hour earlier", shift(-time.Hour)},
		{"emptied", func(events []reports.Event) []reports.Event {
			for i, e := range events {
				if is(e) {
					events[i].Data = []byte(`{}`)
				}
			}
			return events
		}},
		{"twice, the second time at the end", func(events []reports.Event) []reports.Event {
			for i, e := range slices.Backward(events) {
				if is(e) {
					again := events[i]
					again.Seq = len(events)
					again.Sent, again.Received = e.Sent+time.Hour, e.Received+time.Hour
					return append(events, again)
				}
			}
			return events
		}},
	}
}

// TestDamagedHistoriesChangeVerdicts takes a clean recording and damages it. Each check must notice some damage to the
// timelines that it reads, and none may break over it.
func TestDamagedHistoriesChangeVerdicts(t *testing.T) {
	clean := recordEmbedded(t, fixtures.Embedding{Line: line})
	for _, r := range clean.Results {
		if r.Verdict != reports.Pass && r.Verdict != reports.Inapplicable {
			t.Fatalf("%s gives %s on the reference server: %s", r.Check, r.Verdict, r.Reason)
		}
	}
	for _, check := range allChecks(t) {
		if check.Rule.Applies && !noticesDamage(t, check, clean) {
			t.Errorf("%s passes on every damaged history of %v", check.ID, check.Reads)
		}
	}
}

func noticesDamage(t *testing.T, check engine.Check, clean *reports.Log) bool {
	noticed := false
	for _, timeline := range check.Reads {
		var told []reports.Event
		steps := map[string]bool{}
		for _, e := range clean.Events {
			if slices.Contains(check.Reads, e.Timeline) {
				told = append(told, e)
			}
			if e.Timeline == timeline {
				steps[e.Name] = true
			}
		}
		for step := range steps {
			for _, d := range damages(timeline, step) {
				damaged := *clean
				damaged.Events = d.apply(slices.Clone(told))
				switch r := engine.Judge([]engine.Check{check}, &damaged, conformance.Trust())[0]; r.Verdict {
				case reports.Pass:
				case reports.HarnessError:
					t.Errorf("%s breaks when %s of %s is %s: %s", check.ID, step, timeline, d.name, r.Reason)
				default:
					noticed = true
				}
			}
		}
	}
	return noticed
}
