// Package refserver is a Nacos server to embed in Go tests: it needs no JVM, no container and no fixed port, starts in
// milliseconds, and behaves like a chosen line of Nacos, decision by decision (see package behaviour). Time can be
// advanced, state inspected, and faults injected.
//
//	server := refserver.RunT(t)
//	client := connect(server.Host(), server.Port()) // any Nacos client
//	server.Advance(15 * time.Second)
//
// Options choose line, ports, data directory, clock, logs and who may pass. What a server knows is seen with Services,
// Instances, Clients, Subscribers, Configs, GrayConfigs, ConfigListeners, Namespaces, Users, Roles, Permissions, Connections
// and Requests; PutConfig, RemoveConfig, PutNamespace, PutUser and PutPermission write. It is broken with FailNext,
// RejectGRPC, DropBeats, DelayPushes, Pause, CloseConnection, BlackHole and ResetConnection, and comes back with Restart or
// RestartKeepingMemory.
//
// With NACOS_TCK_EXISTING=host:port (or host:port,grpc-port) in the environment, RunT gives tests the server there instead
// of one of their own, so that the same test proves a real one. Such a server has addresses only: a test that looks into
// it, moves its time or breaks it fails and says so, unless it asks Existing before.
package refserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/metrics"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

// Server is a Nacos server in this process. Its methods may be called from any goroutine. Addresses, time, state and
// faults of connections are there once it was started.
type Server struct {
	options options
	b       behaviour.Behaviour
	log     *slog.Logger
	clock   *clock.Clock
	faults  *faults
	journal *journal
	access  *accessLog // nil without
	meters  *metrics.Meters
	// existing is where the server is when it is not in this process; nothing else but b is set then.
	existing *existing

	mu   sync.RWMutex
	http *front
	// grpc, cluster and console are nil for servers without these ports.
	grpc, cluster, console *front
	store                  *store.Store // nil without data directory
	life                   *life
	ended                  bool
}

// New makes a server. It listens nowhere and runs nothing until Start.
func New(opts ...Option) (_ *Server, err error) {
	o := options{line: behaviour.Line25, host: "127.0.0.1", requests: defaultRequests, http: DefaultHTTPLimits(), configs: DefaultConfigSettings()}
	for _, opt := range opts {
		opt(&o)
	}
	s := &Server{options: o, log: o.log, journal: newJournal(o.requests), faults: newFaults()}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if o.behaviour != nil {
		s.b = *o.behaviour
	} else if s.b, err = behaviour.ForLine(o.line); err != nil {
		return nil, fmt.Errorf("refserver: %w", err)
	}
	s.options.authentication.resolve(&s.b.Auth)
	if err := s.options.authentication.Check(s.b.Auth); err != nil {
		return nil, fmt.Errorf("refserver: WithAuthentication: %w", err)
	}
	s.meters = metrics.New(s.b.Metrics, time.Now)
	if o.access != nil {
		s.access = &accessLog{unit: s.b.Server.AccessLogUnit, out: o.access}
	}
	if err := o.limits.Check(s.b.Connections); err != nil {
		return nil, fmt.Errorf("refserver: WithConnectionLimits: %w", err)
	}
	if err := o.http.Check(); err != nil {
		return nil, fmt.Errorf("refserver: WithHTTPLimits: %w", err)
	}
	for name, t := range map[string]TLS{"WithTLS": o.tls, "WithClusterTLS": o.clusterTLS} {
		if err := t.Check(s.b.Connections); err != nil {
			return nil, fmt.Errorf("refserver: %s: %w", name, err)
		}
	}
	if o.console != nil && !s.b.API.OwnConsole {
		return nil, errors.New("refserver: WithConsole: expected a line whose console has a port of its own; this one has it under the HTTP port")
	}
	return s, nil
}

// Start listens on all ports and serves. When it returns without error, they answer.
func (s *Server) Start(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil || s.ended || s.existing != nil {
		return errors.New("refserver: start: the server was started before; make a new one")
	}
	p, err := s.options.listen(ctx, s.b.Server.GRPC)
	if err != nil {
		return fmt.Errorf("refserver: start: %w", err)
	}
	s.http = newFront(p.http)
	if p.grpc != nil {
		s.grpc = newFront(p.grpc)
	}
	if p.cluster != nil {
		s.cluster = newFront(p.cluster)
	}
	if p.console != nil {
		s.console = newFront(p.console)
	}
	s.clock = clock.New(s.options.now)
	if err := s.begin(); err != nil {
		return fmt.Errorf("refserver: start: %w", err)
	}
	s.log.Info("reference server started", "http", s.Addr(), "grpc", s.GRPCAddr(), "cluster", s.ClusterAddr(), "console", s.ConsoleAddr())
	for _, gap := range s.life.handler.Gaps() {
		s.log.Warn("authentication is on, but the line leaves a gap that hardened servers close: "+gap.What, "where", strings.Join(gap.Where, ", "))
	}
	if open := s.life.grpc.OpenTypes(); len(open) > 0 {
		s.log.Warn("authentication is on, but the line leaves a gap that hardened servers close: requests over gRPC are open to everybody", "where", strings.Join(open, ", "))
	}
	return nil
}

