// Package probe asks the addresses of instances whether they live: by a TCP connect, an HTTP GET or a MySQL command. It
// says what an answer is worth and knows nothing of registries, schedules and health.
//
// Time-outs run in the time of package time, whatever clock the server lives by: what they wait for is outside of it.
package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// The kinds of probes. Any other kind, NONE among them, is never probed.
const (
	TCP   = "TCP"
	HTTP  = "HTTP"
	MySQL = "MYSQL"
)

// Dial opens a connection to host:port; network is tcp.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Target is what is probed, and how.
type Target struct {
	// Kind is TCP, HTTP or MYSQL.
	Kind string
	Host string
	Port int
	// Path and Headers, k:v pairs separated by |, belong to HTTP, as does ExpectedCode.
	Path, Headers string
	ExpectedCode  int
	// User, Password and Command belong to MYSQL; nil when not given.
	User, Password, Command *string
	// Owner names who is asked for: probes of the same owner share a MySQL connection.
	Owner string
}

func (t Target) address() string { return net.JoinHostPort(t.Host, strconv.Itoa(t.Port)) }

// Outcome is what an answer says about the target.
type Outcome int

const (
	// Passed is a sign of life.
	Passed Outcome = iota
	// Failed is a failure that counts: enough of them in a row make an instance unhealthy.
	Failed
	// FailedAtOnce is a failure that needs no second one.
	FailedAtOnce
)

// Response is the response time that the schedule of the next probes shall reckon with.
type Response int

const (
	// Measured is the time that the answer took.
	Measured Response = iota
	// Doubled is twice the interval that the schedule has now.
	Doubled
	// Longest is the greatest interval that the schedule may have.
	Longest
)

// Result is the result of one probe.
type Result struct {
	Outcome  Outcome
	Response Response
	// Took is the time from the submission of the probe to its answer, the waiting in the queue included.
	Took time.Duration
	// Reason says in Nacos' words what was seen, such as tcp:ok+ or http:503.
	Reason string
}

// Prober makes probes, one per call. Close ends the connections that it keeps.
type Prober struct {
	b    behaviour.HealthChecks
	dial Dial
	// idle are HTTP connections by host:port, sessions those to databases by owner.
	idle     shelf[net.Conn]
	sessions shelf[session]
}

// New makes a prober that behaves like b and reaches its targets through dial.
func New(b behaviour.HealthChecks, dial Dial) *Prober {
	return &Prober{b: b, dial: dial}
}

// Close ends the connections that are kept. No probe may run any more.
func (p *Prober) Close() {
	p.idle.close()
	p.sessions.close()
}

// Probe makes one probe. It returns when the target answered, failed, did not answer in time, or ctx is done.
func (p *Prober) Probe(ctx context.Context, t Target) Result {
	started := time.Now()
	var result Result
	switch t.Kind {
	case TCP:
		result = p.probeTCP(ctx, t)
	case HTTP:
		result = p.probeHTTP(ctx, t)
	case MySQL:
		result = p.probeMySQL(ctx, t)
	default:
		result = Result{Outcome: Failed, Response: Longest, Reason: fmt.Sprintf("no probe of kind %q", t.Kind)}
	}
	result.Took = time.Since(started)
	return result
}

// unreachable says whether nobody listens at the address, as opposed to a connection that fails otherwise.
func unreachable(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED)
}

// timedOut says whether an error is the end of somebody's patience.
func timedOut(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}
