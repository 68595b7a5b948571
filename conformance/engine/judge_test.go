package engine_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

func event(timeline string, seq int, name string) reports.Event {
	at := time.Duration(seq) * time.Second
	return reports.Event{Timeline: timeline, Seq: seq, Kind: reports.KindMark, Name: name, Sent: at, Received: at}
}

func recorded(timeline string) reports.TimelineEnd {
	return reports.TimelineEnd{Timeline: timeline, Ended: time.Minute, Outcome: reports.OutcomeRecorded}
}

// oneStory is the log of one timeline with three marks.
func oneStory() *reports.Log {
	return &reports.Log{
		Events: []reports.Event{event("a.one", 1, "first"), event("a.one", 2, "second"), event("a.one", 3, "third")},
		Ends:   []reports.TimelineEnd{recorded("a.one")},
	}
}

func judging(judge func(g gomega.Gomega, h engine.History)) engine.Check {
	return engine.Check{ID: "rule.a.v1", Requirement: "rule.a", Reads: []string{"a.one"}, Rule: engine.Rule{Applies: true}, Judge: judge}
}

func TestAssertionsDecide(t *testing.T) {
	cited := func(seqs ...int) (refs []reports.EventRef) {
		for _, seq := range seqs {
			refs = append(refs, reports.EventRef{Timeline: "a.one", Seq: seq})
		}
		return refs
	}
	for name, c := range map[string]struct {
		judge func(g gomega.Gomega, h engine.History)
		want  reports.Result
	}{
		"holds": {
			func(g gomega.Gomega, h engine.History) { g.Expect(h).To(coded{"", true}) },
			reports.Result{Verdict: reports.Pass},
		},
		"fails with a code": {
			func(g gomega.Gomega, h engine.History) { g.Expect(h).To(coded{"too-late: after 21 s", true}) },
			reports.Result{Verdict: reports.Fail, Code: "too-late", Reason: "after 21 s", Evidence: cited(1)},
		},
		"fails without a code": {
			func(g gomega.Gomega, h engine.History) { g.Expect(1).To(gomega.Equal(2)) },
			reports.Result{Verdict: reports.Fail, Code: "mismatch", Reason: "Expected\n    <int>: 1\nto equal\n    <int>: 2"},
		},
		"fails with a description": {
			func(g gomega.Gomega, h engine.History) {
				g.Ω(h).Should(coded{"gone: it left", false}, "instance %d", 7)
			},
			reports.Result{Verdict: reports.Fail, Code: "gone", Reason: "instance 7: it left"},
		},
		"fails with a made description": {
			func(g gomega.Gomega, h engine.History) {
				g.ExpectWithOffset(1, h).WithOffset(1).Should(coded{"gone: it left", false}, func() string { return "now" })
			},
			reports.Result{Verdict: reports.Fail, Code: "gone", Reason: "now: it left"},
		},
		"the first failure ends it": {
			func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(coded{"one: 1", false})
				g.Expect(h).To(coded{"two: 2", false})
			},
			reports.Result{Verdict: reports.Fail, Code: "one", Reason: "1"},
		},
		"what held is no evidence": {
			func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(coded{"", true})
				h.Named("third").Cite(event("a.one", 3, "third"))
				g.Expect(h.Named("second")).To(coded{"unexpected: x", true})
			},
			reports.Result{Verdict: reports.Fail, Code: "unexpected", Reason: "x", Evidence: cited(3, 2)},
		},
		"negated": {
			func(g gomega.Gomega, h engine.History) {
				g.Expect(h.Events()).NotTo(gomega.BeEmpty())
				g.Expect(h.Events()).ShouldNot(gomega.BeNil())
				g.Expect(h).ToNot(coded{"", false})
			},
			reports.Result{Verdict: reports.Fail, Code: "mismatch"},
		},
		"an error": {
			func(g gomega.Gomega, h engine.History) {
				g.Expect(0, fmt.Errorf("none")).Error().NotTo(gomega.HaveOccurred(), "reading")
			},
			reports.Result{Verdict: reports.Fail, Code: "mismatch", Reason: "reading: Unexpected error:"},
		},
		"asserts nothing": {
			func(g gomega.Gomega, h engine.History) { g.Expect(h) },
			reports.Result{Verdict: reports.HarnessError, Code: "asserted-nothing", Reason: "check rule.a.v1 asserted nothing on this history"},
		},
		"asks the live target": {
			func(g gomega.Gomega, h engine.History) { g.Eventually(h.Events).Should(gomega.BeEmpty()) },
			reports.Result{Verdict: reports.HarnessError, Code: "not-pure", Reason: "the check used Eventually or Consistently: a recorded history does not change"},
		},
		"panics": {
			func(g gomega.Gomega, h engine.History) { _ = h.Events()[17] },
			reports.Result{Verdict: reports.HarnessError, Code: "panic", Reason: "panic at judge_test.go:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			got := engine.Judge([]engine.Check{judging(c.judge)}, oneStory(), engine.Trust{})[0]
			g.Expect(got.Reason).To(gomega.HavePrefix(c.want.Reason))
			got.Reason, c.want.Reason, c.want.Check = "", "", "rule.a.v1"
			if len(got.Evidence) == 0 {
				got.Evidence = nil
			}
			g.Expect(got).To(gomega.Equal(c.want))
		})
	}
}

