package reports_test

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

func TestStandings(t *testing.T) {
	for name, c := range map[string]struct {
		expectation *reports.Expectation
		verdict     reports.Verdict
		want        reports.Status
	}{
		"passes":                              {nil, reports.Pass, reports.Expected},
		"fails":                               {nil, reports.Fail, reports.Unexpected},
		"lacks silently":                      {nil, reports.Undeclared, reports.Unexpected},
		"lacks openly":                        {nil, reports.Unsupported, reports.Expected},
		"not run":                             {nil, reports.NotRun, reports.Expected},
		"inconclusive":                        {nil, reports.Inconclusive, reports.Unexpected},
		"fails as known":                      {&reports.Expectation{Check: "a.b.v1"}, reports.Fail, reports.Expected},
		"fails as known of the requirement":   {&reports.Expectation{Check: "a.b"}, reports.Untestable, reports.Expected},
		"fails as known of a pattern":         {&reports.Expectation{Check: "a.*1"}, reports.Undeclared, reports.Expected},
		"fails otherwise than known":          {&reports.Expectation{Check: "a.b", Verdict: reports.Untestable}, reports.Fail, reports.Unexpected},
		"passes although known":               {&reports.Expectation{Check: "a.b"}, reports.Pass, reports.Stale},
		"lacks openly what was known to fail": {&reports.Expectation{Check: "a.b"}, reports.Unsupported, reports.Stale},
		"known, but not run":                  {&reports.Expectation{Check: "a.b"}, reports.NotRun, reports.Expected},
		"known, but a defect of the tool":     {&reports.Expectation{Check: "a.b"}, reports.HarnessError, reports.Unexpected},
		"known, but untimely":                 {&reports.Expectation{Check: "a.b"}, reports.Inconclusive, reports.Unexpected},
	} {
		t.Run(name, func(t *testing.T) {
			checks := []reports.CheckResult{{ID: "a.b.v1", Verdict: c.verdict}}
			var all []reports.Expectation
			if c.expectation != nil {
				all = append(all, *c.expectation)
			}
			NewWithT(t).Expect(reports.Apply(all, checks)).To(BeEmpty())
			NewWithT(t).Expect(checks[0].Expectation.Status).To(Equal(c.want))
		})
	}
}

func TestUnmatchedExpectations(t *testing.T) {
	checks := []reports.CheckResult{{ID: "a.b.v1", Verdict: reports.Fail}}
	all := []reports.Expectation{{Check: "a.b.v"}, {Check: "*.v2"}, {Check: "a.b.v1"}, {Check: "*b*"}, {Check: "*.v1*x"}}
	NewWithT(t).Expect(reports.Apply(all, checks)).To(Equal([]string{"a.b.v", "*.v2", "*.v1*x"}))
}

