// Package drive is how timelines act on a target: it sends, reads and waits, and records every exchange. It never
// judges and never asserts.
package drive

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
)

// RequestTimeout is how long one request may take before it counts as unanswered.
const RequestTimeout = 5 * time.Second

// Session is one timeline's hands on its target: names of its own, clients that record, and the duty to leave nothing
// behind.
type Session struct {
	ctx    context.Context
	target *fixtures.Target
	rec    *engine.Recorder
	http   *wire.HTTPClient
	unique string

	mu         sync.Mutex // the parts of a story run side by side
	cleanup    []func(ctx context.Context)
	cleaned    map[string]bool
	unanswered int // requests in a row
}

// Open starts a session. Close must be called when the story has ended.
func Open(ctx context.Context, target *fixtures.Target, rec *engine.Recorder) *Session {
	var id [4]byte
	for i := range id {
		id[i] = byte(rand.UintN(256))
	}
	return &Session{
		ctx: ctx, target: target, rec: rec,
		http:   wire.NewHTTPClient(target.HTTPOptions()),
		unique: hex.EncodeToString(id[:]), cleaned: map[string]bool{},
	}
}

// Close undoes what the session has left on the target, newest first, and gives its connections back. It does so even
// when the run was interrupted.
func (s *Session) Close() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), RequestTimeout)
	defer cancel()
	s.mu.Lock()
	cleanup := s.cleanup
	s.mu.Unlock()
	for _, undo := range slices.Backward(cleanup) {
		undo(ctx)
	}
	s.http.Close()
}

// Cleanup registers what undoes a step of the story.
func (s *Session) Cleanup(undo func(ctx context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cleanup = append(s.cleanup, undo)
}

// cleanupOnce is Cleanup for steps that a story repeats: what has the same key is undone once.
func (s *Session) cleanupOnce(key string, undo func(ctx context.Context)) {
	s.mu.Lock()
	known := s.cleaned[key]
	s.cleaned[key] = true
	s.mu.Unlock()
	if !known {
		s.Cleanup(undo)
	}
}

// Name makes a name that no other session and no other run uses.
func (s *Session) Name(stem string) string { return "tck-" + stem + "-" + s.unique }

// Address makes a loopback address that no other instance uses: servers key what is registered over HTTP by it.
func (s *Session) Address() string {
	return fmt.Sprintf("127.%d.%d.%d", 64+rand.UintN(64), rand.UintN(256), 1+rand.UintN(254))
}

// Fact records a name that the story chose.
func (s *Session) Fact(name string, value any) { s.rec.Fact(name, value) }

// Mark records that something happened now.
func (s *Session) Mark(name string) { s.rec.Mark(name) }

// Do sends a request and records it under the name.
func (s *Session) Do(name string, r wire.HTTPRequest) wire.HTTPExchange {
	return s.do(s.ctx, reports.KindRequest, name, r)
}

func (s *Session) do(ctx context.Context, kind reports.Kind, name string, r wire.HTTPRequest) wire.HTTPExchange {
	ctx, cancel := context.WithTimeout(ctx, RequestTimeout)
	defer cancel()
	now := time.Now()
	x := wire.HTTPExchange{Method: r.Method, URL: r.Path, Err: notSent, Sent: now, Received: now}
	if !s.givenUp() {
		x = s.http.Do(ctx, r)
		s.note(x.Status != 0)
	}
	s.rec.Record(kind, name, x.Sent, x.Received, x)
	return x
}

// patience is how many requests in a row may go unanswered. After that a story sends none, so that it ends in time.
const patience = 3

const notSent = "not sent: the requests before this one were not answered"

func (s *Session) givenUp() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unanswered >= patience
}

// note counts what was not answered, unless it was the end of the run that cut it short.
func (s *Session) note(answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case answered:
		s.unanswered = 0
	case s.ctx.Err() == nil:
		s.unanswered++
	}
}

// Until waits for the moment d after start, or for the end of the run. A story paces itself with it; nothing is
// judged by it.
func (s *Session) Until(start time.Time, d time.Duration) {
	timer := time.NewTimer(time.Until(start.Add(d)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.ctx.Done():
	}
}

// Wait waits for d.
func (s *Session) Wait(d time.Duration) { s.Until(time.Now(), d) }

// Ended reports whether the run is over.
func (s *Session) Ended() bool { return s.ctx.Err() != nil }

// PollInterval is the pace of a watch: fine enough for windows of seconds, coarse enough not to be a load.
const PollInterval = 250 * time.Millisecond

// Read sends one request of a watch and says whether the watch has seen enough.
type Read func() (enough bool)

// Watch reads again and again, for d or until a read says enough.
func (s *Session) Watch(d time.Duration, read Read) { s.WatchEvery(PollInterval, d, read) }

// WatchEvery is Watch at another pace.
func (s *Session) WatchEvery(pace, d time.Duration, read Read) {
	start := time.Now()
	for next := time.Duration(0); next <= d; next += pace {
		s.Until(start, next)
		if s.Ended() || read() {
			return
		}
	}
}

// Sample sends a read and records it as one sample of the named series.
func (s *Session) Sample(name string, r wire.HTTPRequest) wire.HTTPExchange {
	return s.do(s.ctx, reports.KindSample, name, r)
}

// Repeat sends the request every pace, for d: a client that renews.
func (s *Session) Repeat(pace, d time.Duration, send func()) {
	s.WatchEvery(pace, d, func() bool { send(); return false })
}

// Together runs the parts of a story side by side and returns when all have ended.
func (s *Session) Together(parts ...func()) {
	done := make(chan struct{})
	for _, part := range parts {
		go func() {
			defer func() { done <- struct{}{} }()
			part()
		}()
	}
	for range parts {
		<-done
	}
}
