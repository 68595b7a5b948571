package drive

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Connection is one gRPC connection of a story. What it sends and receives is recorded under its name:
// "a" gives events "a.register", "a.push" …
type Connection struct {
	*wire.GRPCConn
	session *Session
	name    string

	mu       sync.Mutex
	received []wire.StreamMessage
	changed  chan struct{}
}

// Dial opens a TCP connection and nothing else. Closing the session closes it.
func (s *Session) Dial(name string, acks wire.AckPolicy) (*Connection, error) {
	c := &Connection{session: s, name: name, changed: make(chan struct{}, 1)}
	o := s.target.GRPCOptions()
	o.Acks, o.Received, o.Sent = acks, c.onReceived, c.onSent
	ctx, cancel := context.WithTimeout(s.ctx, RequestTimeout)
	defer cancel()
	conn, err := wire.DialGRPC(ctx, o)
	if err != nil {
		return nil, engine.Untestable("a gRPC connection is needed: %v", err)
	}
	c.GRPCConn = conn
	s.Cleanup(func(context.Context) { conn.Close() })
	return c, nil
}

// Connect opens a connection and sets it up as a naming client does: server check, stream, set-up with abilities,
// and the wait for the acknowledgement.
func (s *Session) Connect(name string, acks wire.AckPolicy) (*Connection, error) {
	c, err := s.Dial(name, acks)
	if err != nil {
		return nil, err
	}
	if err := c.SetUp(NamingSetup()); err != nil {
		return nil, err
	}
	return c, nil
}

// NamingSetup is the set-up message of a naming client.
func NamingSetup() wire.ConnectionSetupRequest {
	return wire.ConnectionSetupRequest{
		ClientIdentity: wire.ClientIdentity{
			Request:       wire.NewRequest(wire.ModuleInternal),
			ClientVersion: new(wire.Text("nacos-tck")),
			Labels:        map[string]wire.Text{"source": "sdk", "module": "naming", "AppName": "nacos-tck"},
		},
		AbilityTable: map[string]wire.Bool{},
	}
}

// settle is how long a connection may take until its set-up counts, also on servers that never acknowledge it.
const settle = 3 * time.Second

