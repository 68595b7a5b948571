package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/sync/errgroup"
)

// result is how a client did with a line.
type result struct {
	client, line string
	took         time.Duration
	err          error
}

// meeting is a client that meets a line.
type meeting struct {
	kind
	line    string
	command []string
}

// playAll installs what was chosen and plays all stories. The error is one that leaves nothing to show.
func playAll(ctx context.Context, o options, out io.Writer) ([]result, error) {
	meetings, err := prepareAll(ctx, o, out)
	if err != nil {
		return nil, err
	}
	if o.server == "" {
		binary := filepath.Join(o.work, "nacos-tck")
		if err := command(ctx, "..", "go", "build", "-o", binary, "./cmd/nacos-tck"); err != nil {
			return nil, fmt.Errorf("build the reference server: %w", err)
		}
		o.reference = true
		o.server = binary + " serve --line {line} --port {port}"
	}
	results := make([]result, len(meetings))
	var group errgroup.Group
	group.SetLimit(o.jobs)
	for i, m := range meetings {
		group.Go(func() error {
			start := time.Now()
			err := m.play(ctx, o)
			results[i] = result{client: m.name(), line: m.line, took: time.Since(start), err: err}
			return nil
		})
	}
	return results, group.Wait()
}

func prepareAll(ctx context.Context, o options, out io.Writer) ([]meeting, error) {
	var all []meeting
	for _, k := range kinds {
		var lines []string
		for _, line := range o.lines {
			if slices.Contains(k.lines, line) {
				lines = append(lines, line)
			}
		}
		if !k.chosen(o) || len(lines) == 0 {
			continue
		}
		fmt.Fprintf(out, "installing %s\n", k.name())
		command, err := k.prepare(ctx, o)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			all = append(all, meeting{kind: k, line: line, command: command})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("expected a client that speaks to one of the lines %v, none of those chosen does", o.lines)
	}
	return all, nil
}

// play starts a server and plays the story with it. Logs stay in a folder that errors name.
func (m meeting) play(ctx context.Context, o options) (err error) {
	folder := filepath.Join(o.work, "runs", m.name()+"-on-"+m.line)
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w; logs are in %s", err, folder)
		}
	}()
	start := strings.ReplaceAll(o.server, "{line}", m.line)
	if o.reference {
		start += " --data " + filepath.Join(folder, "data") // as a real one keeps what is durable over a restart
	}
	if o.reference && m.line == "3.0" {
		start += " --console-port {console}" // the console of older lines has no port of its own
	}
	server, err := startServer(ctx, start, m.line != "1.4", filepath.Join(folder, "server.log"))
	if err != nil {
		return err
	}
	defer server.stop()
	s := story{
		command: m.command, folder: folder, deadline: o.deadline, server: server,
		instance: "10.1.2.3:8080", neighbour: "10.4.5.6:9090", service: "story-" + m.language,
	}
	return s.play(ctx)
}

func printTable(out io.Writer, results []result) {
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "client\tline\ttook\tresult")
	for _, r := range results {
		outcome := "alike"
		if r.err != nil {
			outcome = "DIFFERS"
		}
		fmt.Fprintf(table, "%s\t%s\t%.1f s\t%s\n", r.client, r.line, r.took.Seconds(), outcome)
	}
	table.Flush()
	for _, r := range results {
		if r.err != nil {
			fmt.Fprintf(out, "\n%s on %s: %v\n", r.client, r.line, r.err)
		}
	}
}