func TestExitCodes(t *testing.T) {
	stop := func(cause reports.Cause) func(*reports.Log) {
		return func(l *reports.Log) { l.Stop = &reports.Stop{Cause: cause} }
	}
	expect := func(check string) func(*reports.Log) {
		return func(l *reports.Log) { l.Expectations = []reports.Expectation{{Check: check}} }
	}
	for name, c := range map[string]struct {
		verdicts []reports.Verdict
		change   func(*reports.Log)
		want     int
	}{
		"all pass":                {[]reports.Verdict{reports.Pass, reports.NotRun}, nil, 0},
		"a failure":               {[]reports.Verdict{reports.Pass, reports.Fail, reports.Inconclusive}, nil, 1},
		"undeclared":              {[]reports.Verdict{reports.Undeclared}, nil, 1},
		"untestable":              {[]reports.Verdict{reports.Untestable}, nil, 1},
		"a known failure":         {[]reports.Verdict{reports.Fail}, expect("c0"), 0},
		"inconclusive":            {[]reports.Verdict{reports.Pass, reports.Inconclusive}, nil, 2},
		"stale":                   {[]reports.Verdict{reports.Pass, reports.Inconclusive}, expect("c0"), 3},
		"unmatched":               {[]reports.Verdict{reports.Pass}, expect("c9"), 3},
		"stale and a failure":     {[]reports.Verdict{reports.Pass, reports.Fail}, expect("c0"), 1},
		"nothing ran":             {[]reports.Verdict{reports.NotRun, reports.Inapplicable, reports.Unsupported}, nil, 64},
		"nothing at all":          {nil, nil, 64},
		"lost":                    {[]reports.Verdict{reports.Fail, reports.NotRun}, stop(reports.CauseTargetLost), 69},
		"interrupted":             {[]reports.Verdict{reports.Fail, reports.NotRun}, stop(reports.CauseInterrupted), 130},
		"cut":                     {[]reports.Verdict{reports.Pass}, func(l *reports.Log) { l.End = nil }, 130},
		"a defect":                {[]reports.Verdict{reports.HarnessError, reports.Fail}, stop(reports.CauseInterrupted), 70},
		"a broken canary":         {[]reports.Verdict{reports.Pass}, func(l *reports.Log) { l.Canaries = []reports.Canary{{Want: reports.Fail, Got: reports.Pass}} }, 70},
		"a result without a plan": {[]reports.Verdict{reports.Pass}, func(l *reports.Log) { l.Plan = reports.Plan{} }, 64},
	} {
		t.Run(name, func(t *testing.T) {
			log := &reports.Log{End: &reports.End{}}
			for i, v := range c.verdicts {
				id := "c" + string(rune('0'+i))
				log.Plan.Checks = append(log.Plan.Checks, reports.PlannedCheck{ID: id})
				log.Results = append(log.Results, reports.Result{Check: id, Verdict: v})
			}
			if c.change != nil {
				c.change(log)
			}
			NewWithT(t).Expect(reports.Assemble(log).ExitCode()).To(Equal(c.want))
			if log.End != nil {
				NewWithT(t).Expect(reports.Finish(log, time.Second)).To(Equal(reports.End{Lasted: time.Second, Exit: c.want}))
			}
		})
	}
}

func TestNearest(t *testing.T) {
	g := NewWithT(t)
	names := []string{"heartbeat", "lifecycle", "naming.heartbeat.interval.v1", "naming.heartbeat.interval.v2"}
	g.Expect(reports.Nearest("hartbeat", names, 3)).To(Equal([]string{"heartbeat"}))
	g.Expect(reports.Nearest("naming.heartbeat.intervall.v1", names, 1)).To(Equal([]string{"naming.heartbeat.interval.v1"}))
	g.Expect(reports.Nearest("", names, 3)).To(BeEmpty())
	g.Expect(reports.Nearest("quite different", names, 3)).To(BeEmpty())
}

func shown(terminal bool) string {
	var b bytes.Buffer
	p := reports.NewProgress(&b, terminal)
	p.RunStarted(reports.Plan{
		Lasts:     36 * time.Second,
		Timelines: []reports.PlannedTimeline{{ID: "a.long"}, {ID: "a.short"}},
		Checks: []reports.PlannedCheck{{ID: "c1", Applies: true}, {ID: "c2", Applies: true, NotRun: "selection"},
			{ID: "c3", Applies: true, NotRun: "budget", Why: "does not fit into the budget of 40 s"}},
	})
	p.TimelineStarted("a.long", 36*time.Second)
	p.TimelineStarted("a.short", 5*time.Second)
	time.Sleep(500 * time.Millisecond)
	time.Sleep(10 * time.Second)
	p.TimelineEnded(reports.TimelineEnd{Timeline: "a.short"})
	time.Sleep(10 * time.Second)
	p.RunEnded()
	return b.String()
}

func TestProgressInPlainLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		NewWithT(t).Expect(shown(false)).To(Equal(`1 of 3 checks on 2 timelines, about 36 s
not run: 1, does not fit into the budget of 40 s
 10s  2 running, 0 of 2 done, about 26s left, next in 26s: a.long
 20s  1 running, 1 of 2 done, about 16s left, next in 16s: a.long
`))
	})
}

func TestProgressOnATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		text := shown(true)
		g.Expect(text).To(ContainSubstring("\r  1s  2 running, 0 of 2 done, about 35s left, next in 4s: a.short\x1b[K"))
		g.Expect(text).To(HaveSuffix("\r\x1b[K"))
		g.Expect(bytes.Count([]byte(text), []byte("\n"))).To(Equal(2))
	})
}
