package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Process is a running server. It and its children are a group of their own, so that they end together.
type Process struct {
	cmd   *exec.Cmd
	ended chan struct{}
}

// Start runs a command whose output is added to a log.
func Start(cmd *exec.Cmd, log string) (*Process, error) {
	file, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Stdout, cmd.Stderr = file, file
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %v: %w", cmd.Args, err)
	}
	p := &Process{cmd: cmd, ended: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is of interest only while it should run, and its log tells
		close(p.ended)
	}()
	return p, nil
}

// Await calls probe until it fails no more, the process ends, or the limit is over.
func (p *Process) Await(ctx context.Context, limit time.Duration, probe func(ctx context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		err := probe(limited)
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return errors.New("it ended before it was ready")
		case <-limited.Done():
			return fmt.Errorf("it is not ready after %v: %w", limit, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Stop asks the group to end, and kills it when it does not within the limit.
func (p *Process) Stop(limit time.Duration) {
	group := -p.cmd.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM) // fails only when all have ended
	select {
	case <-p.ended:
	case <-time.After(limit):
		_ = syscall.Kill(group, syscall.SIGKILL)
		<-p.ended
	}
}