func late(g gomega.Gomega, h engine.History) { g.Expect(h).To(coded{"too-late: after 21 s", false}) }

func TestTimedFailuresNeedAPunctualMachine(t *testing.T) {
	for name, c := range map[string]struct {
		lateness reports.Lateness
		trust    engine.Trust
		want     reports.Verdict
	}{
		"punctual":          {reports.Lateness{}, engine.Trust{}, reports.Fail},
		"late, within":      {reports.Lateness{From: 30 * time.Second, To: 31 * time.Second, Worst: 200 * time.Millisecond}, engine.Trust{}, reports.Fail},
		"too late":          {reports.Lateness{From: 30 * time.Second, To: 31 * time.Second, Worst: 201 * time.Millisecond}, engine.Trust{}, reports.Inconclusive},
		"too late, touches": {reports.Lateness{From: time.Minute, To: 2 * time.Minute, Worst: time.Second}, engine.Trust{}, reports.Inconclusive},
		"too late, but not then": {
			reports.Lateness{From: 61 * time.Second, To: 2 * time.Minute, Worst: time.Second}, engine.Trust{}, reports.Fail},
		"a stricter bound": {
			reports.Lateness{From: 30 * time.Second, To: 31 * time.Second, Worst: 60 * time.Millisecond},
			engine.Trust{TrustedLateness: 50 * time.Millisecond}, reports.Inconclusive},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			log := oneStory()
			log.Lateness = []reports.Lateness{c.lateness}
			c.trust.TimedReasons = []string{"too-late"}
			got := engine.Judge([]engine.Check{judging(late)}, log, c.trust)[0]
			g.Expect(got.Verdict).To(gomega.Equal(c.want))
			g.Expect(got.Code).To(gomega.Equal("too-late"))

			c.trust.TimedReasons = []string{"never"}
			got = engine.Judge([]engine.Check{judging(late)}, log, c.trust)[0]
			g.Expect(got.Verdict).To(gomega.Equal(reports.Fail), "a failure that no clock decides stays one")
		})
	}
}

func TestPlanDecidesBeforeTheHistoryDoes(t *testing.T) {
	g := gomega.NewWithT(t)
	log := oneStory()
	log.Plan.Checks = []reports.PlannedCheck{{ID: "rule.a.v1", NotRun: "budget", Why: "too long"}}
	g.Expect(engine.Judge([]engine.Check{judging(late)}, log, engine.Trust{})[0]).To(gomega.Equal(
		reports.Result{Check: "rule.a.v1", Verdict: reports.NotRun, Code: "budget", Reason: "too long"}))

	other := judging(late)
	other.Rule.Applies = false
	g.Expect(engine.Judge([]engine.Check{other}, log, engine.Trust{})[0].Verdict).To(gomega.Equal(reports.Inapplicable))
}

