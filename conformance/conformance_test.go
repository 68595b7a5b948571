package conformance

import (
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/requirements"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

func TestSuitesAndCatalogueAgree(t *testing.T) {
	for _, line := range fixtures.Lines() {
		suites, err := Suites(line)
		if err != nil {
			t.Fatal(err)
		}
		for _, suite := range suites {
			for _, check := range suite.Checks {
				if r := check.Rule; r.Sentence == "" || r.Applies != (r.Why == "") || r.Applies && r.Expected == "" {
					t.Errorf("line %s: %s: expected the sentence and the value of its requirement, or why it does not apply, found %+v", line, check.ID, r)
				}
			}
		}
	}
}

func TestWhatALineLacksIsNotAskedOfIt(t *testing.T) {
	for _, c := range []struct{ line, check, why string }{
		{"1.4", "naming.lifecycle.registration-visible.v1-list", ""},
		{"1.4", "naming.lifecycle.registration-visible.v2-list", "servers of line 1.4 have no http.v2"},
		{"2.0", "naming.lifecycle.one-kind-per-service.grpc", "servers of line 2.0 have no grpc.batch"},
		{"2.0", "naming.lifecycle.instance-id.v1", ""},
		{"2.0", "naming.lifecycle.instance-id.grpc", "the requirement does not ask this of line 2.0: ip#port#cluster#group@@service over v1, none over gRPC"},
		{"1.4", "naming.lifecycle.cluster-move-replaces.v1", "the requirement is not in force in line 1.4: two hosts, one in each cluster"},
		{"3.0", "naming.lifecycle.registration-visible.v1-list", ""},
		{"3.0", "naming.lifecycle.registration-visible.v1-detail", "servers of line 3.0 have no http.v1.admin"},
		{"3.0", "naming.lifecycle.service-create.v1", "servers of line 3.0 have no http.v1.admin"},
	} {
		suites, err := Suites(c.line)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, suite := range suites {
			for _, check := range suite.Checks {
				if check.ID != c.check {
					continue
				}
				found = true
				if check.Rule.Why != c.why {
					t.Errorf("line %s: %s: expected %q, found %q", c.line, c.check, c.why, check.Rule.Why)
				}
			}
		}
		if !found {
			t.Errorf("expected a check %s, found none", c.check)
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
