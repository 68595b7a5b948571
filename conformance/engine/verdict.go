package engine

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Mismatch is the reason code of a failure whose message names none.
const Mismatch = "mismatch"

// decide lets a check judge its history. Its first failing assertion ends it; a panic, an assertion about the live
// target and the lack of any assertion are defects of the check.
func decide(c Check, h History) (result reports.Result) {
	j := &judging{cited: h.cited}
	j.Gomega = gomega.NewGomega(j.fail)
	defer func() {
		switch p := recover().(type) {
		case nil:
		case decided:
			result = reports.Result(p)
		default:
			result = defect("panic", panicked(p).Error())
		}
		result.Evidence = slices.Clone(h.cited.refs)
	}()
	c.Judge(j, h)
	if j.assertions == 0 {
		return defect("asserted-nothing", fmt.Sprintf("check %s asserted nothing on this history", c.ID))
	}
	return reports.Result{Verdict: reports.Pass}
}

// decided is the panic value by which an assertion ends its check.
type decided reports.Result

func defect(code, reason string) reports.Result {
	return reports.Result{Verdict: reports.HarnessError, Code: code, Reason: reason}
}

// judging is the Gomega of one check. It counts assertions and keeps what they cite.
type judging struct {
	gomega.Gomega
	assertions  int
	description string
	cited       *citations
}

// coded is how matchers name the reason of a failure: "too-late: unhealthy after 21.3 s".
var coded = regexp.MustCompile(`^([a-z]+(?:-[a-z]+)*): `)

func (j *judging) fail(message string, _ ...int) {
	code := Mismatch
	if found := coded.FindStringSubmatch(message); found != nil {
		code, message = found[1], message[len(found[0]):]
	}
	panic(decided{Verdict: reports.Fail, Code: code, Reason: j.description + strings.TrimSpace(message)})
}

func (j *judging) Ω(actual any, extra ...any) types.Assertion { return j.Expect(actual, extra...) }

func (j *judging) Expect(actual any, extra ...any) types.Assertion {
	return &assertion{j.Gomega.Expect(actual, extra...), j}
}

func (j *judging) ExpectWithOffset(_ int, actual any, extra ...any) types.Assertion {
	return j.Expect(actual, extra...)
}

func (j *judging) Eventually(any, ...any) types.AsyncAssertion                  { return j.live() }
func (j *judging) EventuallyWithOffset(int, any, ...any) types.AsyncAssertion   { return j.live() }
func (j *judging) Consistently(any, ...any) types.AsyncAssertion                { return j.live() }
func (j *judging) ConsistentlyWithOffset(int, any, ...any) types.AsyncAssertion { return j.live() }

func (j *judging) live() types.AsyncAssertion {
	panic(decided(defect("not-pure", "the check used Eventually or Consistently: a recorded history does not change")))
}

// assertion counts itself. The description goes before the reason, so that the message begins with its code.
type assertion struct {
	types.Assertion
	j *judging
}

func (a *assertion) To(m types.GomegaMatcher, description ...any) bool {
	return a.made(description, func() bool { return a.Assertion.To(m) })
}

func (a *assertion) NotTo(m types.GomegaMatcher, description ...any) bool {
	return a.made(description, func() bool { return a.Assertion.NotTo(m) })
}

func (a *assertion) ToNot(m types.GomegaMatcher, description ...any) bool {
	return a.NotTo(m, description...)
}

func (a *assertion) Should(m types.GomegaMatcher, description ...any) bool {
	return a.To(m, description...)
}

func (a *assertion) ShouldNot(m types.GomegaMatcher, description ...any) bool {
	return a.NotTo(m, description...)
}

func (a *assertion) WithOffset(int) types.Assertion { return a }

func (a *assertion) Error() types.Assertion { return &assertion{a.Assertion.Error(), a.j} }

// made runs an assertion. One that held takes its citations with it: evidence belongs to what did not hold.
func (a *assertion) made(description []any, holds func() bool) bool {
	a.j.assertions++
	a.j.description = ""
	switch first := append(description, "")[0].(type) {
	case func() string:
		a.j.description = first() + ": "
	case string:
		if first != "" {
			a.j.description = fmt.Sprintf(first, description[1:]...) + ": "
		}
	}
	held := holds()
	a.j.cited.refs = a.j.cited.refs[:0]
	return held
}
