package behaviour

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryLineHasABehaviour(t *testing.T) {
	for _, line := range Lines() {
		b, err := ForLine(line)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(b.Server.Version, string(line)) {
			t.Errorf("line %s reports version %s", line, b.Server.Version)
		}
	}
	if _, err := ForLine("9.9"); err == nil || !strings.Contains(err.Error(), "2.5") {
		t.Errorf("an unknown line must be refused with those that are known, found %v", err)
	}
}

func TestMutantsAreComplete(t *testing.T) {
	var ids []string
	for _, m := range Mutants() {
		if m.ID == "" || m.About == "" || m.Change == nil || len(m.Kills) == 0 || m.Reason == "" {
			t.Errorf("mutant %q lacks a member: %+v", m.ID, m)
		}
		if _, err := m.Behaviour(); err != nil {
			t.Errorf("mutant %s: %v", m.ID, err)
		}
		if slices.Contains(ids, m.ID) {
			t.Errorf("mutant %s exists twice", m.ID)
		}
		ids = append(ids, m.ID)
	}
}
