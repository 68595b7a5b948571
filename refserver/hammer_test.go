package refserver_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/wire"
)

// TestEverythingAtOnce uses all of the server from many goroutines, restarts it meanwhile, and closes it under them. The
// race detector and goleak judge.
func TestEverythingAtOnce(t *testing.T) {
	const rounds = 15
	s := refserver.RunT(t,
		refserver.WithAccessLog(io.Discard), refserver.WithRequestLog(16),
		refserver.WithAuth(func(a refserver.Access) *refserver.Failure {
			if a.Value("User-Agent") == "stranger" {
				return &refserver.Failure{Status: http.StatusForbidden}
			}
			return nil
		}),
	)
	port := listenUDP(t)
	var workers sync.WaitGroup
	for worker := range 3 {
		for _, work := range []func(round int){
			func(round int) { useHTTP(t, s, fmt.Sprintf("service-%d", round%4), port) },
			func(int) { useGRPC(t, s, fmt.Sprintf("service-%d", worker)) },
			func(int) { lookInto(s) },
			func(round int) { breakIt(s, round) },
			func(round int) {
				s.Advance(time.Duration(round) * time.Second)
				switch round % 5 {
				case worker:
					if err := s.Restart(); err != nil {
						t.Error(err)
					}
				case 4:
					s.RestartKeepingMemory()
				}
			},
		} {
			workers.Go(func() {
				for round := range rounds {
					work(round)
				}
			})
		}
	}
	workers.Wait()
	s.ClearFaults()
	h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
	defer h.Close()
	if x := register(site{s, t, nil}, h, "afterwards"); x.Body != "ok" {
		t.Errorf("afterwards: %+v", x)
	}

	for range 4 { // work goes on while the server ends
		workers.Go(func() {
			for range rounds {
				useHTTP(t, s, "last", port)
				lookInto(s)
				s.Advance(time.Second)
			}
		})
	}
	for range 2 {
		workers.Go(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	workers.Wait()
}

// listenUDP opens a port for pushes, which nobody reads.
func listenUDP(t *testing.T) string {
	t.Helper()
	_, port := udpClient(t)
	return port
}

func useHTTP(t *testing.T, s *refserver.Server, service, udpPort string) {
	h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
	defer h.Close()
	place := url.Values{"serviceName": {service}, "ip": {"10.0.0.1"}, "port": {"80"}}
	agent := map[string]string{"User-Agent": "Nacos-Java-Client:v1.4.8"}
	h.Do(t.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Query: place})
	h.Do(t.Context(), wire.HTTPRequest{Method: "PUT", Path: "/v1/ns/instance/beat", Query: place})
	h.Do(t.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/instance/list", Header: agent, Query: url.Values{
		"serviceName": {service}, "clientIP": {"127.0.0.1"}, "udpPort": {udpPort},
	}})
	h.Do(t.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/service/list", Header: map[string]string{"User-Agent": "stranger"}})
}

func useGRPC(t *testing.T, s *refserver.Server, service string) {
	c, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: s.GRPCAddr()})
	if err != nil {
		return // the server restarts
	}
	defer c.Close()
	if c.OpenStream() != nil || c.SendRaw("ConnectionSetupRequest", []byte(`{"labels":{"module":"naming"}}`)) != nil {
		return
	}
	c.Request(t.Context(), registration(service, "10.0.0.2"))
	c.Call(t.Context(), "SubscribeServiceRequest",
		[]byte(`{"namespace":"public","groupName":"DEFAULT_GROUP","serviceName":"`+service+`","subscribe":true}`), nil)
}

func lookInto(s *refserver.Server) {
	for _, service := range s.Services() {
		s.Instances(service.Key)
	}
	s.Clients()
	s.Subscribers()
	s.Requests()
	s.RequestCount("InstanceRequest")
	s.Now()
}

func breakIt(s *refserver.Server, round int) {
	s.FailNext(1, func(r refserver.Request) bool { return r.Operation == "InstanceRequest" }, refserver.Failure{Code: 500})
	s.DropBeats(round%2 == 0)
	s.DelayPushes(time.Duration(round%3) * time.Millisecond)
	s.Pause()
	for i, c := range s.Connections() {
		switch i % 3 {
		case 0:
			s.CloseConnection(c.ID)
		case 1:
			s.BlackHole(c.ID)
		}
	}
	s.Resume()
	if s.RejectGRPC(301); round%2 == 0 {
		s.ClearFaults()
	}
}
