// Package heartbeat is the suite of its area: what beats, and their absence, do to ephemeral instances. Each file
// holds stories and, beside each story, the checks that read it.
package heartbeat

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Suite is the whole area.
func Suite() engine.Suite[*fixtures.Target] {
	return suites.Of("heartbeat", slices.Concat(
		silences(), lastBeats(), expiries(), renewals(), recoveries(), registrations(),
		intervals(), refusedTimeouts(), exemptions(),
		answers(), fullBeats(), renewalsThatCount(), places(), refusals(),
		switches(), pushes(), overGRPC(),
	))
}
