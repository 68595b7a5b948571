package reports

import (
	"runtime"
	"time"
)

// LogSchema is the version of the event log that this package writes and reads.
const LogSchema = 1

// Record is one line of an event log. Durations are nanoseconds; times within a run count from its start.
type Record interface{ kind() string }

// Header opens a log: where the recording comes from.
type Header struct {
	Schema int    `json:"schema"`
	Tool   Tool   `json:"tool"`
	Target Target `json:"target"`
	// Line is the behaviour that the target is held to: "2.5".
	Line string `json:"line"`
	// Mode says how time passed: "real-time" or "virtual-time".
	Mode      string    `json:"mode"`
	Selection Selection `json:"selection"`
	// Command repeats the run when a selection is added to it: "nacos-tck conformance --target http://…".
	Command     string      `json:"command"`
	Environment Environment `json:"environment"`
	Start       time.Time   `json:"start"`
	Seed        uint64      `json:"seed"`
}

// Tool is the program that made the recording.
type Tool struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	// Requirements is the version of the catalogue that the checks come from.
	Requirements string `json:"requirements,omitempty"`
}

// Target is the server under test, as read from the server itself.
type Target struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Addresses are keyed by port: "http", "grpc".
	Addresses map[string]string `json:"addresses,omitempty"`
}

// Selection is what the user asked for.
type Selection struct {
	Select      []string `json:"select,omitempty"`
	Labels      string   `json:"labels,omitempty"`
	Levels      []Level  `json:"levels,omitempty"`
	All         bool     `json:"all"`
	Destructive bool     `json:"destructive"`
	// Budget is a length of time as Go writes it: "1m0s".
	Budget string `json:"budget,omitempty"`
}

// Environment is a fingerprint of the machine that the tool ran on.
type Environment struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
	Go   string `json:"go"`
}

// ThisEnvironment is the fingerprint of the running process.
func ThisEnvironment() Environment {
	return Environment{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.GOMAXPROCS(0), Go: runtime.Version()}
}

// Plan says before the start what will run, how long it will take, and what will not run and why.
type Plan struct {
	Checks    []PlannedCheck    `json:"checks"`
	Timelines []PlannedTimeline `json:"timelines"`
	// Lasts is the planned length of the recording.
	Lasts time.Duration `json:"lasts"`
}

// PlannedCheck is one check with the rule that it judges.
type PlannedCheck struct {
	ID          string   `json:"id"`
	Area        string   `json:"area"`
	Requirement string   `json:"requirement"`
	Level       Level    `json:"level"`
	Sentence    string   `json:"sentence"`
	Expected    string   `json:"expected,omitempty"`
	Window      Window   `json:"window,omitzero"`
	Reads       []string `json:"reads"`
	Labels      []string `json:"labels,omitempty"`
	Applies     bool     `json:"applies"`
	// NotRun is why the check was left out, as a reason code; empty for a check that was chosen.
	NotRun string `json:"notRun,omitempty"`
	// Why is NotRun as a sentence, with what to do about it.
	Why string `json:"why,omitempty"`
}

// PlannedTimeline is one story that the run recorded.
type PlannedTimeline struct {
	ID    string        `json:"id"`
	Area  string        `json:"area"`
	About string        `json:"about"`
	Class string        `json:"class"`
	Group string        `json:"group,omitempty"`
	Lasts time.Duration `json:"lasts"`
}

// Lateness says that the machine served the tool late between From and To, at worst by Worst.
type Lateness struct {
	From  time.Duration `json:"from"`
	To    time.Duration `json:"to"`
	Worst time.Duration `json:"worst"`
}

// Outcome says how a timeline ended.
type Outcome string

const (
	OutcomeRecorded    Outcome = "recorded"    // the story was told to its end
	OutcomeUntestable  Outcome = "untestable"  // a prerequisite was missing
	OutcomeUnsupported Outcome = "unsupported" // the target declares that it lacks a feature that the story needs
	OutcomeUndeclared  Outcome = "undeclared"  // the target claims such a feature and does not answer for it
	OutcomeBroken      Outcome = "broken"      // the story itself has a defect
	OutcomeStopped     Outcome = "stopped"     // the run ended first
)

