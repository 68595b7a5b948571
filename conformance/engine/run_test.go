package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// run records and judges suites in the time of the bubble that it is called in.
func run(t *testing.T, ctx context.Context, w *world, o engine.Options, suites ...suite) *reports.Log {
	t.Helper()
	p, err := engine.NewPlan(suites, o)
	if err != nil {
		t.Fatal(err)
	}
	log, err := engine.Run(ctx, engine.Session[string]{Plan: p, Environment: w})
	if err != nil {
		t.Fatal(err)
	}
	if w.leased != 0 {
		t.Errorf("expected every lease to be released, %d are not", w.leased)
	}
	return log
}

// alone is a suite of timelines, each with a check "rule.<timeline>.v1" that wants its end.
func alone(timelines ...timeline) suite {
	s := suite{Area: "a", Timelines: timelines}
	for _, t := range timelines {
		s.Checks = append(s.Checks, ends(t.ID, t.ID))
	}
	return s
}

func TestRunIsOverWhenItsLongestTimelineIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		var many []timeline
		for i := range 200 {
			many = append(many, lasting(fmt.Sprintf("a.t%d", i), time.Duration(i%36+1)*time.Second))
		}
		log := run(t, t.Context(), &world{}, engine.Options{}, alone(many...))
		g.Expect(log.End.Lasted).To(BeNumerically("~", 36*time.Second, 500*time.Millisecond))
		g.Expect(log.End.Exit).To(Equal(reports.ExitExpected))
		g.Expect(log.Results).To(HaveLen(200))
		g.Expect(log.Results).To(HaveEach(HaveField("Verdict", reports.Pass)))
		g.Expect(log.Stop).To(BeNil())
		g.Expect(log.Lateness).To(BeEmpty())
		g.Expect(log.Canaries).To(HaveLen(3))
	})
}

func span(log *reports.Log, timeline string) (started, ended time.Duration) {
	for _, e := range log.Ends {
		if e.Timeline == timeline {
			return e.Started, e.Ended
		}
	}
	return -1, -1
}

func classes() suite {
	return alone(
		lasting("a.shared", 10*time.Second), lasting("a.short", time.Second),
		of(engine.Quiet, lasting("a.quiet", 5*time.Second)), of(engine.Quiet, lasting("a.calm", 4*time.Second)),
		of(engine.Exclusive, lasting("a.switch", 3*time.Second)), of(engine.Exclusive, lasting("a.restart", 2*time.Second)),
	)
}

func TestClassesRunOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		log := run(t, t.Context(), &world{}, engine.Options{}, classes())
		order := []string{}
		for _, e := range log.Ends {
			order = append(order, e.Timeline)
		}
		g.Expect(order).To(Equal([]string{"a.short", "a.shared", "a.calm", "a.quiet", "a.switch", "a.restart"}))
		_, sharedEnd := span(log, "a.shared")
		quiet, quietEnd := span(log, "a.quiet")
		first, firstEnd := span(log, "a.switch")
		second, _ := span(log, "a.restart")
		g.Expect([]time.Duration{sharedEnd, quietEnd, firstEnd}).To(Equal([]time.Duration{quiet, first, second}))
	})
}

func TestExclusiveTimelinesRunAtOnceWhereTargetsAreIsolated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := run(t, t.Context(), &world{isolates: true}, engine.Options{Isolates: true}, classes())
		started, _ := span(log, "a.restart")
		NewWithT(t).Expect(started).To(BeNumerically("<", 100*time.Millisecond))
	})
}

func TestNoMoreThanMaxLiveAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := run(t, t.Context(), &world{}, engine.Options{MaxLive: 2},
			alone(lasting("a.1", time.Second), lasting("a.2", time.Second), lasting("a.3", time.Second)))
		started, _ := span(log, "a.3")
		NewWithT(t).Expect(started).To(BeNumerically(">=", time.Second))
	})
}

func TestHowTimelinesEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		needing := func(id, feature string) timeline {
			timeline := lasting(id, time.Second)
			timeline.Needs = []string{feature}
			return timeline
		}
		w := &world{
			features: map[string]engine.Support{"grpc": engine.Answered, "v2": engine.Silent, "v3": engine.DeclaredUnsupported},
			lease: func(timeline string) error {
				switch timeline {
				case "a.homeless":
					return errors.New("no port is free")
				case "a.refused":
					return engine.Untestable("the target starts no second server")
				}
				return nil
			},
		}
		log := run(t, t.Context(), w, engine.Options{}, alone(
			needing("a.answered", "grpc"), needing("a.silent", "v2"), needing("a.lacking", "v3"),
			lasting("a.homeless", time.Second), lasting("a.refused", time.Second),
			telling("a.untestable", func(context.Context, string, *engine.Recorder) error {
				return fmt.Errorf("before the story: %w", engine.Untestable("no user %q", "nacos"))
			}),
			telling("a.error", func(context.Context, string, *engine.Recorder) error { return errors.New("bad story") }),
			telling("a.panic", func(context.Context, string, *engine.Recorder) error { panic("oops") }),
			telling("a.unwritable", func(_ context.Context, _ string, rec *engine.Recorder) error {
				rec.Fact("channel", make(chan int))
				return nil
			}),
			telling("a.hanging", func(ctx context.Context, _ string, _ *engine.Recorder) error {
				<-ctx.Done()
				return ctx.Err()
			}),
			telling("a.late", func(_ context.Context, _ string, rec *engine.Recorder) error {
				time.AfterFunc(time.Second, func() { rec.Mark("end") })
				return nil
			}),
		))
		for id, want := range map[string]reports.Result{
			"a.answered":   {Verdict: reports.Pass},
			"a.silent":     {Verdict: reports.Undeclared, Code: "silent", Reason: "the target neither answers for v2 nor declares that it lacks it"},
			"a.lacking":    {Verdict: reports.Unsupported, Code: "declared", Reason: "the target declares that it lacks v3"},
			"a.homeless":   {Verdict: reports.HarnessError, Code: "story", Reason: "no target for timeline a.homeless: no port is free"},
			"a.refused":    {Verdict: reports.Untestable, Code: "prerequisite", Reason: "no target for timeline a.refused: the target starts no second server"},
			"a.untestable": {Verdict: reports.Untestable, Code: "prerequisite", Reason: `before the story: no user "nacos"`},
			"a.error":      {Verdict: reports.HarnessError, Code: "story", Reason: "bad story"},
			"a.hanging":    {Verdict: reports.HarnessError, Code: "hangs", Reason: "planned to last 1 s, it had not ended after 32 s"},
		} {
			want.Check = "rule." + id + ".v1"
			g.Expect(result(log, want.Check)).To(Equal(want), id)
		}
		g.Expect(result(log, "rule.a.panic.v1").Reason).To(MatchRegexp(`^panic at run_test.go:\d+ \(engine_test.TestHowTimelinesEnd.*\): oops$`))
		g.Expect(result(log, "rule.a.unwritable.v1").Reason).To(ContainSubstring("its data is no JSON"))
		g.Expect(result(log, "rule.a.late.v1").Verdict).To(Equal(reports.Fail), "what comes after the story is not recorded")
		g.Expect(log.End.Exit).To(Equal(reports.ExitDefect))
	})
}

func TestInterruptLeavesAValidPartialLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Second, cancel)
		log := run(t, ctx, &world{}, engine.Options{}, alone(
			lasting("a.short", time.Second), lasting("a.long", time.Minute),
			of(engine.Quiet, lasting("a.quiet", time.Second)),
			telling("a.sulking", func(ctx context.Context, _ string, _ *engine.Recorder) error {
				<-ctx.Done()
				return nil
			})))
		g.Expect(verdicts(log)).To(Equal(map[string]reports.Verdict{
			"rule.a.short.v1": reports.Pass, "rule.a.long.v1": reports.NotRun,
			"rule.a.quiet.v1": reports.NotRun, "rule.a.sulking.v1": reports.NotRun,
		}))
		g.Expect(result(log, "rule.a.long.v1").Reason).To(Equal("the run was interrupted after 10 s"))
		g.Expect(log.End.Exit).To(Equal(reports.ExitInterrupted))
		g.Expect(log.End.Lasted).To(Equal(10 * time.Second))
	})
}

func TestInterruptBeforeTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		log := run(t, ctx, &world{}, engine.Options{}, alone(lasting("a.one", time.Second)))
		NewWithT(t).Expect(log.Events).To(BeEmpty())
		NewWithT(t).Expect(log.End.Exit).To(Equal(reports.ExitInterrupted))
	})
}

func TestLostTarget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		death := time.Now().Add(10500 * time.Millisecond)
		w := &world{alive: func(context.Context) error {
			if time.Now().After(death) {
				return errors.New("connection refused")
			}
			return nil
		}}
		log := run(t, t.Context(), w, engine.Options{}, alone(
			lasting("a.before", 9*time.Second), lasting("a.under", 11*time.Second), lasting("a.after", time.Minute)))
		g.Expect(verdicts(log)).To(Equal(map[string]reports.Verdict{
			"rule.a.before.v1": reports.Pass, "rule.a.under.v1": reports.NotRun, "rule.a.after.v1": reports.NotRun,
		}), "what ended after the last sign of life proves nothing")
		g.Expect(result(log, "rule.a.after.v1").Code).To(Equal("target-lost"))
		g.Expect(log.Stop.Reason).To(Equal(
			"the target was lost: it last answered 10 s into the run, then missed 3 signs of life in a row: connection refused"))
		g.Expect(log.End.Exit).To(Equal(reports.ExitTarget))
		g.Expect(log.End.Lasted).To(Equal(13 * time.Second))
	})
}

func TestHangingTargetIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{alive: func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}}
		log := run(t, t.Context(), w, engine.Options{}, alone(lasting("a.long", time.Minute)))
		NewWithT(t).Expect(log.End.Lasted).To(Equal(9 * time.Second))
		NewWithT(t).Expect(log.End.Exit).To(Equal(reports.ExitTarget))
	})
}

func TestTargetThatDiesAtTheEndIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		w := &world{alive: func(context.Context) error {
			if time.Since(start) > 2200*time.Millisecond {
				return errors.New("connection refused")
			}
			return nil
		}}
		log := run(t, t.Context(), w, engine.Options{}, alone(lasting("a.one", 2500*time.Millisecond)))
		NewWithT(t).Expect(verdicts(log)).To(HaveKeyWithValue("rule.a.one.v1", reports.NotRun))
	})
}

func TestOneMissIsNoLoss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		probes := 0
		w := &world{alive: func(context.Context) error {
			if probes++; probes%3 != 0 {
				return errors.New("busy")
			}
			return nil
		}}
		log := run(t, t.Context(), w, engine.Options{}, alone(lasting("a.one", 20*time.Second)))
		NewWithT(t).Expect(log.Stop).To(BeNil())
		NewWithT(t).Expect(log.End.Exit).To(Equal(reports.ExitExpected))
	})
}

// fullDisk is a sink that takes a number of records.
type fullDisk struct{ room int }

func (d *fullDisk) Write(reports.Record) error {
	if d.room--; d.room < 0 {
		return errors.New("cannot write the event log /x/events.ndjson: no space left on device")
	}
	return nil
}

func TestSinkErrorEndsTheRun(t *testing.T) {
	for _, room := range []int{0, 3, 5} {
		synctest.Test(t, func(t *testing.T) {
			g := NewWithT(t)
			p, err := engine.NewPlan([]suite{alone(lasting("a.one", time.Minute), lasting("a.two", time.Second))}, engine.Options{})
			g.Expect(err).NotTo(HaveOccurred())
			start := time.Now()
			log, err := engine.Run(t.Context(), engine.Session[string]{Plan: p, Environment: &world{}, Sink: &fullDisk{room}})
			g.Expect(err).To(MatchError(ContainSubstring("/x/events.ndjson: no space left on device")))
			g.Expect(log).To(BeNil())
			g.Expect(time.Since(start)).To(BeNumerically("<", 2*time.Second))
		})
	}
}

// diary is a sink and an observer.
type diary struct {
	log   reports.Log
	notes []string
}

func (d *diary) Write(r reports.Record) error               { d.log.Append(r); return nil }
func (d *diary) RunStarted(p reports.Plan)                  { d.note("run of %s", p.Lasts) }
func (d *diary) TimelineStarted(id string, _ time.Duration) { d.note("started %s", id) }
func (d *diary) TimelineEnded(e reports.TimelineEnd)        { d.note("ended %s", e.Timeline) }
func (d *diary) RunEnded()                                  { d.note("over") }
func (d *diary) note(format string, args ...any) {
	d.notes = append(d.notes, fmt.Sprintf(format, args...))
}

func TestSinkAndObserverSeeTheWholeRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		p, err := engine.NewPlan([]suite{alone(lasting("a.one", time.Second))}, engine.Options{Seed: 7, Select: []string{"a"}})
		g.Expect(err).NotTo(HaveOccurred())
		d := &diary{}
		log, err := engine.Run(t.Context(), engine.Session[string]{
			Plan: p, Environment: &world{}, Sink: d, Observer: d,
			Header:       reports.Header{Line: "2.5"},
			Expectations: []reports.Expectation{{Check: "rule.a.one", Reason: "known"}},
		})
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(d.log).To(Equal(*log))
		g.Expect(d.notes).To(Equal([]string{"run of 1s", "started a.one", "ended a.one", "over"}))
		g.Expect(log.Header).To(Equal(reports.Header{Schema: 1, Line: "2.5", Seed: 7, Selection: reports.Selection{Select: []string{"a"}}}))
		g.Expect(log.End.Exit).To(Equal(reports.ExitStale))
		g.Expect(slices.IndexFunc(log.Events, func(e reports.Event) bool { return e.Seq == 2 && e.Sent == time.Second })).To(Equal(1))
	})
}
