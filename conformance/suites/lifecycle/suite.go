// Package lifecycle is the suite of its area: how instances and services come to be, what identifies them, and how
// they end. Each file holds stories and, beside each story, the checks that read it.
package lifecycle

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Suite is the whole area.
func Suite() engine.Suite[*fixtures.Target] {
	return suites.Of("lifecycle", slices.Concat(
		registrations(), defaults(), identities(), places(), reregistrations(), deregistrations(),
		refusals(), routes(), services(), kinds(),
		setUps(), publications(), batches(), endings(), liveness(), connected(), subscriptions(), subscribersOfServices(),
		cleaning(), nameless(),
	))
}
