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

func recoveries() []story {
	return slices.Concat(suites.OverHTTP(recovery), suites.OverHTTP(registeredWhileUnhealthy), suites.OverHTTP(afterRemoval))
}

// healthyAgain is how long a story watches instances that have recovered: several checks of the server, but less than
// their timeout.
const healthyAgain = 11 * time.Second

// recovery lets two instances turn unhealthy and sends one beat for each.
func recovery(api drive.API) story {
	v := string(api)
	recovers := func(fact string) engine.Check {
		return check("beat-restores-health", fact+"-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.TurnsHealthy(fact).Since("beat-" + fact).In("list").Within(h.Window()))
		})
	}
	return story{
		ID:    "heartbeat.recovery." + v,
		About: "Two instances register over " + v + " and turn unhealthy; then one sends a light beat, the other one a full beat.",
		Lasts: patience + settle + healthyAgain + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			light := s.NewInstanceAs("light", s.NewService("recovery"))
			full := s.NewInstanceAs("full", light.Service)
			s.Register(api, "register", light)
			s.Register(api, "register", full)
			if err := untilUnhealthy(s, api, light, full); err != nil {
				return err
			}
			s.ListAsDefault(api, "by-default", light.Service)
			s.LightBeat(api, "beat-light", light)
			s.FullBeat(api, "beat-full", full, nil)
			watch(s, api, light.Service, fine, settle)
			watch(s, api, light.Service, pace, healthyAgain)
			return nil
		},
		Checks: []engine.Check{
			check("unhealthy-listed-by-default", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("by-default").Showing(h, "light", "an unhealthy instance", func(x match.Host) bool { return !x.Healthy }))
			}),
			recovers("light"), recovers("full"),
			check("recovery-restarts-silence", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy("light").Since("beat-light").In("list").During(h.Window()))
				g.Expect(h).To(match.IsHealthy("full").Since("beat-full").In("list").During(h.Window()))
			}),
		},
	}
}

// registeredWhileUnhealthy registers an unhealthy instance again and then leaves it alone.
func registeredWhileUnhealthy(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.registered-while-unhealthy." + v,
		About: "An instance registers over " + v + ", turns unhealthy and registers again.",
		Lasts: patience + settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("again"))
			s.Register(api, "register", i)
			if err := untilUnhealthy(s, api, i); err != nil {
				return err
			}
			s.Register(api, "register-again", i)
			watch(s, api, i.Service, fine, settle)
			return nil
		},
		Checks: []engine.Check{
			check("registration-resets-health", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsHealthy().Since("register-again").In("list").Within(h.Window()))
			}),
		},
	}
}

// afterRemoval beats for an instance that silence has removed. Short timeouts make the removal come soon; a server that
// does not obey them removes it all the same.
func afterRemoval(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.after-removal." + v,
		About: "An instance registers over " + v + " and is removed for its silence; then it sends a light beat, and later a full one.",
		Lasts: removalSeen + 2*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("removed"))
			s.Register(api, "register", i.With("metadata", timeouts("500", "1000", "2000")))
			if err := untilRemoved(s, api, i); err != nil {
				return err
			}
			s.LightBeat(api, "light-beat", i)
			s.Wait(settle)
			s.List(api, "after-light-beat", i.Service)
			s.FullBeat(api, "full-beat", i, nil)
			watch(s, api, i.Service, fine, settle)
			return nil
		},
		Checks: []engine.Check{
			check("light-beat-unknown-instance", "removed-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("light-beat", codeUnknown))
			}),
			check("light-beat-creates-nothing", "removed-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after-light-beat").ShowingOnly(h))
			}),
			check("full-beat-registers", "removed-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("full-beat", codeOK))
				g.Expect(h).To(match.Appears().Since("full-beat").In("list").Within(h.Window()))
			}),
		},
	}
}

// untilRemoved reads the list until it shows the instance no more, after it has shown it.
func untilRemoved(s *drive.Session, api drive.API, i drive.Instance) error {
	seen, gone := false, false
	s.WatchEvery(pace, removalSeen, func() bool {
		x := s.SampleList(api, i.Service)
		answer := match.Answer{Status: x.Status, Body: x.Body}
		_, isView := answer.Hosts()
		_, listed := answer.Host(i.Address())
		seen = seen || listed
		gone = seen && isView && !listed
		return gone
	})
	if !gone {
		return engine.Untestable("a removed instance is needed: within %s of its registration it was seen %t, seen gone %t", removalSeen, seen, gone)
	}
	return nil
}
