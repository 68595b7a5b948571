// Package heartbeat is the suite of its area.
package heartbeat

import (
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Suite is the whole area.
func Suite() engine.Suite[*fixtures.Target] {
	return engine.Suite[*fixtures.Target]{Area: "heartbeat"}
}
