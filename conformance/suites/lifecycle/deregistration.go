package lifecycle

import (
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/wire"
)

func deregistrations() []story {
	return append(append(suites.OverHTTP(deregistration), deregistrationOverGRPC()), suites.OverHTTP(deregistrationOfNothing)...)
}

// final is how long what is gone must stay away.
const final = 10 * time.Second

// deregistration withdraws one of two instances and watches both.
func deregistration(api drive.API) story {
	v := string(api)
	return story{
		ID:    "lifecycle.deregistration." + v,
		About: "One of two instances is deregistered over " + v + " and both are watched for ten seconds.",
		Lasts: final + settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("leaves"))
			other := drive.Instance{Service: i.Service, IP: s.Address(), Port: i.Port} // alike but for one part
			s.Fact("other", other.Address())
			s.Register(api, "register", i)
			s.Register(api, "register", other)
			untilListed(s, api, other)
			s.List(api, "before", i.Service)
			s.Deregister(api, "deregister", i)
			s.Watch(final, func() bool { s.SampleList(api, i.Service); return false })
			return nil
		},
		Checks: []engine.Check{
			check("deregistration-visible", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("deregister").In("list").Within(h.Window()))
			}),
			check("deregistration-final", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed("other").Since("deregister").In("list"))
				g.Expect(h).To(match.IsAbsent().Since("deregister").In("list").From(settle).Until(final))
			}),
			check("deregistration-spares-others", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed("other").Since("deregister").In("list"))
			}),
			check("deregistration-answer", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("before").ShowingOnly(h, "instance", "other"))
				g.Expect(h).To(done(api, "deregister"))
			}),
		},
	}
}

// deregistrationOverGRPC withdraws the publication of one of two connections.
func deregistrationOverGRPC() story {
	return story{
		ID:    "lifecycle.deregistration.grpc",
		About: "One of two connections withdraws its instance of a service, which is watched for ten seconds.",
		Lasts: final + settle + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "leaves"))
			other := s.NewInstanceAs("other", i.Service)
			a, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			b, err := s.Connect("b", wire.AckAll)
			if err != nil {
				return err
			}
			a.Register("register", i)
			b.Register("register", other)
			s.Watch(settle, func() bool {
				x := b.SampleQuery(i.Service)
				return strings.Contains(x.Body, i.IP) && strings.Contains(x.Body, other.IP)
			})
			a.Query("before", i.Service)
			a.Deregister("deregister", i)
			s.Watch(final, func() bool { b.SampleQuery(i.Service); return false })
			a.Deregister("deregister-again", i)
			return nil
		},
		Checks: []engine.Check{
			check("deregistration-visible", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("a.deregister").In("b.query").Within(h.Window()))
			}),
			check("deregistration-final", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed("other").Since("a.deregister").In("b.query"))
				g.Expect(h).To(match.IsAbsent().Since("a.deregister").In("b.query").From(settle).Until(final))
			}),
			check("deregistration-spares-others", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed("other").Since("a.deregister").In("b.query"))
			}),
			check("deregistration-answer", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.before").ShowingOnly(h, "instance", "other"))
				g.Expect(h).To(doneOverGRPC("a.deregister", "InstanceResponse").WithProperty("type", verb(h)))
			}),
			check("deregistration-of-nothing", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.before").ShowingOnly(h, "instance", "other"))
				g.Expect(h).To(doneOverGRPC("a.deregister-again", "InstanceResponse"))
			}),
		},
	}
}

// deregistrationOfNothing withdraws what is not there, and what is there as another kind or under another cluster.
func deregistrationOfNothing(api drive.API) story {
	v := string(api)
	harmless := func(requirement, step string) engine.Check {
		return check(requirement, v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(done(api, step))
			g.Expect(h).To(match.IsListed().Since(step).In("list").Until(settle))
		})
	}
	return story{
		ID:    "lifecycle.deregistration-of-nothing." + v,
		About: "Beside an instance that stays, unknown instances and services, the instance itself as the other kind and a second one under another cluster are deregistered over " + v + ".",
		Lasts: 4 * settle,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("stays"))
			elsewhere := s.NewInstanceAs("elsewhere", i.Service)
			s.Register(api, "register", elsewhere)
			s.Register(api, "register", i)
			untilListed(s, api, i)
			s.Deregister(api, "unknown-instance", drive.Instance{Service: i.Service, IP: i.IP, Port: 9090})
			s.Deregister(api, "unknown-service", drive.Instance{Service: drive.Service{Name: s.Name("nobody")}, IP: i.IP, Port: i.Port})
			s.Watch(settle, func() bool { s.SampleList(api, i.Service); return false })
			s.Deregister(api, "wrong-kind", i.With("ephemeral", "false"))
			s.Watch(settle, func() bool { s.SampleList(api, i.Service); return false })
			s.Deregister(api, "wrong-cluster", elsewhere.With("clusterName", "elsewhere"))
			untilGone(s, api, elsewhere)
			return nil
		},
		Checks: []engine.Check{
			harmless("deregistration-of-nothing", "unknown-instance"),
			harmless("deregistration-of-unknown-service", "unknown-service"),
			harmless("deregistration-of-other-kind", "wrong-kind"),
			check("deregistration-ignores-cluster", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "wrong-cluster"))
				g.Expect(h).To(match.Disappears("elsewhere").Since("wrong-cluster").In("list").Within(h.Window()))
			}),
		},
	}
}
