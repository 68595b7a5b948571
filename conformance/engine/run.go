package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Session is what a run needs.
type Session[E any] struct {
	Plan        *Plan[E]
	Environment Environment[E]
	// Header opens the log; Run fills in the schema, the selection and the seed.
	Header reports.Header
	// Expectations say which checks are known not to pass.
	Expectations []reports.Expectation
	// Sink keeps the log as it grows; nil keeps it in memory only.
	Sink Sink
	// Observer is told how the run goes; nil for nobody.
	Observer Observer
}

// Sink keeps the records of a run. An error ends the run.
type Sink interface{ Write(reports.Record) error }

// Observer is told how a run goes. Its methods are called one at a time and must return at once.
type Observer interface {
	RunStarted(plan reports.Plan)
	TimelineStarted(id string, lasts time.Duration)
	TimelineEnded(end reports.TimelineEnd)
	RunEnded()
}

// Run records the plan's timelines, judges its checks and returns the complete log. When ctx ends or the target is
// lost, the log says so and is complete all the same: what was not decided by then is not-run. The error is that of
// the sink; the log is not to be reported then. No goroutine outlives the call, so it waits for timelines that are
// slow to end.
func Run[E any](ctx context.Context, s Session[E]) (*reports.Log, error) {
	if s.Observer == nil {
		s.Observer = nobody{}
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run[E]{Session: s, start: time.Now(), stop: stop}
	r.open()
	s.Observer.RunStarted(r.log.Plan)
	r.record(ctx)
	s.Observer.RunEnded()
	r.judge()
	if err := r.failure(); err != nil {
		return nil, fmt.Errorf("the run ended because its log could not be kept: %w", err)
	}
	return &r.log, nil
}

// open writes what is known before the start.
func (r *run[E]) open() {
	h := r.Header
	h.Schema = reports.LogSchema
	h.Selection = r.Plan.options.Selection()
	h.Seed = r.Plan.options.Seed
	r.write(h)
	for _, e := range r.Expectations {
		r.write(e)
	}
	r.write(r.Plan.Record())
}

// record lets the timelines run, watched by the monitors.
func (r *run[E]) record(ctx context.Context) {
	recording, done := context.WithCancel(ctx)
	defer done()
	watched := r.watch(ctx, recording)
	for _, phase := range r.Plan.phases {
		r.runPhase(ctx, phase)
	}
	done()
	watched.Wait()
	if cause := context.Cause(ctx); cause != nil {
		r.write(r.stopRecord(cause))
	}
}

func (r *run[E]) stopRecord(cause error) reports.Stop {
	at := time.Since(r.start)
	if lost, ok := errors.AsType[*targetLost](cause); ok {
		return reports.Stop{Cause: reports.CauseTargetLost, At: at, Trusted: lost.trusted, Reason: lost.Error()}
	}
	return reports.Stop{Cause: reports.CauseInterrupted, At: at, Trusted: at,
		Reason: fmt.Sprintf("the run was interrupted after %s", reports.Duration(at))}
}

// judge writes what follows from the recording.
func (r *run[E]) judge() {
	for _, result := range Judge(r.Plan.Checks(), &r.log, r.Plan.options.Trust) {
		r.write(result)
	}
	for _, canary := range Canaries(r.Plan.options.Trust) {
		r.write(canary)
	}
	r.write(reports.Finish(&r.log, time.Since(r.start)))
}

type nobody struct{}

func (nobody) RunStarted(reports.Plan)               {}
func (nobody) TimelineStarted(string, time.Duration) {}
func (nobody) TimelineEnded(reports.TimelineEnd)     {}
func (nobody) RunEnded()                             {}
