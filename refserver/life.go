package refserver

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/udppush"
)

// life is a server from one start or restart to the next: its memory and those who serve it.
type life struct {
	memory
	handler *httpapi.Handler
	http    *http.Server
	console *http.Server // nil without console
	grpc    *grpcapi.Server
	// udp is nil when the server has no way to send datagrams.
	udp *udppush.Server
	// over is closed when the life ends, so that held answers are given up.
	over chan struct{}
	// serving are the goroutines that accept, clients those of HTTP connections.
	serving, clients sync.WaitGroup
}

// newLife begins to serve on all fronts, with what the data directory keeps.
func (s *Server) newLife() (*life, error) {
	m, err := s.newMemory()
	if err != nil {
		return nil, err
	}
	return s.lifeWith(m), nil
}

// lifeWith begins to serve on all fronts.
func (s *Server) lifeWith(m memory) *life {
	l := &life{memory: m, over: make(chan struct{})}
	started := s.clock.Now().Add(s.options.starting)
	starting := func() bool { return s.clock.Now().Before(started) }
	l.handler = httpapi.New(httpapi.Options{
		Registry: l.registry, Configs: l.configs, Accounts: l.accounts, Loader: loader{l}, Datagrams: datagrams{l}, Port: s.Port, ConsolePort: s.consolePort,
		Starting:      starting,
		Metrics:       func(w io.Writer) error { return s.writeMetrics(l, w) },
		ConfigMetrics: l.configMetrics,
		Intercept:     func(next http.Handler) http.Handler { return s.interceptHTTP(l, next) },
	})
	l.http = l.newHTTP(s, l.handler)
	l.grpc = grpcapi.New(grpcapi.Options{
		Behaviour: s.b, Naming: l.registry, Configs: l.configs, Accounts: l.accounts, Limits: s.options.limits, Log: s.log,
		TLS: s.options.tls, ClusterTLS: s.options.clusterTLS,
		Gate:      func(c grpcapi.Call) *grpcapi.Refusal { return s.interceptGRPC(l, c) },
		PushDelay: s.faults.pushDelay, Observe: s.observeGRPC, Starting: starting,
	})
	if open := s.options.openPackets(); open != nil {
		l.udp = udppush.New(udppush.Options{
			Behaviour: s.b.Datagrams, Clock: s.clock, Open: open, Encode: l.handler.PushData, Delay: s.faults.pushDelay, Log: s.log,
		})
		l.registry.SetPusher(naming.Ephemeral, l.udp)
		l.registry.SetPusher(naming.Poller, l.udp)
	}
	l.serve(s, "HTTP", s.options.http.listener(s.http.open()), l.http.Serve)
	if s.grpc != nil {
		l.serve(s, "gRPC", s.grpc.open(), l.grpc.Serve)
	}
	if s.cluster != nil {
		l.serve(s, "cluster", s.cluster.open(), l.grpc.ServeCluster)
	}
	if s.console != nil {
		l.console = l.newHTTP(s, l.handler.Console())
		l.serve(s, "console", s.options.http.listener(s.console.open()), l.console.Serve)
	}
	return l
}

func (l *life) newHTTP(s *Server, h http.Handler) *http.Server {
	server := s.options.http.server(h)
	server.ConnState, server.ErrorLog = l.follow, slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)
	return server
}

func (l *life) serve(s *Server, what string, on net.Listener, serve func(net.Listener) error) {
	l.serving.Go(func() {
		if err := serve(on); err != nil && !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("port failed", "port", what, "error", err)
		}
	})
}

// follow counts the HTTP connections that have a goroutine.
func (l *life) follow(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		l.clients.Add(1)
	case http.StateClosed, http.StateHijacked:
		l.clients.Done()
	default:
	}
}

// end cuts all connections and waits until nothing of this life runs any more.
func (l *life) end() {
	l.cut()
	l.memory.close()
}

// cut cuts all connections and waits until nothing runs any more but the memory.
func (l *life) cut() {
	close(l.over)
	l.http.Close()
	if l.console != nil {
		l.console.Close()
	}
	l.grpc.Close()
	l.serving.Wait()
	l.clients.Wait()
	l.handler.Close()
	if l.udp != nil {
		l.udp.Close()
	}
}
