package decisions

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/nacos-tck/nacos-tck/internal/golden"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func all(t *testing.T) []Area {
	t.Helper()
	areas, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return areas
}

func find(t *testing.T, id string) Decision {
	t.Helper()
	for _, area := range all(t) {
		for _, d := range area.Decisions {
			if d.ID == id {
				return d
			}
		}
	}
	t.Fatalf("no decision %s", id)
	return Decision{}
}

func TestPageIsCurrent(t *testing.T) {
	golden.Check(t, filepath.Join("..", "..", "..", "docs", "lines.md"), []byte(Page(all(t))))
}

func TestEveryDecisionIsExplained(t *testing.T) {
	for _, area := range all(t) {
		if area.About == "" {
			t.Errorf("area %s: expected a comment at its type, found none", area.Name)
		}
		for _, d := range area.Decisions {
			if d.About == "" || d.Source == "" {
				t.Errorf("%s: expected a comment with a meaning and a source, found %q and %q", d.ID, d.About, d.Source)
			}
		}
	}
}

func TestValuesAndProofs(t *testing.T) {
	d := find(t, "Heartbeat.Timeout")
	if d.Values[behaviour.Line25] != "15s" || d.Differs(behaviour.Lines()...) {
		t.Errorf("expected 15s on every line, found %v", d.Values)
	}
	if !slices.Contains(d.Requirements, "naming.heartbeat.unhealthy-after-timeout") {
		t.Errorf("expected the timeout to be proven by its requirement, found %v", d.Requirements)
	}
	if v := find(t, "Server.Version"); !v.Differs(behaviour.Line14, behaviour.Line25) {
		t.Errorf("expected the lines to differ in their versions, found %v", v.Values)
	}
}
