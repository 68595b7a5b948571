package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour/decisions"
)

func newListLines(f *listFlags) *cobra.Command {
	var diff bool
	c := &cobra.Command{
		Use:   "lines [--diff OLD NEW]",
		Short: "List in what the lines of Nacos differ, decision by decision",
		Long: `List the decisions that the lines of Nacos take otherwise than each other, with the value of each line.
With --diff, only two lines are compared. Long values are cut; --json has them whole.`,
		Example: `  nacos-tck list lines
  nacos-tck list lines --diff 1.4 2.5`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case diff && len(args) != 2:
				return usage("--diff: expected two lines to compare, for example --diff 1.4 2.5, found %d", len(args))
			case !diff && len(args) != 0:
				return usage("expected no arguments without --diff, found %q", args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			lines := fixtures.Lines()
			if diff {
				lines = args
			}
			for _, line := range lines {
				if err := fixtures.CheckLine(line); err != nil {
					return usage("--diff: %w", err)
				}
			}
			if err := listLines(*f, c.OutOrStdout(), lines); err != nil {
				return orDefect(err)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&diff, "diff", false, "compare the two lines that are named")
	return c
}

// decision is one entry of the list of lines.
type decision struct {
	ID           string            `json:"id"`
	About        string            `json:"about"`
	Source       string            `json:"source"`
	Requirements []string          `json:"requirements,omitempty"`
	Values       map[string]string `json:"values"`
}

// listLines shows the decisions in which some of the lines differ.
func listLines(f listFlags, out io.Writer, lines []string) error {
	areas, err := decisions.All()
	if err != nil {
		return err
	}
	var compared []behaviour.Line
	for _, line := range lines {
		compared = append(compared, behaviour.Line(line))
	}
	var all []decision
	for _, area := range areas {
		for _, d := range area.Decisions {
			if !d.Differs(compared...) {
				continue
			}
			entry := decision{d.ID, d.About, d.Source, d.Requirements, map[string]string{}}
			for _, line := range compared {
				entry.Values[string(line)] = d.Values[line]
			}
			all = append(all, entry)
		}
	}
	return show(f, out, all, func(d decision) []string {
		columns := []string{d.ID}
		for _, line := range lines {
			columns = append(columns, line+": "+cut(strings.ReplaceAll(d.Values[line], "\n", " ")))
		}
		return append(columns, d.About)
	})
}

// cut is a value as it fits into a column.
func cut(value string) string {
	const most = 48
	if runes := []rune(value); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return value
}
