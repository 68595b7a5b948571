package grpcapi

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// errNoAnswer says that the client did not answer in time.
var errNoAnswer = errors.New("no answer in time")

// question is a request to a client that waits for its answer.
type question struct {
	timer *clock.Task
	// read gets the answer before done is told of a success; nil when nobody wants it.
	read func(*grpcpb.Payload)
	// done is told the outcome; see ask.
	done func(error)
}

// abandon ends a question whose connection ended.
func (q *question) abandon() {
	q.timer.Stop()
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
	s.put(c, func(key wire.Text) (string, []byte, error) {
		id.RequestID = &key
		body, err := wire.Marshal(request)
		return wire.TypeOf(request), body, err
	}, timeout, question{read: read, done: done})
}

// wording makes the type and the body of a request with an id.
type wording func(id wire.Text) (payloadType string, body []byte, err error)

// pose is ask for a request in its own words.
func (s *Server) pose(c *connection, words wording, timeout time.Duration, done func(error)) {
	s.put(c, words, timeout, question{done: done})
}

func (s *Server) put(c *connection, words wording, timeout time.Duration, put question) {
	id, q, done := s.nextID(), &put, put.done
	payloadType, body, err := words(id)
	if err != nil {
		done(err)
		return
	}
	key, payload := string(id), wire.Raw(payloadType, body, c.localIP, nil)
	c.mu.Lock()
	if !c.registered {
		c.mu.Unlock()
		done(errGone)
		return
	}
	on := c.stream
	if c.asked == nil {
		c.asked = map[string]*question{}
	}
	c.asked[key] = q
	q.timer = s.clock.After(timeout, func() {
		c.take(key)
		done(errNoAnswer)
	})
	c.mu.Unlock()
	err = c.send(on, payload)
	switch {
	case err == nil:
	case s.b.SendErrorKeepsTimer && c.isOpen(key):
		done(err)
	case c.take(key) != nil:
		q.timer.Stop()
		done(err)
	}
}

// nextID is the id of the next request to a client.
func (s *Server) nextID() wire.Text { return wire.Text(strconv.FormatInt(s.requestID.Add(1), 10)) }

// send puts a message on a stream and keeps account of since when that fails.
func (c *connection) send(on *stream, p *grpcpb.Payload) error {
	err := on.send(p)
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
func (c *connection) isOpen(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked[key] != nil
}

// take removes a question, and gives nil when it is not open any more.
func (c *connection) take(key string) *question {
	c.mu.Lock()
	defer c.mu.Unlock()
	q := c.asked[key]
	delete(c.asked, key)
	if len(c.asked) == 0 {
		c.asked = nil
	}
	return q
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
		q.timer.Stop()
		if q.read != nil {
			q.read(p)
		}
		q.done(nil)
		return
	}
	if !s.b.NackKeepsTimer {
		q.timer.Stop()
	}
	q.done(fmt.Errorf("the client answered %d", r.ErrorCode))
}
