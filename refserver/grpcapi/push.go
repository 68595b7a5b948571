package grpcapi

import (
	"google.golang.org/grpc/mem"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Push delivers a view to a connection, as naming.Pusher asks for. A connection that is gone counts as a success.
func (s *Server) Push(to naming.Subscription, view *naming.PushedView, done func(error)) {
	if s.pushDelay != nil {
		if d := s.pushDelay(); d > 0 {
			s.clock.After(d, func() { s.deliver(to.Client, view, done) })
			return
		}
	}
	s.deliver(to.Client, view, done)
}

func (s *Server) deliver(client string, view *naming.PushedView, done func(error)) {
	c := s.find(client)
	if c == nil {
		done(nil)
		return
	}
	q := &question{connection: c, id: s.nextID(), done: done, lapses: true}
	l, err := notification(view, q.id, c.localIP)
	if err != nil {
		done(err)
		return
	}
	s.pose(q, l, s.push.AckTimeout)
}

// notification is a NotifySubscriberRequest whose view is encoded once for all who get it.
func notification(view *naming.PushedView, id, clientIP string) (*letter, error) {
	info, err := view.JSON()
	shared := [...]mem.Buffer{mem.SliceBuffer(info), endOfObject}
	return newLetter("NotifySubscriberRequest", clientIP, shared[:],
		`{"headers":{},"requestId":"`, id, `","module":"`+wire.ModuleNaming+`","serviceInfo":`), err
}

var endOfObject mem.Buffer = mem.SliceBuffer("}")

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
