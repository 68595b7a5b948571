package grpcapi

import (
	"errors"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Push delivers a view to a connection, as naming.Pusher asks for. A connection that is gone counts as a success.
func (s *Server) Push(to naming.Subscription, view wire.ServiceInfo, done func(error)) {
	deliver := func() {
		c := s.find(to.Client)
		if c == nil {
			done(nil)
			return
		}
		r := wire.NotifySubscriberRequest{Request: wire.NewRequest(wire.ModuleNaming), ServiceInfo: &view}
		s.ask(c, &r, &r.Request, s.push.AckTimeout, func(err error) {
			if errors.Is(err, errGone) {
				err = nil
			}
			done(err)
		})
	}
	if s.pushDelay != nil {
		if d := s.pushDelay(); d > 0 {
			s.clock.After(d, deliver)
			return
		}
	}
	deliver()
}

// Reset asks a connection to reconnect, to redirect (host:port) when that is given, and calls done with the outcome.
// An unknown connection needs no reset.
func (s *Server) Reset(id, redirect string, done func(error)) {
	c := s.find(id)
	if c == nil {
		done(nil)
		return
	}
	r := wire.ConnectResetRequest{Request: wire.NewRequest(wire.ModuleInternal)}
	if host, port, ok := splitRedirect(redirect); ok {
		r.ServerIP, r.ServerPort = new(wire.Text(host)), new(wire.Text(port))
		if s.b.ResetNamesConnection {
			r.ConnectionID = new(wire.Text(id))
		}
	}
	s.ask(c, &r, &r.Request, s.b.ResetWait, done)
}
