package host

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPortsThatAreTakenAreNotDrawn(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	if _, err := (Range{From: port - 1, Step: 1, Count: 1}).FreePort(1); err == nil {
		t.Errorf("drew %d, whose neighbour is taken", port-1)
	}
	l.Close()
	if got, err := (Range{From: port, Step: 1, Count: 1}).FreePort(0); got != port || err != nil {
		t.Errorf("drew %d, %v; expected %d, which is free", got, err, port)
	}
}

func TestProcesses(t *testing.T) {
	refused := errors.New("not yet")
	tests := []struct {
		name, script string
		probe        error
		wants        string
	}{
		{"ready", "exec sleep 60", nil, ""},
		{"ends early", "exit 0", refused, "it ended before it was ready"},
		{"never ready", "exec sleep 60", refused, "it is not ready after 200ms: not yet"},
		{"ignores the request to end", "trap '' TERM; sleep 60; sleep 60", nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, err := Start(exec.Command("/bin/sh", "-c", test.script), filepath.Join(t.TempDir(), "log"))
			if err != nil {
				t.Fatal(err)
			}
			seen := ""
			if err := p.Await(t.Context(), 200*time.Millisecond, func(context.Context) error { return test.probe }); err != nil {
				seen = err.Error()
			}
			if seen != test.wants {
				t.Errorf("awaiting ended with %q, expected %q", seen, test.wants)
			}
			p.Stop(200 * time.Millisecond)
			select {
			case <-p.ended:
			default:
				t.Error("it is still there")
			}
		})
	}
}

func TestNames(t *testing.T) {
	if got := strings.Join(Names("a, b  c,"), "|"); got != "a|b|c" {
		t.Errorf("read %s", got)
	}
}
