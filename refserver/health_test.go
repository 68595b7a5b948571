package refserver_test

import (
	"context"
	"net"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/wire"
)

// registerPersistent registers a persistent instance of the service web.
func registerPersistent(t *testing.T, c *wire.HTTPClient, address string) {
	t.Helper()
	ip, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	x := c.Do(t.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
		"serviceName": {"web"}, "ip": {ip}, "port": {port}, "ephemeral": {"false"},
	}})
	if x.Body != "ok" {
		t.Fatalf("register %s: %+v", address, x)
	}
}

// awaitHealth fails the test when the only instance of web does not become healthy, or unhealthy, within 10 s.
func awaitHealth(t *testing.T, s *refserver.Server, healthy bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		if all := s.Instances(s.Key("web")); len(all) == 1 && all[0].Healthy == healthy {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("expected one instance with healthy=%t within 10 s, found %+v", healthy, s.Instances(s.Key("web")))
}

// TestAdvanceStartsProbes: time that is moved forward lets probes fall due, which go over the real network.
func TestAdvanceStartsProbes(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	s := refserver.RunT(t)
	c := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
	t.Cleanup(c.Close)
	registerPersistent(t, c, address)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s.Advance(3 * time.Second)
	awaitHealth(t, s, false)

	if l, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	deadline := time.Now().Add(10 * time.Second)
	for !s.Instances(s.Key("web"))[0].Healthy && time.Now().Before(deadline) {
		s.Advance(5 * time.Second)
		time.Sleep(time.Millisecond) // an answer that comes too late slows the probes down
	}
	awaitHealth(t, s, true)
}

// TestCloseEndsProbes: a probe that hangs holds up neither a restart nor the end.
func TestCloseEndsProbes(t *testing.T) {
	started := make(chan struct{}, 16)
	hang := func(ctx context.Context, _, _ string) (net.Conn, error) {
		started <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	s := refserver.RunT(t, refserver.WithDialer(hang))
	for range 2 {
		c := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"}) // a restart ends its connections
		t.Cleanup(c.Close)
		registerPersistent(t, c, "10.0.0.1:80")
		s.Advance(3 * time.Second)
		<-started
		s.Restart()
	}
}

// TestNobodyIsProbedWithoutNetwork: on listeners that were handed over, persistent instances keep their health until a
// dialer is there, too.
func TestNobodyIsProbedWithoutNetwork(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		registerPersistent(t, s.http(), "10.0.0.1:80")
		s.Advance(time.Minute)
		synctest.Wait()
		awaitHealth(t, s.Server, true)
	})
}