// Close stops the server. Connections are cut, calls in progress get no answer, and nothing of the server runs any
// more when it returns. Closing a server that does not run does nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.life == nil || s.ended {
		s.ended = true
		return nil
	}
	s.life.end()
	return s.close()
}

// begin opens the data directory and makes the first life; when that fails, the server is closed again.
func (s *Server) begin() (err error) {
	if err = s.openData(); err == nil {
		s.life, err = s.newLife()
	}
	if err != nil {
		return errors.Join(err, s.close())
	}
	return nil
}

// close ends all that outlives a life.
func (s *Server) close() error {
	s.ended = true
	s.clock.Close()
	problems := errors.Join(s.http.Close(), s.closeData())
	for _, f := range []*front{s.grpc, s.cluster, s.console} {
		if f != nil {
			problems = errors.Join(problems, f.Close())
		}
	}
	return problems
}

// Restart cuts all connections and goes on with an empty memory on the same ports, as a server does whose process was
// replaced: with what its data directory keeps, if it has one. Without, switches get their start values too. Faults and
// the request log stay. The error is that of a damaged data file; the server is then closed. See RestartKeepingMemory.
func (s *Server) Restart() error {
	s.embedded().mu.Lock()
	defer s.mu.Unlock()
	if s.life == nil || s.ended {
		return nil
	}
	s.life.end()
	next, err := s.newLife()
	if err != nil {
		return errors.Join(fmt.Errorf("refserver: restart: %w", err), s.close())
	}
	s.life = next
	return nil
}

// RestartKeepingMemory cuts all connections and goes on on the same ports with what it knew, as a server does that was
// out of reach for a moment. What gRPC connections published and subscribed ends with them; HTTP clients, services,
// metadata and switches stay.
func (s *Server) RestartKeepingMemory() {
	s.embedded().mu.Lock()
	defer s.mu.Unlock()
	if s.life == nil || s.ended {
		return
	}
	s.life.cut()
	s.life = s.lifeWith(s.life.memory)
}

// Behaviour is what the server was made with.
func (s *Server) Behaviour() behaviour.Behaviour { return s.b }

// Addr is host:port of the HTTP port.
func (s *Server) Addr() string {
	if s.existing != nil {
		return s.existing.http
	}
	return s.http.Addr().String()
}

// GRPCAddr is host:port of the gRPC port for clients, empty on lines that have none.
func (s *Server) GRPCAddr() string {
	if s.existing != nil {
		return s.existing.grpc
	}
	if s.grpc == nil {
		return ""
	}
	return s.grpc.Addr().String()
}

// ClusterAddr is host:port of the gRPC port for servers, empty when there is none.
func (s *Server) ClusterAddr() string {
	if s.existing != nil {
		return s.existing.cluster
	}
	if s.cluster == nil {
		return ""
	}
	return s.cluster.Addr().String()
}

// ConsoleAddr is host:port of the console, empty when there is none.
func (s *Server) ConsoleAddr() string {
	if s.console == nil {
		return ""
	}
	return s.console.Addr().String()
}

// defaultConsolePort is the port that a server names for its console when it has none.
const defaultConsolePort = 8080

// consolePort is the port that the server names for its console.
func (s *Server) consolePort() int {
	_, port, _ := net.SplitHostPort(s.ConsoleAddr())
	if n, err := strconv.Atoi(port); err == nil {
		return n
	}
	return defaultConsolePort
}

// URL is where the HTTP API begins, context path included.
func (s *Server) URL() string { return "http://" + s.Addr() + s.b.HTTP.ContextPath }

// Host is the host that the server listens on, as client configurations want it.
func (s *Server) Host() string {
	host, _, _ := net.SplitHostPort(s.Addr())
	return host
}

// Port is the HTTP port, as client configurations want it. Clients find the gRPC port at this one + 1000, unless
// WithListeners chose it otherwise.
func (s *Server) Port() int {
	_, port, _ := net.SplitHostPort(s.Addr())
	n, _ := strconv.Atoi(port)
	return n
}

// Now is the server's time: that of its source plus what Advance added.
func (s *Server) Now() time.Time { return s.embedded().clock.Now() }

// Advance moves the server's time forward by d and does all that falls due on the way, as if d had passed: instances
// that live by beats age, empty services are cleaned, pushes are sent. Probes of persistent instances that fall due go to
// their addresses, but Advance does not wait for what these answer. gRPC connections do not age: their clients
// count as keeping up.
func (s *Server) Advance(d time.Duration) { s.embedded().clock.Advance(d) }
