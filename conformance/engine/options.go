package engine

import (
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Options say what a run records and how. The zero value records everything that is neither slow nor destructive.
type Options struct {
	// Select names areas, requirements or checks; several may stand in one string, parted by commas. A name stands
	// for all ids that begin with it, whole segments first. None selects everything.
	Select []string
	// Labels is an expression in Ginkgo's label filter language: "level:must && !time:slow".
	Labels string
	// Levels selects requirements by weight. None selects all.
	Levels []reports.Level
	// All records the slow groups as well.
	All bool
	// Destructive records timelines that may leave harm behind.
	Destructive bool
	// Isolates says that every exclusive and destructive timeline gets a target of its own.
	Isolates bool
	// Budget bounds the planned length of the recording, 0 for no bound.
	Budget time.Duration
	// MaxLive bounds how many timelines run at once, 0 for DefaultMaxLive.
	MaxLive int
	// Seed fixes the order of chance: the gaps between the starts of timelines.
	Seed uint64
	Trust
}

// DefaultMaxLive keeps a run clear of the usual limit of 1024 open files.
const DefaultMaxLive = 512

// Trust says when a measurement of time may not be believed.
type Trust struct {
	// TrustedLateness is how late the machine may serve the tool before a timed failure proves nothing,
	// 0 for DefaultTrustedLateness.
	TrustedLateness time.Duration
	// TimedReasons are the reason codes whose truth hangs on the clock.
	TimedReasons []string
}

// DefaultTrustedLateness is well below the second by which the bounds of checks are widened.
const DefaultTrustedLateness = 200 * time.Millisecond

func (t Trust) bound() time.Duration {
	if t.TrustedLateness > 0 {
		return t.TrustedLateness
	}
	return DefaultTrustedLateness
}

func (t Trust) timed(code string) bool { return slices.Contains(t.TimedReasons, code) }

func (o Options) maxLive() int {
	if o.MaxLive > 0 {
		return o.MaxLive
	}
	return DefaultMaxLive
}

// Selection is the part of the options that reports show.
func (o Options) Selection() reports.Selection {
	s := reports.Selection{Select: o.Select, Labels: o.Labels, Levels: o.Levels, All: o.All, Destructive: o.Destructive}
	if o.Budget > 0 {
		s.Budget = o.Budget.String()
	}
	return s
}