// SetUp registers the connection: it waits for the acknowledgement where the server negotiates abilities, as clients do,
// and asks with health checks until the server serves it.
func (c *Connection) SetUp(setup wire.ConnectionSetupRequest) error {
	check := c.Request("server-check", wire.ServerCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
	if err := c.OpenStream(); err != nil {
		return engine.Untestable("a stream is needed: %v", err)
	}
	if err := c.Send(setup); err != nil {
		return engine.Untestable("a set-up connection is needed: %v", err)
	}
	deadline := time.Now().Add(settle)
	if negotiates(check) && setup.AbilityTable != nil {
		c.Await("SetupAckRequest", settle) // that it is owed is judged elsewhere
	}
	for {
		x := c.Request("set-up", wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
		if x.ResponseType == "HealthCheckResponse" {
			return nil
		}
		if c.session.Ended() || time.Now().After(deadline) {
			return engine.Untestable("a set-up connection is needed: %v after the set-up a health check is answered by %q %s %s",
				settle, x.ResponseType, x.Body, x.Err)
		}
		c.session.Wait(20 * time.Millisecond)
	}
}

// negotiates says whether the answer to a server check promises to acknowledge a set-up.
func negotiates(check wire.GRPCExchange) bool {
	var answer wire.ServerCheckResponse
	return json.Unmarshal([]byte(check.Body), &answer) == nil && answer.SupportAbilityNegotiation != nil && bool(*answer.SupportAbilityNegotiation)
}

// Request sends a payload, waits for the answer and records both.
func (c *Connection) Request(name string, v any) wire.GRPCExchange {
	return c.exchange(reports.KindRequest, name, v)
}

// Sample sends a read and records it as one sample of the named series of this connection.
func (c *Connection) Sample(name string, v any) wire.GRPCExchange {
	return c.exchange(reports.KindSample, name, v)
}

// Call sends any body under any type and records it.
func (c *Connection) Call(name, payloadType, body string) wire.GRPCExchange {
	return c.record(reports.KindRequest, name, payloadType, func(ctx context.Context) wire.GRPCExchange {
		return c.GRPCConn.Call(ctx, payloadType, []byte(body), nil)
	})
}

func (c *Connection) exchange(kind reports.Kind, name string, v any) wire.GRPCExchange {
	return c.record(kind, name, wire.TypeOf(v), func(ctx context.Context) wire.GRPCExchange { return c.GRPCConn.Request(ctx, v) })
}

func (c *Connection) record(kind reports.Kind, name, payloadType string, send func(ctx context.Context) wire.GRPCExchange) wire.GRPCExchange {
	s := c.session
	ctx, cancel := context.WithTimeout(s.ctx, RequestTimeout)
	defer cancel()
	now := time.Now()
	x := wire.GRPCExchange{Type: payloadType, Err: notSent, Sent: now, Received: now}
	if !s.givenUp() {
		x = send(ctx)
		s.note(x.ResponseType != "")
	}
	s.rec.Record(kind, c.name+"."+name, x.Sent, x.Received, x)
	return x
}

// Drop closes the TCP connection and records the moment.
func (c *Connection) Drop() {
	c.session.Mark(c.name + ".closed")
	c.Close()
}

// Silence lets the connection fall silent and records the moment.
func (c *Connection) Silence() {
	c.session.Mark(c.name + ".silent")
	c.FallSilent()
}

// KeepAlive sends a health check every pace, for d.
func (c *Connection) KeepAlive(pace, d time.Duration) {
	c.session.Repeat(pace, d, func() {
		c.Request("health-check", wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
	})
}

// Await waits until a message of the type has arrived on the stream, at most for d.
func (c *Connection) Await(payloadType string, d time.Duration) bool {
	return c.AwaitCount(payloadType, 1, d)
}

// AwaitCount waits until count messages of the type have arrived on the stream, at most for d.
func (c *Connection) AwaitCount(payloadType string, count int, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		if c.count(payloadType) >= count {
			return true
		}
		select {
		case <-c.changed:
		case <-timer.C:
			return false
		case <-c.session.ctx.Done():
			return false
		}
	}
}

func (c *Connection) count(payloadType string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, m := range c.received {
		if m.Type == payloadType {
			n++
		}
	}
	return n
}

func (c *Connection) onReceived(m wire.StreamMessage) {
	c.session.rec.Record(reports.KindPush, c.name+"."+pushName(m), m.At, m.At, m)
	c.mu.Lock()
	c.received = append(c.received, m)
	c.mu.Unlock()
	select {
	case c.changed <- struct{}{}:
	default:
	}
}

func pushName(m wire.StreamMessage) string {
	switch m.Type {
	case "":
		return "stream-end"
	case "NotifySubscriberRequest":
		return "push"
	case "ClientDetectionRequest":
		return "detection"
	case "SetupAckRequest":
		return "setup-ack"
	}
	return m.Type
}

func (c *Connection) onSent(m wire.StreamMessage) {
	c.session.rec.Record(reports.KindSend, c.name+".sent", m.At, m.At, m)
}

// Ref is the service as gRPC requests name it: the defaults of clients filled in.
func (v Service) Ref() wire.ServiceRef {
	namespace, group := v.Namespace, v.Group
	if namespace == "" {
		namespace = "public"
	}
	if group == "" {
		group = "DEFAULT_GROUP"
	}
	return wire.ServiceRef{
		Namespace: new(wire.Text(namespace)), ServiceName: new(wire.Text(v.Name)), GroupName: new(wire.Text(group)),
	}
}

// Payload is the instance as gRPC requests carry it. Params count as far as the payload has them.
func (i Instance) Payload() wire.Instance {
	p := wire.NewInstance(i.IP, i.Port)
	p.ClusterName = new(wire.Text("DEFAULT"))
	if cluster, ok := i.Params["clusterName"]; ok {
		p.ClusterName = new(wire.Text(cluster))
	}
	p.Healthy, p.Enabled = i.Params["healthy"] != "false", i.Params["enabled"] != "false"
	if text, ok := i.Params["weight"]; ok {
		weight, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic(fmt.Sprintf("drive: the weight of an instance must be a number, found %s", text))
		}
		p.Weight = wire.Double(weight)
	}
	if text, ok := i.Params["metadata"]; ok {
		if err := json.Unmarshal([]byte(text), &p.Metadata); err != nil {
			panic(fmt.Sprintf("drive: the metadata of an instance over gRPC must be a JSON object, found %s", text))
		}
	}
	return p
}

// Register publishes the instance on this connection.
func (c *Connection) Register(name string, i Instance) wire.GRPCExchange {
	return c.instanceRequest(name, wire.VerbRegister, i)
}

// Deregister withdraws what this connection publishes for the service.
func (c *Connection) Deregister(name string, i Instance) wire.GRPCExchange {
	return c.instanceRequest(name, wire.VerbDeregister, i)
}

func (c *Connection) instanceRequest(name, verb string, i Instance) wire.GRPCExchange {
	p := i.Payload()
	return c.Request(name, wire.InstanceRequest{
		Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: i.Service.Ref(), Type: new(wire.Text(verb)), Instance: &p,
	})
}

// RegisterBatch publishes all the instances in place of what the connection publishes for the service.
func (c *Connection) RegisterBatch(name string, v Service, instances ...Instance) wire.GRPCExchange {
	list := []*wire.Instance{}
	for _, i := range instances {
		list = append(list, new(i.Payload()))
	}
	return c.Request(name, wire.BatchInstanceRequest{
		Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: v.Ref(), Type: new(wire.Text(wire.VerbBatchRegister)), Instances: list,
	})
}

// Query reads the view of the service.
func (c *Connection) Query(name string, v Service) wire.GRPCExchange {
	return c.Request(name, queryRequest(v))
}

// SampleQuery reads the view of the service as one sample of the series "query" of this connection.
func (c *Connection) SampleQuery(v Service) wire.GRPCExchange {
	return c.Sample("query", queryRequest(v))
}

func queryRequest(v Service) wire.ServiceQueryRequest {
	return wire.ServiceQueryRequest{Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: v.Ref(), Cluster: new(wire.Text(""))}
}

// Subscribe subscribes this connection to the service, or ends the subscription.
func (c *Connection) Subscribe(name string, v Service, subscribe bool) wire.GRPCExchange {
	return c.Request(name, wire.SubscribeServiceRequest{
		Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: v.Ref(), Subscribe: wire.Bool(subscribe), Clusters: new(wire.Text("")),
	})
}

// ServiceNames reads the names of the services of a group.
func (c *Connection) ServiceNames(name string, v Service) wire.GRPCExchange {
	return c.Request(name, serviceListRequest(v))
}

// SampleServiceNames reads the names of the services of a group as one sample of the series "services" of this connection.
func (c *Connection) SampleServiceNames(v Service) wire.GRPCExchange {
	return c.Sample("services", serviceListRequest(v))
}

func serviceListRequest(v Service) wire.ServiceListRequest {
	return wire.ServiceListRequest{Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: v.Ref(), PageNo: 1, PageSize: 500}
}
