package grpcapi_test

import (
	"context"
	"encoding/json"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

const (
	address        = "10.1.0.1:9848"
	clusterAddress = "10.1.0.1:9849"
)

// world is a server on a network in memory.
type world struct {
	t       *testing.T
	net     memnet.Network
	naming  *naming.Registry
	configs *config.Center
	server  *grpcapi.Server
	clients []*client
}

// as makes a server behave like a line.
func as(line behaviour.Line) func(*behaviour.Behaviour) {
	return func(b *behaviour.Behaviour) {
		var err error
		if *b, err = behaviour.ForLine(line); err != nil {
			panic(err)
		}
	}
}

// start starts a server with the behaviour of line 2.5, changed by change when that is given.
func start(t *testing.T, change func(*behaviour.Behaviour)) *world {
	t.Helper()
	return startLimited(t, change, grpcapi.Limits{})
}

func startLimited(t *testing.T, change func(*behaviour.Behaviour), limits grpcapi.Limits) *world {
	t.Helper()
	b, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&b)
	}
	w := &world{t: t}
	l, err := w.net.Listen(netip.MustParseAddrPort(address))
	if err != nil {
		t.Fatal(err)
	}
	forServers, err := w.net.Listen(netip.MustParseAddrPort(clusterAddress))
	if err != nil {
		t.Fatal(err)
	}
	domain := clock.New(nil)
	w.naming = naming.New(b, domain)
	w.configs = config.New(b.Config, config.DefaultSettings(), domain)
	w.server = grpcapi.New(grpcapi.Options{Behaviour: b, Naming: w.naming, Configs: w.configs, Limits: limits})
	var served sync.WaitGroup
	served.Go(func() {
		if err := w.server.Serve(l); err != nil {
			t.Error(err)
		}
	})
	served.Go(func() {
		if err := w.server.ServeCluster(forServers); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		for _, c := range w.clients {
			c.Close()
		}
		w.server.Close()
		served.Wait()
		w.naming.Close()
		w.configs.Close()
		domain.Close()
	})
	return w
}

// client is one connection and what it received on its stream.
type client struct {
	*wire.GRPCConn
	t *testing.T

	mu       sync.Mutex
	received []wire.StreamMessage
}

// dial opens a connection without a stream.
func (w *world) dial() *client {
	w.t.Helper()
	return w.dialTo(address)
}

func (w *world) dialTo(address string) *client {
	w.t.Helper()
	return w.dialWith(address, "")
}

// dialAs opens a connection that claims to come from an address.
func (w *world) dialAs(clientIP string) *client {
	w.t.Helper()
	return w.dialWith(address, clientIP)
}

func (w *world) dialWith(address, clientIP string) *client {
	w.t.Helper()
	c := &client{t: w.t}
	conn, err := wire.DialGRPC(w.t.Context(), wire.GRPCOptions{
		Address: address, ClientIP: clientIP,
		Dial: func(ctx context.Context, a string) (net.Conn, error) { return w.net.Dial(ctx, a) },
		Received: func(m wire.StreamMessage) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.received = append(c.received, m)
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	c.GRPCConn = conn
	w.clients = append(w.clients, c)
	return c
}

// connect opens a connection and sets it up as a naming client.
func (w *world) connect() *client {
	w.t.Helper()
	c := w.dial()
	c.setUp(`{"clientVersion":"Test:v1","labels":{"source":"sdk","module":"naming"}}`)
	return c
}

// setUp opens the stream and sends a set-up request, which takes effect before it returns.
func (c *client) setUp(body string) {
	c.t.Helper()
	if err := c.OpenStream(); err != nil {
		c.t.Fatal(err)
	}
	c.send("ConnectionSetupRequest", body)
}

func (c *client) send(payloadType, body string) {
	c.t.Helper()
	if err := c.SendRaw(payloadType, []byte(body)); err != nil {
		c.t.Fatal(err)
	}
	time.Sleep(time.Millisecond)
}

// call sends a request and gives the type and the decoded body of the answer.
func (c *client) call(payloadType, body string) (string, answer) {
	c.t.Helper()
	x := c.Call(c.t.Context(), payloadType, []byte(body), nil)
	if x.Err != "" {
		c.t.Fatalf("%s %s: %s", payloadType, x.Code, x.Err)
	}
	var a answer
	if err := json.Unmarshal([]byte(x.Body), &a); err != nil {
		c.t.Fatal(err)
	}
	return x.ResponseType, a
}

type answer struct {
	ResultCode, ErrorCode int
	Message               *string
	Type                  *string
	ConnectionID          string
	Count                 int
	ServiceNames          []string
	ServiceInfo           struct {
		Name  *string
		Hosts []struct {
			InstanceID, IP, ClusterName string
			Port                        int
		}
	}
}

func (a answer) text() string {
	if a.Message == nil {
		return "<none>"
	}
	return *a.Message
}

// types are the types of the messages that were received, an end as its text.
func (c *client) types() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	types := []string{}
	for _, m := range c.received {
		types = append(types, m.Type+m.End)
	}
	return types
}

// messages are the received messages of a type.
func (c *client) messages(payloadType string) []wire.StreamMessage {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []wire.StreamMessage
	for _, m := range c.received {
		if m.Type == payloadType {
			found = append(found, m)
		}
	}
	return found
}

// register publishes 10.0.0.1:8080 for the service s.
func (c *client) register() {
	c.t.Helper()
	_, a := c.call("InstanceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","type":"registerInstance","instance":{"ip":"10.0.0.1","port":8080}}`)
	if a.ResultCode != wire.CodeSuccess {
		c.t.Fatalf("register: %s", a.text())
	}
}

// hosts are the addresses that a query of the service s lists.
func (c *client) hosts() []string {
	c.t.Helper()
	_, a := c.call("ServiceQueryRequest", `{"namespace":"public","serviceName":"s","groupName":"g"}`)
	hosts := []string{}
	for _, h := range a.ServiceInfo.Hosts {
		hosts = append(hosts, h.IP)
	}
	return hosts
}

// errorOf is the error code of the answer to a call.
func (c *client) errorOf(payloadType, body string) int {
	return errorOf(c.Call(c.t.Context(), payloadType, []byte(body), nil))
}

// errorOf is the error code of an answer.
func errorOf(x wire.GRPCExchange) int {
	var a answer
	if json.Unmarshal([]byte(x.Body), &a) != nil {
		return -1
	}
	return a.ErrorCode
}
