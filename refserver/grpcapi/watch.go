package grpcapi

import (
	"errors"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// watch begins or ends to watch the services of a pattern. Who watches need not be a naming client.
// Source: nacos 3.0.3 naming/src/main/java/com/alibaba/nacos/naming/remote/rpc/handler/NamingFuzzyWatchRequestHandler.java:53-85.
func (s *Server) watch(c call, r *wire.NamingFuzzyWatchRequest) (any, *refusal) {
	if no := requireVerb(r.WatchType, wire.WatchServices, wire.CancelWatchServices); no != nil {
		return nil, no
	}
	if r.GroupKeyPattern == nil {
		return nil, nullPointer("the pattern")
	}
	answer := wire.NamingFuzzyWatchResponse{Response: wire.OK()}
	if *r.WatchType == wire.CancelWatchServices {
		s.naming.Unwatch(c.id, text(r.GroupKeyPattern))
		return answer, nil
	}
	var known []string
	if r.ReceivedGroupKeys != nil {
		known = make([]string, 0, len(r.ReceivedGroupKeys))
	}
	for _, key := range r.ReceivedGroupKeys {
		known = append(known, text(key))
	}
	err := s.naming.Watch(c.id, text(r.GroupKeyPattern), known, bool(r.Initializing))
	var e *naming.Error
	if errors.As(err, &e) && e.Flavour == naming.Checked {
		answer.Response = wire.Response{ResultCode: wire.CodeFail, ErrorCode: wire.Int(e.Code), Message: new(wire.Text(e.Message))}
		return answer, nil
	}
	return s.outcome(err, answer)
}

// message sends a request about watched services, as naming.Messenger wants it.
func (s *Server) message(client string, request interface{ Common() *wire.Request }, done func(error)) {
	c := s.find(client)
	if c == nil {
		done(nil)
		return
	}
	s.ask(c, request, request.Common(), s.push.AckTimeout, func(err error) {
		if errors.Is(err, errGone) {
			err = nil
		}
		done(err)
	})
}
