package main

import (
	"fmt"
	"maps"
	"slices"
)

// result is one scenario, replayed on one line.
type result struct {
	line, area, scenario string
	differences          []difference
}

// resultsOf sorts the differences of a group by scenario.
func resultsOf(g group, differences []difference) []result {
	byScenario := map[string][]difference{}
	for _, d := range differences {
		byScenario[d.scenario] = append(byScenario[d.scenario], d)
	}
	var results []result
	for _, scenario := range g.scenarios {
		results = append(results, result{g.line.name, g.area, scenario, byScenario[scenario]})
	}
	return results
}

// verdict is what a replay comes to.
type verdict struct {
	tallies []tally
	// undeclared are results with only those differences that no entry declares.
	undeclared []result
	// stale are entries, or parts of them, that nothing needed.
	stale []string
}

// tally counts the scenarios of a line and area.
type tally struct {
	line, area                 string
	equal, declared, differing int
}

func (v verdict) fails() bool { return len(v.undeclared) > 0 || len(v.stale) > 0 }

// judge compares the differences with those that are declared. An entry is stale when it matched nothing in a scenario
// that was replayed, or when its scenario was never recorded for its line.
func judge(results []result, declared []divergence, recorded recordings) verdict {
	var v verdict
	used := map[claim]bool{}
	for _, r := range results {
		open := slices.DeleteFunc(slices.Clone(r.differences), func(d difference) bool {
			return covered(r.line, d, declared, used)
		})
		t := v.tally(r.line, r.area)
		switch {
		case len(r.differences) == 0:
			t.equal++
		case len(open) == 0:
			t.declared++
		default:
			t.differing++
			v.undeclared = append(v.undeclared, result{r.line, r.area, r.scenario, open})
		}
	}
	replayed := func(line, scenario string) bool {
		return slices.ContainsFunc(results, func(r result) bool { return r.line == line && r.scenario == scenario })
	}
	for _, c := range claims(declared) {
		entry := declared[c.entry]
		switch {
		case !recorded.has(c.line, entry.Scenario):
			v.stale = append(v.stale, fmt.Sprintf("%s: line %s has no recording of this scenario", entry.Scenario, c.line))
		case replayed(c.line, entry.Scenario) && !used[c]:
			v.stale = append(v.stale, fmt.Sprintf("%s, step %s, line %s: nothing differs as %q says", entry.Scenario, c.step, c.line, c.pattern))
		}
	}
	v.stale = slices.Compact(v.stale)
	return v
}

// claim is one pattern of one entry, for one of its lines: the smallest part that can be stale.
type claim struct {
	entry               int
	line, step, pattern string
}

func claims(declared []divergence) []claim {
	var all []claim
	for i, d := range declared {
		for _, line := range d.Lines {
			for _, step := range slices.Sorted(maps.Keys(d.Differs)) {
				for _, pattern := range d.Differs[step] {
					all = append(all, claim{i, line, step, pattern})
				}
			}
		}
	}
	return all
}

// covered tells whether an entry declares d, and notes each claim that does.
func covered(line string, d difference, declared []divergence, used map[claim]bool) bool {
	found := false
	for _, c := range claims(declared) {
		if c.line == line && c.step == d.step && declared[c.entry].Scenario == d.scenario && matches(c.pattern, d.what) {
			used[c], found = true, true
		}
	}
	return found
}

// tally is the one of a line and area, in the order of first use.
func (v *verdict) tally(line, area string) *tally {
	i := slices.IndexFunc(v.tallies, func(t tally) bool { return t.line == line && t.area == area })
	if i < 0 {
		v.tallies = append(v.tallies, tally{line: line, area: area})
		i = len(v.tallies) - 1
	}
	return &v.tallies[i]
}
