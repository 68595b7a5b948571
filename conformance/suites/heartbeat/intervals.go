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

func intervals() []story {
	return slices.Concat(
		suites.OverHTTP(customTimeouts), suites.OverHTTP(bothTimeoutsAtOnce), suites.OverHTTP(invalidTimeouts),
		suites.OverHTTP(timeoutsUpdated), suites.OverHTTP(customInterval),
	)
}

// customTimeouts are those that the metadata of a registration gives.
func customTimeouts(api drive.API) story {
	v := string(api)
	const length = 16500 * time.Millisecond
	return story{
		ID:    "heartbeat.custom-timeouts." + v,
		About: "Two instances with a beat timeout of 3 s and a delete timeout of 9 s register over " + v + ", one of them again without timeouts, and are not heard of again.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("custom"))
			again := s.NewInstanceAs("again", i.Service)
			s.Register(api, "register-first", again.With("metadata", timeouts("1000", "3000", "9000")))
			s.Register(api, "register-again", again)
			s.Register(api, "register", i.With("metadata", timeouts("1000", "3000", "9000")))
			watch(s, api, i.Service, pace, length)
			return nil
		},
		Checks: []engine.Check{
			check("custom-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy().Since("register").In("list").Within(h.Window()))
			}),
			check("registration-replaces-timeouts", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy("again").Since("register-again").In("list").During(h.Window()))
			}),
			check("custom-delete-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("register").In("list").Within(h.Window()))
			}),
		},
	}
}

// bothTimeoutsAtOnce makes one check of the server find both limits exceeded.
func bothTimeoutsAtOnce(api drive.API) story {
	v := string(api)
	const length = 8500 * time.Millisecond
	return story{
		ID:    "heartbeat.both-timeouts-at-once." + v,
		About: "An instance whose timeouts are 1 s registers over " + v + " and is not heard of again.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("both"))
			s.Register(api, "register", i.With("metadata", timeouts("500", "1000", "1000")))
			watch(s, api, i.Service, fine, length)
			return nil
		},
		Checks: []engine.Check{
			check("both-limits-in-one-check", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("register").In("list").Within(h.Window()))
				g.Expect(h).To(match.IsNotUnhealthy().Since("register").In("list"))
			}),
		},
	}
}

// invalidTimeouts are values that are no periods of time.
func invalidTimeouts(api drive.API) story {
	v := string(api)
	const length = 8 * time.Second
	metadata := map[string]string{
		"timeout-text":     timeouts("", "abc", ""),
		"timeout-negative": timeouts("", "-1", ""),
		"delete-text":      timeouts("", "", "abc"),
		"delete-negative":  timeouts("", "", "-1"),
	}
	unhealthyAtOnce := func(value string) engine.Check {
		return check("invalid-timeout-is-zero", value+"-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.TurnsUnhealthy("timeout-" + value).Since("register-timeout-" + value).In("list").Within(h.Window()))
		})
	}
	goneAtOnce := func(value string) engine.Check {
		return check("invalid-delete-timeout-is-zero", value+"-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Disappears("delete-" + value).Since("register-delete-" + value).In("list").Within(h.Window()))
		})
	}
	return story{
		ID:    "heartbeat.invalid-timeouts." + v,
		About: "Instances with a timeout of abc or -1 register over " + v + " and are not heard of again.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			service := s.NewService("invalid")
			for _, fact := range []string{"timeout-text", "timeout-negative", "delete-text", "delete-negative"} {
				s.Register(api, "register-"+fact, s.NewInstanceAs(fact, service).With("metadata", metadata[fact]))
			}
			watch(s, api, service, pace, length)
			return nil
		},
		Checks: []engine.Check{
			unhealthyAtOnce("text"), unhealthyAtOnce("negative"), goneAtOnce("text"), goneAtOnce("negative"),
		},
	}
}

// timeoutsUpdated gives a running instance other timeouts. They come when it has been silent for longer than the new
// beat timeout, so that the next check must find it unhealthy.
func timeoutsUpdated(api drive.API) story {
	v := string(api)
	const updateAt, length = 6 * time.Second, 24 * time.Second
	return story{
		ID:    "heartbeat.timeouts-updated." + v,
		About: "An instance registers over " + v + " and falls silent; 6 s later an update gives it timeouts of 3 s and 16 s; another one of the service beats.",
		Lasts: length + time.Second,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("updated"))
			s.Register(api, "register", i)
			beside(s, api, i.Service, length, func() {
				s.Together(
					func() { watch(s, api, i.Service, pace, length) },
					func() {
						s.Wait(updateAt)
						s.Update(api, "update", i.With("metadata", timeouts("1000", "3000", "16000")))
					},
				)
			})
			return nil
		},
		Checks: []engine.Check{
			check("updated-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy().Since("update").In("list").Within(h.Window()))
			}),
			check("updated-delete-timeout", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("register").In("list").Within(h.Window()))
			}),
		},
	}
}

// customInterval is the interval that the server repeats to the client.
func customInterval(api drive.API) story {
	v := string(api)
	asks := func(requirement, variant, step string, interval int) engine.Check {
		return check(requirement, variant+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(beatAnswered(step, codeOK).WithProperty("clientBeatInterval", interval))
		})
	}
	return story{
		ID:    "heartbeat.custom-interval." + v,
		About: "An instance with a beat interval of 2 s registers over " + v + " and beats; an update makes it 3 s. Another one has no interval of its own.",
		Lasts: 2*settle + 2*time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("interval"))
			plain := s.NewInstanceAs("plain", i.Service)
			s.Register(api, "register", i.With("metadata", timeouts("2000", "", "")))
			s.Register(api, "register", plain)
			s.Wait(settle) // a beat for an instance that a server has not taken in yet is one for an unknown instance
			s.LightBeat(api, "beat", i)
			s.FullBeat(api, "beat-full", i, nil)
			s.LightBeat(api, "beat-plain", plain)
			s.Update(api, "update", i.With("metadata", timeouts("3000", "", "")))
			s.Wait(settle)
			s.LightBeat(api, "beat-updated", i)
			return nil
		},
		Checks: []engine.Check{
			asks("custom-interval", "", "beat", 2000),
			asks("custom-interval", "full-", "beat-full", 2000),
			suites.Needing(asks("updated-interval", "", "beat-updated", 3000), suites.Admin(api)),
			asks("default-interval", "", "beat-plain", 5000),
		},
	}
}
