package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// conformanceFlags are the flags as given.
type conformanceFlags struct {
	target            targetFlags
	selection         []string
	labels            string
	levels            []string
	all, destructive  bool
	budget            time.Duration
	expectations      string
	writeExpectations string
	out               string
	noColor           bool
}

func newConformance() *cobra.Command {
	var f conformanceFlags
	c := &cobra.Command{
		Use:   "conformance",
		Short: "Test whether a server behaves as Nacos does",
		Long: `Test whether a server behaves as Nacos does.

Without --target and --process the embedded reference server is tested. A run uses names of its own and
removes what it registers; nothing that it sends by default harms a server.

All waits run at once, so that a run takes as long as its longest story. Stories of a minute and more are left
out and listed as not run; --all includes them.

A check has one of nine verdicts: pass, fail, undeclared, untestable, unsupported, inapplicable, inconclusive,
harness-error, not-run.

Exit codes:
   0  all as expected, and at least one check ran
   1  a check failed that was not expected to
   2  nothing failed, but a measurement of time cannot be trusted
   3  an expectation no longer holds or matches nothing
  64  wrong usage
  69  the target cannot be reached, or was lost
  70  a defect of the tool, or its log could not be kept
 130  interrupted; the report is valid and partial`,
		Example: `  nacos-tck conformance
  nacos-tck conformance --target http://127.0.0.1:8848 --out results
  nacos-tck conformance --target nacos.example:8848 --user nacos        (password in NACOS_TCK_PASSWORD)
  nacos-tck conformance --select heartbeat --level must
  nacos-tck conformance --target http://127.0.0.1:8848 --write-expectations known.yaml
  nacos-tck conformance --target http://127.0.0.1:8848 --expectations known.yaml
  nacos-tck conformance --process 'my-nacos --port {port} --grpc-port {grpc-port} --data {data}'`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.target.register(flags)
	flags.StringSliceVar(&f.selection, "select", nil, "`ids` of areas, requirements or checks to run, or how they begin; parted by commas")
	flags.StringVar(&f.labels, "label", "", "`expression` over the labels of checks, in Ginkgo's language: 'transport:grpc && !time:slow'")
	flags.StringSliceVar(&f.levels, "level", nil, "`levels` of requirements to run: must, should, may; parted by commas")
	flags.BoolVar(&f.all, "all", false, "run the slow groups as well")
	flags.BoolVar(&f.destructive, "destructive", false, "run what may harm the target; servers that the tool starts get it anyway")
	flags.DurationVar(&f.budget, "budget", 0, "longest planned `time` of the run, such as 60s; what does not fit is not run")
	flags.StringVar(&f.expectations, "expectations", "", "`file` that says which checks are known to fail on the target")
	flags.StringVar(&f.writeExpectations, "write-expectations", "", "write such a `file` from this run")
	flags.StringVar(&f.out, "out", "", "`directory` to keep events.ndjson, report.json and junit.xml in")
	flags.BoolVar(&f.noColor, "no-color", false, "print without colours (as does the variable NO_COLOR)")
	return c
}

// run checks all that can be checked before it reaches out to a server, then tests.
func (f *conformanceFlags) run(c *cobra.Command) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	known, err := f.known(options)
	if err != nil {
		return err
	}
	if err := f.checkFiles(); err != nil {
		return err
	}
	ctx := c.Context()
	source, err := f.target.open(ctx, known.Declared(), f.out, c.ErrOrStderr())
	if err != nil {
		return explain(ctx, err)
	}
	code, err := f.test(c, conformance.Options{
		Options: options, Source: source, Expectations: known.Reports(),
	}, known)
	if err := errors.Join(err, source.Close()); err != nil {
		return orDefect(err)
	}
	return fail(code, nil)
}

// orDefect gives an error without an exit code that of a defect.
func orDefect(err error) error {
	if _, coded := errors.AsType[*failure](err); coded {
		return err
	}
	return fail(reports.ExitDefect, err)
}

// explain gives the error of a target its exit code.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fail(reports.ExitInterrupted, errors.New("interrupted before the run began; nothing was tested"))
	}
	if _, ok := errors.AsType[*fixtures.LineError](err); ok {
		return fail(reports.ExitUsage, err)
	}
	if _, coded := errors.AsType[*failure](err); coded {
		return err
	}
	return fail(reports.ExitTarget, err)
}

