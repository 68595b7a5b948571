package refserver

import (
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
)

// Failure is what a request is answered with instead of what it asked for.
type Failure struct {
	// Status is the HTTP status, Code the error code over gRPC (with result code 500). Both are 500 when they are 0.
	Status, Code int
	// Message is the whole body over HTTP, the message over gRPC.
	Message string
}

// faults is what is wrong with the server on purpose.
type faults struct {
	mu       sync.Mutex
	paused   chan struct{} // closed by Resume; nil while the server is not paused
	failures []*failing
	beats    bool
	delay    time.Duration
	reject   *grpcapi.Refusal
}

// failing is a failure with the requests that it still waits for.
type failing struct {
	match func(Request) bool
	left  int
	Failure
}

func newFaults() *faults { return &faults{} }

// Pause holds the answers to all requests, HTTP and unary gRPC, until Resume. Requests are taken, but nothing is done.
func (s *Server) Pause() {
	s.embedded().faults.mu.Lock()
	defer s.faults.mu.Unlock()
	if s.faults.paused == nil {
		s.faults.paused = make(chan struct{})
	}
}

// Resume lets the requests go on that Pause held.
func (s *Server) Resume() {
	s.embedded().faults.mu.Lock()
	defer s.faults.mu.Unlock()
	if s.faults.paused != nil {
		close(s.faults.paused)
		s.faults.paused = nil
	}
}

// FailNext answers the next n requests that match with a failure. A nil match takes every request; over HTTP, match is
// asked before the body is read. Failures are tried in the order in which they were set.
func (s *Server) FailNext(n int, match func(Request) bool, f Failure) {
	s.embedded().faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.failures = append(s.faults.failures, &failing{match, n, f})
}

// RejectGRPC answers all unary calls but ServerCheckRequest with an error code: 301 makes clients set their connections
// up anew, 300 says that the server is still starting. 0 ends it.
func (s *Server) RejectGRPC(code int) {
	s.embedded().faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.reject = nil
	if code != 0 {
		s.faults.reject = &grpcapi.Refusal{Code: code, Message: rejectionText(code)}
	}
}

func rejectionText(code int) string {
	switch code {
	case 300:
		return "Server is starting,please try later."
	case 301:
		return "Connection is unregistered."
	default:
		return "rejected on purpose"
	}
}

// DropBeats loses the HTTP beats of clients on their way: the connection ends without an answer. False ends it.
func (s *Server) DropBeats(drop bool) {
	s.embedded().faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.beats = drop
}

// DelayPushes holds each gRPC push back for so long, in real time. 0 ends it.
func (s *Server) DelayPushes(d time.Duration) {
	s.embedded().faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.delay = d
}

// ClearFaults ends all faults but those of single connections.
func (s *Server) ClearFaults() {
	s.Resume()
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.failures, s.faults.beats, s.faults.delay, s.faults.reject = nil, false, 0, nil
}

// CloseConnection cuts the TCP connection of a gRPC connection id. It reports whether there was one.
func (s *Server) CloseConnection(id string) bool { return s.current().grpc.CloseConnection(id) }

// BlackHole lets nothing pass through a gRPC connection any more, while its TCP connection stays open; the server
// finds out by silence. It reports whether there was one.
func (s *Server) BlackHole(id string) bool { return s.current().grpc.BlackHole(id) }

// ResetConnection asks the client of a gRPC connection to reconnect, to redirect (host:port) when that is not empty. It
// waits for the client's answer and gives the reason when there is none.
func (s *Server) ResetConnection(id, redirect string) error {
	l := s.current()
	return l.await(func(done func(error)) { l.grpc.Reset(id, redirect, done) })
}

// hold waits while the server is paused. It reports false when the client or the server has gone meanwhile.
func (f *faults) hold(gone func() <-chan struct{}, over <-chan struct{}) bool {
	f.mu.Lock()
	paused := f.paused
	f.mu.Unlock()
	if paused == nil {
		return true
	}
	select {
	case <-paused:
		return true
	case <-gone():
	case <-over:
	}
	return false
}

// next takes the failure that is meant for a request, or nil.
func (f *faults) next(request func() Request) *Failure {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, x := range f.failures {
		if x.match != nil && !x.match(request()) {
			continue
		}
		if x.left--; x.left <= 0 {
			f.failures = append(f.failures[:i:i], f.failures[i+1:]...)
		}
		return &x.Failure
	}
	return nil
}

func (f *faults) losesBeat(r Request) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.beats && isBeat(r)
}

// isBeat says whether a request is the beat of a client. Over v3 beats are registrations that say so; those that say it
// in a form are not known before their body is read.
func isBeat(r Request) bool {
	method, path, _ := strings.Cut(r.Operation, " ")
	if method == "POST" && strings.HasSuffix(path, "/v3/client/ns/instance") {
		query, _ := url.ParseQuery(r.Query) // what cannot be read says nothing
		return query.Get("heartBeat") == "true"
	}
	return method == "PUT" && strings.HasSuffix(path, "/instance/beat")
}

func (f *faults) pushDelay() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.delay
}

func (f *faults) rejection(payloadType string) *grpcapi.Refusal {
	f.mu.Lock()
	defer f.mu.Unlock()
	if payloadType == "ServerCheckRequest" {
		return nil
	}
	return f.reject
}
