package engine

import (
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Recorder writes the events of one timeline. It is safe for use by the goroutines of that timeline.
type Recorder struct {
	timeline string
	emit     func(reports.Event)
}

// Record writes one event. Sent and received are the moments on this side of the network; data is written as JSON.
func (r *Recorder) Record(kind reports.Kind, name string, sent, received time.Time, data any) {
	panic("engine helper implements this")
}

// Fact writes a name or an address that the timeline chose, so that checks can read it back.
func (r *Recorder) Fact(name string, value any) {
	now := time.Now()
	r.Record(reports.KindFact, name, now, now, value)
}

// Mark writes that something happened now.
func (r *Recorder) Mark(name string) {
	now := time.Now()
	r.Record(reports.KindMark, name, now, now, nil)
}
