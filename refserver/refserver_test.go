package refserver_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

// site is a server on a network in memory, with the clients that were opened to it.
type site struct {
	*refserver.Server
	t   *testing.T
	net *memnet.Network
}

// bubble runs a test of a server with options in virtual time.
func bubble(t *testing.T, test func(t *testing.T, s site), opts ...refserver.Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		network := &memnet.Network{}
		listen := func(address string) net.Listener {
			l, err := network.Listen(netip.MustParseAddrPort(address))
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		opts = append(opts, refserver.WithListeners(listen("10.1.0.1:8848"), listen("10.1.0.1:9848")))
		test(t, site{refserver.RunT(t, opts...), t, network})
	})
}

func (s site) http() *wire.HTTPClient {
	c := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos", Dial: s.net.Dial})
	s.t.Cleanup(c.Close)
	return c
}

// connect opens a gRPC connection that is set up as a naming client.
func (s site) connect() *wire.GRPCConn {
	s.t.Helper()
	return connect(s.t, s.GRPCAddr(), s.net.Dial)
}

func connect(t testing.TB, address string, by wire.Dialer) *wire.GRPCConn {
	t.Helper()
	return dial(t, wire.GRPCOptions{Address: address, Dial: by})
}

// dial opens a connection and sets it up as that of a naming client.
func dial(t testing.TB, o wire.GRPCOptions) *wire.GRPCConn {
	t.Helper()
	c, err := wire.DialGRPC(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	if err := c.OpenStream(); err != nil {
		t.Fatal(err)
	}
	setup := wire.ConnectionSetupRequest{ClientIdentity: wire.ClientIdentity{
		Request: wire.NewRequest(wire.ModuleInternal), Labels: map[string]wire.Text{"module": "naming"},
	}}
	if err := c.Send(setup); err != nil {
		t.Fatal(err)
	}
	for {
		if x := c.Request(t.Context(), wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)}); errorCode(x) != 301 {
			return c
		}
		time.Sleep(time.Millisecond)
	}
}

func errorCode(x wire.GRPCExchange) int {
	var body struct{ ErrorCode int }
	if json.Unmarshal([]byte(x.Body), &body) != nil {
		return -1
	}
	return body.ErrorCode
}

func registration(service, ip string) wire.InstanceRequest {
	return wire.InstanceRequest{
		Request:    wire.NewRequest(wire.ModuleNaming),
		ServiceRef: wire.ServiceRef{Namespace: new(wire.Text("public")), GroupName: new(wire.Text("DEFAULT_GROUP")), ServiceName: new(wire.Text(service))},
		Type:       new(wire.Text(wire.VerbRegister)), Instance: new(wire.NewInstance(ip, 8080)),
	}
}

func register(s site, c *wire.HTTPClient, service string) wire.HTTPExchange {
	return c.Do(s.t.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
		"serviceName": {service}, "ip": {"10.0.0.1"}, "port": {"80"},
	}})
}

func TestBothTransportsShareOneRegistry(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		if x := register(s, s.http(), "web"); x.Body != "ok" {
			t.Fatalf("register over HTTP: %+v", x)
		}
		s.connect().Request(t.Context(), registration("web", "10.0.0.2"))
		found := []string{}
		for _, in := range s.Instances(s.Key("web")) {
			found = append(found, in.IP)
		}
		if !slices.Equal(found, []string{"10.0.0.1", "10.0.0.2"}) {
			t.Errorf("instances: %v", found)
		}
		if services, clients := s.Services(), s.Clients(); len(services) != 1 || services[0].Publishers != 2 || len(clients) != 2 {
			t.Errorf("services %+v, clients %+v", services, clients)
		}
		if len(s.Connections()) != 1 || len(s.Subscribers()) != 0 {
			t.Errorf("connections %+v, subscribers %+v", s.Connections(), s.Subscribers())
		}
	})
}

func TestAdvanceAgesBeatsButNoConnections(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		register(s, s.http(), "web")
		s.connect().Request(t.Context(), registration("web", "10.0.0.2"))
		before := s.Now()
		s.Advance(21 * time.Second)
		if in := s.Instances(s.Key("web")); len(in) != 2 || in[0].Healthy || !in[1].Healthy {
			t.Errorf("after 21 s: %+v", in)
		}
		s.Advance(15 * time.Second)
		if in := s.Instances(s.Key("web")); len(in) != 1 || in[0].IP != "10.0.0.2" || !in[0].Healthy {
			t.Errorf("after 36 s: %+v", in)
		}
		if d := s.Now().Sub(before); d != 36*time.Second {
			t.Errorf("expected the server's time to be 36 s ahead, found %v", d)
		}
	})
}

