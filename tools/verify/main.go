// Command verify runs the steps of `make test` one after the other and counts what passed. It goes on after a failure,
// so that one run tells all that is wrong, and ends with one plain line: "N passed, N failed".
//
// Each argument is one step, NAME=COMMAND. The output of "go test -json" is counted test by test; any other command
// counts as one.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/tools/host"
)

func main() { host.Main(run) }

// count is what a step adds to the last line.
type count struct{ passed, failed int }

func run(ctx context.Context, args []string, out io.Writer) int {
	var total count
	for _, arg := range args {
		name, command, ok := strings.Cut(arg, "=")
		if !ok || strings.TrimSpace(command) == "" {
			fmt.Fprintf(out, "verify: expected steps of the form NAME=COMMAND, got %q\n", arg)
			return 64
		}
		fmt.Fprintf(out, "=== %s\n", name)
		start := time.Now()
		c := step(ctx, strings.Fields(command), out)
		fmt.Fprintf(out, "    %d passed, %d failed in %.1f s\n", c.passed, c.failed, time.Since(start).Seconds())
		total.passed += c.passed
		total.failed += c.failed
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", total.passed, total.failed)
	if total.failed > 0 || total.passed == 0 {
		return 1
	}
	return 0
}

// step runs one command and reports what it found.
func step(ctx context.Context, command []string, out io.Writer) count {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	if !slices.Contains(command, "-json") {
		cmd.Stdout, cmd.Stderr = out, out
		if err := cmd.Run(); err != nil {
			fmt.Fprintf(out, "FAIL %s: %v\n", strings.Join(command, " "), err)
			return count{failed: 1}
		}
		return count{passed: 1}
	}
	cmd.Stderr = out
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		fmt.Fprintf(out, "FAIL %s: %v\n", command[0], err)
		return count{failed: 1}
	}
	if err := cmd.Start(); err != nil {
		fmt.Fprintf(out, "FAIL %s: %v\n", command[0], err)
		return count{failed: 1}
	}
	c, readErr := countTests(stdout, out)
	if err := errors.Join(readErr, cmd.Wait()); err != nil && c.failed == 0 {
		fmt.Fprintf(out, "FAIL %s: %v\n", strings.Join(command, " "), err)
		c.failed++
	}
	return c
}
