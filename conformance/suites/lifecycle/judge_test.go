package lifecycle_test

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

// history is a hand-written recording.
type history []reports.Event

func (h history) add(kind reports.Kind, name string, at float64, data any) history {
	b, _ := json.Marshal(data)
	moment := time.Duration(at * float64(time.Second))
	return append(h, reports.Event{Seq: len(h), Kind: kind, Name: name, Sent: moment, Received: moment + 5*time.Millisecond, Data: b})
}

func (h history) fact(name, value string) history { return h.add(reports.KindFact, name, 0, value) }

func (h history) answer(name string, at float64, status int, body string) history {
	return h.add(reports.KindRequest, name, at, map[string]any{"status": status, "body": body, "requestBody": ""})
}

func (h history) read(series string, at float64, addresses ...string) history {
	return h.add(reports.KindSample, series, at, map[string]any{"status": 200, "body": view(addresses...), "requestBody": ""})
}

func (h history) reads(series string, from, to float64, addresses ...string) history {
	for at := from; at < to; at += 0.25 {
		h = h.read(series, at, addresses...)
	}
	return h
}

func view(addresses ...string) string {
	hosts := []string{}
	for _, a := range addresses {
		ip, port, _ := strings.Cut(a, ":")
		hosts = append(hosts, fmt.Sprintf(`{"ip":%q,"port":%s,"healthy":true,"weight":1.0,"metadata":{}}`, ip, port))
	}
	return `{"hosts":[` + strings.Join(hosts, ",") + `]}`
}

// checks are all checks by id, with what their requirements say for line 2.5.
func checks(t *testing.T) map[string]engine.Check {
	t.Helper()
	suites, err := conformance.Suites("2.5")
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

// judge returns the reason code of a failure, empty for a pass.
func judge(check engine.Check, h history) (code string) {
	failed := struct{ string }{}
	defer func() {
		if r := recover(); r != nil {
			code, _, _ = strings.Cut(r.(struct{ string }).string, ":")
		}
	}()
	check.Judge(gomega.NewGomega(func(message string, _ ...int) {
		failed.string = message
		panic(failed)
	}), check.History(h...))
	return ""
}

const (
	one   = "127.0.0.1:8080"
	other = "127.0.0.2:8080"
)

func TestJudgements(t *testing.T) {
	left := func() history {
		return history{}.fact("instance", one).fact("other", other).
			reads("list", 0, 1, one, other).answer("before", 1, 200, view(one, other)).answer("deregister", 1.5, 200, "ok")
	}
	all := checks(t)
	for name, test := range map[string]struct {
		check   string
		history history
		want    string
	}{
		"visible after the lag":      {"deregistration-visible.v1", left().reads("list", 1.6, 2, one, other).reads("list", 2, 11, other), ""},
		"visible at once":            {"deregistration-visible.v1", left().reads("list", 1.6, 11, other), ""},
		"visible too late":           {"deregistration-visible.v1", left().reads("list", 1.6, 5, one, other).reads("list", 5, 11, other), "too-late"},
		"never":                      {"deregistration-visible.v1", left().reads("list", 1.6, 11, one, other), "never"},
		"final":                      {"deregistration-final.v1", left().reads("list", 1.6, 2, one, other).reads("list", 2, 12, other), ""},
		"comes back":                 {"deregistration-final.v1", left().reads("list", 1.6, 8, other).reads("list", 8, 12, one, other), "gone"},
		"takes the other along":      {"deregistration-final.v1", left().reads("list", 1.6, 12), "gone"},
		"spares the other":           {"deregistration-spares-others.v1", left().reads("list", 1.6, 12, other), ""},
		"takes it along for a while": {"deregistration-spares-others.v1", left().reads("list", 1.6, 4, other).reads("list", 4, 5).reads("list", 5, 12, other), "gone"},
		"answered":                   {"deregistration-answer.v1", left(), ""},
		"answered for nothing":       {"deregistration-answer.v1", history{}.fact("instance", one).fact("other", other).answer("before", 1, 200, "ok").answer("deregister", 1.5, 200, "ok"), "wrong-body"},
		"refused":                    {"deregistration-answer.v1", append(left()[:len(left())-1], history{}.answer("deregister", 1.5, 404, "no")...), "wrong-status"},
		"silent client removed":      {"silent-client-removed.grpc", silence(27), ""},
		"removed before it was due":  {"silent-client-removed.grpc", silence(12), "too-early"},
		"removed much later":         {"silent-client-removed.grpc", silence(32), "too-late"},
		"empty service cleaned":      {"empty-service-cleaned.never-used", cleaned(61), ""},
		"at the last moment":         {"empty-service-cleaned.never-used", cleaned(120), ""},
		"cleaned while young":        {"empty-service-cleaned.never-used", cleaned(59), "too-early"},
		"not cleaned":                {"empty-service-cleaned.never-used", cleaned(999), "never"},
		"two hosts of one address":   {"publishers-stand-apart.grpc", history{}.fact("instance", one).answer("new.both", 1, 200, view(one, one)), ""},
		"merged into one":            {"publishers-stand-apart.grpc", history{}.fact("instance", one).answer("new.both", 1, 200, view(one)), "missing"},
	} {
		t.Run(name, func(t *testing.T) {
			check, found := all["naming.lifecycle."+test.check]
			if !found {
				t.Fatalf("there is no check %s", test.check)
			}
			if got := judge(check, test.history); got != test.want {
				t.Errorf("expected %q, found %q", test.want, got)
			}
		})
	}
}

// silence is the story of a client that falls silent and is removed so many seconds later.
func silence(gone float64) history {
	return history{}.fact("instance", one).reads("list", 0, 1, one).
		add(reports.KindMark, "a.silent", 1, nil).reads("list", 1.1, 1+gone, one).reads("list", 1+gone, 1+gone+1)
}

// cleaned is the story of a service that is created and so many seconds later is not listed any more.
func cleaned(gone float64) history {
	h := history{}.fact("service", "s").answer("create", 0, 200, "ok")
	for at := 2.0; at <= 122.5; at++ {
		names := `{"count":1,"doms":["s"]}`
		if at >= gone {
			names = `{"count":0,"doms":[]}`
		}
		h = h.add(reports.KindSample, "services", at, map[string]any{"status": 200, "body": names, "requestBody": ""})
	}
	return h
}
