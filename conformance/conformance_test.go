package conformance

import (
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/requirements"
)

func TestSuitesAndCatalogueAgree(t *testing.T) {
	suites, err := Suites("2.5")
	if err != nil {
		t.Fatal(err)
	}
	for _, suite := range suites {
		for _, check := range suite.Checks {
			if check.Rule.Sentence == "" || check.Rule.Applies && check.Rule.Expected == "" {
				t.Errorf("%s: expected the sentence and the value of its requirement, found %+v", check.ID, check.Rule)
			}
		}
	}
}

func TestJoinRejectsWhatDoesNotAgree(t *testing.T) {
	catalogue := func(check string) []requirements.Area {
		return []requirements.Area{{Name: "x", Requirements: []requirements.Requirement{{
			ID: "naming.x.one", Lines: map[string]requirements.Value{"2.5": {Expected: "so"}}, Checks: []string{check},
		}}}}
	}
	suite := func(check, requirement string) []Suite {
		return []Suite{{Area: "x", Checks: []engine.Check{{ID: check, Requirement: requirement}}}}
	}
	for name, test := range map[string]struct {
		suites []Suite
		areas  []requirements.Area
		want   string
	}{
		"a check that the catalogue does not list": {suite("naming.x.one.v2", "naming.x.one"), catalogue("naming.x.one.v1"), "check naming.x.one.v2 cites"},
		"a check under another requirement":        {suite("naming.x.one.v1", "naming.x.two"), catalogue("naming.x.one.v1"), `cites requirement "naming.x.two"`},
		"a check that no suite has":                {nil, catalogue("naming.x.one.v1"), "naming.x.one.v1, which no suite has"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := join(test.suites, test.areas, "2.5"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("expected an error with %q, found: %v", test.want, err)
			}
		})
	}
	joined, err := join(suite("naming.x.one.v1", "naming.x.one"), catalogue("naming.x.one.v1"), "1.4")
	if err != nil || joined[0].Checks[0].Rule.Applies {
		t.Errorf("expected a check that does not apply to line 1.4, found %+v, %v", joined, err)
	}
}
