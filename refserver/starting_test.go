package refserver_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

func TestAStartingServerSaysSo(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			s := refserver.RunT(t, refserver.WithLine(line), refserver.WithStartupDelay(time.Hour))
			expectStarting(t, s)
			s.Advance(time.Hour)
			expectStarted(t, s)
			if err := s.Restart(); err != nil {
				t.Fatal(err)
			}
			expectStarting(t, s)
		})
	}
}

func expectStarting(t *testing.T, s *refserver.Server) {
	t.Helper()
	const list = "/v1/ns/instance/list?serviceName=s"
	if body := getBody(t, s, list); body != "server is STARTINGnow, please try again later!" {
		t.Errorf("expected naming to say that the server is starting, found %s", body)
	}
	if got := statusOf(t, s, list); got != http.StatusServiceUnavailable {
		t.Errorf("expected 503 of naming, found %d", got)
	}
	if !s.Behaviour().API.OwnConsole {
		if got := statusOf(t, s, "/v1/console/health/readiness"); got != http.StatusInternalServerError {
			t.Errorf("expected the server not to be ready, found %d", got)
		}
	}
	if !s.Behaviour().Server.GRPC {
		return
	}
	c, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: s.GRPCAddr()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, payloadType := range []string{"ServerCheckRequest", "InstanceRequest", "NoSuchRequest", "ServerLoaderInfoRequest"} {
		if x := c.Call(t.Context(), payloadType, []byte("{}"), nil); errorCode(x) != wire.CodeStarting {
			t.Errorf("%s: expected code %d, found %+v", payloadType, wire.CodeStarting, x)
		}
	}
}

func expectStarted(t *testing.T, s *refserver.Server) {
	t.Helper()
	if got := statusOf(t, s, "/v1/ns/instance/list?serviceName=s"); got != http.StatusOK {
		t.Errorf("expected 200 of naming, found %d", got)
	}
	if !s.Behaviour().Server.GRPC {
		return
	}
	c, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: s.GRPCAddr()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if x := c.Call(t.Context(), "ServerCheckRequest", []byte("{}"), nil); errorCode(x) != 0 {
		t.Errorf("expected ServerCheckRequest to succeed, found %+v", x)
	}
}

// statusOf is the status of a GET below the context path.
func statusOf(t *testing.T, s *refserver.Server, path string) int {
	t.Helper()
	answer, err := http.Get(s.URL() + path)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}
