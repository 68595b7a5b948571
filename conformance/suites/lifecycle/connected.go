package lifecycle

import (
	"fmt"
	"maps"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/wire"
)

func connected() []story {
	return []story{dataOverGRPC(), foreignDeregistration(), idle(), closedWithAll()}
}

// words are metadata that careless servers change.
var words = map[string]string{"Größe": "ü=,:日本", "Case": "Mixed"}

const wordsJSON = `{"Größe":"ü=,:日本","Case":"Mixed"}`

// dataOverGRPC registers all that an instance may carry, and again with less.
func dataOverGRPC() story {
	return story{
		ID:    "lifecycle.connection.data",
		About: "A gRPC connection registers an instance with weight, cluster and metadata, and again with others; another connection registers a disabled one.",
		Lasts: 3 * settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "data"))
			disabled := s.NewInstanceAs("disabled", i.Service)
			a, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			b, err := s.Connect("b", wire.AckAll)
			if err != nil {
				return err
			}
			a.Register("register", i.With("weight", "2.5").With("clusterName", "c2").With("metadata", wordsJSON))
			b.Register("register", disabled.With("enabled", "false"))
			s.Wait(settle)
			a.Query("registered", i.Service)
			s.Statuses(drive.V1, "statuses", i.Service)
			a.Register("register-again", i.With("weight", "3").With("metadata", `{"k":"2"}`))
			s.Wait(settle)
			a.Query("again", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("registration-keeps-data", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.registered").Showing(h, "instance", "weight 2.5, cluster c2 and its metadata", func(x match.Host) bool {
					return x.Weight == 2.5 && x.Cluster == "c2" && maps.Equal(x.Metadata, words)
				}))
			}),
			suites.Needing(check("disabled-not-listed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("statuses").Containing(match.Fact(h, "disabled")))
				g.Expect(h).To(doneOverGRPC("a.registered", "QueryServiceResponse").Satisfying("a view without it", without(h, "disabled")))
			}), fixtures.HTTPv1Admin),
			check("reregistration-replaces", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.again").ShowingOnly(h, "instance").
					Showing(h, "instance", "weight 3, cluster DEFAULT and the new metadata alone", func(x match.Host) bool {
						return x.Weight == 3 && x.Cluster == "DEFAULT" && maps.Equal(x.Metadata, map[string]string{"k": "2"})
					}))
			}),
		},
	}
}

// without tests for a view that does not show the instance named by the fact.
func without(h engine.History, fact string) func(match.Answer) bool {
	return func(a match.Answer) bool {
		_, isView := a.Hosts()
		_, found := a.Host(match.Fact(h, fact))
		return isView && !found
	}
}

// foreignDeregistration has a connection withdraw what others publish.
func foreignDeregistration() story {
	const watched = 3 * time.Second
	return story{
		ID:    "lifecycle.connection.foreign-deregistration",
		About: "A gRPC connection deregisters an instance of another connection and one that was registered over v1.",
		Lasts: 2*settle + watched,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "foreign"))
			overHTTP := s.NewInstanceAs("over-http", i.Service)
			a, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			b, err := s.Connect("b", wire.AckAll)
			if err != nil {
				return err
			}
			a.Register("register", i)
			s.Register(drive.V1, "register", overHTTP)
			untilListed(s, drive.V1, i)
			untilListed(s, drive.V1, overHTTP)
			b.Deregister("deregister", i)
			b.Deregister("deregister", overHTTP)
			s.Watch(watched, func() bool { s.SampleList(drive.V1, i.Service); return false })
			return nil
		},
		Checks: []engine.Check{
			check("deregistration-of-others", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("b.deregister", "InstanceResponse"))
				g.Expect(h).To(match.IsListed().Since("b.deregister").In("list").Until(watched))
				g.Expect(h).To(match.IsListed("over-http").Since("b.deregister").In("list").Until(watched))
			}),
		},
	}
}

// idle sends nothing, but answers what it is asked. What becomes of such a client is not judged: a real server loses
// some of them to a race.
func idle() story {
	const watched = 30 * time.Second
	return story{
		ID:    "lifecycle.connection.idle",
		About: "A gRPC client registers an instance and sends nothing for half a minute, but answers what the server asks.",
		Lasts: watched + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "idle"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			c.Await("ClientDetectionRequest", watched)
			return nil
		},
		Checks: []engine.Check{
			check("idle-client-questioned", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.detection").Since("a.register").Within(h.Window()))
			}),
		},
	}
}

// closedWithAll closes a connection that publishes for several services.
func closedWithAll() story {
	return story{
		ID:    "lifecycle.connection.closed-with-all",
		About: "A gRPC connection that publishes single instances in two services and a batch in a third one is closed.",
		Lasts: 2*settle + time.Second,
		Needs: append(overGRPC(), fixtures.GRPCBatch),
		Record: func(s *drive.Session) error {
			one := s.NewInstanceAs("one", s.NewServiceIn("public", "one"))
			two := s.NewInstanceAs("two", s.NewServiceIn("public", "two"))
			three := s.NewInstanceAs("three", s.NewServiceIn("public", "three"))
			four := s.NewInstanceAs("four", three.Service)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", one)
			c.Register("register", two)
			c.RegisterBatch("register-batch", three.Service, three, four)
			s.Wait(settle)
			all := []drive.Service{one.Service, two.Service, three.Service}
			for n, v := range all {
				s.List(drive.V1, fmt.Sprint("before-", n), v)
			}
			c.Drop()
			s.Wait(settle)
			for n, v := range all {
				s.List(drive.V1, fmt.Sprint("after-", n), v)
			}
			return nil
		},
		Checks: []engine.Check{
			check("connection-close-removes-all", "grpc", func(g gomega.Gomega, h engine.History) {
				for n, facts := range [][]string{{"one"}, {"two"}, {"three", "four"}} {
					g.Expect(h).To(match.Answers(fmt.Sprint("before-", n)).ShowingOnly(h, facts...))
					g.Expect(h).To(match.Answers(fmt.Sprint("after-", n)).ShowingOnly(h))
				}
			}),
		},
	}
}