// options are the flags that choose what is recorded.
func (f *conformanceFlags) options() (engine.Options, error) {
	o := engine.Options{
		Select: f.selection, Labels: f.labels, All: f.all, Destructive: f.destructive, Budget: f.budget,
		Seed: uint64(rand.Uint32()), // small enough for every reader of JSON
	}
	for _, text := range f.levels {
		level := reports.Level(strings.ToUpper(strings.TrimSpace(text)))
		switch level {
		case reports.Must, reports.Should, reports.May:
			o.Levels = append(o.Levels, level)
		default:
			return o, usage("--level: expected must, should or may, found %q", text)
		}
	}
	if f.budget < 0 {
		return o, usage("--budget: expected a time such as 60s, found %s", f.budget)
	}
	return o, f.target.check()
}

// known reads the expectations and holds them and the selection against the checks that there are.
func (f *conformanceFlags) known(o engine.Options) (*fixtures.Expectations, error) {
	line := f.target.lineOrDefault()
	if _, err := conformance.Suites(line); err != nil {
		return nil, fail(reports.ExitDefect, err)
	}
	plan, err := conformance.Plan(conformance.Options{Options: o, Source: fixtures.At(&fixtures.Target{Line: line})})
	if err != nil {
		return nil, fail(reports.ExitUsage, err)
	}
	if f.expectations == "" {
		return &fixtures.Expectations{}, nil
	}
	known, err := fixtures.LoadExpectations(f.expectations)
	if err != nil {
		return nil, fail(reports.ExitUsage, err)
	}
	var ids []string
	for _, check := range plan.Checks() {
		ids = append(ids, check.ID)
	}
	if err := known.Unmatched(ids); err != nil {
		return nil, fail(reports.ExitStale, err)
	}
	return known, nil
}

// checkFiles refuses to start what could not be kept at the end.
func (f *conformanceFlags) checkFiles() error {
	if f.out != "" {
		log := filepath.Join(f.out, reports.LogFile)
		if _, err := os.Stat(log); err == nil {
			return usage("--out: expected a directory without an earlier run, found %s: name another directory or remove that run", log)
		}
		if info, err := os.Stat(f.out); err == nil && !info.IsDir() {
			return usage("--out: expected a directory, found the file %s: name another", f.out)
		}
	}
	if file := f.writeExpectations; file != "" && file != f.expectations {
		if _, err := os.Stat(file); err == nil {
			return usage("--write-expectations: expected a file that does not exist, found %s: name another, or give it as --expectations too to renew it", file)
		}
		if _, err := os.Stat(filepath.Dir(file)); err != nil {
			return usage("--write-expectations: expected a directory to write %s into: %w", file, err)
		}
	}
	return nil
}

// test runs, prints and keeps what came out. The code is that of the run.
func (f *conformanceFlags) test(c *cobra.Command, o conformance.Options, known *fixtures.Expectations) (code int, err error) {
	target := o.Source.Target()
	o.Header = reports.Header{
		Tool:   thisTool(),
		Target: reports.Target{Name: target.Name, Version: target.Version, Addresses: target.Addresses()},
		Line:   target.Line, Mode: "real-time", Command: f.target.command(),
		Environment: reports.ThisEnvironment(), Start: time.Now(),
	}
	o.Observer = reports.NewProgress(c.ErrOrStderr(), isTerminal(c.ErrOrStderr()))
	if f.out != "" {
		sink, err := reports.CreateLog(f.out)
		if err != nil {
			return 0, fail(reports.ExitUsage, err)
		}
		defer func() { err = errors.Join(err, sink.Close()) }()
		o.Sink = sink
	}
	log, err := conformance.Run(c.Context(), o)
	if err != nil {
		return 0, err
	}
	run := reports.Assemble(log)
	return run.ExitCode(), errors.Join(f.keep(c, run, known), f.print(c, run))
}

func (f *conformanceFlags) print(c *cobra.Command, run *reports.Run) error {
	out := c.OutOrStdout()
	if err := reports.WriteConsole(out, run, reports.ConsoleOptions{Color: colored(out, f.noColor)}); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	return nil
}

// keep writes the files that the user asked for.
func (f *conformanceFlags) keep(c *cobra.Command, run *reports.Run, known *fixtures.Expectations) error {
	var problems []error
	if f.out != "" {
		problems = append(problems, reports.Save(f.out, run))
	}
	switch {
	case f.writeExpectations == "":
	case run.Stop != nil:
		fmt.Fprintf(c.ErrOrStderr(), "%s is not written: the run is not complete\n", f.writeExpectations)
	default:
		problems = append(problems, fixtures.Observed(run, known).Write(f.writeExpectations))
	}
	return errors.Join(problems...)
}
