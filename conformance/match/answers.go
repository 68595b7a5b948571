package match

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
)

// Answering matches a history in which a step was answered as said. Every step of the name must agree.
type Answering struct {
	judge
	step  string
	tests []func(Answer) verdict
}

var _ types.GomegaMatcher = (*Answering)(nil)

// Answers matches when the step was answered; its methods say how.
func Answers(step string) *Answering {
	a := &Answering{step: step}
	a.judge = judge{what: fmt.Sprintf("%q is answered as said", step), decide: a.decide}
	return a
}

// AnswersCode matches when the JSON body of the step's answer has this "code".
func AnswersCode(step string, code int) *Answering { return Answers(step).WithProperty("code", code) }

func (a *Answering) decide(h engine.History) verdict {
	events := h.Named(a.step).Events()
	if len(events) == 0 {
		return wrong(Missing, "the story has no step %q", a.step)
	}
	for _, e := range events {
		answer := read(h, e)
		if !answer.Answered() {
			h.Cite(e)
			return wrong(NoAnswer, "%q got %s", a.step, answer.summary())
		}
		for _, test := range a.tests {
			if v := test(answer); v.code != "" {
				h.Cite(e)
				return v
			}
		}
	}
	return ok()
}

func (a *Answering) that(test func(Answer) verdict) *Answering {
	a.tests = append(a.tests, test)
	return a
}

// WithStatus wants the HTTP status.
func (a *Answering) WithStatus(status int) *Answering {
	return a.that(func(x Answer) verdict {
		if x.Status == status {
			return ok()
		}
		return wrong(WrongStatus, "%q got %s, expected status %d", a.step, x.summary(), status)
	})
}

// WithText wants the body to be exactly the text, white space around it aside.
func (a *Answering) WithText(text string) *Answering {
	return a.that(func(x Answer) verdict {
		if strings.TrimSpace(x.Body) == strings.TrimSpace(text) {
			return ok()
		}
		return wrong(WrongBody, "%q got %s, expected the body %q", a.step, x.summary(), text)
	})
}

// Containing wants the body to contain the text.
func (a *Answering) Containing(text string) *Answering {
	return a.that(func(x Answer) verdict {
		if strings.Contains(x.Body, text) {
			return ok()
		}
		return wrong(WrongBody, "%q got %s, expected a body that contains %q", a.step, x.summary(), text)
	})
}

// WithType wants the payload type of a gRPC answer.
func (a *Answering) WithType(payloadType string) *Answering {
	return a.that(func(x Answer) verdict {
		if x.Type == payloadType {
			return ok()
		}
		return wrong(WrongType, "%q got %s, expected the type %s", a.step, x.summary(), payloadType)
	})
}

// WithProperty wants a property of the JSON body, or of the data of its envelope when the name starts with "data.".
// Numbers compare by value; a nil value wants the property to be absent or null.
func (a *Answering) WithProperty(name string, value any) *Answering {
	return a.that(func(x Answer) verdict {
		object := x.JSON()
		key, inner := strings.CutPrefix(name, "data.")
		if inner {
			object, _ = object["data"].(map[string]any)
		}
		if found := object[key]; !sameJSON(found, value) {
			code := WrongBody
			if strings.HasSuffix(strings.ToLower(key), "code") {
				code = WrongCode
			}
			return wrong(code, "%q got %s, expected %s = %v, found %v", a.step, x.summary(), name, value, found)
		}
		return ok()
	})
}

// sameJSON compares a value read from JSON with one from Go.
func sameJSON(found, want any) bool {
	b, err := json.Marshal(want)
	if err != nil {
		return false
	}
	var normal any
	return json.Unmarshal(b, &normal) == nil && reflect.DeepEqual(found, normal)
}

// Showing wants a view, and the instance named by the fact in it to pass the test; the text says what is expected.
func (a *Answering) Showing(h engine.History, fact, text string, test func(Host) bool) *Answering {
	address := Fact(h, fact)
	return a.that(func(x Answer) verdict {
		host, found := x.Host(address)
		switch {
		case !found:
			return wrong(Missing, "%q got %s, expected %s in it", a.step, x.summary(), address)
		case !test(host):
			shown, _ := json.Marshal(host.Raw) // what was read from JSON encodes again
			return wrong(WrongBody, "%q shows %s, expected %s", a.step, shown, text)
		}
		return ok()
	})
}

// ShowingOnly wants a view of exactly the instances named by the facts; without facts, an empty view.
func (a *Answering) ShowingOnly(h engine.History, facts ...string) *Answering {
	want := map[string]int{}
	for _, f := range facts {
		want[Fact(h, f)]++
	}
	return a.that(func(x Answer) verdict {
		hosts, isView := x.Hosts()
		if !isView {
			return wrong(WrongBody, "%q got %s, expected a view with hosts", a.step, x.summary())
		}
		got := map[string]int{}
		for _, host := range hosts {
			got[host.Address]++
		}
		if !reflect.DeepEqual(got, want) {
			code := Unexpected
			if len(hosts) < len(facts) {
				code = Missing
			}
			return wrong(code, "%q shows %v, expected %v", a.step, x.Addresses(), want)
		}
		return ok()
	})
}

// Naming wants a list of service names with the one that the fact names.
func (a *Answering) Naming(h engine.History, fact string) *Answering {
	return a.names(Fact(h, fact), true)
}

// NotNaming wants a list of service names without the one that the fact names.
func (a *Answering) NotNaming(h engine.History, fact string) *Answering {
	return a.names(Fact(h, fact), false)
}

func (a *Answering) names(service string, want bool) *Answering {
	return a.that(func(x Answer) verdict {
		names, isList := x.Names()
		named := slices.Contains(names, service)
		switch {
		case !isList:
			return wrong(WrongBody, "%q got %s, expected a list of service names", a.step, x.summary())
		case named && !want:
			return wrong(Unexpected, "%q got %s, expected %s not to be in it", a.step, x.summary(), service)
		case !named && want:
			return wrong(Missing, "%q got %s, expected %s in it", a.step, x.summary(), service)
		}
		return ok()
	})
}

// Satisfying wants the answer to pass the test; the text says what is expected.
func (a *Answering) Satisfying(text string, test func(Answer) bool) *Answering {
	return a.that(func(x Answer) verdict {
		if test(x) {
			return ok()
		}
		return wrong(WrongBody, "%q got %s, expected %s", a.step, x.summary(), text)
	})
}
