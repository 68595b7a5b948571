// Command benchtable reads the output of "go test -bench" and prints what was measured as a table, beside the bound of
// each measure that has one: a benchmark reports the bound of the unit X as a measure of its own, max:X or min:X. A bound
// that was missed is shown and is no error, because the machine has its share in it; a benchmark that failed is one.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
)

func main() { os.Exit(run(os.Stdin, os.Stdout)) }

// measure is one number of a benchmark.
type measure struct {
	value float64
	unit  string
}

func run(in io.Reader, out io.Writer) int {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "benchmark\tmeasured\t\tto reach\t")
	failed, rows := false, 0
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := lines.Text()
		name, measures, ok := parse(line)
		switch {
		case ok:
			write(table, name, measures)
			rows++
		case strings.HasPrefix(line, "--- FAIL") || strings.HasPrefix(line, "FAIL") || strings.HasPrefix(line, "panic"):
			failed = true
			fallthrough
		case strings.HasPrefix(line, "    "): // what a benchmark has to say
			fmt.Fprintln(out, line)
		}
	}
	table.Flush()
	if failed || rows == 0 || lines.Err() != nil {
		fmt.Fprintln(out, "benchtable: a benchmark failed, or there was none; run it alone to see why")
		return 1
	}
	return 0
}

// parse reads a line of results: name, iterations, then pairs of a value and its unit.
func parse(line string) (name string, measures []measure, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || len(fields)%2 != 0 || !strings.HasPrefix(fields[0], "Benchmark") {
		return "", nil, false
	}
	for i := 2; i < len(fields); i += 2 {
		value, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return "", nil, false
		}
		measures = append(measures, measure{value, fields[i+1]})
	}
	name = strings.TrimPrefix(fields[0], "Benchmark")
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		name = name[:i] // the number of processors
	}
	return name, measures, true
}

// write prints the measures of a benchmark, each beside its bound.
func write(out io.Writer, name string, measures []measure) {
	bounds := map[string]measure{}
	for _, m := range measures {
		if kind, unit, ok := strings.Cut(m.unit, ":"); ok {
			bounds[unit] = measure{m.value, kind}
		}
	}
	for _, m := range measures {
		if strings.Contains(m.unit, ":") {
			continue
		}
		bound, verdict := "", ""
		if b, ok := bounds[m.unit]; ok {
			sign, reached := "≤", m.value <= b.value
			if b.unit == "min" {
				sign, reached = "≥", m.value >= b.value
			}
			bound, verdict = sign+" "+number(b.value), "reached"
			if !reached {
				verdict = "MISSED"
			}
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", name, number(m.value), m.unit, bound, verdict)
		name = ""
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
