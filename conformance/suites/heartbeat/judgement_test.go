package heartbeat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// history is a hand-written recording of the instance at address.
type history []reports.Event

const address = "127.0.0.1:8080"

func (h history) add(kind reports.Kind, name string, at float64, data any) history {
	b, _ := json.Marshal(data)
	moment := time.Duration(at * float64(time.Second))
	return append(h, reports.Event{Seq: len(h), Kind: kind, Name: name, Sent: moment, Received: moment + 5*time.Millisecond, Data: b})
}

func (h history) fact(name string) history { return h.add(reports.KindFact, name, 0, address) }

func (h history) answer(name string, at float64, status int, body string) history {
	return h.add(reports.KindRequest, name, at, map[string]any{"status": status, "body": body, "requestBody": ""})
}

// reads shows the instance as healthy, unhealthy or absent, every half second.
func (h history) reads(from, to float64, state string) history {
	body := `{"hosts":[]}`
	if state != "absent" {
		body = fmt.Sprintf(`{"hosts":[{"ip":"127.0.0.1","port":8080,"healthy":%t}]}`, state == "healthy")
	}
	for at := from; at < to; at += 0.5 {
		h = h.add(reports.KindSample, "list", at, map[string]any{"status": 200, "body": body, "requestBody": ""})
	}
	return h
}

// silence is the recording of an instance that turns unhealthy and is removed at the moments.
func silence(unhealthy, removed float64) history {
	return history{}.fact("instance").answer("register", 0, 200, "ok").
		reads(0.1, unhealthy, "healthy").reads(unhealthy, removed, "unhealthy").reads(removed, 37.5, "absent")
}

// flickering is the recording of a silent instance that is unhealthy for a moment long before its time.
func flickering(from, to float64) history {
	return history{}.fact("instance").answer("register", 0, 200, "ok").
		reads(0.1, from, "healthy").reads(from, to, "unhealthy").reads(to, 16, "healthy")
}

// renewed is the recording of an instance that is healthy but for the span.
func renewed(from, to float64) history {
	return history{}.fact("light").answer("register-light", 0, 200, "ok").
		reads(0.1, from, "healthy").reads(from, to, "unhealthy").reads(to, 41, "healthy")
}

// beaten is the recording of a beat that makes the instance healthy after the lag.
func beaten(lag float64) history {
	return history{}.fact("light").answer("register", 0, 200, "ok").reads(1, 20, "healthy").reads(20, 22, "unhealthy").
		answer("beat-light", 22, 200, "").reads(22.1, 22+lag, "unhealthy").reads(22+lag, 24.5, "healthy")
}

func answered(body string) history { return history{}.answer("known", 1, 200, body) }

func TestJudgements(t *testing.T) {
	all := checks(t)
	for name, test := range map[string]struct {
		check   string
		history history
		want    string
	}{
		"unhealthy at the first check": {"unhealthy-after-timeout.v1", silence(15.6, 31), ""},
		"unhealthy at the last check":  {"unhealthy-after-timeout.v1", silence(20.6, 31), ""},
		"unhealthy early":              {"unhealthy-after-timeout.v1", silence(14.6, 31), "too-early"},
		"unhealthy late":               {"unhealthy-after-timeout.v1", silence(23.1, 31), "too-late"},
		"never unhealthy":              {"unhealthy-after-timeout.v1", silence(37.5, 37.5), "never"},
		"removed while healthy":        {"unhealthy-after-timeout.v1", silence(31, 31), "never"},
		"healthy for long enough":      {"healthy-until-timeout.v1", silence(15.6, 31), ""},
		"ill for a while":              {"healthy-until-timeout.v1", flickering(8, 9), "gone"},
		"listed between":               {"listed-while-unhealthy.v1", silence(20.6, 30.6), ""},
		"not listed between":           {"listed-while-unhealthy.v1", silence(15.6, 27), "gone"},
		"healthy between":              {"listed-while-unhealthy.v1", silence(25, 31), "gone"},
		"removed in time":              {"removed-after-delete-timeout.v1", silence(16, 35.6), ""},
		"removed early":                {"removed-after-delete-timeout.v1", silence(16, 29), "too-early"},
		"not removed":                  {"removed-after-delete-timeout.v1", silence(16, 37.5), "never"},
		"recording cut short":          {"removed-after-delete-timeout.v1", silence(16, 37.5)[:40], "unobserved"},
		"renewed":                      {"beats-keep-healthy.light-v1", renewed(41, 41), ""},
		"ill in spite of beats":        {"beats-keep-healthy.light-v1", renewed(20, 21), "gone"},
		"restored":                     {"beat-restores-health.light-v1", beaten(0.6), ""},
		"restored late":                {"beat-restores-health.light-v1", beaten(2.2), "too-late"},
		"three properties":             {"answer-fields.v1", answered(`{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}`), ""},
		"a property too few":           {"answer-fields.v1", answered(`{"clientBeatInterval":5000,"code":10200}`), "wrong-body"},
		"a property too many":          {"answer-fields.v1", answered(`{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true,"data":1}`), "wrong-body"},
		"no answer":                    {"answer-fields.v1", history{}.answer("known", 1, 0, ""), "no-answer"},
	} {
		t.Run(name, func(t *testing.T) {
			check, known := all["naming.heartbeat."+test.check]
			if !known {
				t.Fatalf("there is no check %s", test.check)
			}
			if got := judge(check, test.history); got != test.want {
				t.Errorf("%s gives %q, expected %q", test.check, got, test.want)
			}
		})
	}
}

// checks are all checks by id, with what their requirements say for the line.
func checks(t *testing.T) map[string]engine.Check {
	t.Helper()
	suites, err := conformance.Suites(line)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]engine.Check{}
	for _, suite := range suites {
		for _, check := range suite.Checks {
			all[check.ID] = check
		}
	}
	return all
}

// judge returns the reason code of the first failure, empty for a pass.
func judge(check engine.Check, h history) (code string) {
	g := gomega.NewGomega(func(message string, _ ...int) {
		if code == "" {
			code, _, _ = strings.Cut(message, ":")
		}
	})
	check.Judge(g, check.History(h...))
	return code
}