func TestRestartLosesMemoryAndKeepsPorts(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		client := s.http()
		register(s, client, "web")
		connection := s.connect()
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
		if len(s.Services()) != 0 || len(s.Connections()) != 0 {
			t.Errorf("left after the restart: %+v %+v", s.Services(), s.Connections())
		}
		if x := connection.Request(t.Context(), wire.HealthCheckRequest{}); x.Code != "Unavailable" {
			t.Errorf("expected the old connection to be cut, found %+v", x)
		}
		if x := register(s, client, "web"); x.Body != "ok" {
			t.Errorf("register again: %+v", x)
		}
		s.connect()
	})
}

func TestRestartMayKeepMemory(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		client := s.http()
		register(s, client, "web")
		connection := s.connect()
		connection.Request(t.Context(), registration("web", "10.0.0.2"))
		if n := len(s.Instances(s.Key("web"))); n != 2 {
			t.Fatalf("expected 2 instances, found %d", n)
		}
		s.RestartKeepingMemory()
		if in := s.Instances(s.Key("web")); len(in) != 1 || in[0].IP != "10.0.0.1" || len(s.Connections()) != 0 {
			t.Errorf("left after the restart: %+v %+v", in, s.Connections())
		}
		if x := connection.Request(t.Context(), wire.HealthCheckRequest{}); x.Code != "Unavailable" {
			t.Errorf("expected the old connection to be cut, found %+v", x)
		}
		s.Advance(21 * time.Second)
		if in := s.Instances(s.Key("web")); len(in) != 1 || in[0].Healthy {
			t.Errorf("expected beats to be checked as before, found %+v", in)
		}
		if x := register(s, client, "api"); x.Body != "ok" {
			t.Errorf("register: %+v", x)
		}
		s.connect().Request(t.Context(), registration("api", "10.0.0.2"))
		if n := len(s.Instances(s.Key("api"))); n != 2 {
			t.Errorf("expected both transports to be served, found %d instances", n)
		}
	})
}

func TestRequestLog(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		register(s, s.http(), "web")
		s.connect().Request(t.Context(), registration("api", "10.0.0.2"))
		if s.RequestCount("POST /nacos/v1/ns/instance") != 1 || s.RequestCount("InstanceRequest") != 1 || s.RequestCount("") < 3 {
			t.Errorf("counts: %d in all", s.RequestCount(""))
		}
		all := s.Requests()
		first, last := all[0], all[len(all)-1]
		if first.Protocol != refserver.HTTP || first.Status != http.StatusOK || !strings.Contains(first.Body, "serviceName=web") {
			t.Errorf("first: %+v", first)
		}
		if last.Protocol != refserver.GRPC || last.Client != s.Connections()[0].ID || !strings.Contains(last.Body, `"serviceName":"api"`) {
			t.Errorf("last: %+v", last)
		}
	})
}

func TestFaults(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		client, connection := s.http(), s.connect()
		health := wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)}

		s.FailNext(1, func(r refserver.Request) bool { return r.Protocol == refserver.HTTP }, refserver.Failure{Status: 503, Message: "busy"})
		s.FailNext(2, nil, refserver.Failure{Code: 500, Message: "broken"})
		if x := register(s, client, "web"); x.Status != 503 || x.Body != "busy" {
			t.Errorf("first failure: %+v", x)
		}
		for range 2 {
			if x := connection.Request(t.Context(), health); errorCode(x) != 500 {
				t.Errorf("second failure: %+v", x)
			}
		}
		s.RejectGRPC(301)
		if x := connection.Request(t.Context(), health); errorCode(x) != 301 {
			t.Errorf("rejection: %+v", x)
		}
		if x := connection.Request(t.Context(), wire.ServerCheckRequest{}); x.ResponseType != "ServerCheckResponse" {
			t.Errorf("server check: %+v", x)
		}
		s.RejectGRPC(0)
		if x := connection.Request(t.Context(), health); errorCode(x) != 0 {
			t.Errorf("after the faults: %+v", x)
		}

		s.DropBeats(true)
		beat := wire.HTTPRequest{Method: "PUT", Path: "/v1/ns/instance/beat", Query: url.Values{"serviceName": {"web"}, "ip": {"10.0.0.1"}, "port": {"80"}}}
		if x := client.Do(t.Context(), beat); x.Err == "" {
			t.Errorf("expected the beat to be lost, found %+v", x)
		}
		s.ClearFaults()
		if x := client.Do(t.Context(), beat); x.Status != http.StatusOK {
			t.Errorf("beat: %+v", x)
		}
	})
}

