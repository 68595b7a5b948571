package lifecycle

import (
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

type story = suites.Story

// check judges the story beside which it stands. The requirement is named without the prefix of the area.
func check(requirement, variant string, judge func(g gomega.Gomega, h engine.History)) engine.Check {
	return suites.Check("naming.lifecycle."+requirement, variant, judge)
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
