package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// AckPolicy says how a GRPCConn answers the requests that the server sends on the stream.
type AckPolicy int

const (
	AckAll  AckPolicy = iota // answer each with success
	AckNone                  // answer none
	AckFail                  // answer each with a failure
)

// GRPCOptions say how a GRPCConn reaches its server and what it tells of itself.
type GRPCOptions struct {
	// Address is host:port.
	Address string
	// Dial is TCP when nil.
	Dial Dialer
	// ClientIP is what the metadata of every message says.
	ClientIP string
	// Token is sent as the accessToken header of every request and never recorded.
	Token string
	Acks  AckPolicy
	// Received is called for every message on the stream and for its end, Sent for every message that this side
	// puts there, acknowledgements included. Both may be nil; neither may block.
	Received, Sent func(StreamMessage)
}

// GRPCConn is one TCP connection to a gRPC port. It never opens a second one: when the connection is lost, every
// call fails.
type GRPCConn struct {
	options GRPCOptions
	client  *grpc.ClientConn
	unary   grpcpb.RequestClient
	cancel  context.CancelFunc
	ctx     context.Context

	mu        sync.Mutex
	acks      AckPolicy
	transport *silenceable
	sending   sync.Mutex // a stream allows one sender at a time
	stream    grpc.BidiStreamingClient[grpcpb.Payload, grpcpb.Payload]
	reader    sync.WaitGroup
}

// errOneConnection is what a second dial gets.
var errOneConnection = errors.New("the connection is gone, and this client opens no second one")

// DialGRPC opens the TCP connection. Nothing is sent but the HTTP/2 preface: set-up is in the caller's hand.
func DialGRPC(ctx context.Context, o GRPCOptions) (*GRPCConn, error) {
	if o.Dial == nil {
		o.Dial = TCP
	}
	if o.ClientIP == "" {
		o.ClientIP = "127.0.0.1"
	}
	c := &GRPCConn{options: o, acks: o.Acks}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	client, err := grpc.NewClient("passthrough:///"+o.Address,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(c.dialOnce),
		grpc.WithIdleTimeout(0),
		grpc.WithDisableServiceConfig(),
		grpc.WithDisableRetry(),
		grpc.WithNoProxy(),
		grpc.WithInitialWindowSize(1<<20), // as Java clients have it; a fixed window also saves a ping for each push
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(32<<20)),
	)
	if err != nil {
		return nil, fmt.Errorf("gRPC client for %s: %w", o.Address, err)
	}
	c.client, c.unary = client, grpcpb.NewRequestClient(client)
	client.Connect()
	for state := client.GetState(); state != connectivity.Ready; state = client.GetState() {
		lost := state == connectivity.Idle && c.dialled() && client.GetState() == state // it was ready and has gone
		if state == connectivity.TransientFailure || lost || !client.WaitForStateChange(ctx, state) {
			c.Close()
			return nil, fmt.Errorf("gRPC connection to %s: expected an HTTP/2 server there, the connection is %s", o.Address, state)
		}
	}
	return c, nil
}

// dialled says whether the one connection was opened.
func (c *GRPCConn) dialled() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.transport != nil
}

func (c *GRPCConn) dialOnce(ctx context.Context, address string) (net.Conn, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.transport != nil {
		return nil, errOneConnection
	}
	conn, err := c.options.Dial(ctx, address)
	if err != nil {
		return nil, err
	}
	c.transport = newSilenceable(conn)
	return c.transport, nil
}

// LocalAddr is this side's address as the server sees it, unless something between them changes it.
func (c *GRPCConn) LocalAddr() net.Addr {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.transport.LocalAddr()
}

// Call sends any body under any type name and waits for the answer.
func (c *GRPCConn) Call(ctx context.Context, payloadType string, body []byte, headers map[string]string) GRPCExchange {
	x := GRPCExchange{Type: payloadType, Headers: headers, RequestBody: string(body), Sent: time.Now()}
	answer, err := c.unary.Request(ctx, Raw(payloadType, body, c.options.ClientIP, c.withToken(headers)))
	x.Received = time.Now()
	if err != nil {
		s := status.Convert(err)
		x.Code, x.Err = s.Code().String(), s.Message()
		return x
	}
	x.ResponseType, x.Body = answer.GetMetadata().GetType(), string(answer.GetBody().GetValue())
	return x
}