func TestPauseHoldsAnswers(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		client, connection := s.http(), s.connect()
		s.Pause()
		begin := time.Now()
		time.AfterFunc(3*time.Second, s.Resume)
		answered := make(chan time.Duration)
		go func() {
			register(s, client, "web")
			answered <- time.Since(begin)
		}()
		connection.Request(t.Context(), wire.HealthCheckRequest{})
		if took, other := time.Since(begin), <-answered; took != 3*time.Second || other != 3*time.Second {
			t.Errorf("expected both to be held for 3 s, found %v and %v", took, other)
		}

		s.Pause() // calls that are held do not keep the server from closing
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if x := connection.Call(ctx, "HealthCheckRequest", []byte("{}"), nil); x.Code != "DeadlineExceeded" {
			t.Errorf("held call: %+v", x)
		}
		held := make(chan struct{})
		go func() {
			defer close(held)
			register(s, client, "web")
		}()
		synctest.Wait()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		<-held
	})
}

func TestPushesAndResets(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		s.DelayPushes(2 * time.Second)
		pushed := make(chan time.Time, 8)
		c, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: s.GRPCAddr(), Dial: s.net.Dial, Received: func(m wire.StreamMessage) {
			if m.Type == "NotifySubscriberRequest" {
				pushed <- m.At
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.OpenStream(); err != nil {
			t.Fatal(err)
		}
		if err := c.SendRaw("ConnectionSetupRequest", []byte(`{"labels":{"module":"naming"}}`)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		begin := time.Now()
		c.Call(t.Context(), "SubscribeServiceRequest", []byte(`{"namespace":"public","groupName":"DEFAULT_GROUP","serviceName":"web","subscribe":true}`), nil)
		if all := s.Subscribers(); len(all) != 1 || all[0].Service != s.Key("web") {
			t.Errorf("subscribers: %+v", all)
		}
		time.Sleep(4 * time.Second)
		if len(pushed) != 1 {
			t.Fatalf("expected one push, found %d", len(pushed))
		}
		if late := (<-pushed).Sub(begin); late < 2500*time.Millisecond || late > 2700*time.Millisecond {
			t.Errorf("expected the push to be 2 s late, found it after %v", late)
		}
		if err := s.ResetConnection(s.Connections()[0].ID, ""); err != nil {
			t.Errorf("reset: %v", err)
		}
		id := s.Connections()[0].ID
		if !s.BlackHole(id) || !s.CloseConnection(id) || s.CloseConnection(id) {
			t.Error("faults of a connection")
		}
	})
}

func TestStartFailures(t *testing.T) {
	if _, err := refserver.New(refserver.WithLine("9.9")); err == nil || !strings.Contains(err.Error(), `"9.9"`) {
		t.Errorf("unknown line: %v", err)
	}
	taken := refserver.RunT(t)
	s, err := refserver.New(refserver.WithPort(taken.Port()))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "HTTP port") {
		t.Errorf("taken port: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close what never started: %v", err)
	}
	if err := taken.Start(t.Context()); err == nil {
		t.Error("expected a second start to fail")
	}
}

func TestOverTCP(t *testing.T) {
	b, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		t.Fatal(err)
	}
	s := refserver.RunT(t, refserver.WithBehaviour(b))
	if _, port, _ := net.SplitHostPort(s.GRPCAddr()); s.Host() != "127.0.0.1" || port == "" || s.URL() != "http://"+s.Addr()+"/nacos" {
		t.Errorf("addresses: %s %s %s", s.Addr(), s.GRPCAddr(), s.URL())
	}
	c := connect(t, s.GRPCAddr(), wire.TCP)
	if x := c.Request(t.Context(), registration("web", "10.0.0.1")); errorCode(x) != 0 {
		t.Fatalf("register: %+v", x)
	}
	h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
	defer h.Close()
	x := h.Do(t.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/instance/list", Query: url.Values{"serviceName": {"web"}}})
	if !strings.Contains(x.Body, `"ip":"10.0.0.1"`) {
		t.Errorf("list: %+v", x)
	}
}
