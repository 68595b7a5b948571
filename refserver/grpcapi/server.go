// Package grpcapi is the gRPC transport of the reference server: connections, set-up, dispatch, liveness and pushes.
// What the requests mean is the business of packages naming and config.
package grpcapi

import (
	"errors"
	"log/slog"
	"math"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	_ "google.golang.org/grpc/encoding/gzip" // clients may compress
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// Call is one unary request, as a Gate sees it.
type Call struct {
	// Connection is the connection id.
	Connection string
	// Type is the payload type, empty when the message names none.
	Type string
	// Headers are those of the message, by the names that the client gives them; they must not be changed.
	Headers map[string]string
	Body    []byte
	// Done is closed when the client gives the call up.
	Done <-chan struct{}
}

// Refusal answers a call in place of the server.
type Refusal struct {
	// Code is the error code; the result code is 500.
	Code    int
	Message string
}

// Options say what a Server is made of.
type Options struct {
	Behaviour behaviour.Behaviour
	Naming    *naming.Registry
	Configs   *config.Center
	// Accounts are users, roles and permissions, and whether they matter; nil for a server without.
	Accounts *accounts.Directory
	Limits   Limits
	// TLS protects the port for clients, ClusterTLS the one for servers.
	TLS, ClusterTLS TLS
	// Log is silent when nil.
	Log *slog.Logger
	// Gate is asked before each unary call is looked at. It may block; a refusal is the answer. Nil lets all pass.
	Gate func(Call) *Refusal
	// Starting says whether the server is still starting; nil for never.
	Starting func() bool
	// Observe is told of each unary call that was answered; nil for nobody.
	Observe func(Observation)
	// PushDelay holds each push back for so long; nil for none.
	PushDelay func() time.Duration
}

// Server serves the two gRPC services, on the port for clients and on the one for servers.
type Server struct {
	b        behaviour.Connections
	requests behaviour.Requests
	push     behaviour.Push
	metadata behaviour.Metadata
	naming   *naming.Registry
	configs  *config.Center
	accounts *accounts.Directory
	auth     behaviour.Auth
	log      *slog.Logger
	gate     func(Call) *Refusal
	observe  func(Observation)
	starting func() bool
	// serving counts the unary calls in progress.
	serving   atomic.Int64
	pushDelay func() time.Duration
	// registration and deregister are those of the registry.
	registration behaviour.Registration
	deregister   behaviour.Deregister

	grpc *grpc.Server
	// clock times connections. It is not the clock of the domain: clients that are connected keep up with any change
	// of that one.
	clock     *clock.Clock
	deadlines *deadlines
	handlers  map[string]handler
	limits    Limits
	// protected is how the ports are, by whether they are for servers.
	protected map[bool]TLS
	locks     *locks
	ready     map[string]*letter
	watched   bool // patterns can be watched
	requestID atomic.Int64
	stop      sync.Once

	// admission is held while a connection is registered, so that limits hold.
	admission sync.Mutex

	mu          sync.Mutex
	connections map[string]*connection
	shedding    shedding
	// strange are the services that somebody tried to write without a namespace, a group or a name.
	strange map[naming.ServiceKey]bool
}

// readBuffer is what each connection keeps for reading; requests are small, and idle connections are many.
const readBuffer = 4 << 10

// writeBuffer is what each connection keeps for writing while it writes. In a push to all, thousands do at once, and the
// default of 32 KiB each would be most of what the push costs; a message that does not fit takes several writes.
const writeBuffer = 8 << 10

// window is what a client may send before the server has read it. It does not grow with what clients send, so that the
// server need not measure with a ping after each of their messages.
const window = 1 << 20

// oversize is how many times too big a message may be to be answered with the text of a Java server.
const oversize = 4

// New makes a server that delivers pushes for naming and configurations. Serve starts it.
func New(o Options) *Server {
	s := &Server{
		b: o.Behaviour.Connections, requests: o.Behaviour.Requests, push: o.Behaviour.Push, metadata: o.Behaviour.Metadata,
		naming: o.Naming, configs: o.Configs, accounts: o.Accounts, auth: o.Behaviour.Auth, limits: o.Limits, log: o.Log, gate: o.Gate, observe: o.Observe, starting: o.Starting, pushDelay: o.PushDelay,
		registration: o.Behaviour.Registration, deregister: o.Behaviour.Deregister,
		clock: clock.New(nil), connections: map[string]*connection{}, strange: map[naming.ServiceKey]bool{},
	}
	s.deadlines = newDeadlines(s.clock)
	if s.starting == nil {
		s.starting = func() bool { return false }
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.locks = &locks{b: o.Behaviour.Locks, now: o.Naming.Now, held: map[string]time.Time{}}
	s.ready = readyAnswers()
	s.watched = o.Behaviour.Watch.Served
	s.handlers = s.newHandlers(o.Behaviour)
	s.protected = map[bool]TLS{false: o.TLS, true: o.ClusterTLS}
	s.grpc = grpc.NewServer(
		grpc.Creds(&protection{insecure.NewCredentials(), s}),
		grpc.ForceServerCodecV2(newCodec(s.b.MaxMessage, s.requests.ResetsOversized)),
		grpc.MaxRecvMsgSize(oversize*s.b.MaxMessage),
		grpc.MaxConcurrentStreams(math.MaxInt32),
		grpc.StaticStreamWindowSize(window),
		grpc.StaticConnWindowSize(window),
		grpc.MaxHeaderListSize(8192),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: 2 * time.Hour, Timeout: 20 * time.Second}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: 5 * time.Minute}),
		grpc.ReadBufferSize(readBuffer),
		grpc.WriteBufferSize(writeBuffer),
		grpc.UnknownServiceHandler(unimplemented),
		grpc.WaitForHandlers(true),
	)
	s.grpc.RegisterService(&grpc.ServiceDesc{
		ServiceName: "Request",
		Streams:     []grpc.StreamDesc{{StreamName: "request", Handler: s.serveCall}},
	}, nil)
	s.grpc.RegisterService(&grpc.ServiceDesc{
		ServiceName: "BiRequestStream",
		Streams:     []grpc.StreamDesc{{StreamName: "requestBiStream", Handler: s.serveStream, ServerStreams: true, ClientStreams: true}},
	}, nil)
	s.naming.SetPusher(naming.Connection, s)
	s.naming.SetMessenger(s.message)
	s.configs.SetNotifier(s)
	s.clock.After(s.b.DetectionInitial, s.detect)
	return s
}

