// Package suites is the form in which suites are written: stories, each a timeline with the checks that read it beside
// it. The suites themselves are in the folders below, one for each area.
package suites

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Story is one timeline together with the checks that read it.
type Story struct {
	// ID and About are those of the timeline.
	ID, About string
	// Class is Shared when empty.
	Class engine.Class
	// Group names the slow group that the story belongs to, empty for none.
	Group string
	// Lasts is the planned length.
	Lasts time.Duration
	// Needs are features of the target.
	Needs []string
	// Record tells the story to the target. The session is closed for it.
	Record func(s *drive.Session) error
	// Checks read this story alone.
	Checks []engine.Check
}

// Of makes the suite of an area.
func Of(area string, stories []Story) engine.Suite[*fixtures.Target] {
	suite := engine.Suite[*fixtures.Target]{Area: area}
	for _, s := range stories {
		suite.Timelines = append(suite.Timelines, s.timeline())
		for _, check := range s.Checks {
			check.Reads = []string{s.ID}
			check.Labels = append(check.Labels, "transport:"+s.transport())
			suite.Checks = append(suite.Checks, check)
		}
	}
	return suite
}

// transport is what the story is about; stories on gRPC connections read over HTTP too.
func (s Story) transport() string {
	switch {
	case slices.Contains(s.Needs, fixtures.GRPC):
		return "grpc"
	case slices.Contains(s.Needs, fixtures.HTTPv2):
		return "v2"
	}
	return "v1"
}

func (s Story) timeline() engine.Timeline[*fixtures.Target] {
	class := s.Class
	if class == "" {
		class = engine.Shared
	}
	return engine.Timeline[*fixtures.Target]{
		ID: s.ID, About: s.About, Class: class, Group: s.Group, Lasts: s.Lasts, Needs: s.Needs,
		Record: func(ctx context.Context, target *fixtures.Target, rec *engine.Recorder) error {
			session := drive.Open(ctx, target, rec)
			defer session.Close()
			return s.Record(session)
		},
	}
}

// Check is one variant of the check of a requirement.
func Check(requirement, variant string, judge func(g gomega.Gomega, h engine.History)) engine.Check {
	return engine.Check{ID: requirement + "." + variant, Requirement: requirement, Judge: judge}
}

// OverHTTP tells a story once over each generation of the HTTP API.
func OverHTTP(tell func(api drive.API) Story) []Story { return []Story{tell(drive.V1), tell(drive.V2)} }

// Feature is what a target must serve for a story over the API.
func Feature(api drive.API) string {
	if api == drive.V1 {
		return fixtures.HTTPv1
	}
	return fixtures.HTTPv2
}

// Admin is what a target must serve for what administrators do over the API: read one instance, update it, handle
// services and switches. In v2 it is no feature of its own.
func Admin(api drive.API) string {
	if api == drive.V1 {
		return fixtures.HTTPv1Admin
	}
	return fixtures.HTTPv2
}

// Needing is the check with features that it needs beside those of its story.
func Needing(check engine.Check, features ...string) engine.Check {
	check.Needs = append(check.Needs, features...)
	return check
}

// Refused matches a refusal over v1 with the status and the text of the line; pairs are those of Text.
func Refused(h engine.History, step string, pairs ...string) *match.Answering {
	return match.Answers(step).WithStatus(Status(h)).WithText(Text(h, pairs...))
}

// Status is the HTTP status that the requirement gives for the line.
func Status(h engine.History) int { return Number(h, "status") }

// Number is a value that the requirement gives for the line, which must be a number.
func Number(h engine.History, value string) int {
	n, err := strconv.Atoi(h.Value(value))
	if err != nil {
		panic(fmt.Sprintf("expected a number as the %s of the requirement in the catalogue: %v", value, err))
	}
	return n
}

// Text is the text that the requirement gives for the line, with each "{name}" replaced by the value that follows it.
func Text(h engine.History, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(h.Value("text"))
}
