package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// event is one line of "go test -json"; see "go doc test2json".
type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

// test is one test, benchmark or example that has begun; the one without a name stands for its package.
type test struct {
	output        strings.Builder
	children      int
	failedBelow   bool
	passed, fails int
}

type key struct{ pkg, name string }

// counter turns events into a count, and prints a line per package and failures in full.
type counter struct {
	out   io.Writer
	tests map[key]*test
	build map[string]*strings.Builder
	count
}

// countTests reads events until their end.
func countTests(events io.Reader, out io.Writer) (count, error) {
	c := counter{out: out, tests: map[key]*test{}, build: map[string]*strings.Builder{}}
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) == nil && e.Action != "" {
				c.add(e)
			} else {
				fmt.Fprintf(out, "%s", line) // the go command speaks for itself before the first test
			}
		}
		if errors.Is(err, io.EOF) {
			return c.count, nil
		}
		if err != nil {
			return c.count, fmt.Errorf("read the output of go test: %w", err)
		}
	}
}

func (c *counter) add(e event) {
	switch e.Action {
	case "build-output":
		c.buildOutput(e.ImportPath).WriteString(e.Output)
	case "build-fail":
		fmt.Fprintf(c.out, "FAIL build of %s\n%s", e.ImportPath, c.buildOutput(e.ImportPath))
	case "run":
		c.test(e.Package, e.Test)
		if up := parent(e.Test); up != "" {
			c.test(e.Package, up).children++
		}
	case "output":
		c.test(e.Package, e.Test).output.WriteString(e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			c.endPackage(e)
		} else {
			c.endTest(e)
		}
	}
}

// endTest counts tests without subtests, and those that fail by themselves. A skipped test has shown nothing and
// counts as failed.
func (c *counter) endTest(e event) {
	t, pkg := c.test(e.Package, e.Test), c.test(e.Package, "")
	switch {
	case e.Action != "pass":
		if up := parent(e.Test); up != "" {
			c.test(e.Package, up).failedBelow = true
		}
		fmt.Fprintf(c.out, "%s %s %s\n%s", strings.ToUpper(e.Action), e.Package, e.Test, t.output.String())
		if !t.failedBelow {
			pkg.fails++
		}
	case t.children == 0:
		pkg.passed++
	}
	t.output.Reset()
}

func (c *counter) endPackage(e event) {
	t := c.test(e.Package, "")
	if e.Action == "fail" && t.fails == 0 {
		t.fails++ // it did not build, or it died outside of its tests
		fmt.Fprintf(c.out, "FAIL %s\n%s", e.Package, c.allOutput(e.Package))
	}
	c.passed += t.passed
	c.failed += t.fails
	switch {
	case t.fails > 0:
		fmt.Fprintf(c.out, "    FAIL %s  %d passed, %d failed, %.1f s\n", e.Package, t.passed, t.fails, e.Elapsed)
	case t.passed > 0:
		fmt.Fprintf(c.out, "    ok   %s  %d passed, %.1f s\n", e.Package, t.passed, e.Elapsed)
	}
}

// allOutput is what a package and those of its tests wrote that have not ended.
func (c *counter) allOutput(pkg string) string {
	var all strings.Builder
	for k, t := range c.tests {
		if k.pkg == pkg {
			all.WriteString(t.output.String())
		}
	}
	return all.String()
}

func (c *counter) test(pkg, name string) *test {
	k := key{pkg, name}
	if c.tests[k] == nil {
		c.tests[k] = &test{}
	}
	return c.tests[k]
}

func (c *counter) buildOutput(importPath string) *strings.Builder {
	if c.build[importPath] == nil {
		c.build[importPath] = &strings.Builder{}
	}
	return c.build[importPath]
}

// parent is the test that a subtest belongs to, empty for none.
func parent(name string) string {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)]
}
