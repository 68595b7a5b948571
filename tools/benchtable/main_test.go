package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	var out strings.Builder
	code := run(strings.NewReader(`goos: linux
BenchmarkRegister-2   	      20	         2.000 max:ratio	     22336 ns-CPU/bare	         1.975 ratio
BenchmarkGrowth/services-2 	 2	 1.5 max:ratio	 1.6 ratio
BenchmarkRate-2 	 2	 100 min:1/s	 99 1/s
PASS
`), &out)
	if code != 0 {
		t.Errorf("expected 0, found %d", code)
	}
	var rows []string
	for line := range strings.Lines(out.String()) {
		rows = append(rows, strings.Join(strings.Fields(line), " "))
	}
	expected := []string{
		"benchmark measured to reach",
		"Register 22336 ns-CPU/bare", "1.975 ratio ≤ 2 reached",
		"Growth/services 1.6 ratio ≤ 1.5 MISSED",
		"Rate 99 1/s ≥ 100 MISSED",
	}
	if strings.Join(rows, "\n") != strings.Join(expected, "\n") {
		t.Errorf("expected\n%s\nfound\n%s", strings.Join(expected, "\n"), strings.Join(rows, "\n"))
	}
}

func TestFailures(t *testing.T) {
	for name, in := range map[string]string{
		"nothing":  "PASS\n",
		"a failed": "BenchmarkA-2 1 1 ns/op\n--- FAIL: BenchmarkB\n    b_test.go:1: the server did not start\nFAIL\n",
	} {
		var out strings.Builder
		if code := run(strings.NewReader(in), &out); code != 1 || !strings.Contains(out.String(), "run it alone") {
			t.Errorf("%s: expected 1 and advice, found %d and %s", name, code, &out)
		}
	}
}
