package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Recorder writes the events of one timeline. It is safe for use by the goroutines of that timeline, which must end
// before the timeline's Record returns: what comes later is not written.
type Recorder struct {
	timeline string
	start    time.Time // of the run; its monotonic clock is the clock of the log
	emit     func(reports.Event)

	mu     sync.Mutex
	seq    int
	closed bool
	defect error
}

// newRecorder starts the events of a timeline at number 1. The recorder never calls emit twice at once.
func newRecorder(timeline string, start time.Time, emit func(reports.Event)) *Recorder {
	return &Recorder{timeline: timeline, start: start, emit: emit}
}

// Record writes one event. Sent and received are the moments on this side of the network; data is written as JSON.
func (r *Recorder) Record(kind reports.Kind, name string, sent, received time.Time, data any) {
	encoded, err := encode(data)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	if err != nil && r.defect == nil {
		r.defect = fmt.Errorf("event %s of timeline %s: its data is no JSON: %w", name, r.timeline, err)
	}
	r.seq++
	r.emit(reports.Event{
		Timeline: r.timeline, Seq: r.seq, Kind: kind, Name: name,
		Sent: sent.Sub(r.start), Received: received.Sub(r.start), Data: encoded,
	})
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

// close ends the recording and returns what was wrong with it.
func (r *Recorder) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return r.defect
}

// encode writes data as the log will: compact and without HTML escapes, so that memory and file hold the same bytes.
func encode(data any) (json.RawMessage, error) {
	if data == nil {
		return nil, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(data); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
