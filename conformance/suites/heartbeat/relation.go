package heartbeat

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func refusedTimeouts() []story { return suites.OverHTTP(relation) }

// relationText is what the refusal of timeouts below the interval says.
const relationText = "Instance 'heart beat interval' must less than 'heart beat timeout' and 'ip delete timeout'."

// relation tries timeouts below, equal to and above the beat interval.
func relation(api drive.API) story {
	v := string(api)
	refused := func(requirement, variant, step string) engine.Check {
		return check(requirement, variant+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(relationRefused(api, step))
		})
	}
	below := []struct{ fact, metadata string }{
		{"timeout-below", timeouts("", "3000", "")},
		{"delete-timeout-below", timeouts("", "", "4999")},
		{"interval-above", timeouts("20000", "", "")},
		{"unreadable-interval", timeouts("abc", "4000", "")},
	}
	return story{
		ID:    "heartbeat.timeout-below-interval." + v,
		About: "Instances whose timeouts are below or equal to their beat interval try to register over " + v + ", and one tries to become such.",
		Lasts: settle + 2*time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			service := s.NewService("refused")
			for _, b := range below {
				s.Register(api, "register-"+b.fact, s.NewInstanceAs(b.fact, service).With("metadata", b.metadata))
			}
			i := s.NewInstance(s.NewService("relation"))
			s.Register(api, "equal", i.With("metadata", timeouts("", "5000", "")))
			s.Register(api, "all-equal", i.With("metadata", timeouts("30000", "30000", "30000")))
			s.Register(api, "register", i)
			s.Wait(settle)
			s.Update(api, "update-below", i.With("metadata", timeouts("", "3000", "")))
			s.List(api, "after", service)
			s.List(api, "after-accepted", i.Service)
			return nil
		},
		Checks: []engine.Check{
			refused("timeout-below-interval-refused", "timeout-", "register-timeout-below"),
			refused("timeout-below-interval-refused", "delete-", "register-delete-timeout-below"),
			refused("timeout-below-interval-refused", "interval-", "register-interval-above"),
			suites.Needing(refused("timeout-below-interval-refused", "update-", "update-below"), suites.Admin(api)),
			refused("unreadable-interval-is-default", "", "register-unreadable-interval"),
			check("refused-registration-creates-nothing", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(relationRefused(api, "register-timeout-below"))
				g.Expect(h).To(match.Answers("after").ShowingOnly(h))
			}),
			check("timeout-equal-to-interval-accepted", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "equal"))
				g.Expect(h).To(done(api, "all-equal"))
				g.Expect(h).To(match.Answers("after-accepted").ShowingOnly(h, "instance"))
			}),
		},
	}
}

func relationRefused(api drive.API, step string) *match.Answering {
	if api == drive.V1 {
		return match.Answers(step).WithStatus(400).WithText(relationText)
	}
	return match.Answers(step).WithStatus(400).WithProperty("code", 21004).WithProperty("data", relationText)
}
