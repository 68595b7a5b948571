package refserver

import (
	"context"
	"io"
	"log/slog"
	"net"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/refserver/probe"
)

// Option changes how a server is made.
type Option func(*options)

type options struct {
	behaviour *behaviour.Behaviour
	line      behaviour.Line
	host      string
	port      int
	listeners ports
	console   *int
	packets   func() (net.PacketConn, error)
	dial      probe.Dial
	now       func() time.Time
	log       *slog.Logger
	access    io.Writer
	auth      func(Access) *Failure
	// authentication is who may do what; auth comes first.
	authentication Authentication
	requests       int
	data           string
	seed           Seed
	limits         grpcapi.Limits
	// configs are the sizes and quotas of configurations.
	configs ConfigSettings
	// starting is how long the server takes to start.
	starting time.Duration
	http     HTTPLimits
	// tls protects the port for clients, clusterTLS the one for servers.
	tls, clusterTLS TLS
}

// defaultRequests is how many requests the log holds when WithRequestLog says nothing else.
const defaultRequests = 256

// WithLine chooses the line of Nacos to behave like: "2.5", the default.
func WithLine(line behaviour.Line) Option { return func(o *options) { o.line = line } }

// WithBehaviour chooses every decision; it outweighs WithLine. Start from behaviour.ForLine.
func WithBehaviour(b behaviour.Behaviour) Option { return func(o *options) { o.behaviour = &b } }

// WithPort chooses the HTTP port, at most MaxPort; the gRPC port for clients is that + 1000, the one for servers that +
// 1001. Without it, or with 0, they are any three free ports at these distances.
func WithPort(http int) Option { return func(o *options) { o.port = http } }

// WithConsole opens the port of the console too, any free one when it is 0. New fails for lines whose console has no port
// of its own, and Start with a ConsoleError when the port cannot be opened.
func WithConsole(port int) Option { return func(o *options) { o.console = &port } }

// WithHost chooses the address to listen on instead of 127.0.0.1.
func WithHost(host string) Option { return func(o *options) { o.host = host } }

// WithListeners hands over listeners instead of ports, for example of a network in memory, so that the server can run
// inside a testing/synctest bubble. The server closes them. It pushes over UDP only when WithPackets says how,
// and probes persistent instances only when WithDialer does.
func WithListeners(http, grpc net.Listener) Option {
	return func(o *options) { o.listeners.http, o.listeners.grpc = http, grpc }
}

// WithClusterListener adds the gRPC port for servers to what WithListeners hands over; without it there is none.
func WithClusterListener(l net.Listener) Option {
	return func(o *options) { o.listeners.cluster = l }
}

// WithPackets says how to open the socket for pushes over UDP. The server opens it when it pushes to an address for
// the first time, anew after a restart, and closes it. Without this option it takes any free port of the machine.
func WithPackets(open func() (net.PacketConn, error)) Option {
	return func(o *options) { o.packets = open }
}

// WithDialer says how to connect to persistent instances, which are probed at their addresses. Without this option it is
// over the network of the machine.
func WithDialer(dial func(ctx context.Context, network, address string) (net.Conn, error)) Option {
	return func(o *options) { o.dial = dial }
}

// WithClock replaces time.Now as the source of the server's time.
func WithClock(now func() time.Time) Option { return func(o *options) { o.now = now } }

// WithLogger makes the server tell what it does; it is silent by default.
func WithLogger(log *slog.Logger) Option { return func(o *options) { o.log = log } }

// WithAccessLog makes the server write a line for each HTTP request that it answers, as Nacos does by default:
//
//	127.0.0.1 - - [21/Nov/2026:15:03:29 +0000] "PUT /nacos/v1/ns/instance/beat?ip=… HTTP/1.1" 200 66 1 Nacos-Java-Client:v1.4.8 -
//
// After the request come status, length of the body, time taken (in milliseconds, on line 3.0 in microseconds), and the
// headers User-Agent and Request-Source. Lines are written one at a time; the server does not close out.
func WithAccessLog(out io.Writer) Option { return func(o *options) { o.access = out } }

// WithAuth asks a function before each request is served, HTTP and unary gRPC, whether it may be: nil lets it pass, a
// failure is its answer. It is called from many goroutines at once, before the body of an HTTP request is read.
func WithAuth(check func(Access) *Failure) Option { return func(o *options) { o.auth = check } }

// ConnectionLimits bound the gRPC connections of clients. Lines before 2.3 know all bounds, later ones Total alone.
type ConnectionLimits = grpcapi.Limits

// WithConnectionLimits bounds the gRPC connections of clients; without it there is no bound.
func WithConnectionLimits(l ConnectionLimits) Option { return func(o *options) { o.limits = l } }

// ConfigSettings are the sizes and quotas of configurations, as operators of Nacos set them in its properties.
type ConfigSettings = config.Settings

// DefaultConfigSettings are those of a server as shipped.
func DefaultConfigSettings() ConfigSettings { return config.DefaultSettings() }

// ConfigProperties are the properties that ConfigSettings.Set takes, as Nacos calls them.
func ConfigProperties() []string { return config.Properties() }

// WithConfigSettings bounds configurations otherwise than a server as shipped; start from DefaultConfigSettings. Lines 1.4
// and 2.0 heed MaxContent alone. What line 2.5 refuses for its quotas it answers with 500, where a real one sends the
// status 5031, 5032, 5033 or 5034, which is none of HTTP.
func WithConfigSettings(s ConfigSettings) Option { return func(o *options) { o.configs = s } }

// WithData makes the server keep its persistent instances, services and clusters as operators set them up, operational
// metadata, switches and namespaces in a directory, so that a server that starts there later has them, also after a
// kill. It is made when it is missing. Without data directory, all ends with the server.
func WithData(dir string) Option { return func(o *options) { o.data = dir } }

// WithSeed makes the server start with a state, and start again with it at each Restart. It comes into force as a whole
// or not at all: Start and Restart fail with a SeedError when the line refuses any of it.
//
// What the seed names is as the seed says after each start, also where a data directory has it otherwise; all else in the
// directory stays. Nothing is written where the directory has it so already. WithAuthentication outweighs the seed: its
// administrator has its password.
func WithSeed(s Seed) Option { return func(o *options) { o.seed = s } }

// WithStartupDelay makes the server take so long to start, by its own time, as clients see it: its ports are open from the
// beginning and again after each restart, but naming over v1 answers 503, the server is not ready, and gRPC answers
// with 300 and sets up no connection. Start does not wait for it; Advance moves it.
func WithStartupDelay(d time.Duration) Option { return func(o *options) { o.starting = d } }

// WithRequestLog says how many of the last requests Requests can show; the default is 256.
func WithRequestLog(n int) Option { return func(o *options) { o.requests = n } }