// Serve accepts the connections of clients until Close. It closes the listener.
func (s *Server) Serve(l net.Listener) error { return s.serve(&listener{Listener: l, server: s}) }

// ServeCluster accepts the connections of other servers until Close. It closes the listener.
func (s *Server) ServeCluster(l net.Listener) error {
	return s.serve(&listener{Listener: l, server: s, cluster: true})
}

func (s *Server) serve(l *listener) error {
	if err := s.grpc.Serve(l); !errors.Is(err, grpc.ErrServerStopped) {
		return err
	}
	return nil
}

// farewell is how long clients have to take note of the end of their streams before their connections are cut.
const farewell = 100 * time.Millisecond

// errStopping is how the streams of a server end that stops. Source: measured 2.5.1, where it is the code of a reset.
var errStopping = status.New(codes.Canceled, "the server stops")

// Close ends all streams and connections, as the signal to stop does on a real server, and returns when nothing of the
// server runs any more. It must not be called by a Gate.
func (s *Server) Close() {
	s.stop.Do(func() {
		s.clock.Close()
		for _, c := range s.all() {
			c.mu.Lock()
			on := c.stream
			c.mu.Unlock()
			if on != nil {
				on.finish(errStopping)
			}
		}
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			s.grpc.GracefulStop()
		}()
		select {
		case <-gone:
		case <-time.After(farewell):
		}
		s.grpc.Stop()
		<-gone
	})
}
