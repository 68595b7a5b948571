// Package host has what the commands of the tools folder share that start servers: how they begin and end themselves,
// and the ports and processes of this machine.
package host

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Main runs a command until it ends or is interrupted, and ends with its exit code.
func Main(run func(ctx context.Context, args []string, out io.Writer) int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout))
}

// Names reads a list of names that commas or spaces part.
func Names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
