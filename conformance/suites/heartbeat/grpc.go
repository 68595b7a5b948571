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

func overGRPC() []story { return []story{neverBeating()} }

// neverBeating are instances that live as long as their connections. A connection has one instance of a service.
func neverBeating() story {
	const length = 41 * time.Second
	return story{
		ID:    "heartbeat.never-beating",
		About: "Three connections register an instance each: a plain one, one with timeouts of 1 s, an unhealthy one. A light beat is sent for the first.",
		Lasts: length + settle,
		Needs: []string{fixtures.HTTPv1, fixtures.GRPC},
		Record: func(s *drive.Session) error {
			plain := s.NewInstanceAs("plain", s.NewService("connected"))
			timed := s.NewInstanceAs("timed", plain.Service).With("metadata", timeouts("500", "1000", "2000"))
			ill := s.NewInstanceAs("ill", plain.Service).With("healthy", "false")
			var connections []*drive.Connection
			for name, i := range map[string]drive.Instance{"plain": plain, "timed": timed, "ill": ill} {
				c, err := s.Connect(name, wire.AckAll)
				if err != nil {
					return err
				}
				c.Register("register", i)
				connections = append(connections, c)
			}
			s.LightBeat(drive.V1, "beat", plain)
			parts := []func(){func() { watch(s, drive.V1, plain.Service, time.Second, length) }}
			for _, c := range connections {
				parts = append(parts, func() { c.KeepAlive(5*time.Second, length) })
			}
			s.Together(parts...)
			return nil
		},
		Checks: []engine.Check{
			check("grpc-needs-no-beat", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy("plain").Since("plain.register").In("list").During(h.Window()))
			}),
			check("grpc-ignores-timeouts", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy("timed").Since("timed.register").In("list").During(h.Window()))
			}),
			check("grpc-keeps-registered-health", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsUnhealthy("ill").Since("ill.register").In("list").During(h.Window()))
			}),
			check("light-beat-for-grpc-instance", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat", codeUnknown))
			}),
		},
	}
}
