package refserver

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// ExistingVariable is the environment variable that makes RunT use a server that runs already: host:port of its HTTP
// port, or host:port,grpc-port where the gRPC port is not 1000 above it.
const ExistingVariable = "NACOS_TCK_EXISTING"

// existing is a server that somebody else runs.
type existing struct {
	t                   testing.TB
	http, grpc, cluster string
}

// dialTimeout is how long an existing server may take to accept a connection.
const dialTimeout = 5 * time.Second

// findExisting is the server that the environment names, nil when it names none.
func findExisting(t testing.TB) (*existing, error) {
	text := os.Getenv(ExistingVariable)
	if text == "" {
		return nil, nil
	}
	e, err := parseExisting(text)
	if err != nil {
		return nil, fmt.Errorf("%s=%s: expected host:port or host:port,grpc-port: %w", ExistingVariable, text, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), dialTimeout)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", e.http)
	if err != nil {
		return nil, fmt.Errorf("%s=%s: expected a server to listen there: %w", ExistingVariable, text, err)
	}
	e.t = t
	return e, conn.Close()
}

func parseExisting(text string) (*existing, error) {
	address, grpcText, _ := strings.Cut(text, ",")
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("HTTP port: %w", err)
	}
	at := func(offset int) string { return net.JoinHostPort(host, strconv.Itoa(int(port)+offset)) }
	e := &existing{http: at(0), grpc: at(grpcOffset), cluster: at(clusterOffset)}
	if grpcText != "" {
		if _, err := strconv.ParseUint(grpcText, 10, 16); err != nil {
			return nil, fmt.Errorf("gRPC port: %w", err)
		}
		e.grpc = net.JoinHostPort(host, grpcText)
	}
	return e, nil
}

// embeddedOnly names the given options that a server that exists already cannot heed, and without which a test would
// test something else.
func (o options) embeddedOnly() (names []string) {
	for _, option := range []struct {
		name  string
		given bool
	}{
		{"WithBehaviour", o.behaviour != nil}, {"WithListeners", o.listeners != ports{}}, {"WithData", o.data != ""}, {"WithSeed", !o.seed.IsZero()}, {"WithPackets", o.packets != nil},
		{"WithDialer", o.dial != nil}, {"WithClock", o.now != nil}, {"WithAuth", o.auth != nil},
		{"WithAuthentication", o.authentication != Authentication{}},
		{"WithAccessLog", o.access != nil}, {"WithTLS", o.tls != TLS{}}, {"WithClusterTLS", o.clusterTLS != TLS{}},
		{"WithStartupDelay", o.starting != 0}, {"WithConfigSettings", o.configs != DefaultConfigSettings()}, {"WithConnectionLimits", !reflect.ValueOf(o.limits).IsZero()},
	} {
		if option.given {
			names = append(names, option.name)
		}
	}
	return names
}

// Existing says whether this is a server that somebody else runs, which ExistingVariable names. Such a server has
// addresses and no more: methods that look into it, move its time or break it end the test.
func (s *Server) Existing() bool { return s.existing != nil }

// embedded is the server, for methods that need more than its addresses.
func (s *Server) embedded() *Server {
	if e := s.existing; e != nil {
		e.t.Helper()
		e.t.Fatalf("refserver: %s needs the embedded server, but %s=%s makes this test use the server there: "+
			"unset the variable, or ask Existing before", calledMethod(), ExistingVariable, os.Getenv(ExistingVariable))
	}
	return s
}

// calledMethod is the method of a Server that was called from outside.
func calledMethod() (name string) {
	callers := make([]uintptr, 8)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		frame, more := frames.Next()
		_, method, ok := strings.Cut(frame.Function, "refserver.(*Server).")
		if !ok {
			return cmp.Or(name, "this method")
		}
		if name = method; !more {
			return name
		}
	}
}
