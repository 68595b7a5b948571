package selftest

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// TestEveryLineConforms holds the reference server of each line against all checks that apply to the line.
func TestEveryLineConforms(t *testing.T) {
	for _, line := range fixtures.Lines() {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			passed := 0
			for _, r := range recordEmbedded(t, fixtures.Embedding{Line: line}).Results {
				switch r.Verdict {
				case reports.Pass:
					passed++
				case reports.Inapplicable:
				default:
					t.Errorf("%s gives %s (%s): %s", r.Check, r.Verdict, r.Code, r.Reason)
				}
			}
			t.Logf("%d checks pass", passed)
			if passed == 0 {
				t.Error("no check applies to the line")
			}
		})
	}
}
