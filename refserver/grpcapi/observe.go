package grpcapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// Observation is one unary call that was answered.
type Observation struct {
	// Type is the payload type, Module the part of the server that it belongs to.
	Type, Module string
	// Code is the error code of the answer, 0 for none.
	Code    int
	Success bool
	// Thrown is the Java exception that a handler of a real server throws then, empty for none.
	Thrown string
	Took   time.Duration
}

// observed answers a call and tells the observer.
func (s *Server) observed(ctx context.Context, p *grpcpb.Payload) any {
	s.serving.Add(1)
	defer s.serving.Add(-1)
	begin := time.Now()
	answer, r := s.answer(ctx, p)
	if r != nil {
		answer = r.body(s.b)
	}
	if s.observe != nil {
		payloadType := p.GetMetadata().GetType()
		o := Observation{Type: payloadType, Module: s.moduleOf(payloadType), Success: true, Thrown: r.exception(), Took: time.Since(begin)}
		if head, ok := answer.(interface{ Outcome() (int, bool) }); ok {
			o.Code, o.Success = head.Outcome()
		}
		if o.Code == wire.CodeUnregistered {
			o.Module = noModule
		}
		s.observe(o)
	}
	return answer
}

// Serving counts the unary calls in progress.
func (s *Server) Serving() int { return int(s.serving.Load()) }

const noModule = "unknown"

// moduleOf is the module that requests of a type name. Source: measured 2.5.1, 3.0.3.
func (s *Server) moduleOf(payloadType string) string {
	switch {
	case s.handlers[payloadType] == nil:
		return noModule
	case payloadType == "HealthCheckRequest":
		return "internal"
	case strings.Contains(payloadType, "Config"):
		return "config"
	case strings.HasPrefix(payloadType, "Lock"):
		return "lock"
	}
	return "naming"
}

// exception is what a handler of a real server throws where this one refuses, empty for nothing.
func (r *refusal) exception() string {
	switch {
	case r == nil || !r.thrown:
		return ""
	case r.runtime:
		return "NacosRuntimeException"
	case r.code == http.StatusInternalServerError:
		return "IllegalArgumentException"
	}
	return "NacosException"
}
