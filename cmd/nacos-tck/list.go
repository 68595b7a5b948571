package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/requirements"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// listFlags are the flags of all lists.
type listFlags struct {
	line string
	json bool
}

func newList() *cobra.Command {
	var f listFlags
	c := &cobra.Command{
		Use:   "list",
		Short: "Show what is tested: requirements, checks, timelines, mutants, lines",
		Long: `Show what is tested.

  requirements  what a server must do, one sentence each
  checks        what judges them; their ids, or how these begin, are for --select
  timelines     the stories that a run plays and records for the checks
  mutants       servers that are wrong on purpose, and the checks that must find them out
  lines         in what the lines of Nacos differ`,
		Example: `  nacos-tck list checks
  nacos-tck list requirements --json
  nacos-tck list lines --diff 1.4 2.5`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	standard := (&targetFlags{}).lineOrDefault()
	c.PersistentFlags().StringVar(&f.line, "line", standard, "`line` of Nacos to show ("+strings.Join(fixtures.Lines(), ", ")+")")
	c.PersistentFlags().BoolVar(&f.json, "json", false, "print JSON")
	for _, list := range []struct {
		name, about string
		write       func(listFlags, io.Writer) error
	}{
		{"requirements", "what a server must do", listRequirements},
		{"checks", "what judges the requirements", listChecks},
		{"timelines", "the stories that a run records", listTimelines},
		{"mutants", "servers that are wrong on purpose", listMutants},
	} {
		c.AddCommand(&cobra.Command{
			Use: list.name, Short: "List " + list.about, Args: cobra.NoArgs,
			RunE: func(c *cobra.Command, _ []string) error {
				if err := fixtures.CheckLine(f.line); err != nil {
					return usage("--line: %w", err)
				}
				if err := list.write(f, c.OutOrStdout()); err != nil {
					return orDefect(err)
				}
				return nil
			},
		})
	}
	c.AddCommand(newListLines(&f))
	return c
}

// requirement is one entry of the list of requirements.
type requirement struct {
	ID       string   `json:"id"`
	Level    string   `json:"level"`
	Sentence string   `json:"sentence"`
	Expected string   `json:"expected,omitempty"`
	Sources  []string `json:"sources"`
	Checks   []string `json:"checks,omitempty"`
	// Unchecked is the reason for having no check.
	Unchecked string `json:"unchecked,omitempty"`
}

func listRequirements(f listFlags, out io.Writer) error {
	areas, err := requirements.Load()
	if err != nil {
		return err
	}
	var all []requirement
	for _, area := range areas {
		for _, r := range area.Requirements {
			if value, holds := r.Lines[f.line]; holds {
				all = append(all, requirement{r.ID, r.Level, r.Sentence, value.Expected, r.Sources, r.Checks, r.Unchecked})
			}
		}
	}
	return show(f, out, all, func(r requirement) []string { return []string{r.ID, r.Level, r.Sentence} })
}

func listChecks(f listFlags, out io.Writer) error {
	plan, err := f.plan()
	if err != nil {
		return err
	}
	return show(f, out, plan.Checks, func(c reports.PlannedCheck) []string {
		return []string{c.ID, string(c.Level), strings.Join(c.Labels, " ")}
	})
}

func listTimelines(f listFlags, out io.Writer) error {
	plan, err := f.plan()
	if err != nil {
		return err
	}
	return show(f, out, plan.Timelines, func(t reports.PlannedTimeline) []string {
		return []string{t.ID, t.Class, reports.Duration(t.Lasts), t.About}
	})
}

// plan is the plan of a run that leaves nothing out.
func (f listFlags) plan() (reports.Plan, error) {
	plan, err := conformance.Plan(conformance.Options{
		Options: engine.Options{All: true, Destructive: true},
		Source:  fixtures.At(&fixtures.Target{Line: f.line}),
	})
	if err != nil {
		return reports.Plan{}, err
	}
	return plan.Record(), nil
}

func listMutants(f listFlags, out io.Writer) error {
	var all []fixtures.Mutant
	for _, m := range fixtures.Mutants() {
		if m.Line == f.line {
			all = append(all, m)
		}
	}
	return show(f, out, all, func(m fixtures.Mutant) []string {
		return []string{m.ID, fmt.Sprintf("%d checks", len(m.Kills)), m.About}
	})
}

// show prints the entries as JSON, or one a line in columns.
func show[T any](f listFlags, out io.Writer, entries []T, columns func(T) []string) error {
	if f.json {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(append([]T{}, entries...))
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, entry := range entries {
		fmt.Fprintln(table, strings.Join(columns(entry), "\t"))
	}
	return table.Flush()
}
