package lifecycle

import (
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/wire"
)

func endings() []story { return []story{closed(), halfClosed()} }

// closed closes the TCP connection of a publisher and subscriber while others look on.
func closed() story {
	return story{
		ID:    "lifecycle.connection.closed",
		About: "A gRPC connection that publishes an instance and subscribes a service is closed; a second connection and HTTP look on.",
		Lasts: 3 * settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "closed"))
			watched := s.NewServiceIn("public", "watched")
			a, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			b, err := s.Connect("b", wire.AckAll)
			if err != nil {
				return err
			}
			a.Register("register", i)
			a.Subscribe("subscribe", watched, true)
			b.Subscribe("subscribe", i.Service, true)
			s.Watch(settle, func() bool { return strings.Contains(b.SampleQuery(i.Service).Body, i.IP) })
			s.SampleSubscribers(watched)
			s.Wait(settle)
			s.SampleList(drive.V1, i.Service)
			a.Drop()
			s.Together(
				func() { s.Watch(settle, func() bool { b.SampleQuery(i.Service); return false }) },
				func() { s.Watch(settle, func() bool { s.SampleList(drive.V1, i.Service); return false }) },
				func() { s.Watch(settle, func() bool { s.SampleSubscribers(watched); return false }) },
			)
			s.SampleSubscribers(watched)
			return nil
		},
		Checks: []engine.Check{
			check("connection-close-removes", "query", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("a.closed").In("b.query").Within(h.Window()))
			}),
			check("connection-close-removes", "list", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("a.closed").In("list").Within(h.Window()))
			}),
			check("connection-close-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("b.push").Since("a.closed").Within(h.Window()).Where("without the instance", empty))
			}),
			suites.Needing(check("connection-close-unsubscribes", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("subscribers").Since("a.subscribe").Within(engine.Window{Until: settle}).
					Where("with one subscriber", subscribers(1)))
				g.Expect(h).To(match.Arrives("subscribers").Since("a.closed").Within(h.Window()).
					Where("without subscribers", subscribers(0)))
			}), fixtures.HTTPv1Admin),
		},
	}
}

// empty tests for a view without hosts.
func empty(a match.Answer) bool {
	hosts, isView := a.Hosts()
	return isView && len(hosts) == 0
}

// subscribers tests for a list of so many subscribers.
func subscribers(count int) func(match.Answer) bool {
	return func(a match.Answer) bool {
		list, isList := a.JSON()["subscribers"].([]any)
		return isList && len(list) == count
	}
}

// halfClosed ends the client's half of the stream and keeps the connection in use.
func halfClosed() story {
	const watched = 8 * time.Second
	return story{
		ID:    "lifecycle.connection.half-closed",
		About: "A gRPC client ends its half of the stream and goes on with health checks on the same connection for eight seconds.",
		Lasts: watched + settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "half-closed"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			untilListed(s, drive.V1, i)
			s.Mark("half-closed")
			if err := c.EndStream(); err != nil {
				return engine.Untestable("a stream that can be half closed is needed: %v", err)
			}
			s.Together(
				func() { c.KeepAlive(2*time.Second, watched) },
				func() { s.Watch(watched, func() bool { s.SampleList(drive.V1, i.Service); return false }) },
			)
			return nil
		},
		Checks: []engine.Check{
			check("half-closed-stream-keeps", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.stream-end").Since("half-closed").Within(engine.Window{Until: time.Second}))
				g.Expect(h).To(match.IsListed().Since("half-closed").In("list").Until(watched))
			}),
			check("half-closed-stream-serves", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.health-check", "HealthCheckResponse"))
			}),
		},
	}
}
