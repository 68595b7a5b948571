package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bench is what replays share: the program under test, the interpreter, and the folder for what they write.
type bench struct {
	binary, python, twin string
	work, only           string
	// console tells that serve has a port of its own for the console API.
	console bool
}

// newBench builds the binary and finds an interpreter.
func newBench(ctx context.Context, o options, work string) (*bench, error) {
	b := &bench{binary: filepath.Join(work, "nacos-tck"), work: work, only: o.only}
	var err error
	if b.twin, err = filepath.Abs(filepath.Join(o.recordings, "twin.py")); err != nil {
		return nil, err
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", b.binary, "./cmd/nacos-tck")
	build.Dir = ".."
	if output, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build nacos-tck: %w\n%s", err, output)
	}
	help, err := exec.CommandContext(ctx, b.binary, "serve", "--help").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("ask nacos-tck for the flags of serve: %w\n%s", err, help)
	}
	b.console = bytes.Contains(help, []byte("--console-port"))
	b.python, err = findPython(ctx, o.tools)
	return b, err
}

// played is the folder of the new recordings of a group.
func (b *bench) played(g group) string {
	return filepath.Join(b.work, g.line.version, g.area)
}

// replay runs the scenarios of a group on a fresh server and returns how long that took.
func (b *bench) replay(ctx context.Context, g group) (time.Duration, error) {
	out := b.played(g)
	if err := os.MkdirAll(out, fs.ModePerm); err != nil {
		return 0, err
	}
	server, err := b.serve(ctx, g)
	if err != nil {
		return 0, err
	}
	defer server.stop()
	args := append([]string{b.twin, "run"}, g.files...)
	args = append(args, "--http", server.http, "--grpc", server.grpc, "--label", g.line.version, "--out", out, "-j", "24")
	if server.console != "" {
		args = append(args, "--console", server.console)
	}
	if g.line.scenariosOf != "" {
		args = append(args, "--as", g.line.scenariosOf)
	}
	if g.profile.own {
		args = append(args, "--only", g.scenarios[0])
	} else {
		args = append(args, "--only", b.only, "--profile", g.profile.name)
	}
	start := time.Now()
	output, err := b.command(ctx, args).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, output)
	}
	return time.Since(start), nil
}

// compare returns how the new recordings of a group differ from those of the real server.
func (b *bench) compare(ctx context.Context, g group) ([]difference, error) {
	recorded, err := b.recorded(g)
	if err != nil {
		return nil, err
	}
	args := []string{b.twin, "diff", recorded, b.played(g), "--max", "100000", "--show", "100000"}
	cmd := b.command(ctx, args)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	// It ends with 1 both when something differs and when it crashes; parsing tells which.
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	differences, err := parseDifferences(string(output))
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return differences, nil
}

// recorded is a folder with links to the recordings of a group, without those that lie beside them.
func (b *bench) recorded(g group) (string, error) {
	folder, err := os.MkdirTemp(b.work, "recorded-")
	if err != nil {
		return "", err
	}
	for _, scenario := range g.scenarios {
		file, err := filepath.Abs(filepath.Join(g.recorded(), scenario+".ndjson"))
		if err != nil {
			return "", err
		}
		if err := os.Symlink(file, filepath.Join(folder, scenario+".ndjson")); err != nil {
			return "", err
		}
	}
	return folder, nil
}

// command is twin.py, which is given a moment to end by itself when golden is interrupted.
func (b *bench) command(ctx context.Context, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, b.python, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 3 * time.Second
	return cmd
}
