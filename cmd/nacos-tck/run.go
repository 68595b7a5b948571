package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Run executes one command and returns the exit code of the process. Results go to stdout, progress and diagnostics
// to stderr. When ctx ends, the command ends in good order.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return reports.ExitExpected
	}
	ours, ok := errors.AsType[*failure](err)
	if !ok { // from cobra, which complains of flags and arguments
		text := strings.Join(strings.Fields(err.Error()), " ")
		ours = &failure{reports.ExitUsage, fmt.Errorf("%s; see: %s --help", text, command.CommandPath())}
	}
	for line := range strings.Lines(ours.Error()) {
		fmt.Fprintf(stderr, "nacos-tck: %s\n", strings.TrimSpace(line))
	}
	return ours.code
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "nacos-tck",
		Short: "Test servers that speak Nacos",
		Long: `nacos-tck tests whether a server that speaks Nacos behaves as Nacos does.

It carries a reference server, so that every command works with no server named.`,
		Example: `  nacos-tck conformance                                  test the embedded reference server
  nacos-tck conformance --target http://127.0.0.1:8848   test your own server
  nacos-tck serve                                        run the reference server
  nacos-tck list checks                                  see what is tested`,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().SortFlags = false
	root.AddCommand(newConformance(), newServe(), newList(), newReport(), newVersion())
	return root
}

// failure is an error with the exit code that it deserves. Without an error it is a code that explains itself.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// fail gives an error its exit code.
func fail(code int, err error) error { return &failure{code, err} }

func usage(format string, args ...any) error {
	return fail(reports.ExitUsage, fmt.Errorf(format, args...))
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colored says whether w should get colours; see no-color.org.
func colored(w io.Writer, noColor bool) bool {
	return !noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}
