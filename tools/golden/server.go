package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"time"
)

const (
	startTimeout = 20 * time.Second
	stopTimeout  = 10 * time.Second
)

// server is a running reference server.
type server struct {
	http, grpc string
	// console is the address of the console API, empty where the line has none.
	console string
	process *exec.Cmd
	ended   chan struct{}
	ready   string
}

// serve starts the reference server as the line of g and waits until it answers.
func (b *bench) serve(ctx context.Context, g group) (*server, error) {
	base, err := freePorts()
	if err != nil {
		return nil, err
	}
	address := func(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
	log, err := os.CreateTemp(b.work, "serve-"+g.line.name+"-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s := &server{http: address(base), grpc: address(base + 1000), ended: make(chan struct{}), ready: log.Name() + ".ready"}
	args := []string{"serve", "--line", g.line.name, "--port", strconv.Itoa(base), "--ready-file", s.ready}
	if b.console && g.line.name == "3.0" {
		s.console = address(base + 1)
		args = append(args, "--console-port", strconv.Itoa(base+1))
	}
	s.process = exec.CommandContext(ctx, b.binary, append(args, g.profile.args...)...)
	s.process.Stdout, s.process.Stderr = log, log
	s.process.Cancel = func() error { return s.process.Process.Signal(os.Interrupt) }
	s.process.WaitDelay = stopTimeout
	if err := s.process.Start(); err != nil {
		return nil, fmt.Errorf("start %v: %w", s.process.Args, err)
	}
	go func() {
		_ = s.process.Wait() // how it ended is of interest only while it should run, and its log tells
		close(s.ended)
	}()
	if err := s.awaitReady(); err != nil {
		s.stop()
		return nil, fmt.Errorf("%v: %w; its output is in %s", s.process.Args, err, log.Name())
	}
	return s, nil
}

func (s *server) awaitReady() error {
	deadline := time.After(startTimeout)
	for {
		if _, err := os.Stat(s.ready); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		select {
		case <-s.ended:
			return errors.New("the server ended before it was ready")
		case <-deadline:
			return fmt.Errorf("the server is not ready after %s", startTimeout)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *server) stop() {
	_ = s.process.Process.Signal(os.Interrupt) // fails only when it has ended
	select {
	case <-s.ended:
	case <-time.After(stopTimeout):
		_ = s.process.Process.Kill()
		<-s.ended
	}
}

// freePorts draws a base whose neighbours for the console, gRPC and the cluster's gRPC are free too. It stays clear of
// the ports that twin.py draws for the endpoints it serves and of those that the system gives to clients.
func freePorts() (int, error) {
	for range 100 {
		base := 10000 + 2*rand.IntN(4000)
		if !slices.ContainsFunc([]int{base, base + 1, base + 1000, base + 1001}, taken) {
			return base, nil
		}
	}
	return 0, errors.New("no free ports between 10000 and 19000: end what listens there")
}

func taken(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return true
	}
	return l.Close() != nil
}
