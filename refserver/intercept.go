package refserver

import (
	"bytes"
	"io"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
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
		defer func() {
			s.journal.update(func() { request.body, request.Status = body.kept, answer.status })
		}()

		if !s.faults.hold(r.Context().Done(), l.over) || s.faults.losesBeat(seen) {
			panic(http.ErrAbortHandler)
		}
		if f := s.faults.next(func() Request { return seen }); f != nil {
			answer.WriteHeader(f.Status)
			_, _ = io.WriteString(answer, f.Message) // a client that has gone needs no answer
			return
		}
		next.ServeHTTP(answer, r)
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
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
		return &grpcapi.Refusal{Code: http.StatusInternalServerError, Message: "the call was given up"}
	}
	if f := s.faults.next(request.text); f != nil {
		return &grpcapi.Refusal{Code: f.Code, Message: f.Message}
	}
	return s.faults.rejection(c.Type)
}
