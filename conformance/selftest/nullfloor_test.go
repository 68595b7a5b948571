package selftest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"

	"google.golang.org/grpc"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

// floor is a server that implements nothing, on both ports.
type floor struct {
	name string
	// serve takes the connections of one port until the listener closes.
	serve func(l net.Listener)
	// grpc takes those of the gRPC port; nil for serve.
	grpc func(l net.Listener)
}

var floors = []floor{
	{name: "closed port"},
	{name: "accept and close", serve: eachConnection(func(c net.Conn) { c.Close() })},
	{name: "hang", serve: eachConnection(func(c net.Conn) {
		defer c.Close()
		io.Copy(io.Discard, c)
	})},
	{name: "empty 200", serve: httpServer(http.StatusOK, "")},
	{name: "ok", serve: httpServer(http.StatusOK, "ok")},
	{name: "404", serve: httpServer(http.StatusNotFound, "")},
	{name: "500", serve: httpServer(http.StatusInternalServerError, "")},
	{name: "gRPC success without content", serve: httpServer(http.StatusOK, "{}"), grpc: emptyGRPC},
}

// TestNoMustPassesOnTheNullFloor proves that silence, emptiness and flat refusal satisfy no requirement.
func TestNoMustPassesOnTheNullFloor(t *testing.T) {
	for _, f := range floors {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				source := f.start(t)
				log := record(t, conformance.Options{Source: source, Options: engine.Options{All: true, Destructive: true}})
				for _, line := range fixtures.Lines() {
					judgeFloor(t, log, line)
				}
			})
		})
	}
}

// judgeFloor holds a recording against a line. The stories are the same for all lines, so that one recording will do.
func judgeFloor(t *testing.T, log *reports.Log, line string) {
	suites, err := conformance.Suites(line)
	if err != nil {
		t.Fatal(err)
	}
	for _, suite := range suites {
		for i, r := range engine.Judge(suite.Checks, log, conformance.Trust()) {
			switch {
			case r.Verdict == reports.Pass && suite.Checks[i].Rule.Level == reports.Must:
				t.Errorf("line %s: %s passes on a server that implements nothing", line, r.Check)
			case r.Verdict == reports.HarnessError:
				t.Errorf("line %s: %s: %s", line, r.Check, r.Reason)
			}
		}
	}
}

var (
	floorHTTP = netip.MustParseAddrPort("127.0.0.1:8848")
	floorGRPC = netip.MustParseAddrPort("127.0.0.1:9848")
)

// start opens the floor's ports for the length of the test.
func (f floor) start(t *testing.T) fixtures.Source {
	var network memnet.Network
	if f.serve != nil {
		overGRPC := f.grpc
		if overGRPC == nil {
			overGRPC = f.serve
		}
		for address, serve := range map[netip.AddrPort]func(net.Listener){floorHTTP: f.serve, floorGRPC: overGRPC} {
			l, err := network.Listen(address)
			if err != nil {
				t.Fatal(err)
			}
			go serve(l)
			t.Cleanup(func() { l.Close() })
		}
	}
	return floorSource{&fixtures.Target{
		HTTP: floorHTTP.String(), GRPC: floorGRPC.String(), ContextPath: "/nacos", Line: "2.5", Dial: network.Dial,
	}}
}

// eachConnection serves every connection on its own.
func eachConnection(serve func(net.Conn)) func(net.Listener) {
	return func(l net.Listener) {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}
}

// httpServer answers every request alike.
func httpServer(status int, body string) func(net.Listener) {
	return func(l net.Listener) {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			io.WriteString(w, body)
		}))
	}
}

// emptyGRPC answers every call with success and says nothing on the stream.
func emptyGRPC(l net.Listener) {
	server := grpc.NewServer()
	grpcpb.RegisterRequestServer(server, emptyRequests{})
	grpcpb.RegisterBiRequestStreamServer(server, emptyStreams{})
	_ = server.Serve(l)
	server.Stop()
}

type emptyRequests struct {
	grpcpb.UnimplementedRequestServer
}

func (emptyRequests) Request(_ context.Context, in *grpcpb.Payload) (*grpcpb.Payload, error) {
	answer := strings.TrimSuffix(in.GetMetadata().GetType(), "Request") + "Response"
	return wire.Raw(answer, []byte("{}"), "", nil), nil
}

type emptyStreams struct {
	grpcpb.UnimplementedBiRequestStreamServer
}

func (emptyStreams) RequestBiStream(stream grpc.BidiStreamingServer[grpcpb.Payload, grpcpb.Payload]) error {
	for {
		if _, err := stream.Recv(); err != nil {
			return nil
		}
	}
}

// floorSource claims every feature, so that every story is told.
type floorSource struct{ target *fixtures.Target }

func (s floorSource) Target() *fixtures.Target        { return s.target }
func (s floorSource) Isolates() bool                  { return false }
func (s floorSource) Owned() bool                     { return false }
func (s floorSource) Feature(string) fixtures.Support { return fixtures.Answered }
func (s floorSource) Alive(context.Context) error     { return nil }
func (s floorSource) Close() error                    { return nil }
func (s floorSource) Fresh(context.Context) (*fixtures.Target, func(), error) {
	return nil, nil, errors.New("there is one null floor")
}
