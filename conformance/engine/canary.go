package engine

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Canaries judges three checks whose verdicts are known beforehand, by the code and with the trust that judge all
// others. A canary with another verdict means that no verdict of the run can be believed.
func Canaries(trust Trust) []reports.Canary {
	const late = "late"
	trust.TimedReasons = []string{late}
	log := &reports.Log{
		Events: []reports.Event{
			{Timeline: "canary.calm", Seq: 1, Kind: reports.KindMark, Name: "sung"},
			{Timeline: "canary.busy", Seq: 1, Kind: reports.KindMark, Name: "sung", Sent: time.Second, Received: time.Second},
		},
		Lateness: []reports.Lateness{{From: time.Second, To: 2 * time.Second, Worst: trust.bound() + time.Millisecond}},
		Ends: []reports.TimelineEnd{
			{Timeline: "canary.calm", Outcome: reports.OutcomeRecorded},
			{Timeline: "canary.busy", Ended: 2 * time.Second, Outcome: reports.OutcomeRecorded},
			{Timeline: "canary.caged", Outcome: reports.OutcomeUntestable, Code: "prerequisite", Reason: "the cage is shut"},
		},
	}
	wants := []struct {
		timeline string
		verdict  reports.Verdict
	}{
		{"canary.calm", reports.Fail},
		{"canary.caged", reports.Untestable},
		{"canary.busy", reports.Inconclusive},
	}
	var canaries []reports.Canary
	for _, want := range wants {
		result := Judge([]Check{canary(want.timeline, late)}, log, trust)[0]
		canaries = append(canaries, reports.Canary{ID: want.timeline, Want: want.verdict, Got: result.Verdict, Reason: result.Reason})
	}
	return canaries
}

// canary is a check that can only fail.
func canary(timeline, code string) Check {
	return Check{
		ID: timeline + ".check", Reads: []string{timeline}, Rule: Rule{Applies: true},
		Judge: func(g gomega.Gomega, h History) {
			g.Expect(h.Events()).To(silence{gomega.BeEmpty(), code})
		},
	}
}

// silence fails with a reason code of its own.
type silence struct {
	gomega.OmegaMatcher
	code string
}

func (s silence) FailureMessage(any) string { return s.code + ": the canary sang, as it must" }
