package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// storyLimit bounds a story whatever its program does.
const storyLimit = 10 * time.Minute

// story is one run of a program; fixtures/clients/README.md has what they say to each other.
type story struct {
	command             []string
	folder              string // for logs and the client's files
	service             string
	instance, neighbour string // ip:port
	deadline            time.Duration
	server              *server
}

// play runs the program to its end and does what it asks for.
func (s story) play(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, storyLimit)
	defer cancel()
	log, err := os.Create(filepath.Join(s.folder, "story.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	complaints, err := os.Create(s.complaints())
	if err != nil {
		return err
	}
	defer complaints.Close()
	args := slices.Concat(s.command[1:], []string{
		"--server", s.server.http, "--service", s.service, "--instance", s.instance, "--neighbour", s.neighbour,
		"--deadline", fmt.Sprintf("%.0f", s.deadline.Seconds()), "--cache", s.folder,
	})
	cmd := exec.CommandContext(ctx, s.command[0], args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Stderr = complaints
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	asked := s.serve(ctx, out, in, log)
	in.Close()
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("%w (%w)", s.reason(), err)
	}
	return asked
}

// serve answers requests until the program says nothing more, and logs both. It fails when the story was not played to
// its end.
func (s story) serve(ctx context.Context, out io.Reader, in, log io.Writer) error {
	last := "nothing"
	for lines := bufio.NewScanner(out); lines.Scan(); {
		request := lines.Text()
		if strings.HasPrefix(request, "note ") || request == "" {
			fmt.Fprintln(log, request)
			continue
		}
		start, answer := time.Now(), "done"
		if err := s.act(ctx, strings.Fields(request)); err != nil {
			answer = "failed " + err.Error()
		}
		fmt.Fprintf(log, "%s: %s after %.1f s\n", request, answer, time.Since(start).Seconds())
		if _, err := fmt.Fprintln(in, strings.ReplaceAll(answer, "\n", " ")); err != nil {
			break // the program has ended, and says why
		}
		last = request
	}
	if last != "lists" {
		return fmt.Errorf("expected the program to end when the server lists nothing, its last request was %q", last)
	}
	return nil
}

// act does what the program asks for.
func (s story) act(ctx context.Context, words []string) error {
	switch words[0] {
	case "lists":
		return s.awaitList(ctx, words[1:])
	case "join":
		return s.server.join(ctx, s.service, s.neighbour)
	case "leave":
		return s.server.leave(ctx, s.service, s.neighbour)
	case "restart":
		return s.server.restart(ctx)
	}
	return fmt.Errorf("%q is no request: expected lists, join, leave or restart", words[0])
}

// awaitList waits until the server lists exactly the expected healthy instances.
func (s story) awaitList(ctx context.Context, expected []string) error {
	for end := time.Now().Add(s.deadline); ; {
		listed, err := s.server.list(ctx, s.service)
		if err != nil || slices.Equal(listed, expected) {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("expected the server to list %v as healthy within %v, it lists %v", expected, s.deadline, listed)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// complaints is the file that gets what the program writes to its standard error.
func (s story) complaints() string { return filepath.Join(s.folder, "client.log") }

// reason is the last line that the program wrote to its standard error.
func (s story) reason() error {
	content, err := os.ReadFile(s.complaints())
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return errors.New(last)
	}
	return errors.New("the program gives no reason")
}
