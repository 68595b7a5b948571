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
		body := &head{}
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.TeeReader(r.Body, body), r.Body}
		answer := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		begin := time.Now()
		defer func() {
			s.journal.update(func() { request.body, request.Status = body.kept, answer.status })
		}()

		if !s.faults.hold(r.Context().Done(), l.over) || s.faults.losesBeat(seen) {
			panic(http.ErrAbortHandler)
		}
		failure := s.faults.next(func() Request { return seen })
		if failure == nil {
			failure = s.refusal(func() Access { return httpAccess(seen, r) })
		}
		if failure != nil {
			answer.WriteHeader(cmp.Or(failure.Status, http.StatusInternalServerError))
			_, _ = io.WriteString(answer, failure.Message) // a client that has gone needs no answer
		} else {
			next.ServeHTTP(answer, r)
		}
		took := time.Since(begin)
		s.meters.HTTP(metrics.Request{
			Method: r.Method, Status: answer.status, Route: answer.route, Unknown: answer.unknown, Exception: answer.exception, Took: took,
		})
		s.logAccess(r, took, answer)
	})
}

// logAccess tells the access log, if there is one, of a request that was answered.
func (s *Server) logAccess(r *http.Request, took time.Duration, answer *statusWriter) {
	if s.access == nil {
		return
	}
	if err := s.access.write(r, s.clock.Now(), took, answer.status, answer.length); err != nil {
		s.log.Warn("the access log cannot be written", "error", err)
	}
}

// statusWriter remembers the status of an answer and the length of its body, and what served the request.
type statusWriter struct {
	http.ResponseWriter
	status, length   int
	route, exception string
	unknown          bool
}

// ServedBy is told by the handler.
func (w *statusWriter) ServedBy(path, exception string) {
	w.route, w.exception, w.unknown = path, exception, path == ""
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.length += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// interceptGRPC is what every unary call passes first, like interceptHTTP.
func (s *Server) interceptGRPC(l *life, c grpcapi.Call) *grpcapi.Refusal {
	request := &entry{Request: Request{Time: s.clock.Now(), Protocol: GRPC, Operation: c.Type, Client: c.Connection}, body: c.Body}
	if len(c.Body) > maxBody {
		request.body = bytes.Clone(c.Body[:maxBody]) // so that the rest need not be kept
	}
	s.journal.add(request)
	if !s.faults.hold(c.Done, l.over) {
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
