package heartbeat

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/wire"
)

func pushes() []story { return []story{silencePushed(), recoveryPushed(), renewalsNotPushed()} }

// silencePushed subscribes a service of which one instance is silent.
func silencePushed() story {
	return story{
		ID:    "heartbeat.silence-pushed",
		About: "An instance registers over v1 and falls silent beside one that beats; a gRPC client subscribes to their service.",
		Lasts: removalSeen + 2*settle,
		Needs: []string{fixtures.HTTPv1, fixtures.GRPC},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("silent"))
			s.Register(drive.V1, "register", i)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			beside(s, drive.V1, i.Service, settle+removalSeen, func() {
				s.Wait(settle) // a push from before the registration must not look like a removal
				c.Subscribe("subscribe", i.Service, true)
				s.WatchEvery(pace, removalSeen, func() bool { c.SampleQuery(i.Service); return false })
			})
			return nil
		},
		Checks: []engine.Check{
			check("health-in-query", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy().Since("register").In("a.query").Within(h.Window()))
			}),
			check("unhealthy-is-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(pushed("with the unhealthy instance", func(a match.Answer) bool {
					host, shown := a.Host(match.Fact(h, "instance"))
					return shown && !host.Healthy
				}).Since("register").Within(h.Window()))
			}),
			check("removal-is-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(pushed("without the instance", func(a match.Answer) bool {
					_, shown := a.Host(match.Fact(h, "instance"))
					return !shown
				}).Since("register").Within(h.Window()))
			}),
		},
	}
}

func pushed(text string, test func(match.Answer) bool) *match.Arriving {
	return match.Arrives("a.push").Where(text, test)
}

// recoveryPushed subscribes a service whose instance turns unhealthy and beats again.
func recoveryPushed() story {
	return story{
		ID:    "heartbeat.recovery-pushed",
		About: "An instance registers over v1 and turns unhealthy; a gRPC client subscribes to its service; the instance beats.",
		Lasts: patience + 4*settle,
		Needs: []string{fixtures.HTTPv1, fixtures.GRPC},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("revived"))
			s.Register(drive.V1, "register", i)
			if err := untilUnhealthy(s, drive.V1, i); err != nil {
				return err
			}
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Subscribe("subscribe", i.Service, true)
			s.Wait(settle / 2) // the push for the subscription has come
			s.LightBeat(drive.V1, "beat", i)
			s.Wait(settle)
			return nil
		},
		Checks: []engine.Check{
			check("recovery-is-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(pushed("with the healthy instance", func(a match.Answer) bool {
					host, shown := a.Host(match.Fact(h, "instance"))
					return shown && host.Healthy
				}).Since("beat").Within(h.Window()))
			}),
		},
	}
}

// renewalsNotPushed subscribes a service whose instance beats and does not change.
func renewalsNotPushed() story {
	const length = 10 * time.Second
	return story{
		ID:    "heartbeat.renewals-not-pushed",
		About: "A gRPC client subscribes to a service; its instance, registered over v1, sends a beat every second.",
		Lasts: length + 3*settle,
		Needs: []string{fixtures.HTTPv1, fixtures.GRPC},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("unpushed"))
			s.Register(drive.V1, "register", i)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Subscribe("subscribe", i.Service, true)
			s.Wait(2 * settle) // the pushes for registration and subscription have come
			s.Mark("settled")
			s.Repeat(time.Second, length, func() {
				s.LightBeat(drive.V1, "beat-light", i)
				s.FullBeat(drive.V1, "beat-full", i, nil)
			})
			return nil
		},
		Checks: []engine.Check{
			check("renewal-is-not-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-light", codeOK))
				g.Expect(h).To(beatAnswered("beat-full", codeOK))
				g.Expect(h).To(match.StaysSilent("a.push", "settled"))
			}),
		},
	}
}
