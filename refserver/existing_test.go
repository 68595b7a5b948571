package refserver_test

import (
	"fmt"
	"net"
	"net/url"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/seed"
	"github.com/nacos-tck/nacos-tck/wire"
)

// doomed is a test that notes how it fails.
type doomed struct {
	testing.TB
	failure string
}

func (d *doomed) Helper() {}

func (d *doomed) Fatalf(format string, args ...any) {
	d.failure = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (d *doomed) Fatal(args ...any) { d.Fatalf("%s", fmt.Sprint(args...)) }

// fate runs a test to its end, which may be early, and says how it failed.
func fate(t *testing.T, test func(testing.TB)) string {
	t.Helper()
	d := &doomed{TB: t}
	over := make(chan struct{})
	go func() {
		defer close(over)
		test(d)
	}()
	<-over
	return d.failure
}

// story is what users write: a test that does not know where its server is.
func story(t testing.TB) *refserver.Server {
	s := refserver.RunT(t)
	h := wire.NewHTTPClient(wire.HTTPOptions{Address: net.JoinHostPort(s.Host(), fmt.Sprint(s.Port())), ContextPath: "/nacos"})
	defer h.Close()
	service := fmt.Sprintf("existing-%d", time.Now().UnixNano())
	place := url.Values{"serviceName": {service}, "ip": {"10.0.0.1"}, "port": {"80"}}
	if x := h.Do(t.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Query: place}); x.Body != "ok" {
		t.Fatalf("register at %s: %+v", s.URL(), x)
	}
	x := h.Do(t.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/instance/list", Query: url.Values{"serviceName": {s.Key(service).Grouped()}}})
	if !strings.Contains(x.Body, `"ip":"10.0.0.1"`) {
		t.Fatalf("list at %s: %+v", s.URL(), x)
	}
	h.Do(t.Context(), wire.HTTPRequest{Method: "DELETE", Path: "/v1/ns/instance", Query: place})
	connect(t, s.GRPCAddr(), wire.TCP)
	return s
}

// withAddresses are the methods that an existing server has.
var withAddresses = []string{
	"Addr", "Behaviour", "Close", "ClusterAddr", "ConfigKey", "ConsoleAddr", "Existing", "GRPCAddr", "Host", "Key", "Port", "Start", "URL",
}

func TestTheSameTestUsesAnExistingServer(t *testing.T) {
	t.Setenv(refserver.ExistingVariable, "")
	running := refserver.RunT(t)
	t.Setenv(refserver.ExistingVariable, running.Addr())
	s := story(t)
	if !s.Existing() || s.Addr() != running.Addr() || s.GRPCAddr() != running.GRPCAddr() || s.ClusterAddr() != running.ClusterAddr() ||
		s.URL() != running.URL() {
		t.Errorf("expected the addresses of the running server, found %s, %s, %s, %s", s.Addr(), s.GRPCAddr(), s.ClusterAddr(), s.URL())
	}
	if running.RequestCount("") < 3 {
		t.Errorf("expected the requests to reach the running server, found %d", running.RequestCount(""))
	}
	if err := s.Start(t.Context()); err == nil {
		t.Error("expected an existing server not to start")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := running.Close(); err != nil {
		t.Error(err)
	}
	if found := fate(t, func(t testing.TB) { refserver.RunT(t) }); !strings.Contains(found, "expected a server to listen there") {
		t.Errorf("after its end: %q", found)
	}
}

func TestAnExistingServerCannotBeLookedInto(t *testing.T) {
	t.Setenv(refserver.ExistingVariable, "")
	running := refserver.RunT(t)
	t.Setenv(refserver.ExistingVariable, running.Addr()+",9")
	typ := reflect.TypeFor[*refserver.Server]()
	for method := range typ.Methods() {
		if slices.Contains(withAddresses, method.Name) {
			continue
		}
		found := fate(t, func(t testing.TB) {
			s := refserver.RunT(t)
			if s.GRPCAddr() != net.JoinHostPort(running.Host(), "9") {
				t.Fatalf("gRPC at %s", s.GRPCAddr())
			}
			args := []reflect.Value{reflect.ValueOf(s)}
			for a := 1; a < method.Type.NumIn(); a++ {
				args = append(args, reflect.Zero(method.Type.In(a)))
			}
			if method.Type.IsVariadic() {
				method.Func.CallSlice(args)
				return
			}
			method.Func.Call(args)
		})
		if !strings.Contains(found, "refserver: "+method.Name+" needs the embedded server") || !strings.Contains(found, running.Addr()) {
			t.Errorf("%s: expected to hear that it needs the embedded server, found %q", method.Name, found)
		}
	}
}

func TestExistingServersAreNamedInFull(t *testing.T) {
	for text, expected := range map[string]string{
		"localhost": "missing port", "localhost:x": "HTTP port", "127.0.0.1:1,x": "gRPC port", "127.0.0.1:99999": "HTTP port",
		"127.0.0.1:1": "expected a server to listen there",
	} {
		t.Setenv(refserver.ExistingVariable, text)
		found := fate(t, func(t testing.TB) { refserver.RunT(t) })
		if !strings.Contains(found, expected) || !strings.Contains(found, refserver.ExistingVariable+"="+text) {
			t.Errorf("%q: expected %q, found %q", text, expected, found)
		}
	}
}

// TestExistingServersHeedNoSeed: a test that needs one would test something else there.
func TestExistingServersHeedNoSeed(t *testing.T) {
	t.Setenv(refserver.ExistingVariable, "")
	t.Setenv(refserver.ExistingVariable, refserver.RunT(t).Addr())
	found := fate(t, func(t testing.TB) {
		refserver.RunT(t, refserver.WithSeed(refserver.Seed{Users: []seed.User{{Name: "alice", Password: "secret"}}}))
	})
	if !strings.Contains(found, "cannot heed WithSeed: unset the variable") {
		t.Errorf("expected to hear that the seed cannot be heeded, found %q", found)
	}
}

// TestRegisterAndList runs against any server: NACOS_TCK_EXISTING=127.0.0.1:8848 go test ./refserver -run RegisterAndList.
func TestRegisterAndList(t *testing.T) { story(t) }
