package lifecycle

import (
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/wire"
)

func liveness() []story { return []story{keptAlive(), silent()} }

// keptAlive health-checks as the SDKs do, and never beats.
func keptAlive() story {
	const watched = 44 * time.Second
	return story{
		ID:    "lifecycle.connection.kept-alive",
		About: "A gRPC client sends a health check every five seconds and no beat; its instance names short beat timeouts.",
		Lasts: watched + settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "kept-alive")).With("metadata",
				`{"preserved.heart.beat.interval":"1000","preserved.heart.beat.timeout":"3000","preserved.ip.delete.timeout":"6000"}`)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			s.Together(
				func() { c.KeepAlive(5*time.Second, watched) },
				func() {
					s.WatchEvery(time.Second, watched, func() bool { s.SampleList(drive.V1, i.Service); return false })
				},
			)
			return nil
		},
		Checks: []engine.Check{
			check("health-checks-keep", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed().Since("a.register").In("list").From(settle).Until(watched))
				g.Expect(h).To(doneOverGRPC("a.health-check", "HealthCheckResponse"))
			}),
			check("active-client-not-questioned", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.StaysSilent("a.detection", "a.register"))
				g.Expect(h).To(match.IsListed().Since("a.register").In("list").From(settle).Until(watched))
			}),
		},
	}
}

// silent is the only story with a silent client: a server that waits for one asks the others later.
func silent() story {
	const watched = 32 * time.Second
	return story{
		ID:    "lifecycle.connection.silent",
		About: "A gRPC client falls silent without closing its connection, as if its machine had lost its power.",
		Lasts: watched + settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "silent"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			untilListed(s, drive.V1, i)
			c.Request("last-sign", wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
			c.Silence()
			s.WatchEvery(500*time.Millisecond, watched, func() bool {
				x := s.SampleList(drive.V1, i.Service)
				return x.Status == 200 && !strings.Contains(x.Body, i.IP)
			})
			return nil
		},
		Checks: []engine.Check{
			check("silent-client-removed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("a.silent").In("list").Within(h.Window()))
			}),
		},
	}
}
