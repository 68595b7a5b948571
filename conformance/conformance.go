// Package conformance is the whole conformance kit: the suites joined with the catalogue of requirements.
package conformance

import (
	"errors"
	"fmt"
	"slices"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/requirements"
	"github.com/nacos-tck/nacos-tck/conformance/suites/heartbeat"
	"github.com/nacos-tck/nacos-tck/conformance/suites/lifecycle"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Suite is a suite that drives a Nacos server.
type Suite = engine.Suite[*fixtures.Target]

// Suites are all suites, each check with what its requirement says for the line. It fails when the catalogue is not
// valid, or when catalogue and suites do not agree on which checks there are.
func Suites(line string) ([]Suite, error) {
	areas, err := requirements.Load()
	if err != nil {
		return nil, err
	}
	suites, err := join([]Suite{lifecycle.Suite(), heartbeat.Suite()}, areas, line)
	if err != nil {
		return nil, err
	}
	labelUnproven(suites)
	return suites, nil
}

// Unproven is the label of checks that no mutant proves able to fail.
const Unproven = "unproven"

func labelUnproven(suites []Suite) {
	proven := map[string]bool{}
	for _, mutant := range fixtures.Mutants() {
		for _, check := range mutant.Kills {
			proven[check] = true
		}
	}
	for _, suite := range suites {
		for i := range suite.Checks {
			if check := &suite.Checks[i]; !proven[check.ID] {
				check.Labels = append(check.Labels, Unproven)
			}
		}
	}
}

func join(suites []Suite, areas []requirements.Area, line string) ([]Suite, error) {
	rules, owner, spared := map[string]engine.Rule{}, map[string]string{}, map[string]bool{}
	for _, area := range areas {
		for _, r := range area.Requirements {
			rules[r.ID] = rule(r, line)
			for _, check := range r.Lines[line].Spares {
				spared[check] = true
			}
			for _, check := range r.Checks {
				owner[check] = r.ID
			}
		}
	}
	var problems []error
	for _, suite := range suites {
		for i := range suite.Checks {
			check := &suite.Checks[i]
			if owner[check.ID] == "" || owner[check.ID] != check.Requirement {
				problems = append(problems, fmt.Errorf("check %s cites requirement %q, the catalogue lists it under %q",
					check.ID, check.Requirement, owner[check.ID]))
			}
			check.Rule = rules[check.Requirement]
			if spared[check.ID] {
				check.Rule.Applies, check.Rule.Why = false, fmt.Sprintf("the requirement does not ask this of line %s: %s", line, check.Rule.Expected)
			}
			delete(owner, check.ID)
			if feature := lacks(line, suite, *check); feature != "" && check.Rule.Applies {
				check.Rule.Applies, check.Rule.Why = false, fmt.Sprintf("servers of line %s have no %s", line, feature)
			}
		}
	}
	for check, requirement := range owner {
		problems = append(problems, fmt.Errorf("requirement %s lists check %s, which no suite has", requirement, check))
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("suites and catalogue disagree:\n%w", err)
	}
	return suites, nil
}

// lacks is the first feature that the check or a story that it reads needs and that servers of the line do not have;
// empty when there is none.
func lacks(line string, suite Suite, check engine.Check) string {
	needs := check.Needs
	for _, t := range suite.Timelines {
		if slices.Contains(check.Reads, t.ID) {
			needs = append(slices.Clip(needs), t.Needs...)
		}
	}
	for _, feature := range fixtures.LackingIn(line) {
		if slices.Contains(needs, feature) {
			return feature
		}
	}
	return ""
}

func rule(r requirements.Requirement, line string) engine.Rule {
	value, known := r.Lines[line]
	made := engine.Rule{
		Sentence: r.Sentence,
		Level:    reports.Level(r.Level),
		Expected: value.Expected,
		Window:   engine.Window(value.Window),
		Values:   value.Values,
		Applies:  known && value.Otherwise == "",
	}
	switch {
	case !known:
		made.Why = fmt.Sprintf("the requirement has no value for line %s", line)
	case !made.Applies:
		made.Why = fmt.Sprintf("the requirement is not in force in line %s: %s", line, value.Otherwise)
	}
	return made
}
