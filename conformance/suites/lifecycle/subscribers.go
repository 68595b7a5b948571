package lifecycle

import (
	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/wire"
)

func subscribersOfServices() []story { return []story{manySubscriptions()} }

// manySubscriptions has three clients subscribe services that are easily mistaken for one another.
func manySubscriptions() story {
	shows := func(h engine.History, fact string) func(match.Answer) bool {
		return func(a match.Answer) bool {
			_, found := a.Host(match.Fact(h, fact))
			return found
		}
	}
	return story{
		ID:    "lifecycle.subscriptions",
		About: "Two gRPC connections subscribe a service and one of them another one too; a third one subscribes services of the same name in another group and another namespace; instances come and go over v1.",
		Lasts: 6 * settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "followed"))
			other := s.NewInstanceAs("other", s.Own(drive.Service{Namespace: "public", Group: i.Service.Group, Name: s.Name("also-followed")}))
			s.Fact("group", i.Service.Group)
			connections := map[string]*drive.Connection{}
			for _, name := range []string{"a", "b", "c"} {
				c, err := s.Connect(name, wire.AckAll)
				if err != nil {
					return err
				}
				connections[name] = c
			}
			a, b, c := connections["a"], connections["b"], connections["c"]
			a.Subscribe("subscribe", i.Service, true)
			a.Subscribe("subscribe-other", other.Service, true)
			b.Subscribe("subscribe", i.Service, true)
			neighbour := s.NewInstanceAs("neighbour", s.Own(drive.Service{Namespace: "public", Group: s.Name("other-group"), Name: s.Name("neighbour")}))
			s.Fact("in-other-group", neighbour.Service.Name)
			s.Register(drive.V1, "register-neighbour", neighbour)
			c.Subscribe("subscribe", drive.Service{Namespace: "public", Group: neighbour.Service.Group, Name: i.Service.Name}, true)
			c.Subscribe("subscribe", drive.Service{Namespace: s.Name("other-ns"), Group: i.Service.Group, Name: i.Service.Name}, true)
			s.Wait(settle)
			s.Register(drive.V1, "register", i)
			s.Wait(settle)
			s.Register(drive.V1, "register-other", other)
			s.Wait(settle)
			c.ServiceNames("names", i.Service)
			b.Subscribe("unsubscribe", i.Service, false)
			s.Deregister(drive.V1, "deregister", i)
			s.Wait(settle)
			return nil
		},
		Checks: []engine.Check{
			check("every-subscriber-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				for _, name := range []string{"a.push", "b.push"} {
					g.Expect(h).To(match.Arrives(name).Since("register").Where("with the instance", shows(h, "instance")).Within(h.Window()))
				}
			}),
			check("push-names-service", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("b.push").Since("register").Where("with name and group of the service", func(a match.Answer) bool {
					info, _ := a.JSON()["serviceInfo"].(map[string]any)
					return info["name"] == match.Fact(h, "service") && info["groupName"] == match.Fact(h, "group")
				}).Within(h.Window()))
			}),
			check("push-concerns-one-service", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("c.subscribe", "SubscribeServiceResponse"))
				g.Expect(h).To(match.StaysSilent("c.push", "register"))
			}),
			check("services-of-one-group", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("c.names").Naming(h, "service").NotNaming(h, "in-other-group"))
			}),
			check("subscriptions-add-up", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Since("register").Where("with the instance", shows(h, "instance")).Within(h.Window()))
				g.Expect(h).To(match.Arrives("a.push").Since("register-other").Where("with the other instance", shows(h, "other")).Within(h.Window()))
			}),
			check("unsubscription-of-one-client", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Since("deregister").Where("without instances", empty).Within(h.Window()))
				g.Expect(h).To(match.StaysSilent("b.push", "b.unsubscribe"))
			}),
		},
	}
}