func TestOneUnrecordedTimelineIsEnough(t *testing.T) {
	g := gomega.NewWithT(t)
	c := judging(late)
	c.Reads = []string{"a.one", "a.two"}
	got := engine.Judge([]engine.Check{c}, oneStory(), engine.Trust{})[0]
	g.Expect(got).To(gomega.Equal(reports.Result{Check: "rule.a.v1", Verdict: reports.NotRun, Code: "not-recorded",
		Reason: "the log holds no complete recording of timeline a.two"}))
}

func TestHistoryOfSeveralTimelinesKeepsTheOrderOfTheLog(t *testing.T) {
	log := &reports.Log{
		Events: []reports.Event{event("a.two", 1, "1"), event("a.three", 1, "x"), event("a.one", 1, "2"), event("a.two", 2, "3")},
		Ends:   []reports.TimelineEnd{recorded("a.one"), recorded("a.two")},
	}
	c := judging(func(g gomega.Gomega, h engine.History) {
		g.Expect(h.Events()).To(gomega.HaveExactElements(
			gomega.HaveField("Name", "1"), gomega.HaveField("Name", "2"), gomega.HaveField("Name", "3")))
	})
	c.Reads = []string{"a.one", "a.two"}
	gomega.NewWithT(t).Expect(engine.Judge([]engine.Check{c}, log, engine.Trust{})[0].Verdict).To(gomega.Equal(reports.Pass))
}

func TestRejudgeTakesTheNewChecks(t *testing.T) {
	g := gomega.NewWithT(t)
	log := oneStory()
	log.Plan = reports.Plan{
		Timelines: []reports.PlannedTimeline{{ID: "a.one", Area: "a"}},
		Checks: []reports.PlannedCheck{
			{ID: "rule.a.v1", Area: "a", Sentence: "old", Applies: true, Labels: []string{"area:a"}},
			{ID: "rule.dropped.v1", Applies: true}},
	}
	log.End = &reports.End{Lasted: time.Minute, Exit: reports.ExitExpected}
	log.Results = []reports.Result{{Check: "rule.a.v1", Verdict: reports.Pass}}
	changed := judging(late)
	changed.Rule.Sentence = "new"
	added := ends("added", "a.one")
	again := engine.Rejudge([]engine.Check{changed, added}, log, engine.Trust{})
	g.Expect(again.Plan.Checks).To(gomega.HaveLen(2))
	g.Expect(again.Plan.Checks[0].Sentence).To(gomega.Equal("new"))
	g.Expect(again.Plan.Checks[1].Area).To(gomega.Equal("a"))
	g.Expect(verdicts(again)).To(gomega.Equal(map[string]reports.Verdict{"rule.a.v1": reports.Fail, "rule.added.v1": reports.Fail}))
	g.Expect(*again.End).To(gomega.Equal(reports.End{Lasted: time.Minute, Exit: reports.ExitFailed}))
	g.Expect(log.Results).To(gomega.HaveLen(1), "the old log is not touched")
}

func TestCanaries(t *testing.T) {
	for _, trust := range []engine.Trust{{}, {TrustedLateness: time.Hour, TimedReasons: []string{"never"}}} {
		for _, c := range engine.Canaries(trust) {
			gomega.NewWithT(t).Expect(c.Got).To(gomega.Equal(c.Want), c.ID)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	log := &reports.Log{}
	var checks []engine.Check
	for i := range 60 {
		id := fmt.Sprintf("a.t%d", i)
		log.Ends = append(log.Ends, recorded(id))
		for seq := range 200 {
			log.Events = append(log.Events, event(id, seq, "sample"))
		}
		for j := range 2 {
			checks = append(checks, ends(fmt.Sprintf("c%d-%d", i, j), id))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		engine.Judge(checks, log, engine.Trust{})
	}
}
