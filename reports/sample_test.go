package reports_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// sample is the log of a run with every verdict, every standing and every kind of record.
func sample() *reports.Log {
	log := &reports.Log{
		Header: reports.Header{
			Schema: reports.LogSchema,
			Tool:   reports.Tool{Name: "nacos-tck", Version: "0.1.0", Revision: "abc1234"},
			Target: reports.Target{Name: "nacos", Version: "2.5.1",
				Addresses: map[string]string{"http": "127.0.0.1:8848", "grpc": "127.0.0.1:9848"}},
			Line: "2.5", Mode: "real-time", Command: "nacos-tck conformance --target http://127.0.0.1:8848/nacos",
			Selection:   reports.Selection{Labels: "!area:push", Budget: "1m0s"},
			Environment: reports.Environment{OS: "linux", Arch: "amd64", CPUs: 2, Go: "go1.26.0"},
			Start:       time.Date(2026, 1, 2, 3, 4, 5, 678, time.FixedZone("", 3600)), Seed: 42,
		},
		Expectations: []reports.Expectation{
			{Check: "heartbeat.known", Reason: "answers 500 instead of 404", Link: "https://example.org/1"},
			{Check: "*.cured.v1", Reason: "was slow"},
			{Check: "heartbeat.gone", Reason: "renamed"},
		},
		Lateness: []reports.Lateness{{From: 10 * time.Second, To: 11 * time.Second, Worst: 312 * time.Millisecond}},
		Canaries: []reports.Canary{{ID: "canary.calm", Want: reports.Fail, Got: reports.Fail, Reason: "it sang"}},
		End:      &reports.End{Lasted: 41234567 * time.Microsecond, Exit: reports.ExitDefect},
	}
	log.Plan.Lasts = 36 * time.Second
	log.Plan.Timelines = []reports.PlannedTimeline{
		{ID: "heartbeat.silent", Area: "heartbeat", About: "An instance is never renewed.", Class: "shared", Lasts: 36 * time.Second},
		{ID: "lifecycle.clean", Area: "lifecycle", About: "A service loses its last instance.", Class: "shared", Group: "clean", Lasts: time.Minute},
	}
	log.Ends = []reports.TimelineEnd{
		{Timeline: "heartbeat.silent", Started: 12 * time.Millisecond, Ended: 36 * time.Second, Outcome: reports.OutcomeRecorded}}
	log.Events = []reports.Event{
		happened(1, reports.KindFact, "instance", 12, 12, `"10.0.0.1:8080"`),
		happened(2, reports.KindRequest, "register", 15, 18,
			`{"method":"POST","url":"/nacos/v1/ns/instance","requestBody":"ip=10.0.0.1&port=8080&metadata={\"a\":\"<b>\"}","status":200,"body":"ok"}`),
		happened(3, reports.KindSample, "list", 20412, 20415,
			`{"method":"GET","url":"/nacos/v1/ns/instance/list","status":200,"body":"{\"hosts\":[{\"ip\":\"10.0.0.1\",\"port\":8080,\"healthy\":true,\"weight\":1.0,\"enabled\":true,\"ephemeral\":true,\"clusterName\":\"DEFAULT\",\"serviceName\":\"DEFAULT_GROUP@@tck\",\"metadata\":{},\"instanceHeartBeatInterval\":5000,\"ipDeleteTimeout\":30000}]}"}`),
		happened(4, reports.KindMark, "end", 36000, 36000, ""),
	}
	add(log, "heartbeat", reports.Must, reports.Result{Check: "heartbeat.alive.v1", Verdict: reports.Pass})
	add(log, "heartbeat", reports.Must, reports.Result{Check: "heartbeat.unhealthy.v1", Verdict: reports.Fail, Code: "too-late",
		Reason:   "still healthy 20.40 s after the last beat, which is later than 20.00 s",
		Evidence: []reports.EventRef{{Timeline: "heartbeat.silent", Seq: 2}, {Timeline: "heartbeat.silent", Seq: 3}}})
	add(log, "heartbeat", reports.Should, reports.Result{Check: "heartbeat.known.v2", Verdict: reports.Fail, Code: "wrong-status", Reason: "status 500"})
	add(log, "heartbeat", reports.Should, reports.Result{Check: "heartbeat.cured.v1", Verdict: reports.Pass})
	add(log, "heartbeat", reports.May, reports.Result{Check: "heartbeat.busy.v1", Verdict: reports.Inconclusive, Code: "too-late", Reason: "late machine"})
	add(log, "heartbeat", reports.Must, reports.Result{Check: "heartbeat.panic.v1", Verdict: reports.HarnessError, Code: "panic", Reason: "panic at x.go:3: oops"})
	add(log, "lifecycle", reports.Must, reports.Result{Check: "lifecycle.claimed.v2", Verdict: reports.Undeclared, Code: "silent", Reason: "v2 is claimed and does not answer"})
	add(log, "lifecycle", reports.Must, reports.Result{Check: "lifecycle.user.v1", Verdict: reports.Untestable, Code: "prerequisite", Reason: "no user"})
	add(log, "lifecycle", reports.Must, reports.Result{Check: "lifecycle.lacks.v3", Verdict: reports.Unsupported, Code: "declared", Reason: "the target declares that it lacks v3"})
	add(log, "lifecycle", reports.Must, reports.Result{Check: "lifecycle.old.v1", Verdict: reports.Inapplicable, Code: "line", Reason: "the requirement does not hold for this line"})
	for i := range 2 {
		add(log, "lifecycle", reports.Must, reports.Result{Check: fmt.Sprintf("lifecycle.clean.v%d", i+1), Verdict: reports.NotRun, Code: "slow",
			Reason: "slow group clean, 60 s; --all runs it"})
	}
	last := &log.Plan.Checks[len(log.Plan.Checks)-1]
	last.NotRun, last.Why, last.Labels = "slow", "slow group clean, 60 s; --all runs it", []string{"time:slow"}
	return log
}

