package lifecycle

import (
	"context"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// story is one timeline together with the checks that read it.
type story struct {
	id, about string
	class     engine.Class // Shared when empty
	group     string
	lasts     time.Duration
	needs     []string
	record    func(s *drive.Session) error
	checks    []engine.Check
}

func (s story) timeline() engine.Timeline[*fixtures.Target] {
	class := s.class
	if class == "" {
		class = engine.Shared
	}
	return engine.Timeline[*fixtures.Target]{
		ID: s.id, About: s.about, Class: class, Group: s.group, Lasts: s.lasts, Needs: s.needs,
		Record: func(ctx context.Context, target *fixtures.Target, rec *engine.Recorder) error {
			session := drive.Open(ctx, target, rec)
			defer session.Close()
			return s.record(session)
		},
	}
}

// check judges the story beside which it stands. The requirement is named without the prefix of the area.
func check(requirement, variant string, judge func(g gomega.Gomega, h engine.History)) engine.Check {
	requirement = "naming.lifecycle." + requirement
	return engine.Check{ID: requirement + "." + variant, Requirement: requirement, Judge: judge}
}

func feature(api drive.API) string {
	if api == drive.V1 {
		return fixtures.HTTPv1
	}
	return fixtures.HTTPv2
}

// overGRPC is what stories on gRPC connections need: they read and tidy up over HTTP too.
func overGRPC() []string { return []string{fixtures.GRPC, fixtures.HTTPv1} }

// settle is how long a story waits for a change that readers see within 0.65 s, and watches for it: longer than the
// grace of the matchers, so that a late change is told from none.
const settle = 2 * time.Second

// untilListed reads the view until it shows the instance.
func untilListed(s *drive.Session, api drive.API, i drive.Instance) {
	s.Watch(settle, func() bool { return strings.Contains(s.SampleList(api, i.Service).Body, i.IP) })
}

// untilGone reads the view until it shows the instance no more.
func untilGone(s *drive.Session, api drive.API, i drive.Instance) {
	s.Watch(settle, func() bool {
		x := s.SampleList(api, i.Service)
		return x.Status == 200 && !strings.Contains(x.Body, i.IP)
	})
}
