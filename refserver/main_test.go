package refserver_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if serving := os.Getenv(serveVariable); serving != "" {
		os.Exit(serveForBenchmark(serving))
	}
	goleak.VerifyTestMain(m)
}
