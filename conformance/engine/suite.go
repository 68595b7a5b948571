// Package engine plans, runs and judges conformance suites. It records first and judges later: timelines drive a
// target and write down what they see, checks are pure functions of what was written. It knows nothing about Nacos.
package engine

import (
	"context"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

// Suite is one area of behaviour: the stories that are recorded and the checks that judge them.
// E is what a timeline drives, for example a connected target.
type Suite[E any] struct {
	Area      string
	Timelines []Timeline[E]
	Checks    []Check
}

// Class says what a timeline may do to its target and so beside what it may run.
type Class string

const (
	// Shared timelines use names of their own and run all at once.
	Shared Class = "shared"
	// Quiet timelines need a target that does little else: they start when the shared ones have ended.
	Quiet Class = "quiet"
	// Exclusive timelines change the whole target (a switch, a restart): each runs alone, or on a target of its own.
	Exclusive Class = "exclusive"
	// Destructive timelines may leave harm behind: they need a target that the tool started, or the user's word.
	Destructive Class = "destructive"
)

// Timeline is one stimulus story on fresh, unique names. It never judges: it records.
type Timeline[E any] struct {
	// ID is dotted and starts with the area: "heartbeat.never-renewed".
	ID string
	// About is one sentence for readers of plans and reports.
	About string
	Class Class
	// Group names the slow group that the timeline belongs to; empty for those that every run records.
	Group string
	// Lasts is the planned length. The planner adds it up; nothing sleeps on it.
	Lasts time.Duration
	// Needs are the features that the target must answer for, in the words of the target ("http.v2", "grpc").
	Needs []string
	// Record drives the target. It must return soon after ctx ends. An error made by Untestable says that a
	// prerequisite was missing; any other error is a defect of the story and makes its checks harness-error.
	Record func(ctx context.Context, env E, rec *Recorder) error
}

// Check judges one or more recorded timelines.
type Check struct {
	// ID is the id of its requirement, a dot and the variant: "naming.heartbeat.unhealthy-after-timeout.v1".
	ID string
	// Rule is what the requirement says for the line under test. The suite author leaves it to the catalogue.
	Rule Rule
	// Requirement is the id of the catalogue entry.
	Requirement string
	// Labels select the check beside those that the engine derives (level, area, class): "transport:v1".
	Labels []string
	// Reads names the timelines whose events Judge sees.
	Reads []string
	// Needs are features of the target that the check needs beside those of its timelines.
	Needs []string
	// Judge states its expectations on h through g. It is pure: the same history gives the same verdict.
	Judge func(g gomega.Gomega, h History)
}

// Rule is a requirement as it holds for one line of the target.
type Rule struct {
	Sentence string
	Level    reports.Level
	// Expected is the value for this line, in words.
	Expected string
	// Window bounds the time of the expected change, zero when the requirement has none.
	Window Window
	// Values are what this line answers where lines differ, by name, for the judgement: "status", "text".
	Values map[string]string
	// Applies is false when the requirement does not hold for this line, or cannot be asked of it.
	Applies bool
	// Why says why the rule does not apply.
	Why string
}

// Window is an interval of time after a stimulus: open at After, closed at Until.
type Window = reports.Window
