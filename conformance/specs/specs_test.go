package specs_test

import (
	"context"
	"os"
	"testing"
	"testing/synctest"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/specs"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// The environment variables that choose the server under test.
const (
	targetVariable = "NACOS_TCK_TARGET" // its URL; unset for the embedded server in virtual time
	grpcVariable   = "NACOS_TCK_GRPC"   // its gRPC address, when it is not the HTTP port + 1000
	allVariable    = "NACOS_TCK_ALL"    // any text: the slow groups as well, which take no time in virtual time
)

// TestConformance runs the suites under Ginkgo: what Ginkgo's filters select is recorded, then each spec reports the
// verdict of its check.
func TestConformance(t *testing.T) {
	suites, err := conformance.Suites(line)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]reports.Result{}
	specs.Mount(suites, func(check string) reports.Result { return verdicts[check] })
	gomega.RegisterFailHandler(ginkgo.Fail)
	suite, reporter := ginkgo.GinkgoConfiguration()
	suite.FailOnEmpty = true
	if selected := specs.Selected(ginkgo.PreviewSpecs("Nacos conformance", suite, reporter)); len(selected) > 0 {
		for _, r := range run(t, selected).Results {
			verdicts[r.Check] = r
		}
	}
	ginkgo.RunSpecs(t, "Nacos conformance", suite, reporter)
}

const line = "2.5"

// run records and judges the checks, on the server that the environment names or on an embedded one.
func run(t *testing.T, checks []string) (log *reports.Log) {
	o := conformance.Options{Options: engine.Options{Select: checks, All: os.Getenv(allVariable) != ""}}
	test := func(ctx context.Context, source fixtures.Source, err error) {
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		o.Source = source
		if log, err = conformance.Run(ctx, o); err != nil {
			t.Fatal(err)
		}
	}
	if url := os.Getenv(targetVariable); url != "" {
		source, err := fixtures.Connect(t.Context(), fixtures.Address{URL: url, GRPC: os.Getenv(grpcVariable)})
		test(t.Context(), source, err)
		return log
	}
	o.All = true
	synctest.Test(t, func(t *testing.T) {
		source, err := fixtures.StartInMemory(fixtures.Embedding{Line: line})
		test(t.Context(), source, err)
	})
	return log
}
