package lifecycle

import (
	"fmt"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/wire"
)

func kinds() []story {
	return append(append(suites.OverHTTP(ephemeralKind), suites.OverHTTP(persistentKind)...), kindsOverGRPC(), kindOfService())
}

// wrongKind is the text that refuses an instance of the kind that the service is not.
func wrongKind(grouped, service, verb, instance string) string {
	return fmt.Sprintf("errCode: 400, errMsg: Current service %s is %s service, can't %s %s instance. ", grouped, service, verb, instance)
}

// ephemeralKind offers a persistent instance to an ephemeral service, with and without instances.
func ephemeralKind(api drive.API) story {
	v := string(api)
	return story{
		ID:    "lifecycle.kind.ephemeral." + v,
		About: "A persistent instance is registered over " + v + " in a service that an ephemeral instance has made, before and after that one left.",
		Lasts: 3 * settle,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("ephemeral"))
			s.Fact("grouped", i.Service.Grouped())
			lasting := drive.Instance{Service: i.Service, IP: s.Address(), Port: 8080, Params: map[string]string{"ephemeral": "false"}}
			s.Register(api, "register", i)
			untilListed(s, api, i)
			s.Register(api, "persistent", lasting)
			s.Wait(settle)
			s.List(api, "after", i.Service)
			s.Deregister(api, "deregister", i)
			untilGone(s, api, i)
			s.Register(api, "persistent-when-empty", lasting)
			return nil
		},
		Checks: []engine.Check{
			check("one-kind-per-service", v+"-persistent", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after").ShowingOnly(h, "instance"))
				g.Expect(h).To(match.Answers("persistent").WithStatus(statusOfRefusal(h, api)))
			}),
			check("one-kind-per-service-text", v+"-persistent", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "persistent", codeServerError,
					wrongKind(match.Fact(h, "grouped"), "ephemeral", "register", "persistent"), "{kind}", "ephemeral", "{other}", "persistent"))
			}),
			check("kind-outlives-instances", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "register"))
				g.Expect(h).To(match.Answers("persistent-when-empty").WithStatus(statusOfRefusal(h, api)))
			}),
		},
	}
}

// persistentKind offers an ephemeral instance to a service that was created as a persistent one.
func persistentKind(api drive.API) story {
	v := string(api)
	return story{
		ID:    "lifecycle.kind.persistent." + v,
		About: "An ephemeral instance is registered over " + v + " in a service that was created without naming a kind.",
		Lasts: settle,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("", "persistent"))
			s.Fact("grouped", i.Service.Grouped())
			s.CreateService(api, "create", i.Service, nil)
			s.Register(api, "ephemeral", i)
			s.Wait(settle)
			s.List(api, "after", i.Service)
			s.ServiceNames(api, "names", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("one-kind-per-service", v+"-ephemeral", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("names").Naming(h, "service"))
				g.Expect(h).To(match.Answers("after").ShowingOnly(h))
				g.Expect(h).To(match.Answers("ephemeral").WithStatus(statusOfRefusal(h, api)))
			}),
			check("one-kind-per-service-text", v+"-ephemeral", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "ephemeral", codeServerError,
					wrongKind(match.Fact(h, "grouped"), "persistent", "register", "ephemeral"), "{kind}", "persistent", "{other}", "ephemeral"))
			}),
		},
	}
}

// kindsOverGRPC registers on a connection in a persistent service.
func kindsOverGRPC() story {
	refused := func(step, verb string) func(g gomega.Gomega, h engine.History) {
		return func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers(step).WithType("ErrorResponse").WithProperty("errorCode", 400).
				WithProperty("message", wrongKind(match.Fact(h, "grouped"), "persistent", verb, "ephemeral")))
		}
	}
	return story{
		ID:    "lifecycle.kind.grpc",
		About: "An instance and a batch are registered on a gRPC connection in a service that was created as a persistent one.",
		Lasts: settle,
		Needs: append(overGRPC(), fixtures.GRPCBatch, fixtures.HTTPv1Admin),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "persistent"))
			s.Fact("grouped", i.Service.Grouped())
			s.CreateService(drive.V1, "create", i.Service, nil)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			c.RegisterBatch("batch", i.Service, i)
			s.Wait(settle)
			c.Query("after", i.Service)
			c.ServiceNames("names", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("one-kind-per-service", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.names").Naming(h, "service"))
				g.Expect(h).To(match.Answers("a.after").ShowingOnly(h))
				g.Expect(h).To(match.Answers("a.register").WithProperty("errorCode", 400))
				g.Expect(h).To(match.Answers("a.batch").WithProperty("errorCode", 400))
			}),
			check("one-kind-per-service-text", "grpc-register", refused("a.register", "register")),
			check("one-kind-per-service-text", "grpc-batch", refused("a.batch", "batch register")),
		},
	}
}

// kindOfService creates a service of a named kind and tries to change it.
func kindOfService() story {
	return story{
		ID:    "lifecycle.kind.v2-create",
		About: "A service is created over v2 as an ephemeral one, updated as a persistent one, and given an ephemeral instance.",
		Lasts: 2 * settle,
		Needs: []string{suites.Feature(drive.V2)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("", "kind"))
			s.CreateService(drive.V2, "create", i.Service, map[string]string{"ephemeral": "true"})
			s.UpdateService(drive.V2, "update", i.Service, map[string]string{"ephemeral": "false"})
			s.Wait(time.Second)
			s.GetService(drive.V2, "updated", i.Service)
			s.Register(drive.V2, "register", i)
			untilListed(s, drive.V2, i)
			s.List(drive.V2, "after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("kind-chosen-at-creation", "v2", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(drive.V2, "create"))
				g.Expect(h).To(match.Answers("after").ShowingOnly(h, "instance"))
			}),
			check("kind-fixed", "v2", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(drive.V2, "update"))
				g.Expect(h).To(match.Answers("updated").WithProperty("data.ephemeral", true))
			}),
		},
	}
}
