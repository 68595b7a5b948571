package refserver

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/refserver/metrics"
)

// interceptHTTP is what every HTTP request passes first: it is logged, held while the server is paused, and failed
// where a fault says so.
func (s *Server) interceptHTTP(l *life, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := &entry{Request: Request{
			Time: s.clock.Now(), Protocol: HTTP, Operation: r.Method + " " + r.URL.Path, Client: r.RemoteAddr, Query: r.URL.RawQuery,
		}}
		seen := request.Request
		s.journal.add(request)
		x := &exchange{ResponseWriter: w, status: http.StatusOK}
		if r.Body != http.NoBody {
			x.body, r.Body = r.Body, x
		}
		begin := time.Now()
		defer func() {
			s.journal.update(func() { request.body, request.Status = x.kept, x.status })
		}()

		if !s.faults.hold(r.Context().Done, l.over) || s.faults.losesBeat(seen) {
			panic(http.ErrAbortHandler)
		}
		failure := s.faults.next(func() Request { return seen })
		if failure == nil {
			failure = s.refusal(func() Access { return httpAccess(seen, r) })
		}
		if failure != nil {
			x.WriteHeader(cmp.Or(failure.Status, http.StatusInternalServerError))
			_, _ = io.WriteString(x, failure.Message) // a client that has gone needs no answer
		} else {
			next.ServeHTTP(x, r)
		}
		took := time.Since(begin)
		s.meters.HTTP(metrics.Request{
			Method: r.Method, Status: x.status, Route: x.route, Unknown: x.unknown, Exception: x.exception, Took: took,
		})
		s.logAccess(r, took, x)
	})
}

// logAccess tells the access log, if there is one, of a request that was answered.
func (s *Server) logAccess(r *http.Request, took time.Duration, x *exchange) {
	if s.access == nil {
		return
	}
	if err := s.access.write(r, s.clock.Now(), took, x.status, x.length); err != nil {
		s.log.Warn("the access log cannot be written", "error", err)
	}
}

// exchange is a request and its answer as they pass by. It keeps the first bytes of the body of the one, and remembers
// status and length of the other, and what served the request.
type exchange struct {
	http.ResponseWriter
	status, length int
	body           io.ReadCloser
	kept           []byte
	// route and exception are what ServedBy was told last; see metrics.Request.
	route, exception string
	unknown          bool
}

// ServedBy is told by the handler.
func (x *exchange) ServedBy(path, exception string) {
	x.route, x.exception, x.unknown = path, exception, path == ""
}

// Read reads the body of the request.
func (x *exchange) Read(b []byte) (int, error) {
	n, err := x.body.Read(b)
	if room := maxBody - len(x.kept); room > 0 && n > 0 {
		x.kept = append(x.kept, b[:min(room, n)]...)
	}
	return n, err
}

// Close closes the body of the request.
func (x *exchange) Close() error { return x.body.Close() }

func (x *exchange) WriteHeader(status int) {
	x.status = status
	if endsConnection(status) {
		x.Header().Set("Connection", "close")
	}
	x.ResponseWriter.WriteHeader(status)
}

// Write writes the body of the answer.
func (x *exchange) Write(b []byte) (int, error) {
	n, err := x.ResponseWriter.Write(b)
	x.length += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// interceptGRPC is what every unary call passes first, like interceptHTTP.
func (s *Server) interceptGRPC(l *life, c grpcapi.Call) *grpcapi.Refusal {
	request := &entry{Request: Request{Time: s.clock.Now(), Protocol: GRPC, Operation: c.Type, Client: c.Connection}, body: c.Body}
	if len(c.Body) > maxBody {
		request.body = bytes.Clone(c.Body[:maxBody]) // so that the rest need not be kept
	}
	s.journal.add(request)
	if !s.faults.hold(func() <-chan struct{} { return c.Done }, l.over) {
		<-c.Done // a server that ends is about to cut the connection
		return &grpcapi.Refusal{Code: http.StatusInternalServerError, Message: "the call was given up"}
	}
	failure := s.faults.next(request.text)
	if failure == nil {
		failure = s.refusal(func() Access { return grpcAccess(request.text(), c) })
	}
	if failure != nil {
		return &grpcapi.Refusal{Code: cmp.Or(failure.Code, http.StatusInternalServerError), Message: failure.Message}
	}
	return s.faults.rejection(c.Type)
}
