// Command golden replays the recorded exchanges of real Nacos servers against the reference server, line by line, and
// fails on every difference that docs/divergences.yaml does not declare, and on every declaration that nothing needs.
//
// The recordings and twin.py, the program that replays and compares them, lie beside the project. Where they are not
// there, golden says so and ends with 0. It runs in the tools folder, as `make golden` starts it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/nacos-tck/nacos-tck/tools/host"
)

// Exit codes.
const (
	exitEqual   = 0  // all is equal or declared, or there is nothing to replay
	exitDiffers = 1  // something differs, is stale, or could not be replayed
	exitUsage   = 64 // wrong usage
)

// options say what is replayed, and with what.
type options struct {
	recordings string   // the folder that holds twin.py and the recordings
	declared   string   // the file of declared divergences
	lines      []string // lines as the reference server names them
	areas      []string // areas of the recordings
	only       string   // a glob that names of scenarios match
	jobs       int      // replays at once, each with a server of its own
	tools      string   // the folder where a Python environment is kept
}

func main() { host.Main(run) }

func run(ctx context.Context, args []string, out io.Writer) int {
	o, err := parseOptions(args)
	if err != nil {
		fmt.Fprintf(out, "golden: %v\n", err)
		return exitUsage
	}
	if _, err := os.Stat(filepath.Join(o.recordings, "twin.py")); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(out, "golden: the recordings were NOT replayed: there is no %s (GOLDEN=FOLDER names another place)\n",
			filepath.Join(o.recordings, "twin.py"))
		return exitEqual
	}
	verdict, err := replay(ctx, o, out)
	if err != nil {
		fmt.Fprintf(out, "golden: %v\n", err)
		return exitDiffers
	}
	if verdict.fails() {
		return exitDiffers
	}
	return exitEqual
}

func parseOptions(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("golden", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.recordings, "recordings", "../../shared/golden", "")
	set.StringVar(&o.declared, "declared", "../docs/divergences.yaml", "")
	set.StringVar(&o.only, "only", "*", "")
	set.StringVar(&o.tools, "tools", "../.bin", "")
	set.IntVar(&o.jobs, "jobs", 8, "")
	chosen := set.String("lines", strings.Join(lineNames(), ","), "")
	areas := set.String("areas", strings.Join(allAreas, ","), "")
	if err := set.Parse(args); err != nil {
		return options{}, err
	}
	var problems []error
	o.lines, problems = choose("line", *chosen, lineNames(), problems)
	o.areas, problems = choose("area", *areas, allAreas, problems)
	if _, err := path.Match(o.only, ""); err != nil {
		problems = append(problems, fmt.Errorf("only %q: expected a glob: %w", o.only, err))
	}
	if o.jobs < 1 {
		problems = append(problems, fmt.Errorf("jobs %d: expected at least 1", o.jobs))
	}
	return o, errors.Join(problems...)
}

// choose reads a list of known names.
func choose(what, list string, known []string, problems []error) ([]string, []error) {
	names := host.Names(list)
	for _, name := range names {
		if !slices.Contains(known, name) {
			problems = append(problems, fmt.Errorf("%s %q is not known: choose from %s", what, name, strings.Join(known, ",")))
		}
	}
	if len(names) == 0 {
		problems = append(problems, fmt.Errorf("no %s is chosen: choose from %s", what, strings.Join(known, ",")))
	}
	return names, problems
}

// replay runs what o chooses, judges it and prints the summary. It keeps the new recordings when something differs.
func replay(ctx context.Context, o options, out io.Writer) (verdict, error) {
	declared, err := loadDivergences(o.declared)
	if err != nil {
		return verdict{}, err
	}
	all, err := findRecordings(o.recordings)
	if err != nil {
		return verdict{}, err
	}
	chosen, left := all.choose(o.lines, o.areas, o.only).replayable()
	for _, g := range left {
		fmt.Fprintf(out, "NOT replayed, as the reference server has no such profile: %s\n", g)
	}
	if len(chosen) == 0 {
		return verdict{}, fmt.Errorf("no recorded scenario of lines %v and areas %v that can be replayed matches %q", o.lines, o.areas, o.only)
	}
	work, err := os.MkdirTemp("", "golden-")
	if err != nil {
		return verdict{}, err
	}
	bench, err := newBench(ctx, o, work)
	if err != nil {
		return verdict{}, err
	}
	if err := bench.replayAll(ctx, chosen, o.jobs, out); err != nil {
		return verdict{}, err
	}
	results, err := bench.compareAll(ctx, chosen)
	if err != nil {
		return verdict{}, err
	}
	v := judge(results, declared, all)
	v.print(out)
	if v.fails() {
		fmt.Fprintf(out, "\nwhat the reference server answered is kept in %s\n", work)
		return v, nil
	}
	return v, os.RemoveAll(work)
}

// replayAll replays each group on a server of its own, some of them at once.
func (b *bench) replayAll(ctx context.Context, groups []group, jobs int, out io.Writer) error {
	var running errgroup.Group
	running.SetLimit(jobs)
	progress := &lockedWriter{to: out}
	for _, g := range groups {
		running.Go(func() error {
			took, err := b.replay(ctx, g)
			if err != nil {
				return fmt.Errorf("replay %s: %w", g, err)
			}
			fmt.Fprintf(progress, "replayed %s in %.0f s\n", g, took.Seconds())
			return nil
		})
	}
	return running.Wait()
}

// compareAll compares what was replayed with the recordings.
func (b *bench) compareAll(ctx context.Context, groups []group) ([]result, error) {
	var results []result
	for _, g := range groups {
		differences, err := b.compare(ctx, g)
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", g, err)
		}
		results = append(results, resultsOf(g, differences)...)
	}
	return results, nil
}
