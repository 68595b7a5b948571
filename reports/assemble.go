package reports

import (
	"slices"
	"time"
)

// Assemble makes the outcome of a run from its log. It is pure.
func Assemble(log *Log) *Run {
	h := log.Header
	run := &Run{
		Schema: ReportSchema, Tool: h.Tool, Target: h.Target, Line: h.Line, Mode: h.Mode, Selection: h.Selection,
		Command: h.Command, Environment: h.Environment, Start: h.Start, Seed: h.Seed,
		Stop:      stopOf(log),
		Checks:    checkResults(log),
		Timelines: timelineResults(log),
		Canaries:  append([]Canary{}, log.Canaries...),
	}
	run.Unmatched = Apply(log.Expectations, run.Checks)
	run.Summary = summarize(run.Checks, lasted(log))
	for _, late := range log.Lateness {
		run.WorstLateness = max(run.WorstLateness, seconds(late.Worst))
	}
	run.Exit = run.exit()
	return run
}

func stopOf(log *Log) *RunStop {
	switch {
	case log.Stop != nil:
		return &RunStop{Cause: log.Stop.Cause, At: seconds(log.Stop.At), Reason: log.Stop.Reason}
	case log.End == nil:
		return &RunStop{Cause: CauseLogCut, At: seconds(lasted(log)), Reason: "the log has no end: its run crashed, or the file was cut"}
	}
	return nil
}

// lasted is the length of the run, or of what a cut log holds of it.
func lasted(log *Log) time.Duration {
	if log.End != nil {
		return log.End.Lasted
	}
	var last time.Duration
	for _, e := range log.Events {
		last = max(last, e.Received)
	}
	for _, e := range log.Ends {
		last = max(last, e.Ended)
	}
	return last
}

// checkResults joins plan and results. A check of a cut log may lack its result.
func checkResults(log *Log) []CheckResult {
	results := map[string]Result{}
	for _, r := range log.Results {
		results[r.Check] = r
	}
	evidence := newExhibits(log)
	checks := []CheckResult{}
	for _, c := range log.Plan.Checks {
		r, judged := results[c.ID]
		if !judged {
			r = Result{Verdict: NotRun, Code: string(CauseLogCut), Reason: "the log holds no result for it"}
		}
		checks = append(checks, CheckResult{
			ID: c.ID, Area: c.Area, Requirement: c.Requirement, Level: c.Level, Sentence: c.Sentence, Expected: c.Expected,
			Verdict: r.Verdict, Code: r.Code, Reason: r.Reason, Evidence: evidence.of(r.Evidence),
			Timelines: append([]string{}, c.Reads...), Labels: append([]string{}, c.Labels...),
			Select: selectOnly(c),
		})
	}
	return checks
}

// selectOnly is the selection for one check, with the permissions that it needs.
func selectOnly(c PlannedCheck) string {
	flags := "--select " + c.ID
	if slices.Contains(c.Labels, "time:slow") {
		flags += " --all"
	}
	if slices.Contains(c.Labels, "class:destructive") {
		flags += " --destructive"
	}
	return flags
}

// exhibits finds events by their address.
type exhibits struct {
	events  map[EventRef]Event
	started map[string]time.Duration
}

func newExhibits(log *Log) exhibits {
	x := exhibits{events: map[EventRef]Event{}, started: map[string]time.Duration{}}
	for _, r := range log.Results {
		for _, ref := range r.Evidence {
			x.events[ref] = Event{}
		}
	}
	for _, e := range log.Events {
		if _, cited := x.events[e.Ref()]; cited {
			x.events[e.Ref()] = e
		}
	}
	for _, e := range log.Ends {
		x.started[e.Timeline] = e.Started
	}
	return x
}

func (x exhibits) of(refs []EventRef) []Evidence {
	found := []Evidence{}
	for _, ref := range refs {
		e := x.events[ref]
		start := x.started[ref.Timeline]
		found = append(found, Evidence{
			Timeline: ref.Timeline, Seq: ref.Seq, Kind: e.Kind, Name: e.Name,
			Sent: seconds(e.Sent - start), Received: seconds(e.Received - start), Data: e.Data,
		})
	}
	return found
}

func timelineResults(log *Log) []TimelineResult {
	ends := map[string]TimelineEnd{}
	for _, e := range log.Ends {
		ends[e.Timeline] = e
	}
	timelines := []TimelineResult{}
	for _, t := range log.Plan.Timelines {
		result := TimelineResult{ID: t.ID, Area: t.Area, About: t.About, Class: t.Class, Outcome: OutcomeNotRecorded}
		if e, ended := ends[t.ID]; ended {
			result.Started, result.Seconds = seconds(e.Started), seconds(e.Ended-e.Started)
			result.Outcome, result.Reason = e.Outcome, e.Reason
		}
		timelines = append(timelines, result)
	}
	return timelines
}

func summarize(checks []CheckResult, lasted time.Duration) Summary {
	s := Summary{
		Checks: len(checks), Seconds: seconds(lasted),
		Verdicts:     map[Verdict]int{},
		Expectations: map[Status]int{Expected: 0, Unexpected: 0, Stale: 0},
	}
	for _, v := range Verdicts() {
		s.Verdicts[v] = 0
	}
	for _, c := range checks {
		s.Verdicts[c.Verdict]++
		s.Expectations[c.Expectation.Status]++
	}
	return s
}

func seconds(d time.Duration) float64 { return d.Round(time.Microsecond).Seconds() }
