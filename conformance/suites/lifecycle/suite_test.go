package lifecycle_test

import (
	"testing"
	"testing/synctest"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// TestReferenceServerPasses runs the whole suite, slow groups and destructive stories included, in virtual time.
func TestReferenceServerPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source, err := fixtures.StartInMemory(fixtures.Embedding{Line: "2.5"})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		log, err := conformance.Run(t.Context(), conformance.Options{
			Source:  source,
			Options: engine.Options{Select: []string{"naming.lifecycle"}, All: true, Destructive: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range log.Results {
			if r.Verdict != reports.Pass && r.Verdict != reports.NotRun {
				t.Errorf("%s: %s (%s) %s", r.Check, r.Verdict, r.Code, r.Reason)
			}
		}
	})
}
