package reports

import "slices"

// Exit codes of a run.
const (
	ExitExpected     = 0   // all as expected, and at least one check ran
	ExitFailed       = 1   // a check failed that was not expected to
	ExitInconclusive = 2   // nothing failed, but a measurement was not trustworthy
	ExitStale        = 3   // an expectation does not hold any more, or matches nothing
	ExitUsage        = 64  // wrong usage; also a run in which no check could run
	ExitTarget       = 69  // the target cannot be reached, or was lost
	ExitDefect       = 70  // a defect of the tool: no verdict can be believed
	ExitInterrupted  = 130 // the run was interrupted: the report is valid and partial
)

// exit picks the gravest of what the run found.
func (r *Run) exit() int {
	v := r.Summary.Verdicts
	broken := func(c Canary) bool { return c.Got != c.Want }
	failedUnexpectedly := func(c CheckResult) bool {
		return failed(c.Verdict) && c.Expectation.Status == Unexpected
	}
	switch {
	case v[HarnessError] > 0 || slices.ContainsFunc(r.Canaries, broken):
		return ExitDefect
	case r.Stop != nil && r.Stop.Cause == CauseTargetLost:
		return ExitTarget
	case r.Stop != nil:
		return ExitInterrupted
	case slices.ContainsFunc(r.Checks, failedUnexpectedly):
		return ExitFailed
	case r.Summary.Expectations[Stale] > 0 || len(r.Unmatched) > 0:
		return ExitStale
	case v[Inconclusive] > 0:
		return ExitInconclusive
	case r.Summary.Ran() == 0:
		return ExitUsage
	}
	return ExitExpected
}

// ExitCode is the code that a process which made this run ends with.
func (r *Run) ExitCode() int { return r.Exit }
