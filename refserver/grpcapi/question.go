package grpcapi

import (
	"container/list"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// errNoAnswer says that the client did not answer in time.
var errNoAnswer = errors.New("no answer in time")

// question is a request to a client that waits for its answer.
type question struct {
	connection *connection
	id         string
	// read gets the answer before done is told of a success; nil when nobody wants it.
	read func(*grpcpb.Payload)
	// done is told the outcome; see ask.
	done func(error)
	// lapses is true when the outcome is a success once the connection is gone.
	lapses bool
	// due, in and place belong to the deadlines.
	due   time.Time
	in    *queue
	place *list.Element
}

// abandon ends a question whose connection is gone.
func (q *question) abandon() {
	if q.lapses {
		q.done(nil)
		return
	}
	q.done(errGone)
}

// ask sends a request with a new id and calls done with nil when the client answers with success, or with the reason
// why not. It never waits. Done is called from another goroutine or before ask returns, and twice when the request
// cannot be sent, or the client answers with a failure, and the line lets the timeout run on.
func (s *Server) ask(c *connection, request any, id *wire.Request, timeout time.Duration, done func(error)) {
	s.inquire(c, request, id, timeout, nil, done)
}

// inquire is ask for those who want to read the answer.
func (s *Server) inquire(c *connection, request any, id *wire.Request, timeout time.Duration, read func(*grpcpb.Payload), done func(error)) {
	q := &question{connection: c, id: s.nextID(), read: read, done: done}
	id.RequestID = new(wire.Text(q.id))
	l, err := write(request, c.localIP)
	if err != nil {
		done(err)
		return
	}
	s.pose(q, l, timeout)
}

// pose is ask for a request that was written.
func (s *Server) pose(q *question, l *letter, timeout time.Duration) {
	c := q.connection
	c.mu.Lock()
	if !c.registered {
		c.mu.Unlock()
		q.abandon()
		return
	}
	on := c.stream
	c.asked = append(c.asked, q)
	s.deadlines.set(q, timeout)
	c.mu.Unlock()
	err := c.send(on, l)
	switch {
	case err == nil:
	case s.b.SendErrorKeepsTimer && c.isOpen(q.id):
		q.done(err)
	case c.take(q.id) != nil:
		s.deadlines.drop(q)
		q.done(err)
	}
}

// nextID is the id of the next request to a client.
func (s *Server) nextID() string { return strconv.FormatInt(s.requestID.Add(1), 10) }

// send puts a message on a stream and keeps account of since when that fails.
func (c *connection) send(on *stream, l *letter) error {
	err := on.send(l)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err == nil:
		c.blocked = time.Time{}
	case c.blocked.IsZero():
		c.blocked = time.Now()
	}
	return err
}

// isOpen says whether a question waits for its answer.
func (c *connection) isOpen(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.place(id) >= 0
}

// take removes a question, and gives nil when it is not open any more.
func (c *connection) take(id string) *question {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := c.place(id)
	if i < 0 {
		return nil
	}
	q := c.asked[i]
	if c.asked = slices.Delete(c.asked, i, i+1); len(c.asked) == 0 {
		c.asked = nil
	}
	return q
}

// place is where a question is among those that were asked, negative when it is not open.
func (c *connection) place(id string) int {
	return slices.IndexFunc(c.asked, func(q *question) bool { return q.id == id })
}

// answered acts on a response of the client: any type will do, the request id tells what it answers.
func (s *Server) answered(c *connection, p *grpcpb.Payload) {
	var r wire.ErrorResponse
	r.ResultCode = wire.CodeSuccess
	if err := wire.Decode(p, &r); err != nil {
		s.log.Debug("answer ignored", "connection", c.id, "error", err)
		return
	}
	if s.b.AckRefreshes && c.isRegistered() {
		c.touch()
	}
	if r.RequestID == nil {
		return
	}
	q := c.take(string(*r.RequestID))
	if q == nil {
		return
	}
	if r.ResultCode == wire.CodeSuccess {
		s.deadlines.drop(q)
		if q.read != nil {
			q.read(p)
		}
		q.done(nil)
		return
	}
	if !s.b.NackKeepsTimer {
		s.deadlines.drop(q)
	}
	q.done(fmt.Errorf("the client answered %d", r.ErrorCode))
}
