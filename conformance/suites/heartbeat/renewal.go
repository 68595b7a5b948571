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

func renewals() []story {
	return slices.Concat(suites.OverHTTP(renewedEvery5s), suites.OverHTTP(renewedEvery14s), suites.OverHTTP(registeredAgainAndAgain), suites.OverHTTP(updatedOnly))
}

// renewedEvery5s has two clients that renew at the usual pace, one with light beats, one with full ones.
func renewedEvery5s(api drive.API) story {
	v := string(api)
	const length = 41 * time.Second
	staysHealthy := func(fact string) engine.Check {
		return check("beats-keep-healthy", fact+"-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.IsHealthy(fact).Since("register-" + fact).In("list").During(h.Window()))
		})
	}
	answered := func(fact string) engine.Check {
		return check("known-instance-answer", fact+"-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(beatAnswered("beat-"+fact, codeOK))
		})
	}
	return story{
		ID:    "heartbeat.renewed-every-5s." + v,
		About: "Two instances register over " + v + "; one sends a light beat every 5 s, the other one a full beat.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			light := s.NewInstanceAs("light", s.NewService("renewed"))
			full := s.NewInstanceAs("full", light.Service)
			s.Register(api, "register-light", light)
			s.Register(api, "register-full", full)
			s.Together(
				func() { watch(s, api, light.Service, pace, length) },
				func() {
					s.Repeat(5*time.Second, length, func() {
						s.LightBeat(api, "beat-light", light)
						s.FullBeat(api, "beat-full", full, nil)
					})
				},
			)
			return nil
		},
		Checks: []engine.Check{staysHealthy("light"), staysHealthy("full"), answered("light"), answered("full")},
	}
}

// renewedEvery14s renews just before each timeout.
func renewedEvery14s(api drive.API) story {
	v := string(api)
	const interval, length = 14 * time.Second, 43500 * time.Millisecond
	return story{
		ID:    "heartbeat.renewed-every-14s." + v,
		About: "An instance registers over " + v + " and sends a light beat every 14 s.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("slow"))
			s.Register(api, "register", i)
			s.Together(
				func() { watch(s, api, i.Service, pace, length) },
				func() {
					start := time.Now()
					for next := interval; next < length; next += interval {
						s.Until(start, next)
						s.LightBeat(api, "beat", i)
					}
				},
			)
			return nil
		},
		Checks: []engine.Check{
			check("late-beats-keep-healthy", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy().Since("register").In("list").During(h.Window()))
			}),
		},
	}
}

// registeredAgainAndAgain has a client that registers instead of beating, at a pace whose registrations fall between
// the checks on the grid of 5 s.
func registeredAgainAndAgain(api drive.API) story {
	v := string(api)
	const interval, length = 3500 * time.Millisecond, 23 * time.Second
	return story{
		ID:    "heartbeat.registered-again-and-again." + v,
		About: "An instance registers over " + v + " every 3.5 s and never beats.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("again"))
			s.Register(api, "register", i)
			s.Together(
				func() { watch(s, api, i.Service, pace, length) },
				func() { s.Repeat(interval, length, func() { s.Register(api, "register-again", i) }) },
			)
			return nil
		},
		Checks: []engine.Check{
			check("registration-renews", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy().Since("register").In("list").During(h.Window()))
			}),
		},
	}
}

// updatedOnly modifies the instance again and again, which is no sign of life of its own.
func updatedOnly(api drive.API) story {
	v := string(api)
	const interval, length = 4 * time.Second, 27 * time.Second
	return story{
		ID:    "heartbeat.updated-only." + v,
		About: "An instance registers over " + v + "; its weight is updated every 4 s, but it never beats; another one of the service does.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("updated"))
			s.Register(api, "register", i)
			beside(s, api, i.Service, length, func() {
				s.Together(
					func() { watch(s, api, i.Service, pace, length) },
					func() { s.Repeat(interval, length, func() { s.Update(api, "update", i.With("weight", "2")) }) },
				)
			})
			return nil
		},
		Checks: []engine.Check{
			check("update-does-not-renew", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "update"))
				g.Expect(h).To(match.TurnsUnhealthy().Since("register").In("list").Within(h.Window()))
				g.Expect(h).To(match.IsUnhealthy().Since("register").In("list").From(22 * time.Second).Until(length - time.Second))
			}),
		},
	}
}
