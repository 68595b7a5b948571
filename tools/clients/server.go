package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/tools/host"
)

const (
	startTimeout = 5 * time.Minute // a Java server on a busy machine
	stopTimeout  = 10 * time.Second
	grpcOffset   = 1000
	// consoleOffset keeps the console clear of the other ports.
	consoleOffset = 400

	// downtime is the least time between the end of a server and the start of the next: about what a Java server takes
	// for its start. The Python client asks for the health of its connection every 5 s and believes a server that has
	// forgotten it: it reconnects only when nobody answers once.
	downtime = 12 * time.Second
)

// ports of servers are tens apart, so that no port of one meets that of another that is being started.
var ports = host.Range{From: 12000, Step: 10, Count: 1800}

// server is a process that can be replaced by another on the same ports.
type server struct {
	line    string // of Nacos
	command string // what the shell runs
	http    string // host:port
	grpc    string // host:port, empty where there is none
	log     string
	// namespace is where the story is played, as the public API names it: empty for the public one.
	namespace string
	// authenticates tells that the server asks for credentials; token are then those of the administrator.
	authenticates bool
	token         string
	// downtime is how long a restart leaves the ports closed, at least.
	downtime time.Duration

	process *host.Process
}

// startServer runs the command of a server, in which {port} and {console} stand for free ports, {data} for a folder that
// outlives a restart and {line} for the line.
func startServer(ctx context.Context, s server, data string) (*server, error) {
	port, err := ports.FreePort(0, -1000, grpcOffset, grpcOffset+1, consoleOffset) // 1000 below is Raft's
	if err != nil {
		return nil, err
	}
	s.http, s.downtime = host.Address(port), downtime
	if s.line != "1.4" {
		s.grpc = host.Address(port + grpcOffset)
	}
	s.command = strings.NewReplacer("{port}", strconv.Itoa(port), "{console}", strconv.Itoa(port+consoleOffset),
		"{data}", data, "{line}", s.line).Replace(s.command)
	return &s, s.start(ctx)
}

// start runs the process and waits until it serves and knows its users.
func (s *server) start(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("start %q: %w", s.command, err)
		}
	}()
	if s.process, err = host.Start(exec.Command("/bin/sh", "-c", "exec "+s.command), s.log); err != nil {
		return err
	}
	if err = s.process.Await(ctx, startTimeout, s.probe); err == nil && s.authenticates {
		err = s.process.Await(ctx, startTimeout, s.admit)
	}
	if err != nil {
		s.stop()
	}
	return err
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
	// No other route is open and tells of a server that has started, on every line.
	_, err := s.call(ctx, http.MethodGet, "/v1/ns/operator/metrics", nil, nil)
	return err
}

// restart replaces the process: connections to it break, and all is lost that it did not keep.
func (s *server) restart(ctx context.Context) error {
	s.stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(s.downtime):
	}
	return s.start(ctx)
}

func (s *server) stop() { s.process.Stop(stopTimeout) }
