package engine

import (
	"fmt"
	"slices"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Judge gives each check its verdict on a log. It is pure: the same checks and the same log give the same results.
// The log may be stored, cut, or older than the checks.
func Judge(checks []Check, log *reports.Log, trust Trust) []reports.Result {
	b := newBench(log, trust)
	results := make([]reports.Result, 0, len(checks))
	for _, c := range checks {
		result := b.judge(c)
		result.Check = c.ID
		results = append(results, result)
	}
	return results
}

// Rejudge returns a copy of the log with the results of these checks in place of its own.
func Rejudge(checks []Check, log *reports.Log, trust Trust) *reports.Log {
	again := *log
	again.Plan.Checks = nil
	for _, c := range checks {
		planned := plannedCheck{Check: c, area: areaOf(c, log.Plan.Timelines)}
		if i := plannedAt(log, c.ID); i >= 0 {
			was := log.Plan.Checks[i]
			planned.area, planned.labels, planned.notRun, planned.why = was.Area, was.Labels, was.NotRun, was.Why
		}
		again.Plan.Checks = append(again.Plan.Checks, planned.record())
	}
	again.Results = Judge(checks, log, trust)
	again.Canaries = Canaries(trust)
	if log.End != nil {
		again.End = new(reports.Finish(&again, log.End.Lasted))
	}
	return &again
}

func plannedAt(log *reports.Log, check string) int {
	return slices.IndexFunc(log.Plan.Checks, func(c reports.PlannedCheck) bool { return c.ID == check })
}

// areaOf is the area of the first timeline that a check reads.
func areaOf(c Check, timelines []reports.PlannedTimeline) string {
	for _, t := range timelines {
		if slices.Contains(c.Reads, t.ID) {
			return t.Area
		}
	}
	return ""
}

// bench is a log laid out for judging.
type bench struct {
	log     *reports.Log
	trust   Trust
	planned map[string]reports.PlannedCheck
	ends    map[string]reports.TimelineEnd
	events  map[string][]reports.Event
	read    readings
}

func newBench(log *reports.Log, trust Trust) *bench {
	b := &bench{
		log: log, trust: trust,
		planned: map[string]reports.PlannedCheck{},
		ends:    map[string]reports.TimelineEnd{},
		events:  map[string][]reports.Event{},
		read:    readings{},
	}
	for _, c := range log.Plan.Checks {
		b.planned[c.ID] = c
	}
	for _, e := range log.Ends {
		b.ends[e.Timeline] = e
	}
	for _, e := range log.Events {
		b.events[e.Timeline] = append(b.events[e.Timeline], e)
	}
	return b
}

func (b *bench) judge(c Check) reports.Result {
	if !c.Rule.Applies {
		return reports.Result{Verdict: reports.Inapplicable, Code: "line", Reason: c.Rule.Why}
	}
	if p := b.planned[c.ID]; p.NotRun != "" {
		return reports.Result{Verdict: reports.NotRun, Code: p.NotRun, Reason: p.Why}
	}
	for _, id := range c.Reads {
		if result, decided := b.obstacle(id); decided {
			return result
		}
	}
	result := decide(c, b.history(c))
	if result.Verdict == reports.Fail && b.trust.timed(result.Code) {
		return b.doubt(c, result)
	}
	return result
}

// obstacle says what a timeline that was not recorded to its end means for the checks that read it.
func (b *bench) obstacle(timeline string) (reports.Result, bool) {
	end, ended := b.ends[timeline]
	stop := b.log.Stop
	verdict := map[reports.Outcome]reports.Verdict{
		reports.OutcomeUntestable:  reports.Untestable,
		reports.OutcomeUnsupported: reports.Unsupported,
		reports.OutcomeUndeclared:  reports.Undeclared,
		reports.OutcomeBroken:      reports.HarnessError,
	}[end.Outcome]
	switch {
	case stop != nil && (!ended || end.Outcome == reports.OutcomeStopped || end.Ended > stop.Trusted):
		return reports.Result{Verdict: reports.NotRun, Code: string(stop.Cause), Reason: stop.Reason}, true
	case !ended:
		return reports.Result{Verdict: reports.NotRun, Code: "not-recorded",
			Reason: fmt.Sprintf("the log holds no complete recording of timeline %s", timeline)}, true
	case end.Outcome == reports.OutcomeRecorded:
		return reports.Result{}, false
	case verdict == "":
		return reports.Result{Verdict: reports.HarnessError, Code: "log",
			Reason: fmt.Sprintf("timeline %s ended as %q, which is none of the known outcomes", timeline, end.Outcome)}, true
	}
	return reports.Result{Verdict: verdict, Code: end.Code, Reason: end.Reason, Evidence: b.last(timeline)}, true
}

// last is the last event of a timeline, the nearest thing to evidence for how it ended.
func (b *bench) last(timeline string) []reports.EventRef {
	events := b.events[timeline]
	if len(events) == 0 {
		return nil
	}
	return []reports.EventRef{events[len(events)-1].Ref()}
}

// history is what a check sees: the events of its timelines in the order of the log.
func (b *bench) history(c Check) History {
	events := b.events[c.Reads[0]]
	if len(c.Reads) > 1 {
		events = nil
		for _, e := range b.log.Events {
			if slices.Contains(c.Reads, e.Timeline) {
				events = append(events, e)
			}
		}
	}
	h := c.History(events...)
	h.read = b.read
	return h
}

// doubt turns a timed failure into inconclusive when the machine was too late while the timelines were recorded.
func (b *bench) doubt(c Check, failed reports.Result) reports.Result {
	worst := reports.Lateness{}
	for _, id := range c.Reads {
		end := b.ends[id]
		for _, late := range b.log.Lateness {
			if late.From <= end.Ended && late.To >= end.Started && late.Worst > worst.Worst {
				worst = late
			}
		}
	}
	if worst.Worst <= b.trust.bound() {
		return failed
	}
	failed.Verdict = reports.Inconclusive
	failed.Reason = fmt.Sprintf("the machine served the tool %s late at %s, so this proves nothing: %s",
		reports.Duration(worst.Worst), reports.Duration(worst.From), failed.Reason)
	return failed
}
