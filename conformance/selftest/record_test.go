// Package selftest proves that the checks of the suites can fail: the kill matrix, the null floor and damaged histories.
package selftest

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/reports"
)

// record runs the suites and fails the test when they cannot be run. It is called inside a bubble.
func record(t *testing.T, o conformance.Options) *reports.Log {
	t.Helper()
	log, err := conformance.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return log
}
