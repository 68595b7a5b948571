package conformance

import (
	"context"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Options say what to test, on which server, and who is told.
type Options struct {
	engine.Options
	// Source gives the server. The caller closes it.
	Source fixtures.Source
	// Header opens the log: who tests what.
	Header reports.Header
	// Expectations say which checks are known not to pass on this server.
	Expectations []reports.Expectation
	// Sink keeps the log as it grows, Observer is told how the run goes; both may be nil.
	Sink     engine.Sink
	Observer engine.Observer
}

// Plan says what Run will do. It fails when the selection matches nothing.
func Plan(o Options) (*engine.Plan[*fixtures.Target], error) {
	suites, err := Suites(o.Source.Target().Line)
	if err != nil {
		return nil, err
	}
	o.Isolates = o.Source.Isolates()
	o.Destructive = o.Destructive || o.Source.Owned()
	o.Trust = Trust()
	return engine.NewPlan(suites, o.Options)
}

// Trust says which of our reason codes hang on the clock.
func Trust() engine.Trust { return engine.Trust{TimedReasons: match.TimedReasons()} }

// Run records and judges. The log is complete also when ctx ends or the server is lost; the error is that of the
// selection or of the sink.
func Run(ctx context.Context, o Options) (*reports.Log, error) {
	plan, err := Plan(o)
	if err != nil {
		return nil, err
	}
	return engine.Run(ctx, engine.Session[*fixtures.Target]{
		Plan: plan, Environment: environment{o.Source}, Header: o.Header,
		Expectations: o.Expectations, Sink: o.Sink, Observer: o.Observer,
	})
}

// environment leases the servers of a source.
type environment struct{ fixtures.Source }

func (e environment) Lease(ctx context.Context, _ string, class engine.Class) (*fixtures.Target, func(), error) {
	alone := class == engine.Exclusive || class == engine.Destructive
	if !alone || !e.Isolates() {
		return e.Target(), func() {}, nil
	}
	target, stop, err := e.Fresh(ctx)
	if err != nil {
		return nil, nil, engine.Untestable("a server of its own is needed: %w", err)
	}
	return target, stop, nil
}

func (e environment) Feature(name string) engine.Support {
	return engine.Support(e.Source.Feature(name))
}
