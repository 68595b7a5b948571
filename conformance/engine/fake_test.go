package engine_test

import (
	"context"
	"sync"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// world is an environment whose target is its own name.
type world struct {
	isolates bool
	features map[string]engine.Support
	alive    func(ctx context.Context) error
	lease    func(timeline string) error

	mu     sync.Mutex
	leased int
}

func (w *world) Lease(_ context.Context, timeline string, _ engine.Class) (string, func(), error) {
	if w.lease != nil {
		if err := w.lease(timeline); err != nil {
			return "", nil, err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.leased++
	return "target", func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.leased--
	}, nil
}

func (w *world) Isolates() bool                     { return w.isolates }
func (w *world) Owned() bool                        { return true }
func (w *world) Feature(name string) engine.Support { return w.features[name] }
func (w *world) Alive(ctx context.Context) error {
	if w.alive == nil {
		return nil
	}
	return w.alive(ctx)
}

type (
	suite    = engine.Suite[string]
	timeline = engine.Timeline[string]
)

// lasting is a shared timeline that marks its begin, waits, and marks its end.
func lasting(id string, lasts time.Duration) timeline {
	return timeline{ID: id, About: "It waits.", Class: engine.Shared, Lasts: lasts,
		Record: func(ctx context.Context, _ string, rec *engine.Recorder) error {
			rec.Mark("begin")
			select {
			case <-time.After(lasts):
			case <-ctx.Done():
				return ctx.Err()
			}
			rec.Mark("end")
			return nil
		}}
}

func of(class engine.Class, t timeline) timeline {
	t.Class = class
	return t
}

// telling is a short shared timeline with a story of its own.
func telling(id string, record func(context.Context, string, *engine.Recorder) error) timeline {
	return timeline{ID: id, Class: engine.Shared, Lasts: time.Second, Record: record}
}

// ends is a check of requirement "rule.<name>" that wants the mark at the end.
func ends(name string, reads ...string) engine.Check {
	return engine.Check{
		ID: "rule." + name + ".v1", Requirement: "rule." + name, Reads: reads,
		Rule: engine.Rule{Sentence: "It ends.", Level: reports.Must, Applies: true},
		Judge: func(g gomega.Gomega, h engine.History) {
			g.Expect(h.Named("end").Events()).NotTo(gomega.BeEmpty())
		},
	}
}

// coded fails with a message of its own, citing the first event.
type coded struct {
	message string
	cite    bool
}

func (c coded) Match(actual any) (bool, error) {
	h := actual.(engine.History)
	if first, found := h.First(); found && c.cite {
		h.Cite(first)
	}
	return c.message == "", nil
}
func (c coded) FailureMessage(any) string        { return c.message }
func (c coded) NegatedFailureMessage(any) string { return c.message }

func verdicts(log *reports.Log) map[string]reports.Verdict {
	all := map[string]reports.Verdict{}
	for _, r := range log.Results {
		all[r.Check] = r.Verdict
	}
	return all
}

func result(log *reports.Log, check string) reports.Result {
	for _, r := range log.Results {
		if r.Check == check {
			return r
		}
	}
	return reports.Result{}
}
