package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
)

// print writes the differences that fail, then one row for each line and area, then one sentence.
func (v verdict) print(out io.Writer) {
	for _, r := range v.undeclared {
		fmt.Fprintf(out, "\nDIFFERS  line %s %s %s (real server ≠ reference server)\n", r.line, r.area, r.scenario)
		var last difference
		for _, d := range r.differences {
			if d.step != last.step || d.request != last.request {
				fmt.Fprintf(out, "  step %s  %s\n", d.step, d.request)
			}
			fmt.Fprintf(out, "    %s\n", d.what)
			last = d
		}
	}
	for _, entry := range v.stale {
		fmt.Fprintf(out, "\nSTALE    docs/divergences.yaml: %s: take it out\n", entry)
	}
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "line\tarea\tequal\tdiffering as declared\tdiffering\t")
	rows := slices.Clone(v.tallies)
	slices.SortFunc(rows, func(a, b tally) int {
		return cmp.Or(strings.Compare(a.line, b.line), strings.Compare(a.area, b.area))
	})
	var all tally
	for _, t := range rows {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t\n", t.line, t.area, t.equal, t.declared, t.differing)
		all.equal, all.declared, all.differing = all.equal+t.equal, all.declared+t.declared, all.differing+t.differing
	}
	table.Flush()
	fmt.Fprintf(out, "\n%d recorded scenarios replayed: %d equal, %d differing as declared, %d differing; %d stale declarations\n",
		all.equal+all.declared+all.differing, all.equal, all.declared, all.differing, len(v.stale))
}

// lockedWriter lets replays that run at once print whole lines.
type lockedWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}
