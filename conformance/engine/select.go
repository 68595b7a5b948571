package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/nacos-tck/nacos-tck/reports"
)

// chosen returns which of the checks the options select, by id. A part of the selection that matches nothing is an
// error: a run that tests less than was asked for must not look like a success.
func chosen(checks []plannedCheck, o Options) (map[string]bool, error) {
	byID, err := chosenByID(checks, o.Select)
	if err != nil {
		return nil, err
	}
	matches, err := types.ParseLabelFilter(o.Labels)
	if err != nil {
		return nil, fmt.Errorf("label expression %q is not valid: %s", o.Labels, complaint(err))
	}
	picked := map[string]bool{}
	for _, c := range checks {
		level := len(o.Levels) == 0 || slices.Contains(o.Levels, c.Rule.Level)
		if byID[c.ID] && level && matches(c.labels) {
			picked[c.ID] = true
		}
	}
	if len(picked) == 0 {
		return nil, fmt.Errorf("the selection matches no check: %s; %d checks exist, `list` shows them with their labels",
			describe(o), len(checks))
	}
	return picked, nil
}

// complaint is what Ginkgo has to say of an expression, without its drawing and colours.
func complaint(err error) string {
	g, ok := errors.AsType[types.GinkgoError](err)
	if !ok {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(g.Message), "\n")
	return lines[len(lines)-1]
}

func describe(o Options) string {
	var parts []string
	if len(o.Select) > 0 {
		parts = append(parts, fmt.Sprintf("ids %s", strings.Join(o.Select, ",")))
	}
	if o.Labels != "" {
		parts = append(parts, fmt.Sprintf("labels %q", o.Labels))
	}
	if len(o.Levels) > 0 {
		parts = append(parts, fmt.Sprintf("levels %v", o.Levels))
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, " and ")
}

func chosenByID(checks []plannedCheck, selectors []string) (map[string]bool, error) {
	picked := map[string]bool{}
	var problems []error
	for _, part := range splitSelectors(selectors) {
		ids := matching(checks, part)
		if len(ids) == 0 {
			problems = append(problems, fmt.Errorf("selection %q matches no check, requirement or area%s", part, hint(checks, part)))
		}
		for _, id := range ids {
			picked[id] = true
		}
	}
	if len(selectors) == 0 {
		for _, c := range checks {
			picked[c.ID] = true
		}
	}
	return picked, errors.Join(problems...)
}

// splitSelectors splits at commas. An empty part stays, so that it matches nothing and is reported.
func splitSelectors(selectors []string) []string {
	var parts []string
	for _, s := range selectors {
		for part := range strings.SplitSeq(s, ",") {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return parts
}

// matching returns the checks that a selector stands for. Whole segments win over mere prefixes, so that the id of a
// check or a requirement never selects its longer-named neighbours.
func matching(checks []plannedCheck, selector string) []string {
	if selector == "" {
		return nil
	}
	for _, fits := range []func(name string) bool{
		func(name string) bool { return name == selector || strings.HasPrefix(name, selector+".") },
		func(name string) bool { return strings.HasPrefix(name, selector) },
	} {
		var ids []string
		for _, c := range checks {
			if fits(c.ID) || fits(c.area) {
				ids = append(ids, c.ID)
			}
		}
		if len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// hint names the ids that are nearest to a selector that matched nothing.
func hint(checks []plannedCheck, selector string) string {
	var names []string
	for _, c := range checks {
		names = append(names, c.area, c.Requirement, c.ID)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	near := reports.Nearest(selector, names, 3)
	if len(near) == 0 {
		return "; `list` shows what there is"
	}
	return "; did you mean " + strings.Join(near, " or ") + "?"
}
