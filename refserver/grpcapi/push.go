package grpcapi

import (
	"errors"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Push delivers a view to a connection, as naming.Pusher asks for. A connection that is gone counts as a success.
func (s *Server) Push(to naming.Subscription, view *naming.PushedView, done func(error)) {
	deliver := func() {
		c := s.find(to.Client)
		if c == nil {
			done(nil)
			return
		}
		s.pose(c, notification(view), s.push.AckTimeout, func(err error) {
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

// notification is a NotifySubscriberRequest whose view is encoded once for all who get it.
func notification(view *naming.PushedView) wording {
	return func(id wire.Text) (payloadType string, body []byte, err error) {
		info, err := view.JSON()
		body = make([]byte, 0, len(info)+len(id)+80)
		body = append(body, `{"headers":{},"requestId":"`...)
		body = append(body, id...)
		body = append(body, `","module":"`+wire.ModuleNaming+`","serviceInfo":`...)
		body = append(body, info...)
		return "NotifySubscriberRequest", append(body, '}'), err
	}
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
