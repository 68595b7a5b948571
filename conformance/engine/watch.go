package engine

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

const (
	tick        = 50 * time.Millisecond // how often lateness is measured
	lateTick    = 20 * time.Millisecond // how late a tick must be to be written down
	probeEvery  = time.Second           // how often the target is asked for a sign of life
	probeWithin = 2 * time.Second       // how long it may take over it
	probeMisses = 3                     // how many misses in a row mean that it is lost
)

// watch starts the two monitors of a recording. They end when recording does, but not in doubt about the target.
func (r *run[E]) watch(ctx, recording context.Context) *sync.WaitGroup {
	var joined sync.WaitGroup
	joined.Go(func() { r.watchTime(recording) })
	joined.Go(func() { r.watchTarget(ctx, recording) })
	return &joined
}

// watchTime writes down when the machine served this process late.
func (r *run[E]) watchTime(recording context.Context) {
	var spell lateSpell
	for goesOn := true; goesOn; {
		due := time.Since(r.start) + tick
		goesOn = pause(recording, tick)
		if over := spell.tick(due, time.Since(r.start)); over != nil {
			r.write(*over)
		}
	}
	if spell.open != nil {
		r.write(*spell.open)
	}
}

// lateSpell makes one record of late ticks in a row.
type lateSpell struct{ open *reports.Lateness }

// tick takes the next tick and returns the spell that it ends, if it ends one.
func (s *lateSpell) tick(due, now time.Duration) (over *reports.Lateness) {
	late := now - due
	switch {
	case late <= lateTick:
		over, s.open = s.open, nil
	case s.open == nil:
		s.open = &reports.Lateness{From: due, To: now, Worst: late}
	default:
		s.open.To, s.open.Worst = now, max(s.open.Worst, late)
	}
	return over
}

// targetLost is the cause of a run that ended because its target stopped answering.
type targetLost struct {
	trusted time.Duration
	err     error
}

func (e *targetLost) Error() string {
	return fmt.Sprintf("the target was lost: it last answered %s into the run, then missed %d signs of life in a row: %v",
		reports.Duration(e.trusted), probeMisses, e.err)
}

func (e *targetLost) Unwrap() error { return e.err }

// watchTarget ends the run when the target misses several signs of life in a row. It asks once more at the end of the
// recording, lest the last timelines be judged on a target that died under them.
func (r *run[E]) watchTarget(ctx, recording context.Context) {
	misses, trusted := 0, time.Duration(0)
	for {
		over := !pause(recording, probeEvery)
		if over && misses > 0 {
			pause(ctx, probeEvery)
		}
		asked := time.Since(r.start)
		err := r.probe(ctx)
		switch {
		case ctx.Err() != nil || err == nil && over:
			return
		case err == nil:
			misses, trusted = 0, asked
			continue
		}
		if misses++; misses == probeMisses {
			r.stop(&targetLost{trusted, err})
			return
		}
	}
}

func (r *run[E]) probe(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	return r.Environment.Alive(ctx)
}
