package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Reason codes of checks that a plan leaves out.
const (
	NotSelected    = "selection"   // the user asked for others
	NotSlow        = "slow"        // it reads a slow group, and those were not asked for
	NotDestructive = "destructive" // it may harm the target, and that was not allowed
	NotInBudget    = "budget"      // its timelines do not fit into the time given
)

// Plan says what a run will do, before it starts. It is made by NewPlan.
type Plan[E any] struct {
	options Options
	checks  []plannedCheck
	phases  [][]Timeline[E] // the timelines of a phase run at once, the phases one after the other
	areas   map[string]string
	lasts   time.Duration
}

type plannedCheck struct {
	Check
	area        string
	labels      []string
	notRun, why string
}

// NewPlan chooses the checks and lays out their timelines. It has no effects. It fails when the suites are not valid,
// or when a part of the selection matches nothing.
func NewPlan[E any](suites []Suite[E], o Options) (*Plan[E], error) {
	if err := Validate(suites); err != nil {
		return nil, fmt.Errorf("the suites are not valid:\n%w", err)
	}
	p := &Plan[E]{options: o, areas: map[string]string{}}
	timelines := map[string]Timeline[E]{}
	for _, suite := range suites {
		for _, t := range suite.Timelines {
			timelines[t.ID] = t
			p.areas[t.ID] = suite.Area
		}
	}
	for _, suite := range suites {
		for _, c := range suite.Checks {
			p.checks = append(p.checks, plannedCheck{Check: c, area: suite.Area, labels: labels(suite.Area, c, timelines)})
		}
	}
	if err := p.choose(timelines); err != nil {
		return nil, err
	}
	p.phases = phases(p.wanted(suites), o)
	p.fitBudget()
	p.lasts = length(p.phases, o.maxLive())
	return p, nil
}

// labels are what label expressions select a check by.
func labels[E any](area string, c Check, timelines map[string]Timeline[E]) []string {
	all := []string{"area:" + area, "level:" + strings.ToLower(string(c.Rule.Level))}
	for _, id := range c.Reads {
		t := timelines[id]
		all = append(all, "class:"+string(t.Class))
		if t.Group != "" {
			all = append(all, "time:slow", "group:"+t.Group)
		}
	}
	all = append(all, c.Labels...)
	slices.Sort(all)
	return slices.Compact(all)
}

// choose marks the checks that were not asked for or not allowed.
func (p *Plan[E]) choose(timelines map[string]Timeline[E]) error {
	picked, err := chosen(p.checks, p.options)
	if err != nil {
		return err
	}
	for i := range p.checks {
		c := &p.checks[i]
		if !picked[c.ID] {
			c.leaveOut(NotSelected, "not selected")
			continue
		}
		for _, id := range c.Reads {
			t := timelines[id]
			if t.Group != "" && !p.options.All {
				c.leaveOut(NotSlow, fmt.Sprintf("slow group %s, %s; --all runs it", t.Group, reports.Duration(t.Lasts)))
			}
			if t.Class == Destructive && !p.options.Destructive {
				c.leaveOut(NotDestructive, "may harm the target; --destructive runs it, as does a target that the tool starts")
			}
		}
	}
	return nil
}

// leaveOut keeps the first reason.
func (c *plannedCheck) leaveOut(code, why string) {
	if c.notRun == "" {
		c.notRun, c.why = code, why
	}
}

func (c *plannedCheck) runs() bool { return c.notRun == "" && c.Rule.Applies }

// wanted returns the timelines that some running check reads, in the order of the suites.
func (p *Plan[E]) wanted(suites []Suite[E]) []Timeline[E] {
	read := map[string]bool{}
	for _, c := range p.checks {
		if c.runs() {
			for _, id := range c.Reads {
				read[id] = true
			}
		}
	}
	var wanted []Timeline[E]
	for _, suite := range suites {
		for _, t := range suite.Timelines {
			if read[t.ID] {
				wanted = append(wanted, t)
			}
		}
	}
	return wanted
}

// Checks returns the checks of the plan, those that it leaves out included.
func (p *Plan[E]) Checks() []Check {
	var checks []Check
	for _, c := range p.checks {
		checks = append(checks, c.Check)
	}
	return checks
}

// Record is the plan as logs and reports show it.
func (p *Plan[E]) Record() reports.Plan {
	record := reports.Plan{Checks: []reports.PlannedCheck{}, Timelines: []reports.PlannedTimeline{}, Lasts: p.lasts}
	for _, c := range p.checks {
		record.Checks = append(record.Checks, c.record())
	}
	for _, phase := range p.phases {
		for _, t := range phase {
			record.Timelines = append(record.Timelines, reports.PlannedTimeline{
				ID: t.ID, Area: p.areas[t.ID], About: t.About, Class: string(t.Class), Group: t.Group, Lasts: t.Lasts,
			})
		}
	}
	return record
}

func (c *plannedCheck) record() reports.PlannedCheck {
	return reports.PlannedCheck{
		ID: c.ID, Area: c.area, Requirement: c.Requirement, Level: c.Rule.Level, Sentence: c.Rule.Sentence,
		Expected: c.Rule.Expected, Window: c.Rule.Window, Reads: c.Reads, Labels: c.labels,
		Applies: c.Rule.Applies, NotRun: c.notRun, Why: c.why,
	}
}
