package engine

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// run is a session under way.
type run[E any] struct {
	Session[E]
	start time.Time
	stop  context.CancelCauseFunc

	observing sync.Mutex // apart from mu: a slow terminal must not hold up the recording

	mu      sync.Mutex
	log     reports.Log
	sinkErr error
}

// write keeps a record in memory and hands it to the sink. The first error of the sink ends the run.
func (r *run[E]) write(record reports.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log.Append(record)
	if r.Sink == nil || r.sinkErr != nil {
		return
	}
	if err := r.Sink.Write(record); err != nil {
		r.sinkErr = err
		r.stop(err)
	}
}

func (r *run[E]) failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sinkErr
}

// startGap is the longest gap between two starts, so that hundreds of timelines do not begin in one millisecond.
const startGap = 4 * time.Millisecond

// runPhase starts the timelines in order, no more than MaxLive at once, and returns when all have ended.
func (r *run[E]) runPhase(ctx context.Context, phase []Timeline[E]) {
	chance := rand.New(rand.NewPCG(r.Plan.options.Seed, 0))
	seats := make(chan struct{}, r.Plan.options.maxLive())
	var live sync.WaitGroup
	defer live.Wait()
	for i, t := range phase {
		if ctx.Err() != nil || i > 0 && !pause(ctx, time.Duration(chance.Int64N(int64(startGap)))) {
			return
		}
		select {
		case seats <- struct{}{}:
		case <-ctx.Done():
			return
		}
		live.Go(func() {
			defer func() { <-seats }()
			r.runTimeline(ctx, t)
		})
	}
}

// runTimeline records one timeline and writes how it ended.
func (r *run[E]) runTimeline(ctx context.Context, t Timeline[E]) {
	end := reports.TimelineEnd{Timeline: t.ID, Started: time.Since(r.start)}
	r.observe(func(o Observer) { o.TimelineStarted(t.ID, t.Lasts) })
	end.Outcome, end.Code, end.Reason = outcome(ctx, r.tell(ctx, t))
	end.Ended = time.Since(r.start)
	r.write(end)
	r.observe(func(o Observer) { o.TimelineEnded(end) })
}

func (r *run[E]) observe(tell func(Observer)) {
	r.observing.Lock()
	defer r.observing.Unlock()
	tell(r.Observer)
}

// patience is how long a timeline may take before it counts as hanging.
func patience(planned time.Duration) time.Duration { return 2*planned + 30*time.Second }

// tell runs the story on a leased target. A panic comes back as an error.
func (r *run[E]) tell(ctx context.Context, t Timeline[E]) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &storyError{reports.OutcomeBroken, "panic", panicked(p)}
		}
	}()
	if err := support(r.Environment, t); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience(t.Lasts), &storyError{reports.OutcomeBroken, "hangs",
		fmt.Errorf("planned to last %s, it had not ended after %s", reports.Duration(t.Lasts), reports.Duration(patience(t.Lasts)))})
	defer cancel()
	env, release, err := r.Environment.Lease(ctx, t.ID, t.Class)
	if err != nil {
		return fmt.Errorf("no target for timeline %s: %w", t.ID, err)
	}
	if release != nil {
		defer release()
	}
	rec := newRecorder(t.ID, r.start, func(e reports.Event) { r.write(e) })
	err = t.Record(ctx, env, rec)
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return errors.Join(err, rec.close())
}

// outcome says what the end of a timeline means. An error that came with the end of the run means nothing, a panic
// is a defect at any time.
func outcome(ctx context.Context, err error) (o reports.Outcome, code, reason string) {
	var known *storyError
	isKnown := errors.As(err, &known)
	switch {
	case ctx.Err() != nil && !(isKnown && known.code == "panic"):
		return reports.OutcomeStopped, "", ""
	case err == nil:
		return reports.OutcomeRecorded, "", ""
	case isKnown:
		return known.outcome, known.code, err.Error()
	}
	return reports.OutcomeBroken, "story", err.Error()
}

// pause waits, false when ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
