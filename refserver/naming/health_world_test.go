package naming

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// world is a registry whose probes reach targets that a test writes.
type world struct {
	*server
	start time.Time

	mu      sync.Mutex
	targets map[string]target
	// dialled are the times of connects, by address, counted from the start.
	dialled map[string][]time.Duration
	// log is what was seen besides, in its order.
	log []string
}

// target answers a connect, the nth one counted from 1.
type target func(ctx context.Context, n int) (net.Conn, error)

// inWorld runs test on a registry of line 2.5, changed by the changes, in virtual time.
func inWorld(t *testing.T, test func(w *world), changes ...func(*behaviour.Behaviour)) {
	t.Helper()
	story(t, func(s *server) {
		w := &world{server: s, start: time.Now(), targets: map[string]target{}, dialled: map[string][]time.Duration{}}
		w.SetDialer(w.dial)
		test(w)
	}, changes...)
}

func (w *world) dial(ctx context.Context, _, address string) (net.Conn, error) {
	w.mu.Lock()
	w.dialled[address] = append(w.dialled[address], time.Since(w.start))
	n, answer := len(w.dialled[address]), w.targets[address]
	w.mu.Unlock()
	if answer == nil {
		answer = closed
	}
	return answer(ctx, n)
}

// at puts a target at an address and registers a persistent instance there.
func (w *world) at(address string, answer target, in Instance) Instance {
	w.t.Helper()
	w.mu.Lock()
	w.targets[address] = answer
	w.mu.Unlock()
	host, port, _ := net.SplitHostPort(address)
	in.IP = host
	_, _ = fmt.Sscan(port, &in.Port)
	w.keep(in)
	return in
}

// keep registers a persistent instance.
func (w *world) keep(in Instance) {
	w.t.Helper()
	if err := w.Register(service1, in, false, Attributes{}); err != nil {
		w.t.Fatal(err)
	}
}

// healthy is the health of an instance as its client has it.
func (w *world) healthy(in Instance) bool {
	w.t.Helper()
	for _, p := range w.Publishers(service1) {
		for _, other := range p.Instances {
			if other.IP == in.IP && other.Port == in.Port && other.Cluster == in.Cluster {
				return other.Healthy
			}
		}
	}
	w.t.Fatalf("%s:%d is not there", in.IP, in.Port)
	return false
}

// until waits for the health of an instance and returns the number of connects that it took.
func (w *world) until(in Instance, healthy bool) (connects int) {
	w.t.Helper()
	address := net.JoinHostPort(in.IP, fmt.Sprint(in.Port))
	for range 600 {
		if w.healthy(in) == healthy {
			w.mu.Lock()
			defer w.mu.Unlock()
			return len(w.dialled[address])
		}
		w.wait(100 * time.Millisecond)
	}
	w.t.Fatalf("%s: expected healthy=%t within a minute", address, healthy)
	return 0
}

// gaps are the times between connects, and before the first one.
func (w *world) gaps(address string) (all []time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	last := time.Duration(0)
	for _, at := range w.dialled[address] {
		all = append(all, at-last)
		last = at
	}
	return all
}

func (w *world) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, fmt.Sprintf("%v ", time.Since(w.start))+fmt.Sprintf(format, args...))
}

// Push implements Pusher: it takes note of the health that subscribers learn.
func (w *world) Push(_ Subscription, view *PushedView, done func(error)) {
	var hosts []string
	for _, h := range view.Hosts {
		hosts = append(hosts, fmt.Sprintf("%s:%d=%t", *h.IP, h.Port, h.Healthy))
	}
	slices.Sort(hosts)
	w.note("push %s", strings.Join(hosts, " "))
	done(nil)
}

func (w *world) checker(name string, c Cluster) {
	w.t.Helper()
	if err := w.UpdateCluster(service1, name, c); err != nil {
		w.t.Fatal(err)
	}
}

func closed(context.Context, int) (net.Conn, error) { return nil, syscall.ECONNREFUSED }

func deaf(ctx context.Context, _ int) (net.Conn, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func open(context.Context, int) (net.Conn, error) {
	near, _ := net.Pipe()
	return near, nil
}

var errStrange = errors.New("the network is strange")

// fails answers the first connects with failures that count, later ones well.
func failsUpTo(last int) target {
	return func(ctx context.Context, n int) (net.Conn, error) {
		if n <= last {
			return nil, errStrange
		}
		return open(ctx, n)
	}
}

// answering is an HTTP endpoint that answers after a while.
func (w *world) answering(after time.Duration, head func(*http.Request) string) target {
	return func(context.Context, int) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			defer far.Close()
			req, err := http.ReadRequest(bufio.NewReader(far))
			if err != nil {
				return
			}
			w.note("GET %s %v", req.URL, req.Header)
			time.Sleep(after)
			_, _ = io.WriteString(far, "HTTP/1.1 "+head(req)+"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		}()
		return near, nil
	}
}

func status(head string) func(*http.Request) string {
	return func(*http.Request) string { return head }
}
