// Package lifecycle is the suite of its area: how instances and services come to be, what identifies them, and how
// they end. Each file holds stories and, beside each story, the checks that read it.
package lifecycle

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Suite is the whole area.
func Suite() engine.Suite[*fixtures.Target] {
	stories := slices.Concat(
		registrations(), defaults(), identities(), reregistrations(), deregistrations(),
		refusals(), routes(), services(), kinds(),
		setUps(), publications(), batches(), endings(), liveness(), subscriptions(),
		cleaning(), nameless(),
	)
	suite := engine.Suite[*fixtures.Target]{Area: "lifecycle"}
	for _, s := range stories {
		suite.Timelines = append(suite.Timelines, s.timeline())
		for _, check := range s.checks {
			check.Reads = []string{s.id}
			suite.Checks = append(suite.Checks, check)
		}
	}
	return suite
}

// overHTTP tells a story once over each generation of the HTTP API.
func overHTTP(tell func(api drive.API) story) []story {
	return []story{tell(drive.V1), tell(drive.V2)}
}
