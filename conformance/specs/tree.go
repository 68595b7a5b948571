// Package specs is the Ginkgo front of the conformance suites: it builds a tree of areas, requirements and checks from
// the suites, so that go test, the ginkgo command and editors select and show them. The engine records and judges; a
// spec only turns the verdict into Ginkgo's. Other projects may mount the tree in their own Ginkgo suites.
package specs

import (
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// labelPrefix marks the label by which Selected finds the check of a spec.
const labelPrefix = "check:"

// Mount adds the suites to Ginkgo's tree. Call it where Ginkgo allows containers, once, and before RunSpecs; verdict is
// asked for the result of each check that runs, and may wait for it.
func Mount(suites []conformance.Suite, verdict func(check string) reports.Result) {
	for _, suite := range suites {
		ginkgo.Describe(suite.Area, ginkgo.Label("area:"+suite.Area), func() {
			for _, checks := range byRequirement(suite.Checks) {
				mountRequirement(checks, verdict)
			}
		})
	}
}

func mountRequirement(checks []engine.Check, verdict func(string) reports.Result) {
	rule := checks[0].Rule
	ginkgo.Context(checks[0].Requirement+": "+rule.Sentence, func() {
		for _, check := range checks {
			labels := append(ginkgo.Label(labelPrefix+check.ID, "level:"+strings.ToLower(string(rule.Level))), check.Labels...)
			ginkgo.It(check.ID, labels, func() { conclude(verdict(check.ID)) })
		}
	})
}

// byRequirement groups the checks of a suite, in the order in which requirements appear.
func byRequirement(checks []engine.Check) [][]engine.Check {
	var groups [][]engine.Check
	at := map[string]int{}
	for _, check := range checks {
		i, seen := at[check.Requirement]
		if !seen {
			i = len(groups)
			at[check.Requirement] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], check)
	}
	return groups
}

// conclude turns a verdict into Ginkgo's. What was not run and what need not hold is shown as skipped with its reason;
// everything else that is not a pass fails.
func conclude(r reports.Result) {
	message := fmt.Sprintf("%s: %s", r.Verdict, r.Reason)
	switch r.Verdict {
	case reports.Pass:
	case reports.NotRun, reports.Inapplicable, reports.Unsupported:
		ginkgo.Skip(message)
	default:
		ginkgo.Fail(message)
	}
}

// Selected are the checks whose specs Ginkgo would run, read from the report of PreviewSpecs.
func Selected(preview types.Report) []string {
	var checks []string
	for _, spec := range preview.SpecReports {
		if spec.State.Is(types.SpecStateSkipped | types.SpecStatePending) {
			continue
		}
		for _, label := range spec.Labels() {
			if check, found := strings.CutPrefix(label, labelPrefix); found {
				checks = append(checks, check)
			}
		}
	}
	return checks
}
