// Package reports holds the result model of a run, its event log and the renderings of that log: console, JSON and
// JUnit. Every rendering is a pure function of the log. The package does not know what was tested.
package reports

import (
	"encoding/json"
	"time"
)

// Verdict is the outcome of one check. There are nine, and "skipped" is none of them.
type Verdict string

const (
	Pass         Verdict = "pass"          // the requirement was demonstrated
	Fail         Verdict = "fail"          // the requirement was violated
	Undeclared   Verdict = "undeclared"    // the target claims a feature and does not answer for it
	Untestable   Verdict = "untestable"    // a prerequisite was missing
	Unsupported  Verdict = "unsupported"   // the target declares that it lacks the feature
	Inapplicable Verdict = "inapplicable"  // the requirement does not hold for the target's line
	Inconclusive Verdict = "inconclusive"  // the measurement of time was not trustworthy
	HarnessError Verdict = "harness-error" // a defect of the tool
	NotRun       Verdict = "not-run"       // selection, budget or interrupt
)

// Verdicts lists the nine in the order in which reports show them.
func Verdicts() []Verdict {
	return []Verdict{Pass, Fail, Undeclared, Untestable, Unsupported, Inapplicable, Inconclusive, HarnessError, NotRun}
}

// Level is the weight of a requirement.
type Level string

const (
	Must   Level = "MUST"
	Should Level = "SHOULD"
	May    Level = "MAY"
)

// Kind says what an event is.
type Kind string

const (
	KindFact    Kind = "fact"    // a name or an address that the timeline chose
	KindRequest Kind = "request" // a request and its answer
	KindSample  Kind = "sample"  // one read of many that watch a state
	KindPush    Kind = "push"    // a message that the target sent on its own
	KindSend    Kind = "send"    // a message without an answer of its own
	KindMark    Kind = "mark"    // a moment: a connection closed, a wait ended
)

// Event is one thing that a timeline did or saw. Times are monotonic and count from the start of the run.
type Event struct {
	Timeline string        `json:"timeline"`
	Seq      int           `json:"seq"`
	Kind     Kind          `json:"kind"`
	Name     string        `json:"name"`
	Sent     time.Duration `json:"sent"`
	Received time.Duration `json:"received"`
	// Data is what crossed the network, or the fact, as the timeline wrote it.
	Data json.RawMessage `json:"data,omitempty"`
}

// Ref is the address of the event in its log.
func (e Event) Ref() EventRef { return EventRef{Timeline: e.Timeline, Seq: e.Seq} }

// EventRef addresses one event of a log: Seq counts from 1 within the timeline.
type EventRef struct {
	Timeline string `json:"timeline"`
	Seq      int    `json:"seq"`
}

// Window is an interval of time after a stimulus: open at After, closed at Until.
type Window struct {
	After time.Duration `json:"after"`
	Until time.Duration `json:"until"`
}

// IsZero reports whether the window bounds nothing.
func (w Window) IsZero() bool { return w == Window{} }
