package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startTimeout = 2 * time.Minute // a Java server on a busy machine
	stopTimeout  = 10 * time.Second
	grpcOffset   = 1000

	// downtime is the least time between the end of a server and the start of the next: about what a Java server takes
	// for its start. The Python client asks for the health of its connection every 5 s and believes a server that has
	// forgotten it: it reconnects only when nobody answers once.
	downtime = 12 * time.Second
)

// server is a process that can be replaced by another on the same ports.
type server struct {
	line string // what the shell runs
	http string // host:port
	grpc string // host:port, empty where there is none
	log  string
	// downtime is how long a restart leaves the ports closed, at least.
	downtime time.Duration

	process *exec.Cmd
	ended   chan struct{}
}

// startServer runs a command in which {port} and {console} stand for free ports.
func startServer(ctx context.Context, line string, grpc bool, log string) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	address := func(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
	s := &server{http: address(port), log: log, downtime: downtime}
	if grpc {
		s.grpc = address(port + grpcOffset)
	}
	s.line = strings.NewReplacer("{port}", strconv.Itoa(port), "{console}", strconv.Itoa(port+consoleOffset)).Replace(line)
	return s, s.start(ctx)
}

// start runs the process and waits until it serves.
func (s *server) start(ctx context.Context) error {
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	s.ended = make(chan struct{})
	s.process = exec.Command("/bin/sh", "-c", "exec "+s.line)
	s.process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its children end with it
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		return fmt.Errorf("start %q: %w", s.line, err)
	}
	go func(process *exec.Cmd, ended chan<- struct{}) {
		_ = process.Wait() // how it ended is of interest only while it should run, and its log tells
		close(ended)
	}(s.process, s.ended)
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if err := s.awaitReady(ctx); err != nil {
		s.stop()
		return fmt.Errorf("start %q: %w", s.line, err)
	}
	return nil
}

func (s *server) awaitReady(ctx context.Context) error {
	for {
		err := s.probe(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
			return errors.New("it ended before it was ready")
		case <-ctx.Done():
			return fmt.Errorf("it is not ready in time: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// probe says why the server does not serve yet.
func (s *server) probe(ctx context.Context) error {
	if s.grpc != "" {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.grpc)
		if err != nil {
			return err
		}
		conn.Close()
	}
	_, err := s.list(ctx, "nobody")
	return err
}

// restart replaces the process: all that it remembered is lost, and connections to it break.
func (s *server) restart(ctx context.Context) error {
	s.stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(s.downtime):
	}
	return s.start(ctx)
}

// stop ends the process and its children.
func (s *server) stop() {
	group := -s.process.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM) // fails only when all have ended
	select {
	case <-s.ended:
	case <-time.After(stopTimeout):
		_ = syscall.Kill(group, syscall.SIGKILL)
		<-s.ended
	}
}

// consoleOffset keeps the console clear of the other ports.
const consoleOffset = 400

// freePort draws an HTTP port such that all ports of a server are free, Raft's 1000 below and the two of gRPC above
// included. Servers are even hundreds apart, so that no port of one meets that of another that is being started, and
// below the ports that the system gives to clients.
func freePort() (int, error) {
	for range 200 {
		port := 12000 + 10*rand.IntN(1800)
		if !slices.ContainsFunc([]int{0, -1000, grpcOffset, grpcOffset + 1, consoleOffset}, func(offset int) bool { return taken(port + offset) }) {
			return port, nil
		}
	}
	return 0, errors.New("expected free ports between 11000 and 31001 on 127.0.0.1, found none; stop what holds them")
}

func taken(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return true
	}
	return l.Close() != nil
}
