package lifecycle

import (
	"fmt"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/wire"
)

func identities() []story {
	return append(suites.OverHTTP(identity), groupedName(), namespaceOverGRPC())
}

// identity registers three services that share all but one part of their identity.
func identity(api drive.API) story {
	v := string(api)
	return story{
		ID:    "lifecycle.identity." + v,
		About: "One service name is used in two groups and two namespaces that nobody created, each with an instance of its own, over " + v + ".",
		Lasts: settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			first := s.NewServiceIn(s.Name("ns"), "identity")
			places := []drive.Service{
				first,
				s.Own(drive.Service{Namespace: first.Namespace, Group: s.Name("other-group"), Name: first.Name}),
				s.Own(drive.Service{Namespace: s.Name("other-ns"), Group: first.Group, Name: first.Name}),
			}
			for n, place := range places {
				i := s.NewInstance(place)
				s.Fact(fmt.Sprint("instance-", n), i.Address())
				s.Register(api, "register", i)
			}
			s.Wait(settle)
			for n, place := range places {
				s.List(api, fmt.Sprint("list-", n), place)
			}
			return nil
		},
		Checks: []engine.Check{
			check("service-identity", v, func(g gomega.Gomega, h engine.History) {
				for n := range 3 {
					g.Expect(h).To(match.Answers(fmt.Sprint("list-", n)).ShowingOnly(h, fmt.Sprint("instance-", n)))
				}
			}),
			check("namespace-unchecked", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "register"))
				g.Expect(h).To(match.Answers("list-0").Showing(h, "instance-0", "it", func(match.Host) bool { return true }))
			}),
		},
	}
}

// groupedName names the service as 1.x clients do: group@@name in one parameter.
func groupedName() story {
	return story{
		ID:    "lifecycle.identity.grouped-name",
		About: "An instance is registered over v1 under group@@name and read under group and name.",
		Lasts: settle + time.Second,
		Needs: []string{suites.Feature(drive.V1)},
		Record: func(s *drive.Session) error {
			v := s.NewServiceIn("", "grouped")
			i := s.NewInstance(drive.Service{Name: v.Grouped()})
			s.Register(drive.V1, "register", i)
			i.Service = v
			untilListed(s, drive.V1, i)
			s.List(drive.V1, "apart", v)
			s.List(drive.V1, "grouped", drive.Service{Name: v.Grouped()})
			s.List(drive.V1, "other-group", drive.Service{Name: v.Grouped(), Group: "other"})
			return nil
		},
		Checks: []engine.Check{
			check("grouped-name", "v1", func(g gomega.Gomega, h engine.History) {
				for _, step := range []string{"apart", "grouped", "other-group"} {
					g.Expect(h).To(match.Answers(step).ShowingOnly(h, "instance"))
				}
			}),
		},
	}
}

// namespaceOverGRPC uses the empty namespace, which gRPC takes as it is.
func namespaceOverGRPC() story {
	return story{
		ID:    "lifecycle.identity.grpc",
		About: "An instance is registered over gRPC in the namespace of the empty name and looked for there and in public.",
		Lasts: settle + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("literal"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			nowhere := i.Service.Ref()
			nowhere.Namespace = new(wire.Text(""))
			c.Request("register", wire.InstanceRequest{
				Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: nowhere,
				Type: new(wire.Text(wire.VerbRegister)), Instance: new(i.Payload()),
			})
			s.Wait(settle)
			c.Request("literal", wire.ServiceQueryRequest{Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: nowhere})
			c.Query("public", i.Service)
			s.List(drive.V1, "http", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("namespace-literal", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.literal").ShowingOnly(h, "instance"))
				g.Expect(h).To(match.Answers("a.public").ShowingOnly(h))
				g.Expect(h).To(match.Answers("http").ShowingOnly(h))
			}),
		},
	}
}
