package match

import (
	"fmt"
	"time"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Reason codes. They begin every failure message of this package.
const (
	TooEarly    = "too-early"    // the change came before its window
	TooLate     = "too-late"     // the change came after its window
	Never       = "never"        // the change did not come at all
	Gone        = "gone"         // a state ended that should have lasted
	Unexpected  = "unexpected"   // something was seen that should not be there
	Missing     = "missing"      // something was not seen that should be there
	WrongStatus = "wrong-status" // another HTTP status
	WrongCode   = "wrong-code"   // another code in the body
	WrongBody   = "wrong-body"   // another text or value in the body
	WrongType   = "wrong-type"   // another payload type
	NoAnswer    = "no-answer"    // a request was not answered
	Unobserved  = "unobserved"   // the recording does not reach far enough
)

// TimedReasons are the codes whose truth hangs on the clock.
func TimedReasons() []string { return []string{TooEarly, TooLate, Never, Gone} }

// Grace is added to every upper bound for the scheduling of the machine that the target runs on.
const Grace = time.Second

// verdict is the outcome of a match: an empty code is success.
type verdict struct{ code, text string }

func ok() verdict { return verdict{} }

func wrong(code, format string, args ...any) verdict {
	return verdict{code, fmt.Sprintf(format, args...)}
}

// judge is a matcher over a history, made from a function.
type judge struct {
	what    string
	decide  func(h engine.History) verdict
	outcome verdict
}

func (j *judge) Match(actual any) (bool, error) {
	h, is := actual.(engine.History)
	if !is {
		return false, fmt.Errorf("%s: expected an engine.History, found %T", j.what, actual)
	}
	j.outcome = j.decide(h)
	return j.outcome.code == "", nil
}

func (j *judge) FailureMessage(any) string { return j.outcome.code + ": " + j.outcome.text }

func (j *judge) NegatedFailureMessage(any) string {
	return Unexpected + ": expected the opposite of: " + j.what
}

// stimulus is the last event with the name; times are measured from it.
func stimulus(h engine.History, name string) (reports.Event, verdict) {
	events := h.Named(name).Events()
	if len(events) == 0 {
		return reports.Event{}, wrong(Missing, "the story has no step %q to measure from", name)
	}
	return events[len(events)-1], ok()
}

// tooEarly reports whether a change that came so long after its stimulus at the latest missed the lower bound. A
// window that opens at once has none.
func tooEarly(latest time.Duration, w engine.Window) bool { return w.After > 0 && latest <= w.After }

// seconds writes a duration for people.
func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
