package engine_test

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

func plan(t *testing.T, o engine.Options, suites ...suite) reports.Plan {
	t.Helper()
	p, err := engine.NewPlan(suites, o)
	if err != nil {
		t.Fatal(err)
	}
	return p.Record()
}

func timelines(p reports.Plan) (ids []string) {
	for _, t := range p.Timelines {
		ids = append(ids, t.ID)
	}
	return ids
}

func chosen(p reports.Plan) (ids []string) {
	for _, c := range p.Checks {
		if c.NotRun == "" {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func notRun(p reports.Plan) map[string]string {
	codes := map[string]string{}
	for _, c := range p.Checks {
		if c.NotRun != "" {
			codes[c.ID] = c.NotRun
		}
	}
	return codes
}

func two() []suite {
	slow := lasting("beta.slow", 3*time.Minute)
	slow.Group = "expiry"
	should := ends("b", "beta.one")
	should.Rule.Level = reports.Should
	should.Labels = []string{"transport:v2"}
	return []suite{
		{Area: "alpha", Timelines: []timeline{lasting("alpha.one", 10*time.Second), lasting("alpha.unread", time.Hour)},
			Checks: []engine.Check{ends("a", "alpha.one"), ends("a-longer", "alpha.one")}},
		{Area: "beta", Timelines: []timeline{
			lasting("beta.one", 36*time.Second), slow, of(engine.Destructive, lasting("beta.harm", time.Second))},
			Checks: []engine.Check{should, ends("c", "beta.slow"), ends("d", "beta.harm")}},
	}
}

func TestPlanRunsOnlyWhatChosenChecksRead(t *testing.T) {
	g := NewWithT(t)
	p := plan(t, engine.Options{}, two()...)
	g.Expect(timelines(p)).To(Equal([]string{"beta.one", "alpha.one"}), "the longest first, the unread never")
	g.Expect(notRun(p)).To(Equal(map[string]string{"rule.c.v1": "slow", "rule.d.v1": "destructive"}))
	g.Expect(p.Lasts).To(Equal(36 * time.Second))

	p = plan(t, engine.Options{All: true, Destructive: true}, two()...)
	g.Expect(notRun(p)).To(BeEmpty())
	g.Expect(p.Lasts).To(Equal(3*time.Minute+time.Second), "the destructive one runs alone, after the others")

	p = plan(t, engine.Options{All: true, Destructive: true, Isolates: true}, two()...)
	g.Expect(p.Lasts).To(Equal(3*time.Minute), "on a target of its own it runs beside them")
}

func TestSelection(t *testing.T) {
	for name, c := range map[string]struct {
		options engine.Options
		want    []string
	}{
		"a check":                      {engine.Options{Select: []string{"rule.a.v1"}}, []string{"rule.a.v1"}},
		"a requirement, not its alike": {engine.Options{Select: []string{"rule.a"}}, []string{"rule.a.v1"}},
		"a prefix of several":          {engine.Options{Select: []string{"rule.a-"}}, []string{"rule.a-longer.v1"}},
		"an area":                      {engine.Options{Select: []string{"alpha"}}, []string{"rule.a.v1", "rule.a-longer.v1"}},
		"several, by comma":            {engine.Options{Select: []string{"rule.b, rule.a"}}, []string{"rule.a.v1", "rule.b.v1"}},
		"several, repeated":            {engine.Options{Select: []string{"rule.b", "rule.a"}}, []string{"rule.a.v1", "rule.b.v1"}},
		"labels":                       {engine.Options{Labels: "area:beta && transport:v2"}, []string{"rule.b.v1"}},
		"labels of slowness and class": {engine.Options{Labels: "time:slow || class:destructive", All: true, Destructive: true}, []string{"rule.c.v1", "rule.d.v1"}},
		"labels of level":              {engine.Options{Labels: "!level:must"}, []string{"rule.b.v1"}},
		"level":                        {engine.Options{Levels: []reports.Level{reports.Should}}, []string{"rule.b.v1"}},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(chosen(plan(t, c.options, two()...))).To(Equal(c.want))
		})
	}
}

func TestSelectionThatMatchesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		options engine.Options
		want    string
	}{
		"mistyped":     {engine.Options{Select: []string{"rule.a,rule.a-lnger"}}, `selection "rule.a-lnger" matches no check, requirement or area; did you mean rule.a-longer`},
		"far off":      {engine.Options{Select: []string{"zzzzzzzzzzzz"}}, "`list` shows what there is"},
		"empty":        {engine.Options{Select: []string{""}}, `selection "" matches no check`},
		"level":        {engine.Options{Levels: []reports.Level{reports.May}}, "levels [MAY]"},
		"labels":       {engine.Options{Labels: "area:gamma"}, `labels "area:gamma"`},
		"bad labels":   {engine.Options{Labels: "area:alpha &&"}, `label expression "area:alpha &&" is not valid`},
		"intersection": {engine.Options{Select: []string{"alpha"}, Labels: "area:beta"}, `ids alpha and labels "area:beta"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := engine.NewPlan(two(), c.options)
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(c.want)))
		})
	}
}

func TestInapplicableChecksNeedNoTimeline(t *testing.T) {
	g := NewWithT(t)
	c := ends("a", "alpha.one")
	c.Rule.Applies = false
	p := plan(t, engine.Options{}, suite{Area: "alpha", Timelines: []timeline{lasting("alpha.one", time.Second)}, Checks: []engine.Check{c}})
	g.Expect(p.Timelines).To(BeEmpty())
	g.Expect(p.Checks[0].Applies).To(BeFalse())
}

func TestBudgetKeepsWhatFits(t *testing.T) {
	g := NewWithT(t)
	s := suite{Area: "a", Timelines: []timeline{
		lasting("a.short", 5*time.Second), lasting("a.long", 50*time.Second),
		of(engine.Quiet, lasting("a.quiet", 10*time.Second)),
		of(engine.Exclusive, lasting("a.switch", 10*time.Second)), of(engine.Exclusive, lasting("a.restart", 30*time.Second)),
	}, Checks: []engine.Check{
		ends("short", "a.short"), ends("long", "a.long"), ends("quiet", "a.quiet"),
		ends("switch", "a.switch"), ends("restart", "a.restart"), ends("both", "a.restart", "a.quiet"),
	}}
	p := plan(t, engine.Options{}, s)
	g.Expect(p.Lasts).To(Equal(100 * time.Second))
	g.Expect(timelines(p)).To(Equal([]string{"a.long", "a.short", "a.quiet", "a.switch", "a.restart"}))

	p = plan(t, engine.Options{Budget: 30 * time.Second}, s)
	g.Expect(timelines(p)).To(Equal([]string{"a.short", "a.quiet", "a.switch"}))
	g.Expect(p.Lasts).To(Equal(25 * time.Second))
	g.Expect(notRun(p)).To(Equal(map[string]string{"rule.long.v1": "budget", "rule.restart.v1": "budget", "rule.both.v1": "budget"}))
	g.Expect(p.Checks[1].Why).To(Equal("does not fit into the budget of 30 s"))
}

func TestLengthKnowsTheCap(t *testing.T) {
	g := NewWithT(t)
	s := suite{Area: "a", Timelines: []timeline{
		lasting("a.one", 10*time.Second), lasting("a.two", 9*time.Second), lasting("a.three", 4*time.Second)},
		Checks: []engine.Check{ends("all", "a.one", "a.two", "a.three")}}
	g.Expect(plan(t, engine.Options{}, s).Lasts).To(Equal(10 * time.Second))
	g.Expect(plan(t, engine.Options{MaxLive: 2}, s).Lasts).To(Equal(13 * time.Second))
	g.Expect(plan(t, engine.Options{MaxLive: 1}, s).Lasts).To(Equal(23 * time.Second))
}

func TestValidateReportsEveryDefect(t *testing.T) {
	unjudged := ends("a", "x.unknown", "a.one", "a.one")
	unjudged.Judge = nil
	stray := ends("b")
	stray.Requirement = "rule.other"
	err := engine.Validate([]suite{
		{Area: "a", Timelines: []timeline{lasting("a.one", 0), lasting("a.one", time.Second), {ID: "b.two", Class: "loud"}},
			Checks: []engine.Check{unjudged, unjudged, stray}},
		{Area: "a"}, {Area: "bad area"},
	})
	NewWithT(t).Expect(strings.Split(err.Error(), "\n")).To(ConsistOf(
		`timeline "a.one": expected a planned length, found 0s`,
		`timeline "a.one" exists twice: give each an id of its own`,
		`timeline "b.two": expected an id that begins with its area, "a."`,
		`timeline "b.two": class "loud" is none of shared, quiet, exclusive, destructive`,
		`timeline "b.two": expected a planned length, found 0s`,
		`timeline "b.two": it has no Record`,
		`area "a" exists twice: give each an id of its own`,
		ContainSubstring(`area "bad area" is no id`),
		`check "rule.a.v1": it has no Judge`,
		`check "rule.a.v1": it reads timeline "x.unknown", which no suite has`,
		`check "rule.a.v1": it reads timeline "a.one" twice`,
		`check "rule.a.v1" exists twice: give each an id of its own`,
		`check "rule.a.v1": it has no Judge`,
		`check "rule.a.v1": it reads timeline "x.unknown", which no suite has`,
		`check "rule.a.v1": it reads timeline "a.one" twice`,
		`check "rule.b.v1": expected an id that begins with its requirement and a dot, the requirement is "rule.other"`,
		`check "rule.b.v1": it reads no timeline`,
	))
}
