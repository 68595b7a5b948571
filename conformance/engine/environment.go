package engine

import (
	"context"
	"fmt"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Environment gives timelines their target. Its methods are safe for concurrent use.
type Environment[E any] interface {
	// Lease hands out what a timeline of this class drives. The release is called once, after the timeline has
	// ended. An error made by Untestable says that a prerequisite is missing; any other error is a defect.
	Lease(ctx context.Context, timeline string, class Class) (env E, release func(), err error)
	// Isolates says that each exclusive and destructive timeline gets a target of its own, so that all run at once.
	Isolates() bool
	// Owned says that the tool started the target, so that destructive timelines may harm it.
	Owned() bool
	// Feature says whether the target answers for something that timelines need.
	Feature(name string) Support
	// Alive returns an error when the target does not answer. It returns when ctx ends.
	Alive(ctx context.Context) error
}

// Support is a target's answer for one feature.
type Support string

const (
	Answered            Support = "answered"             // it works
	DeclaredUnsupported Support = "declared-unsupported" // the target says that it lacks it
	Silent              Support = "silent"               // the target neither serves it nor declares its absence
)

// Untestable makes the error by which a timeline says that a prerequisite was missing in the target or its set-up.
func Untestable(format string, args ...any) error {
	return &storyError{reports.OutcomeUntestable, "prerequisite", fmt.Errorf(format, args...)}
}

// storyError is an error that knows what it means for its timeline.
type storyError struct {
	outcome reports.Outcome
	code    string
	error
}

func (e *storyError) Unwrap() error { return e.error }

// support returns an error when the target does not answer for something that the timeline needs.
func support[E any](env Environment[E], t Timeline[E]) error {
	for _, need := range t.Needs {
		switch env.Feature(need) {
		case DeclaredUnsupported:
			return &storyError{reports.OutcomeUnsupported, "declared",
				fmt.Errorf("the target declares that it lacks %s", need)}
		case Silent:
			return &storyError{reports.OutcomeUndeclared, "silent",
				fmt.Errorf("the target neither answers for %s nor declares that it lacks it", need)}
		}
	}
	return nil
}
