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

func silences() []story {
	return slices.Concat(suites.OverHTTP(neverRenewed), suites.OverHTTP(renewedOnce), suites.OverHTTP(disabled))
}

// removalSeen is how long a story must watch to see the removal after the default delete timeout, or that it does not come.
const removalSeen = 37500 * time.Millisecond

// neverRenewed registers an instance that is silent from then on, beside one that beats.
func neverRenewed(api drive.API) story {
	v := string(api)
	turnsUnhealthyIn := func(series string) func(gomega.Gomega, engine.History) {
		return func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.TurnsUnhealthy().Since("register").In(series).Within(h.Window()))
		}
	}
	return story{
		ID:    "heartbeat.never-renewed." + v,
		About: "An instance registers over " + v + " and is not heard of again; another one of the service beats every 5 s.",
		Lasts: removalSeen + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("silent"))
			s.Register(api, "register", i)
			beside(s, api, i.Service, removalSeen, func() {
				s.WatchEvery(pace, removalSeen, func() bool {
					s.SampleList(api, i.Service)
					s.SampleStatuses(api, i.Service)
					s.SampleDetail(api, i)
					return false
				})
			})
			return nil
		},
		Checks: []engine.Check{
			check("unhealthy-after-timeout", v, turnsUnhealthyIn("list")),
			suites.Needing(check("health-in-statuses", v, turnsUnhealthyIn("statuses")), suites.Admin(api)),
			suites.Needing(check("health-in-detail", v, turnsUnhealthyIn("detail")), suites.Admin(api)),
			check("healthy-until-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy().Since("register").In("list").During(h.Window()))
			}),
			check("listed-while-unhealthy", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsUnhealthy().Since("register").In("list").During(h.Window()))
			}),
			check("listed-until-delete-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed().Since("register").In("list").During(h.Window()))
			}),
			check("removed-after-delete-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("register").In("list").Within(h.Window()))
			}),
			check("silence-concerns-one-instance", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy("companion").Since("register-companion").In("list").During(h.Window()))
			}),
		},
	}
}

// renewedOnce sends one beat, 3.9 s after the registration. The check that follows the 15 s comes on the grid of 5 s
// that began with the registration: 20 s after it.
func renewedOnce(api drive.API) story {
	v := string(api)
	const beatAt = 3900 * time.Millisecond
	return story{
		ID:    "heartbeat.renewed-once." + v,
		About: "An instance registers over " + v + ", sends one light beat 3.9 s later and is not heard of again; another one of the service beats every 5 s.",
		Lasts: beatAt + removalSeen + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("once"))
			s.Register(api, "register", i)
			beside(s, api, i.Service, beatAt+removalSeen, func() {
				s.Wait(beatAt)
				s.LightBeat(api, "beat", i)
				watchClosely(s, api, i.Service, removalSeen, span{14 * time.Second, 18 * time.Second}, span{30 * time.Second, 33 * time.Second})
			})
			return nil
		},
		Checks: []engine.Check{
			check("silence-counts-from-last-beat", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy().Since("beat").In("list").Within(h.Window()))
			}),
			check("removal-counts-from-last-beat", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("beat").In("list").Within(h.Window()))
			}),
			check("checked-every-5s", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy().Since("register").In("list").Within(h.Window()))
			}),
		},
	}
}

// disabled watches through the statuses, because lists leave disabled instances out.
func disabled(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.disabled." + v,
		About: "A disabled instance registers over " + v + " and is not heard of again.",
		Lasts: removalSeen + time.Second,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("disabled"))
			s.Register(api, "register", i.With("enabled", "false"))
			s.WatchEvery(pace, removalSeen, func() bool { s.SampleStatuses(api, i.Service); return false })
			return nil
		},
		Checks: []engine.Check{
			check("disabled-instances-expire", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("register").In("statuses").Within(h.Window()))
			}),
		},
	}
}
