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
	"path/filepath"
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/tools/host"
)

// Exit codes.
const (
	exitAlike   = 0  // every story was played to its end
	exitDiffers = 1  // a story ended early, or a client could not be installed
	exitUsage   = 64 // wrong usage
)

// Whether a server asks for credentials.
const (
	off = "off"
	on  = "on"
)

// options say which clients meet which servers.
type options struct {
	clients   []string      // kinds or their languages, empty for all
	lines     []string      // lines of Nacos
	auth      []string      // on, off or both: whether the server asks for credentials
	server    string        // command that runs a server, with {port} and so on; empty for the reference server
	reference bool          // server is the reference server
	programs  string        // the folder with the programs
	work      string        // the folder for what is installed, built and written
	deadline  time.Duration // of each wait
	jobs      int           // stories at once
}

func main() { host.Main(run) }

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
	auth := set.String("auth", "", "")
	set.StringVar(&o.server, "server", "", "")
	set.StringVar(&o.programs, "programs", "../fixtures/clients", "")
	set.StringVar(&o.work, "work", "../.bin/clients", "")
	set.DurationVar(&o.deadline, "deadline", time.Minute, "")
	set.IntVar(&o.jobs, "jobs", 4, "")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	o.clients, o.lines, o.auth = host.Names(*clients), host.Names(*lines), host.Names(*auth)
	for _, name := range o.clients {
		if !slices.ContainsFunc(kinds, func(k kind) bool { return k.is(name) }) {
			return o, fmt.Errorf("-clients: expected some of %s, or their languages; found %q", kindNames(), name)
		}
	}
	if o.server != "" && len(o.lines) != 1 {
		return o, fmt.Errorf("-server: expected -lines with the one line that the server speaks, found %v", o.lines)
	}
	if len(o.auth) == 0 && o.server == "" {
		o.auth = []string{off, on}
	} else if len(o.auth) == 0 {
		o.auth = []string{off}
	}
	if o.server != "" && len(o.auth) != 1 || slices.ContainsFunc(o.auth, func(a string) bool { return a != on && a != off }) {
		return o, fmt.Errorf("-auth: expected on or off, or both where no -server is given, found %v", o.auth)
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
