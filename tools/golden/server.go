package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/nacos-tck/nacos-tck/tools/host"
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
	process *host.Process
}

// ports stay clear of those that twin.py draws for the endpoints it serves.
var ports = host.Range{From: 10000, Step: 2, Count: 4000}

// serve starts the reference server as the line of g and waits until it answers.
func (b *bench) serve(ctx context.Context, g group) (*server, error) {
	base, err := ports.FreePort(0, 1, 1000, 1001)
	if err != nil {
		return nil, err
	}
	log := filepath.Join(b.work, fmt.Sprintf("serve-%s-%d.log", g.line.name, base))
	ready := log + ".ready"
	s := &server{http: host.Address(base), grpc: host.Address(base + 1000)}
	args := []string{"serve", "--line", g.line.name, "--port", strconv.Itoa(base), "--ready-file", ready}
	if b.console && g.line.name == "3.0" {
		s.console = host.Address(base + 1)
		args = append(args, "--console-port", strconv.Itoa(base+1))
	}
	cmd := exec.Command(b.binary, append(args, g.profile.args...)...)
	if s.process, err = host.Start(cmd, log); err != nil {
		return nil, err
	}
	if err := s.process.Await(ctx, startTimeout, func(context.Context) error { _, err := os.Stat(ready); return err }); err != nil {
		s.stop()
		return nil, fmt.Errorf("%v: %w; its output is in %s", cmd.Args, err, log)
	}
	return s, nil
}

func (s *server) stop() { s.process.Stop(stopTimeout) }
