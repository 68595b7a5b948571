// Package heartbeat is the suite of its area: what beats, and their absence, do to ephemeral instances. Each file
// holds stories and, beside each story, the checks that read it.
package heartbeat

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Suite is the whole area.
func Suite() engine.Suite[*fixtures.Target] {
	stories := slices.Concat(
		silences(), expiries(), renewals(), recoveries(), registrations(),
		intervals(), refusedTimeouts(), exemptions(),
		answers(), fullBeats(), renewalsThatCount(), refusals(),
		switches(), pushes(), overGRPC(),
	)
	suite := engine.Suite[*fixtures.Target]{Area: "heartbeat"}
	for _, s := range stories {
		suite.Timelines = append(suite.Timelines, s.timeline())
		for _, check := range s.checks {
			check.Reads = []string{s.id}
			suite.Checks = append(suite.Checks, check)
		}
	}
	return suite
}
