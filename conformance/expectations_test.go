package conformance

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/fixtures"
)

// TestShippedExpectationsAreCurrent: the files name features and checks that there are, and say why.
func TestShippedExpectationsAreCurrent(t *testing.T) {
	suites, err := Suites("2.5")
	if err != nil {
		t.Fatal(err)
	}
	var checks []string
	for _, suite := range suites {
		for _, check := range suite.Checks {
			checks = append(checks, check.ID)
		}
	}
	files, err := filepath.Glob("../fixtures/expectations/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("expected files in fixtures/expectations, found %v %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			known, err := fixtures.LoadExpectations(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := known.Unmatched(checks); err != nil {
				t.Error(err)
			}
			for _, e := range known.Known {
				if strings.HasPrefix(e.Reason, "observed") || e.Link == "" {
					t.Errorf("%s: expected why the target does so and where that can be read, found %q and %q", e.Checks[0].Text, e.Reason, e.Link)
				}
			}
		})
	}
}
