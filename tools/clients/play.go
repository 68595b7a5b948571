package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"golang.org/x/sync/errgroup"
)

// result is how a client did with a server.
type result struct {
	meeting
	played []string
	took   time.Duration
	err    error
}

// meeting is a client that meets a line.
type meeting struct {
	kind
	line, auth string
	command    []string
}

func (m meeting) String() string { return m.name() + "-on-" + m.line + "-auth-" + m.auth }

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
		o.server = binary + " serve --line {line} --port {port} --data {data}"
	}
	results := make([]result, len(meetings))
	var (
		group errgroup.Group
		mu    sync.Mutex
		done  int
	)
	group.SetLimit(o.jobs)
	for i, m := range meetings {
		group.Go(func() error {
			start := time.Now()
			played, err := m.play(ctx, o)
			results[i] = result{meeting: m, played: played, took: time.Since(start), err: err}
			mu.Lock()
			defer mu.Unlock()
			done++
			fmt.Fprintf(out, "played %d of %d: %s in %.0f s\n", done, len(meetings), m, results[i].took.Seconds())
			return nil
		})
	}
	return results, group.Wait()
}

func prepareAll(ctx context.Context, o options, out io.Writer) ([]meeting, error) {
	var all []meeting
	for _, k := range kinds {
		if !k.chosen(o) {
			continue
		}
		var lines []string
		for _, line := range o.lines {
			if slices.Contains(k.lines, line) {
				lines = append(lines, line)
			} else {
				fmt.Fprintf(out, "%s does not meet line %s: the client speaks gRPC, the line does not\n", k.name(), line)
			}
		}
		auth := slices.DeleteFunc(slices.Clone(o.auth), func(auth string) bool { return !k.meets(auth) })
		if len(lines) == 0 || len(auth) == 0 {
			continue
		}
		fmt.Fprintf(out, "installing %s\n", k.name())
		command, err := k.prepare(ctx, o)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			for _, auth := range auth {
				all = append(all, meeting{kind: k, line: line, auth: auth, command: command})
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("expected a client that speaks to one of the lines %v, none of those chosen does", o.lines)
	}
	return all, nil
}

// play starts a server and plays the story with it. Logs stay in a folder that errors name.
func (m meeting) play(ctx context.Context, o options) (played []string, err error) {
	folder := filepath.Join(o.work, "runs", m.String())
	if err := os.RemoveAll(folder); err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	if err := os.MkdirAll(data, 0o755); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w; logs are in %s", err, folder)
		}
	}()
	server, err := startServer(ctx, server{
		line: m.line, command: m.serverCommand(o), log: filepath.Join(folder, "server.log"), namespace: m.namespace(), authenticates: m.auth == on,
	}, data)
	if err != nil {
		return nil, err
	}
	defer server.stop()
	s := story{
		command: m.command, folder: folder, deadline: o.deadline, server: server,
		instance: "10.1.2.3:8080", neighbour: "10.4.5.6:9090",
		service: "story-" + m.name(), config: "story-" + m.name() + configSuffix,
	}
	if played, err = s.play(ctx); err == nil {
		err = m.missed(played)
	}
	return played, err
}

// namespace is where the story is played. The reader may not read the public namespace, so that it can be refused.
func (m meeting) namespace() string {
	if m.auth == on || slices.Contains(m.private, m.line) {
		return storyNamespace
	}
	return ""
}

// serverCommand is what the shell runs: the reference server is told what the meeting needs.
func (m meeting) serverCommand(o options) string {
	command := o.server
	if o.reference && m.line == "3.0" {
		command += " --console-port {console}" // the console of older lines has no port of its own
	}
	if o.reference && m.auth == on {
		command += " --auth on --auth-secret c2VjcmV0IG9mIHRoZSBzdG9yeSBvZiBhbGwgY2xpZW50cw== --auth-identity story:story --auth-admin " + administrator.String()
	}
	return command
}

// missed says what should have been played and was not.
func (m meeting) missed(played []string) error {
	for _, what := range m.plays {
		if !slices.Contains(played, what) && (what != refused || m.auth == on) {
			return fmt.Errorf("expected the program to play %v, it played %v: %s is missing", m.plays, played, what)
		}
	}
	return nil
}

func printTable(out io.Writer, results []result) {
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "client\tline\tauth\ttook\tresult\tplayed")
	for _, r := range results {
		outcome := "alike"
		if r.err != nil {
			outcome = "DIFFERS"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%.1f s\t%s\t%s\n", r.name(), r.line, r.auth, r.took.Seconds(), outcome, strings.Join(r.played, " "))
	}
	table.Flush()
	for _, r := range results {
		if r.err != nil {
			fmt.Fprintf(out, "\n%s: %v\n", r.meeting, r.err)
		}
	}
}
