package heartbeat

import (
	"slices"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func registrations() []story {
	return slices.Concat(suites.OverHTTP(registeredUnhealthy), suites.OverHTTP(registeredUnhealthyLater), suites.OverHTTP(deregistered))
}

// registeredUnhealthy registers an instance that says itself that it is not healthy.
func registeredUnhealthy(api drive.API) story {
	v := string(api)
	const before = 3 * time.Second
	return story{
		ID:    "heartbeat.registered-unhealthy." + v,
		About: "An instance registers as unhealthy over " + v + " and sends a light beat 3 s later; another one of the service beats.",
		Lasts: before + settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("unhealthy"))
			beside(s, api, i.Service, before+settle, func() {
				s.Register(api, "register", i.With("healthy", "false"))
				watch(s, api, i.Service, pace, before)
				s.Wait(fine) // the last read must not meet the beat
				s.LightBeat(api, "beat", i)
				watch(s, api, i.Service, fine, settle)
			})
			return nil
		},
		Checks: []engine.Check{
			check("initial-health", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsUnhealthy().Since("register").In("list").During(h.Window()))
			}),
			check("first-beat-makes-healthy", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsHealthy().Since("beat").In("list").Within(h.Window()))
			}),
		},
	}
}

// registeredUnhealthyLater takes the health of a registered instance back.
func registeredUnhealthyLater(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.registered-unhealthy-later." + v,
		About: "An instance registers over " + v + ", and again as unhealthy.",
		Lasts: 2*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("unhealthy"))
			s.Register(api, "register", i)
			watch(s, api, i.Service, pace, settle)
			s.Register(api, "register-again", i.With("healthy", "false"))
			watch(s, api, i.Service, fine, settle)
			return nil
		},
		Checks: []engine.Check{
			check("registration-sets-health", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy().Since("register-again").In("list").Within(h.Window()))
			}),
		},
	}
}

// deregistered has a client that goes on beating after it has withdrawn its instance.
func deregistered(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.deregistered." + v,
		About: "An instance registers over " + v + " and deregisters; then a light beat is sent for it.",
		Lasts: 3*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("deregistered"))
			s.Register(api, "register", i)
			s.Wait(settle)
			s.Deregister(api, "deregister", i)
			s.Wait(settle)
			s.LightBeat(api, "beat", i)
			s.Wait(settle)
			s.List(api, "after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("light-beat-unknown-instance", "deregistered-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat", codeUnknown))
			}),
			check("light-beat-creates-nothing", "deregistered-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after").ShowingOnly(h))
			}),
		},
	}
}
