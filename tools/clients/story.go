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
	"strings"
	"syscall"
	"time"
)

// storyLimit bounds a story whatever its program does.
const storyLimit = 15 * time.Minute

// story is one run of a program; fixtures/clients/README.md has what they say to each other.
type story struct {
	command             []string
	folder              string // for logs and the client's files
	service, config     string // names
	instance, neighbour string // ip:port
	deadline            time.Duration
	server              *server
}

// arguments are those that every program is given.
func (s story) arguments() []string {
	args := []string{
		"--server", s.server.http, "--service", s.service, "--config", s.config, "--instance", s.instance, "--neighbour", s.neighbour,
		"--deadline", fmt.Sprintf("%.0f", s.deadline.Seconds()), "--cache", s.folder,
	}
	if s.server.namespace != "" {
		args = append(args, "--namespace", s.server.namespace)
	}
	if s.server.authenticates {
		args = append(args, "--publisher", administrator.String(), "--subscriber", reader.String())
	}
	return args
}

// play runs the program to its end and does what it asks for. It returns what the program says that it has played.
func (s story) play(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, storyLimit)
	defer cancel()
	log, err := os.Create(filepath.Join(s.folder, "story.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	complaints, err := os.Create(s.complaints())
	if err != nil {
		return nil, err
	}
	defer complaints.Close()
	cmd := exec.CommandContext(ctx, s.command[0], append(s.command[1:], s.arguments()...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Stderr = complaints
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	played := s.serve(ctx, out, in, log)
	in.Close()
	if err := cmd.Wait(); err != nil {
		return played, fmt.Errorf("%w (%w)", s.reason(), err)
	}
	return played, nil
}

// serve answers requests until the program says nothing more, and logs both. It returns what was played.
func (s story) serve(ctx context.Context, out io.Reader, in, log io.Writer) []string {
	var played []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		request := lines.Text()
		word, rest, _ := strings.Cut(request, " ")
		switch word {
		case "played":
			played = append(played, rest)
			fallthrough
		case "note", "":
			fmt.Fprintln(log, request)
			continue
		}
		start, answer := time.Now(), "done"
		if err := s.act(ctx, word, rest); err != nil {
			answer = "failed " + err.Error()
		}
		fmt.Fprintf(log, "%s: %s after %.1f s\n", request, answer, time.Since(start).Seconds())
		if _, err := fmt.Fprintln(in, strings.ReplaceAll(answer, "\n", " ")); err != nil {
			break // the program has ended, and says why
		}
	}
	return played
}

// act does what the program asks for.
func (s story) act(ctx context.Context, word, rest string) error {
	switch word {
	case "lists":
		return s.await(ctx, "the healthy instances", rest, func(ctx context.Context) (string, error) {
			all, err := s.server.list(ctx, s.service)
			return strings.Join(all, " "), err
		})
	case "join":
		return s.server.join(ctx, s.service, s.neighbour)
	case "leave":
		return s.server.leave(ctx, s.service, s.neighbour)
	case "holds":
		return s.await(ctx, "the MD5 of the configuration", rest, func(ctx context.Context) (string, error) {
			return s.server.digest(ctx, s.config)
		})
	case "publish":
		return s.server.publish(ctx, s.config, rest)
	case "gray":
		return s.server.publishGray(ctx, s.config, rest)
	case "end-gray":
		return s.server.endGray(ctx, s.config)
	case "finds":
		return s.await(ctx, "what the search finds", s.config, func(ctx context.Context) (string, error) {
			all, err := s.server.search(ctx, s.config)
			return strings.Join(all, " "), err
		})
	case "restart":
		return s.server.restart(ctx)
	}
	return fmt.Errorf("%q is no request: expected lists, join, leave, holds, publish, gray, end-gray, finds or restart", word)
}

// await looks at the server until it sees what is expected, or the deadline is over.
func (s story) await(ctx context.Context, what, expected string, look func(context.Context) (string, error)) error {
	for end := time.Now().Add(s.deadline); ; {
		seen, err := look(ctx)
		if err != nil || seen == expected {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("expected %s to be %q within %v, seen %q", what, expected, s.deadline, seen)
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