// Request sends a payload of this package and waits for the answer.
func (c *GRPCConn) Request(ctx context.Context, v any) GRPCExchange {
	body, err := Marshal(v)
	if err != nil {
		now := time.Now()
		return GRPCExchange{Type: TypeOf(v), Err: err.Error(), Sent: now, Received: now}
	}
	return c.Call(ctx, TypeOf(v), body, nil)
}

func (c *GRPCConn) withToken(headers map[string]string) map[string]string {
	if c.options.Token == "" {
		return headers
	}
	all := map[string]string{"accessToken": c.options.Token}
	maps.Copy(all, headers)
	return all
}

// OpenStream opens the bi-directional stream and reads it until it ends.
func (c *GRPCConn) OpenStream() error {
	stream, err := grpcpb.NewBiRequestStreamClient(c.client).RequestBiStream(c.ctx)
	if err != nil {
		return fmt.Errorf("open the stream: %w", err)
	}
	c.sending.Lock()
	c.stream = stream
	c.sending.Unlock()
	c.reader.Go(func() { c.read(stream) })
	return nil
}

func (c *GRPCConn) read(stream grpc.BidiStreamingClient[grpcpb.Payload, grpcpb.Payload]) {
	for {
		p, err := stream.Recv()
		m := StreamMessage{At: time.Now()}
		switch {
		case errors.Is(err, io.EOF):
			m.End = "completed"
		case err != nil:
			s := status.Convert(err)
			m.End = s.Code().String() + ": " + s.Message()
		default:
			m.Type, m.Body = p.GetMetadata().GetType(), string(p.GetBody().GetValue())
		}
		if c.options.Received != nil {
			c.options.Received(m)
		}
		if err != nil {
			return
		}
		c.acknowledge(m)
	}
}

// acknowledge answers a server's request that carries an id; SetupAckRequest carries none.
func (c *GRPCConn) acknowledge(m StreamMessage) {
	c.mu.Lock()
	policy := c.acks
	c.mu.Unlock()
	var request struct {
		RequestID *Text `json:"requestId"`
	}
	if policy == AckNone || json.Unmarshal([]byte(m.Body), &request) != nil || request.RequestID == nil {
		return
	}
	answer := OK()
	answer.RequestID = request.RequestID
	answerType := strings.TrimSuffix(m.Type, "Request") + "Response"
	if policy == AckFail {
		answer = Response{ResultCode: CodeFail, ErrorCode: -500, Message: new(Text("the client failed on purpose")), RequestID: request.RequestID}
		answerType = "ErrorResponse"
	}
	body, err := Marshal(answer)
	if err == nil {
		_ = c.SendRaw(answerType, body) // a stream that has ended is told by the reader
	}
}

// SetAcks changes how later requests of the server are answered.
func (c *GRPCConn) SetAcks(policy AckPolicy) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acks = policy
}

// Send puts a payload of this package on the stream.
func (c *GRPCConn) Send(v any) error {
	body, err := Marshal(v)
	if err != nil {
		return fmt.Errorf("encode %s: %w", TypeOf(v), err)
	}
	return c.SendRaw(TypeOf(v), body)
}

// SendRaw puts any body under any type name on the stream.
func (c *GRPCConn) SendRaw(payloadType string, body []byte) error {
	c.sending.Lock()
	defer c.sending.Unlock()
	if c.stream == nil {
		return errors.New("send on the stream: it was never opened; call OpenStream first")
	}
	if c.options.Sent != nil {
		c.options.Sent(StreamMessage{Type: payloadType, Body: string(body), At: time.Now()})
	}
	if err := c.stream.Send(Raw(payloadType, body, c.options.ClientIP, c.withToken(nil))); err != nil {
		return fmt.Errorf("send %s on the stream: %w", payloadType, err)
	}
	return nil
}

// EndStream ends this side's half of the stream; the connection stays.
func (c *GRPCConn) EndStream() error {
	c.sending.Lock()
	defer c.sending.Unlock()
	return c.stream.CloseSend()
}

// FallSilent keeps the connection open but sends and reads nothing on it from now on, as a client does whose
// machine lost its power.
func (c *GRPCConn) FallSilent() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.transport.silence()
}

// Close closes the TCP connection at once.
func (c *GRPCConn) Close() {
	c.mu.Lock()
	if c.transport != nil {
		c.transport.Close()
	}
	c.mu.Unlock()
	c.cancel()
	c.client.Close()
	c.reader.Wait()
}
