package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// printed is what twin.py prints for a scenario that differs in an answer, in a lost step and in pushes, and one without
// a recording.
const printed = `blank-service-name: 4 differences
    step 0 POST /nacos/v2/ns/instance?serviceName=%40%40x&ip=127.103.4.9&port=8080: .status: 200 ≠ 400
    step 0 POST /nacos/v2/ns/instance?serviceName=%40%40x&ip=127.103.4.9&port=8080: .body.data: "ok" ≠ "caused: it's empty"
    step 2.0.1: missing
    step 7 : seen: 2 items ≠ 1 items
switch-errors: MISSING in /tmp/out
2 scenarios, 28 steps, 2 scenarios differ, 3 steps differ
`

func TestParseDifferences(t *testing.T) {
	got, err := parseDifferences(printed)
	if err != nil {
		t.Fatal(err)
	}
	const request = "POST /nacos/v2/ns/instance?serviceName=%40%40x&ip=127.103.4.9&port=8080"
	want := []difference{
		{"blank-service-name", "0", request, ".status: 200 ≠ 400"},
		{"blank-service-name", "0", request, `.body.data: "ok" ≠ "caused: it's empty"`},
		{"blank-service-name", "2.0.1", "", "missing"},
		{"blank-service-name", "7", "", "seen: 2 items ≠ 1 items"},
		{"switch-errors", "", "", "the replay left no recording"},
	}
	if len(got) != len(want) {
		t.Fatalf("expected %d differences, found %+v", len(want), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("difference %d: expected %+v, found %+v", i, want[i], got[i])
		}
	}
	if equal, err := parseDifferences("37 scenarios, 900 steps, 0 scenarios differ, 0 steps differ\n"); err != nil || len(equal) != 0 {
		t.Errorf("equal recordings: expected no difference, found %+v, %v", equal, err)
	}
}

func TestParseDifferencesRefusesWhatItDoesNotUnderstand(t *testing.T) {
	lines := strings.SplitAfter(printed, "\n")
	for name, output := range map[string]string{
		"nothing":               "",
		"crash":                 "Traceback (most recent call last):\n",
		"no last line":          strings.Join(lines[:6], ""),
		"a difference is lost":  strings.Join(append(lines[:2:2], lines[3:]...), ""),
		"a scenario is lost":    strings.Join(append(lines[:5:5], lines[6:]...), ""),
		"one more difference":   strings.Replace(printed, "4 differences", "3 differences", 1),
		"a scenario cut short":  "a: 1 differences\nb: 1 differences\n    step 0: missing\n2 scenarios, 2 steps, 2 scenarios differ, 2 steps differ\n",
		"text after the end":    printed + "more\n",
		"a step of no scenario": "    step 0: missing\n1 scenarios, 2 steps, 0 scenarios differ, 0 steps differ\n",
	} {
		if got, err := parseDifferences(output); err == nil {
			t.Errorf("%s: expected an error, found %+v", name, got)
		}
	}
}

const declaration = `divergences:
  - scenario: blank-service-name
    lines: ["2.5"]
    differs:
      "0": [".status: 200 ≠ 400", ".body*"]
    why: a nameless service stops the cleaner of the real server
`

func TestParseDivergences(t *testing.T) {
	all, err := parseDivergences([]byte(declaration))
	if err != nil || len(all) != 1 || all[0].Differs["0"][1] != ".body*" {
		t.Fatalf("expected one entry, found %+v, %v", all, err)
	}
	for name, change := range map[string][2]string{
		"an unknown field": {"why:", "because: x\n    why:"},
		"no reason":        {"why: a nameless service stops the cleaner of the real server", `why: " "`},
		"no scenario":      {"scenario: blank-service-name", `scenario: ""`},
		"no line":          {`["2.5"]`, "[]"},
		"an unknown line":  {`"2.5"`, `"2.6"`},
		"no pattern":       {`[".status: 200 ≠ 400", ".body*"]`, "[]"},
		"an empty pattern": {`".body*"`, `""`},
		"no step":          {`      "0": [".status: 200 ≠ 400", ".body*"]`, "      {}"},
	} {
		if all, err := parseDivergences([]byte(strings.Replace(declaration, change[0], change[1], 1))); err == nil {
			t.Errorf("%s: expected an error, found %+v", name, all)
		}
	}
}

func TestTheDeclaredDivergencesAreValid(t *testing.T) {
	if _, err := loadDivergences("../../docs/divergences.yaml"); err != nil {
		t.Error(err)
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{".status: 200 ≠ 400", ".status: 200 ≠ 400", true},
		{".status: 200 ≠ 400", ".status: 200 ≠ 4001", false},
		{".status", "xstatus", false},
		{"*", "", true},
		{".body*≠*", ".body.data: [1] ≠ absent", true},
		{"time * for [80]", "time 3.2 ≠ 9.1 for [80]", true},
		{"time * for [80]", "time 3.2 ≠ 9.1 for [81]", false},
	} {
		if got := matches(c.pattern, c.text); got != c.want {
			t.Errorf("%q and %q: expected %t, found %t", c.pattern, c.text, c.want, got)
		}
	}
}

