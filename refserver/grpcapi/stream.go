package grpcapi

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/tap"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// stream is the server's side of a bi-directional stream. One goroutine receives; another sends while there is
// something to send, so that nobody else ever waits for the client to read.
type stream struct {
	grpc  grpc.ServerStream
	limit int
	// complete makes the receiving goroutine end the stream with status OK.
	complete context.CancelFunc

	mu      sync.Mutex
	queue   []*grpcpb.Payload
	bytes   int
	sending bool
	ended   bool
	sender  sync.WaitGroup
}

type completeKey struct{}

// tapStream gives bi-directional streams a context that the server can cancel, the one way to end a stream whose
// handler waits for the client.
func tapStream(ctx context.Context, info *tap.Info) (context.Context, error) {
	if info.FullMethodName != grpcpb.BiRequestStream_RequestBiStream_FullMethodName {
		return ctx, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	return context.WithValue(ctx, completeKey{}, cancel), nil
}

// serveStream receives until the client ends its half, the server completes the stream, or the transport ends.
func (s *Server) serveStream(_ any, ss grpc.ServerStream) error {
	c := connectionOf(ss.Context())
	complete, _ := ss.Context().Value(completeKey{}).(context.CancelFunc)
	st := &stream{grpc: ss, limit: s.b.Backlog, complete: complete}
	defer st.end()
	if s.b.OpeningRegisters {
		s.register(c, Meta{App: "-", Labels: map[string]string{"module": "naming"}}, st)
	}
	for {
		p := new(grpcpb.Payload)
		if err := ss.RecvMsg(p); err != nil {
			if s.b.EndsOnStreamEnd {
				s.unregister(c, "stream ended")
			}
			return streamEnd(err)
		}
		if err := s.receive(c, st, p); err != nil {
			return err
		}
	}
}

// streamEnd is the status with which the server's half ends after the client's half ended with err.
func streamEnd(err error) error {
	if code := status.Code(err); code == codes.Internal || code == codes.ResourceExhausted {
		return receiveError(err)
	}
	return nil
}

// receive acts on one message of the client. Messages that mean nothing on a stream are ignored.
func (s *Server) receive(c *connection, on *stream, p *grpcpb.Payload) error {
	switch payloadType := p.GetMetadata().GetType(); {
	case payloadType == "ConnectionSetupRequest":
		return s.setUp(c, on, p)
	case strings.HasSuffix(payloadType, "Response") && responseTypes[payloadType]:
		s.answered(c, p)
	default:
		s.log.Debug("message on the stream ignored", "connection", c.id, "type", payloadType)
	}
	return nil
}

// setUp registers the connection. Requests that cannot be read are ignored; null labels break the stream.
func (s *Server) setUp(c *connection, on *stream, p *grpcpb.Payload) error {
	r := wire.ConnectionSetupRequest{Labels: map[string]wire.Text{}}
	r.Headers = map[string]string{}
	if err := wire.Decode(p, &r); err != nil || r.Headers == nil && len(p.GetMetadata().GetHeaders()) > 0 {
		s.log.Debug("connection set-up ignored", "connection", c.id, "error", err)
		return nil
	}
	if r.Labels == nil {
		return status.Error(codes.Unknown, "Application error processing RPC")
	}
	s.register(c, metaOf(&r, p.GetMetadata().GetClientIp()), on)
	if !s.b.AcksSetup || r.AbilityTable == nil && !s.b.AcksEverySetup {
		return nil
	}
	ack := wire.SetupAckRequest{Request: wire.NewRequest(wire.ModuleInternal), AbilityTable: map[string]wire.Bool{}}
	if s.b.PersistentAbility {
		ack.AbilityTable["supportPersistentInstanceByGrpc"] = true
	}
	payload, err := wire.Encode(ack, c.localIP, nil)
	if err != nil {
		return err
	}
	if err := on.send(payload); err != nil {
		s.log.Debug("set-up not acknowledged", "connection", c.id, "error", err)
	}
	return nil
}

// send queues a message. It never waits: it fails when the stream has ended or too much waits to be sent.
func (st *stream) send(p *grpcpb.Payload) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.ended || st.bytes > st.limit {
		return errBusy
	}
	st.queue = append(st.queue, p)
	st.bytes += len(p.GetBody().GetValue())
	if !st.sending {
		st.sending = true
		st.sender.Go(st.drain)
	}
	return nil
}

// drain sends what is queued and ends when nothing is.
func (st *stream) drain() {
	for {
		p := st.next()
		if p == nil {
			return
		}
		if err := st.grpc.SendMsg(p); err != nil {
			st.mu.Lock()
			st.ended, st.queue = true, nil
			st.mu.Unlock()
		}
		st.mu.Lock()
		st.bytes -= len(p.GetBody().GetValue())
		st.mu.Unlock()
	}
}

func (st *stream) next() *grpcpb.Payload {
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(st.queue) == 0 {
		st.queue, st.sending = nil, false
		return nil
	}
	p := st.queue[0]
	st.queue = st.queue[1:]
	return p
}

// end closes the stream for senders and waits for the one that is at work.
func (st *stream) end() {
	st.mu.Lock()
	st.ended = true
	st.mu.Unlock()
	st.complete()
	st.sender.Wait()
}

// receiveError is the status of a call or stream whose message could not be received.
func receiveError(err error) error {
	s := status.Convert(err)
	switch s.Code() {
	case codes.ResourceExhausted:
		return status.Error(codes.ResourceExhausted, tooBig(s.Message()))
	case codes.Internal:
		return status.Error(codes.Unknown, "Application error processing RPC")
	default:
		return err
	}
}

// tooBig is the text of a Java server for a message beyond the limit.
func tooBig(text string) string {
	var size, limit int
	if _, err := fmt.Sscanf(text, "grpc: received message larger than max (%d vs. %d)", &size, &limit); err != nil {
		return text
	}
	return fmt.Sprintf("gRPC message exceeds maximum size %d: %d", limit, size)
}

// unimplemented answers every method that the two services do not have.
func unimplemented(_ any, ss grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(ss)
	return status.Error(codes.Unimplemented, "Method not found: "+strings.TrimPrefix(method, "/"))
}
