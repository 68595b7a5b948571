// Command clients plays the story of fixtures/clients with the real clients of Nacos: against the reference server on
// each line that a client can meet, or against a server that it is given a command for. It installs the clients from
// their registries, drives their programs, and prints a plain table. It runs in the tools folder, as `make clients`
// starts it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Exit codes.
const (
	exitAlike   = 0  // every story was played to its end
	exitDiffers = 1  // a story ended early, or a client could not be installed
	exitUsage   = 64 // wrong usage
)

// options say which clients meet which servers.
type options struct {
	clients   []string      // kinds or their languages, empty for all
	lines     []string      // lines of Nacos
	server    string        // command that runs a server, with {port} and {console}; empty for the reference server
	reference bool          // server is the reference server
	programs  string        // the folder with the programs
	work      string        // the folder for what is installed, built and written
	deadline  time.Duration // of each wait
	jobs      int           // stories at once
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout))
}

func run(ctx context.Context, args []string, out io.Writer) int {
	o, err := parseOptions(args)
	if err != nil {
		fmt.Fprintf(out, "clients: %v\n", err)
		return exitUsage
	}
	results, err := playAll(ctx, o, out)
	if err != nil {
		fmt.Fprintf(out, "clients: %v\n", err)
		return exitDiffers
	}
	printTable(out, results)
	if slices.ContainsFunc(results, func(r result) bool { return r.err != nil }) {
		return exitDiffers
	}
	return exitAlike
}

func parseOptions(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("clients", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	clients := set.String("clients", "", "")
	lines := set.String("lines", "1.4,2.0,2.5,3.0", "")
	set.StringVar(&o.server, "server", "", "")
	set.StringVar(&o.programs, "programs", "../fixtures/clients", "")
	set.StringVar(&o.work, "work", "../.bin/clients", "")
	set.DurationVar(&o.deadline, "deadline", 40*time.Second, "")
	set.IntVar(&o.jobs, "jobs", 4, "")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	split := func(list string) []string {
		return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	}
	o.clients, o.lines = split(*clients), split(*lines)
	for _, name := range o.clients {
		if !slices.ContainsFunc(kinds, func(k kind) bool { return k.is(name) }) {
			return o, fmt.Errorf("-clients: expected some of %s, or their languages; found %q", kindNames(), name)
		}
	}
	if o.server != "" && len(o.lines) != 1 {
		return o, fmt.Errorf("-server: expected -lines with the one line that the server speaks, found %v", o.lines)
	}
	if set.NArg() > 0 || o.jobs < 1 {
		return o, errors.New("expected flags only, and -jobs from 1")
	}
	for _, folder := range []*string{&o.programs, &o.work} {
		absolute, err := filepath.Abs(*folder)
		if err != nil {
			return o, err
		}
		*folder = absolute
	}
	return o, os.MkdirAll(o.work, 0o755)
}