func TestJudge(t *testing.T) {
	declared, err := parseDivergences([]byte(declaration))
	if err != nil {
		t.Fatal(err)
	}
	status := difference{"blank-service-name", "0", "POST /", ".status: 200 ≠ 400"}
	body := difference{"blank-service-name", "0", "POST /", ".body.data: 1 ≠ 2"}
	elsewhere := difference{"blank-service-name", "1", "GET /", ".status: 200 ≠ 400"}
	recorded := recordings{{line: line{name: "2.5"}, area: "naming", scenarios: []string{"blank-service-name", "v1-beat"}}}
	replayed := func(differences ...difference) []result {
		return []result{{"2.5", "naming", "blank-service-name", differences}, {"2.5", "naming", "v1-beat", nil}}
	}
	for _, c := range []struct {
		name                       string
		results                    []result
		recorded                   recordings
		equal, declared, differing int
		stale                      int
	}{
		{"as declared", replayed(status, body), recorded, 1, 1, 0, 0},
		{"one more", replayed(status, body, elsewhere), recorded, 1, 0, 1, 0},
		{"one less", replayed(status), recorded, 1, 1, 0, 1},
		{"none", replayed(), recorded, 2, 0, 0, 2},
		{"not replayed", replayed()[1:], recorded, 1, 0, 0, 0},
		{"never recorded", replayed()[1:], nil, 1, 0, 0, 1},
		{"another line", []result{{"3.0", "naming", "blank-service-name", []difference{status}}}, recorded, 0, 0, 1, 0},
	} {
		v := judge(c.results, declared, c.recorded)
		var sum tally
		for _, row := range v.tallies {
			sum.equal, sum.declared, sum.differing = sum.equal+row.equal, sum.declared+row.declared, sum.differing+row.differing
		}
		if sum.equal != c.equal || sum.declared != c.declared || sum.differing != c.differing || len(v.stale) != c.stale {
			t.Errorf("%s: expected %d equal, %d declared, %d differing, %d stale, found %+v", c.name, c.equal, c.declared, c.differing, c.stale, v)
		}
		if want := c.differing > 0 || c.stale > 0; v.fails() != want {
			t.Errorf("%s: expected failing %t, found %t", c.name, want, v.fails())
		}
	}
}

func TestSummaryShowsWhatFails(t *testing.T) {
	differs := result{"2.5", "naming", "v1-beat", []difference{{"v1-beat", "3", "PUT /beat", ".status: 200 ≠ 404"}}}
	var out strings.Builder
	judge([]result{differs}, nil, nil).print(&out)
	for _, want := range []string{"line 2.5 naming v1-beat", "step 3", "PUT /beat", ".status: 200 ≠ 404", "1 recorded scenarios replayed: 0 equal, 0 differing as declared, 1 differing"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("expected %q in the summary, found:\n%s", want, out.String())
		}
	}
}

func TestFindRecordings(t *testing.T) {
	root := t.TempDir()
	for file, content := range map[string]string{
		"naming/two.yaml":                             "name: one\nsteps: []\n---\nname: two\n",
		"naming/recorded/2.5.1/one.ndjson":            "",
		"naming/recorded/2.5.1/two.ndjson":            "",
		"naming/recorded/2.0.4/two.ndjson":            "",
		"timing/own-server/a.yaml":                    "name: a\n",
		"timing/own-server/b.yaml":                    "name: b\n",
		"timing/own-server/recorded/3.0.3/a.ndjson":   "",
		"timing/own-server/recorded/3.0.3/b.ndjson":   "",
		"timing/own-server/recorded/3.0.3/notes.text": "",
		"ops/gates.yaml":                              "name: closed\n---\nname: open\nprofile: compat\n---\nname: odd\nprofile: odd\n",
		"ops/status.yaml":                             "name: status\nprofile: own\n",
		"ops/recorded/3.0.3/closed.ndjson":            "",
		"ops/recorded/3.0.3/open.ndjson":              "",
		"ops/recorded/3.0.3/odd.ndjson":               "",
		"ops/recorded/3.0.3/status.ndjson":            "",
	} {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, file), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := findRecordings(root)
	if err != nil {
		t.Fatal(err)
	}
	can, left := all.choose(lineNames(), allAreas, "*").replayable()
	found := make([]string, 0, len(can))
	for _, g := range can {
		found = append(found, g.String())
	}
	want := "line 3.0 timing a; line 3.0 timing b; line 2.0 naming (1 scenarios); line 2.5 naming (2 scenarios); " +
		"line 3.0 ops profile compat (1 scenarios); line 3.0 ops status; line 3.0 ops (1 scenarios)"
	if got := strings.Join(found, "; "); got != want {
		t.Errorf("expected %s, found %s", want, got)
	}
	if len(left) != 1 || left[0].String() != "line 3.0 ops profile odd (1 scenarios)" {
		t.Errorf("expected the group of profile odd alone to be left out, found %v", left)
	}
	if chosen := all.choose([]string{"2.5", "3.0"}, []string{"naming"}, "t*"); len(chosen) != 1 || chosen[0].scenarios[0] != "two" {
		t.Errorf("expected scenario two of line 2.5 only, found %v", chosen)
	}
	if err := os.WriteFile(filepath.Join(root, "naming/recorded/2.5.1/lost.ndjson"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := findRecordings(root); err == nil || !strings.Contains(err.Error(), "lost") {
		t.Errorf("expected an error that names the recording without a scenario, found %v", err)
	}
}

func TestMissingRecordingsAreSaidAndPass(t *testing.T) {
	var out strings.Builder
	if code := run(t.Context(), []string{"-recordings", t.TempDir()}, &out); code != exitEqual || !strings.Contains(out.String(), "NOT replayed") {
		t.Errorf("expected exit 0 and a clear sentence, found %d, %q", code, out.String())
	}
	for _, args := range [][]string{{"-lines", "9.9"}, {"-areas", "cluster"}, {"-lines", ","}, {"-only", "["}, {"-jobs", "0"}, {"-nope"}} {
		if code := run(t.Context(), args, &out); code != exitUsage {
			t.Errorf("%v: expected exit %d, found %d", args, exitUsage, code)
		}
	}
}
