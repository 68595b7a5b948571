package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

func newReport() *cobra.Command {
	c := &cobra.Command{
		Use:   "report",
		Short: "Work on the records of earlier runs",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newJudge())
	return c
}

func newJudge() *cobra.Command {
	var noColor bool
	c := &cobra.Command{
		Use:   "judge LOG",
		Short: "Judge the event log of an earlier run again",
		Long: `Judge the event log of an earlier run again, with the checks of this version. No server is needed.

LOG is the events.ndjson that --out kept. A log that was cut is judged as far as it goes. The exit code is that
of the judged run.`,
		Example: "  nacos-tck report judge results/events.ndjson",
		Args:    cobra.ExactArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return judge(c, args[0], noColor) },
	}
	c.Flags().BoolVar(&noColor, "no-color", false, "print without colours (as does the variable NO_COLOR)")
	return c
}

func judge(c *cobra.Command, file string, noColor bool) error {
	log, err := reports.ReadLog(file)
	switch {
	case errors.Is(err, reports.ErrTruncated):
		fmt.Fprintln(c.ErrOrStderr(), err)
	case err != nil:
		return fail(reports.ExitUsage, err)
	}
	if err := fixtures.CheckLine(log.Header.Line); err != nil {
		return usage("%s: %w", file, err)
	}
	suites, err := conformance.Suites(log.Header.Line)
	if err != nil {
		return fail(reports.ExitDefect, err)
	}
	var checks []engine.Check
	for _, suite := range suites {
		checks = append(checks, suite.Checks...)
	}
	run := reports.Assemble(engine.Rejudge(checks, log, conformance.Trust()))
	out := c.OutOrStdout()
	if err := reports.WriteConsole(out, run, reports.ConsoleOptions{Color: colored(out, noColor)}); err != nil {
		return fail(reports.ExitDefect, fmt.Errorf("print the report: %w", err))
	}
	return fail(run.ExitCode(), nil)
}
