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

func pushes() []story { return []story{healthPushed(), renewalsNotPushed()} }

// healthPushed subscribes a service whose two instances turn unhealthy; one of them recovers.
func healthPushed() story {
	const length = removalSeen
	return story{
		id:    "heartbeat.health-pushed",
		about: "Two instances register over v1 and fall silent; a gRPC client subscribes to their service. One of them beats once it is unhealthy.",
		lasts: length + 2*settle,
		needs: []string{fixtures.HTTPv1, fixtures.GRPC},
		record: func(s *drive.Session) error {
			silent := s.NewInstanceAs("silent", s.NewService("pushed"))
			revived := s.NewInstanceAs("revived", silent.Service)
			s.Register(drive.V1, "register-revived", revived)
			s.Register(drive.V1, "register", silent)
			s.Wait(settle) // a push from before the registration must not look like a removal
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Subscribe("subscribe", silent.Service, true)
			s.Together(
				func() { c.KeepAlive(5*time.Second, length) },
				func() { s.WatchEvery(pace, length, func() bool { c.SampleQuery(silent.Service); return false }) },
				func() {
					err = untilUnhealthy(s, drive.V1, patience, revived)
					s.LightBeat(drive.V1, "beat", revived)
				},
			)
			return err
		},
		checks: []engine.Check{
			check("health-in-query", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy("silent").Since("register").In("a.query").Within(h.Window()))
			}),
			check("unhealthy-is-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Where("with the unhealthy instance", func(a match.Answer) bool {
					host, shown := a.Host(match.Fact(h, "silent"))
					return shown && !host.Healthy
				}).Since("register").Within(h.Window()))
			}),
			check("removal-is-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Where("without the instance", func(a match.Answer) bool {
					_, shown := a.Host(match.Fact(h, "silent"))
					return !shown
				}).Since("register").Within(h.Window()))
			}),
			check("recovery-is-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Where("with the healthy instance", func(a match.Answer) bool {
					host, shown := a.Host(match.Fact(h, "revived"))
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
		id:    "heartbeat.renewals-not-pushed",
		about: "A gRPC client subscribes to a service; its instance, registered over v1, sends a beat every second.",
		lasts: length + 3*settle,
		needs: []string{fixtures.HTTPv1, fixtures.GRPC},
		record: func(s *drive.Session) error {
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
		checks: []engine.Check{
			check("renewal-is-not-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-light", codeOK))
				g.Expect(h).To(beatAnswered("beat-full", codeOK))
				g.Expect(h).To(match.StaysSilent("a.push", "settled"))
			}),
		},
	}
}