func happened(seq int, kind reports.Kind, name string, sent, received int, data string) reports.Event {
	e := reports.Event{Timeline: "heartbeat.silent", Seq: seq, Kind: kind, Name: name,
		Sent: time.Duration(sent) * time.Millisecond, Received: time.Duration(received) * time.Millisecond}
	if data != "" {
		e.Data = json.RawMessage(data)
	}
	return e
}

func add(log *reports.Log, area string, level reports.Level, r reports.Result) {
	requirement := r.Check[:len(r.Check)-len(".v1")]
	log.Plan.Checks = append(log.Plan.Checks, reports.PlannedCheck{
		ID: r.Check, Area: area, Requirement: requirement, Level: level,
		Sentence: "An ephemeral instance that was registered over HTTP and is not renewed turns unhealthy once the heartbeat timeout has passed since its last beat.",
		Expected: "unhealthy in (15 s, 20 s] after the last beat", Window: reports.Window{After: 15 * time.Second, Until: 20 * time.Second},
		Reads: []string{"heartbeat.silent"}, Labels: []string{"area:" + area}, Applies: r.Verdict != reports.Inapplicable,
	})
	log.Results = append(log.Results, r)
}

// records are the records of a log in the order in which a run writes them.
func records(log *reports.Log) []reports.Record {
	all := []reports.Record{log.Header}
	for _, e := range log.Expectations {
		all = append(all, e)
	}
	all = append(all, log.Plan)
	for _, e := range log.Events {
		all = append(all, e)
	}
	for _, l := range log.Lateness {
		all = append(all, l)
	}
	for _, e := range log.Ends {
		all = append(all, e)
	}
	if log.Stop != nil {
		all = append(all, *log.Stop)
	}
	for _, r := range log.Results {
		all = append(all, r)
	}
	for _, c := range log.Canaries {
		all = append(all, c)
	}
	if log.End != nil {
		all = append(all, *log.End)
	}
	return all
}
