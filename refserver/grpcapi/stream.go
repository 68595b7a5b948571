package grpcapi

import (
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// stream is the server's side of a bi-directional stream. One goroutine receives; another sends while there is
// something to send, so that nobody else ever waits for the client to read.
type stream struct {
	grpc  grpc.ServerStream
	limit int
	// finish ends the stream with a status, whatever its goroutines are doing.
	finish func(*status.Status)

	mu      sync.Mutex
	queue   []*letter
	bytes   int
	sending bool
	ended   bool
	sender  sync.WaitGroup
}

// newStream wraps a stream of a connection. The transport below it can end a stream whose handler waits for the client;
// where it cannot, the connection is closed.
func newStream(c *connection, ss grpc.ServerStream, limit int) *stream {
	finish := func(*status.Status) { c.Close() }
	if t, ok := grpc.ServerTransportStreamFromContext(ss.Context()).(interface{ WriteStatus(*status.Status) error }); ok {
		finish = func(st *status.Status) { _ = t.WriteStatus(st) } // a stream that cannot be told has ended already
	}
	return &stream{grpc: ss, limit: limit, finish: finish}
}

// serveStream receives until the client ends its half, the server completes the stream, or the transport ends.
func (s *Server) serveStream(_ any, ss grpc.ServerStream) error {
	c := connectionOf(ss.Context())
	st := newStream(c, ss, s.b.Backlog)
	if s.b.OpeningRegisters {
		s.register(c, Meta{App: "-", Labels: map[string]string{"module": "naming"}}, st)
	}
	err := s.receiveAll(c, st)
	st.end(err)
	if s.b.EndsOnStreamEnd {
		s.unregister(c, "stream ended")
	}
	return err
}

// receiveAll gives the error with which the server's half of the stream ends, nil for a completed one.
func (s *Server) receiveAll(c *connection, on *stream) error {
	m := new(message)
	for {
		if on.grpc.RecvMsg(m) != nil {
			return nil // the client has ended its half, or the stream is over
		}
		if m.err != nil {
			return m.err
		}
		if err := s.receive(c, on, &m.payload); err != nil {
			return err
		}
	}
}

// receive acts on one message of the client. Messages that mean nothing on a stream are ignored.
func (s *Server) receive(c *connection, on *stream, p *grpcpb.Payload) error {
	switch payloadType := p.GetMetadata().GetType(); {
	case payloadType == "ConnectionSetupRequest":
		return s.setUp(c, on, p)
	case answers[payloadType] || s.watched && watchAnswers[payloadType]:
		s.answered(c, p)
	default:
		s.log.Debug("message on the stream ignored", "connection", c.id, "type", payloadType)
	}
	return nil
}

// setUp registers the connection. Requests that cannot be read are ignored; null labels break the stream.
func (s *Server) setUp(c *connection, on *stream, p *grpcpb.Payload) error {
	r, err := s.readSetup(p)
	if err != nil || r.Headers == nil && len(p.GetMetadata().GetHeaders()) > 0 {
		s.log.Debug("connection set-up ignored", "connection", c.id, "error", err)
		return nil
	}
	if r.Labels == nil {
		return errApplication
	}
	meta := metaOf(r, p.GetMetadata().GetClientIp())
	if meta.SDK() && s.starting() {
		s.log.Debug("connection refused", "connection", c.id, "why", "starting")
		s.dismiss(c, on)
		return nil
	}
	if !s.register(c, meta, on) {
		s.refuse(c, on)
		return nil
	}
	if !s.b.AcksSetup || r.AbilityTable == nil && !s.b.AcksEverySetup {
		return nil
	}
	ack := wire.SetupAckRequest{Request: wire.NewRequest(wire.ModuleInternal), AbilityTable: map[string]wire.Bool{}}
	for _, name := range s.b.Abilities {
		ack.AbilityTable[name] = true
	}
	l, err := write(ack, c.localIP)
	if err != nil {
		return err
	}
	if err := on.send(l); err != nil {
		s.log.Debug("set-up not acknowledged", "connection", c.id, "error", err)
	}
	return nil
}

// readSetup reads a set-up request as the line does.
func (s *Server) readSetup(p *grpcpb.Payload) (*wire.ConnectionSetupRequest, error) {
	identity := wire.ClientIdentity{Request: wire.Request{Headers: map[string]string{}}, Labels: map[string]wire.Text{}}
	if s.b.AbilityTables {
		r := &wire.ConnectionSetupRequest{ClientIdentity: identity}
		return r, wire.Decode(p, r)
	}
	r := &wire.NestedAbilities{ClientIdentity: identity}
	err := wire.Decode(p, r)
	return &wire.ConnectionSetupRequest{ClientIdentity: r.ClientIdentity}, err
}

// send queues a message. It never waits: it fails when the stream has ended or too much waits to be sent.
func (st *stream) send(l *letter) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.ended || st.bytes > st.limit {
		return errBusy
	}
	st.queue = append(st.queue, l)
	st.bytes += l.size
	if !st.sending {
		st.sending = true
		st.sender.Add(1)
		go st.drain()
	}
	return nil
}

// drain sends what is queued and ends when nothing is.
func (st *stream) drain() {
	defer st.sender.Done()
	for {
		l := st.next()
		if l == nil {
			return
		}
		if err := st.grpc.SendMsg(l); err != nil {
			st.mu.Lock()
			st.ended, st.queue = true, nil
			st.mu.Unlock()
		}
		st.mu.Lock()
		st.bytes -= l.size
		st.mu.Unlock()
	}
}

func (st *stream) next() *letter {
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(st.queue) == 0 {
		st.queue, st.sending = nil, false
		return nil
	}
	l := st.queue[0]
	st.queue = st.queue[1:]
	return l
}

// end ends the stream with a status and waits for the sender that is at work.
func (st *stream) end(err error) {
	st.mu.Lock()
	st.ended = true
	st.mu.Unlock()
	st.finish(status.New(status.Code(err), status.Convert(err).Message()))
	st.sender.Wait()
}

// complete ends the stream with status OK.
func (st *stream) complete() { st.finish(status.New(codes.OK, "")) }

// unimplemented answers every method that the two services do not have.
func unimplemented(_ any, ss grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(ss)
	return status.Error(codes.Unimplemented, "Method not found: "+strings.TrimPrefix(method, "/"))
}