// TimelineEnd closes the recording of one timeline.
type TimelineEnd struct {
	Timeline string        `json:"timeline"`
	Started  time.Duration `json:"started"`
	Ended    time.Duration `json:"ended"`
	Outcome  Outcome       `json:"outcome"`
	// Code refines the outcome for programs, Reason tells it to people.
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Cause says why a recording is not complete.
type Cause string

const (
	CauseInterrupted Cause = "interrupted" // the user stopped the run
	CauseTargetLost  Cause = "target-lost" // the target stopped answering
	CauseLogCut      Cause = "log-cut"     // the stored log lacks its end
)

// Stop says that the recording ended before its plan did.
type Stop struct {
	Cause Cause         `json:"cause"`
	At    time.Duration `json:"at"`
	// Trusted is the last moment at which the target was known to live. What ended later proves nothing.
	Trusted time.Duration `json:"trusted"`
	Reason  string        `json:"reason"`
}

// Result is the verdict on one check.
type Result struct {
	Check   string  `json:"check"`
	Verdict Verdict `json:"verdict"`
	// Code is the reason for programs: "too-late". Empty for a pass.
	Code string `json:"code,omitempty"`
	// Reason is the reason for people, one sentence or a few lines.
	Reason string `json:"reason,omitempty"`
	// Evidence are the events that the verdict rests on.
	Evidence []EventRef `json:"evidence,omitempty"`
}

// Canary is a check built into the tool whose verdict is known beforehand.
type Canary struct {
	ID     string  `json:"id"`
	Want   Verdict `json:"want"`
	Got    Verdict `json:"got"`
	Reason string  `json:"reason,omitempty"`
}

// Expectation says that checks are known not to pass on a target. Such a check runs and must fail.
type Expectation struct {
	// Check is the id of a check or of a requirement; a "*" stands for any characters.
	Check string `json:"check"`
	// Verdict is the one that must come; empty stands for fail, undeclared and untestable.
	Verdict Verdict `json:"verdict,omitempty"`
	Reason  string  `json:"reason"`
	Link    string  `json:"link,omitempty"`
}

// End closes a log. A log without it was cut.
type End struct {
	// Lasted is the length of the run.
	Lasted time.Duration `json:"lasted"`
	// Exit is the exit code that the run deserved.
	Exit int `json:"exit"`
}

func (Header) kind() string      { return "header" }
func (Expectation) kind() string { return "expectation" }
func (Plan) kind() string        { return "plan" }
func (Event) kind() string       { return "event" }
func (Lateness) kind() string    { return "lateness" }
func (TimelineEnd) kind() string { return "timeline-end" }
func (Stop) kind() string        { return "stop" }
func (Result) kind() string      { return "result" }
func (Canary) kind() string      { return "canary" }
func (End) kind() string         { return "end" }

// Log is an event log in memory: the same records, by kind and in order.
type Log struct {
	Header       Header
	Expectations []Expectation
	Plan         Plan
	Events       []Event
	Lateness     []Lateness
	Ends         []TimelineEnd
	Stop         *Stop
	Results      []Result
	Canaries     []Canary
	// End is nil as long as the run goes on, and in a log that was cut.
	End *End
}

// Append adds one record. It is not safe for concurrent use.
func (l *Log) Append(record Record) {
	switch r := record.(type) {
	case Header:
		l.Header = r
	case Expectation:
		l.Expectations = append(l.Expectations, r)
	case Plan:
		l.Plan = r
	case Event:
		l.Events = append(l.Events, r)
	case Lateness:
		l.Lateness = append(l.Lateness, r)
	case TimelineEnd:
		l.Ends = append(l.Ends, r)
	case Stop:
		l.Stop = &r
	case Result:
		l.Results = append(l.Results, r)
	case Canary:
		l.Canaries = append(l.Canaries, r)
	case End:
		l.End = &r
	}
}
