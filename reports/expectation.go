package reports

import (
	"slices"
	"strings"
)

// Status is how a verdict stands to what was expected of the target.
type Status string

const (
	Expected   Status = "expected"   // nothing to do
	Unexpected Status = "unexpected" // look here
	Stale      Status = "stale"      // the check was expected not to pass and passes: update the expectations
)

// Apply sets the standing of each check and returns the patterns that match no check.
func Apply(expectations []Expectation, checks []CheckResult) (unmatched []string) {
	for i := range checks {
		checks[i].Expectation = standing(expectations, checks[i])
	}
	unmatched = []string{}
	for _, e := range expectations {
		if !slices.ContainsFunc(checks, e.covers) {
			unmatched = append(unmatched, e.Check)
		}
	}
	return unmatched
}

// standing is decided by the first expectation that covers the check.
func standing(expectations []Expectation, c CheckResult) Standing {
	for _, e := range expectations {
		if e.covers(c) {
			return Standing{Status: e.status(c.Verdict), Reason: e.Reason, Link: e.Link}
		}
	}
	if failed(c.Verdict) || c.Verdict == Inconclusive || c.Verdict == HarnessError {
		return Standing{Status: Unexpected}
	}
	return Standing{Status: Expected}
}

// failed reports whether a verdict counts against the target.
func failed(v Verdict) bool { return v == Fail || v == Undeclared || v == Untestable }

func (e Expectation) status(v Verdict) Status {
	switch {
	case v == e.Verdict, e.Verdict == "" && failed(v), v == NotRun, v == Inapplicable:
		return Expected
	case v == Pass, v == Unsupported:
		return Stale
	}
	return Unexpected
}

// covers reports whether the pattern names the check, its requirement or something above them.
func (e Expectation) covers(c CheckResult) bool {
	if strings.Contains(e.Check, "*") {
		return matches(e.Check, c.ID)
	}
	return c.ID == e.Check || strings.HasPrefix(c.ID, e.Check+".")
}

// matches compares with a pattern in which a "*" stands for any characters.
func matches(pattern, id string) bool {
	first, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == id
	}
	if !strings.HasPrefix(id, first) {
		return false
	}
	for i := len(first); i <= len(id); i++ {
		if matches(rest, id[i:]) {
			return true
		}
	}
	return false
}
