package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
)

// WriteJUnit renders the run for CI servers: a suite for each area, a case for each check. Class name and name joined
// by a dot are the id of the check, so no two cases share both. Reasons are in the message attributes.
func WriteJUnit(w io.Writer, run *Run) error {
	suites := junit.Testsuites{Name: run.Tool.Name, Time: junitTime(run.Summary.Seconds)}
	length := map[string]float64{}
	for _, t := range run.Timelines {
		length[t.ID] = t.Seconds
	}
	for id, area := range areasOf(run) {
		suite := junit.Testsuite{ID: id, Name: area, Time: junitTime(run.Summary.Seconds)}
		suite.SetTimestamp(run.Start)
		suite.AddProperty("target", strings.TrimSpace(run.Target.Name+" "+run.Target.Version))
		suite.AddProperty("line", run.Line)
		for _, c := range run.Checks {
			if c.Area == area {
				suite.AddTestcase(testcase(c, run.Command, length))
			}
		}
		suites.AddSuite(suite)
	}
	return suites.WriteXML(w)
}

// areasOf lists the areas in the order of the checks.
func areasOf(run *Run) []string {
	var areas []string
	listed := map[string]bool{}
	for _, c := range run.Checks {
		if !listed[c.Area] {
			listed[c.Area] = true
			areas = append(areas, c.Area)
		}
	}
	return areas
}

// testcase takes as long as the longest recording that its check reads. Its name is the whole id: some readers of JUnit
// keep only the first of two cases of one name.
func testcase(c CheckResult, command string, length map[string]float64) junit.Testcase {
	tc := junit.Testcase{Classname: c.Requirement, Name: c.ID}
	longest := 0.0
	for _, t := range c.Timelines {
		longest = max(longest, length[t])
	}
	tc.Time = junitTime(longest)
	result := &junit.Result{Message: message(c), Type: c.Code}
	switch {
	case c.Expectation.Status == Stale:
		result.Type, result.Data = string(Stale), details(c, command)
		tc.Failure = result
	case c.Verdict == Pass:
	case c.Verdict == HarnessError, c.Verdict == Inconclusive:
		result.Data = details(c, command)
		tc.Error = result
	case c.Expectation.Status == Unexpected:
		result.Data = details(c, command)
		tc.Failure = result
	default:
		tc.Skipped = result
	}
	return tc
}

func message(c CheckResult) string {
	switch {
	case c.Expectation.Status == Stale:
		return seen(c)
	case c.Expectation.Reason != "":
		return fmt.Sprintf("%s: %s (known: %s)", c.Verdict, c.Reason, known(c))
	}
	return fmt.Sprintf("%s: %s", c.Verdict, c.Reason)
}

func details(c CheckResult, command string) string {
	return fmt.Sprintf("requires: %s\nexpected: %s\nseen: %s\nagain: %s %s\n", c.Sentence, c.Expected, seen(c), command, c.Select)
}

func junitTime(s float64) string { return fmt.Sprintf("%.3f", s) }
