package reports

import (
	"encoding/json"
	"time"
)

// ReportSchema is the version of the JSON report.
const ReportSchema = 1

// Run is the outcome of a run, assembled from its log. Its JSON form is the report for programs. All times in it are
// seconds; those within the run count from its start.
type Run struct {
	// Schema is the version of this format.
	Schema int    `json:"schema"`
	Tool   Tool   `json:"tool"`
	Target Target `json:"target"`
	// Line is the line of behaviour that the target is held to.
	Line string `json:"line"`
	// Mode says how time passed: real-time or virtual-time.
	Mode      string    `json:"mode"`
	Selection Selection `json:"selection"`
	// Command repeats the run when a selection is added to it.
	Command     string      `json:"command"`
	Environment Environment `json:"environment"`
	Start       time.Time   `json:"start"`
	// Seed fixed what was left to chance.
	Seed uint64 `json:"seed"`
	// Stop says why the recording is not complete. It is absent when it is.
	Stop      *RunStop         `json:"stop,omitempty"`
	Summary   Summary          `json:"summary"`
	Checks    []CheckResult    `json:"checks"`
	Timelines []TimelineResult `json:"timelines"`
	// Canaries are checks of the tool itself.
	Canaries []Canary `json:"canaries"`
	// Unmatched are the patterns of expectations that match no check at all.
	Unmatched []string `json:"unmatchedExpectations"`
	// WorstLateness is the worst that the machine served the tool late.
	WorstLateness float64 `json:"worstLateness"`
	// Exit is the exit code that the run deserves.
	Exit int `json:"exit"`
}

// RunStop says why a run is not complete.
type RunStop struct {
	Cause  Cause   `json:"cause"`
	At     float64 `json:"at"`
	Reason string  `json:"reason"`
}

// Summary counts all checks, those that did not run included.
type Summary struct {
	Checks  int     `json:"checks"`
	Seconds float64 `json:"seconds"`
	// Verdicts has all nine verdicts as keys.
	Verdicts map[Verdict]int `json:"verdicts"`
	// Expectations has the three statuses as keys.
	Expectations map[Status]int `json:"expectations"`
}

// CheckResult is a check, its rule and its verdict.
type CheckResult struct {
	ID          string  `json:"id"`
	Area        string  `json:"area"`
	Requirement string  `json:"requirement"`
	Level       Level   `json:"level"`
	Verdict     Verdict `json:"verdict"`
	// Sentence is the requirement in words.
	Sentence string `json:"sentence"`
	// Expected is what the requirement asks of the target's line.
	Expected string `json:"expected"`
	// Code is the reason for programs, Reason the one for people; both are empty for a pass.
	Code        string     `json:"code"`
	Reason      string     `json:"reason"`
	Expectation Standing   `json:"expectation"`
	Evidence    []Evidence `json:"evidence"`
	Timelines   []string   `json:"timelines"`
	Labels      []string   `json:"labels"`
	// Select is what the command of the run needs to run only this check.
	Select string `json:"select"`
}

// Standing says how a verdict stands to what was expected of the target.
type Standing struct {
	Status Status `json:"status"`
	// Reason and Link are those of the expectation that matches the check.
	Reason string `json:"reason,omitempty"`
	Link   string `json:"link,omitempty"`
}

// Evidence is an event that a verdict rests on. Sent and received count from the start of its timeline.
type Evidence struct {
	Timeline string          `json:"timeline"`
	Seq      int             `json:"seq"`
	Kind     Kind            `json:"kind"`
	Name     string          `json:"name"`
	Sent     float64         `json:"sent"`
	Received float64         `json:"received"`
	Data     json.RawMessage `json:"data,omitempty"`
}

// TimelineResult says how a timeline went.
type TimelineResult struct {
	ID      string  `json:"id"`
	Area    string  `json:"area"`
	About   string  `json:"about"`
	Class   string  `json:"class"`
	Started float64 `json:"started"`
	Seconds float64 `json:"seconds"`
	// Outcome is "not-recorded" for a timeline that did not start or whose end is missing.
	Outcome Outcome `json:"outcome"`
	Reason  string  `json:"reason,omitempty"`
}

// OutcomeNotRecorded stands for a timeline that did not start or whose end is missing.
const OutcomeNotRecorded Outcome = "not-recorded"

// Ran counts the checks that reached a verdict on the target's behaviour.
func (s Summary) Ran() int {
	return s.Verdicts[Pass] + s.Verdicts[Fail] + s.Verdicts[Undeclared] + s.Verdicts[Untestable] + s.Verdicts[Inconclusive]
}
