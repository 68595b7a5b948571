package lifecycle

import (
	"maps"
	"net/http"
	"slices"
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

func publications() []story {
	return append(suites.OverHTTP(withdrawalOverHTTP), publication(), sameAddressTwice())
}

// publication registers two addresses of one service on one connection, one after the other.
func publication() story {
	return story{
		ID:    "lifecycle.connection.publication",
		About: "One gRPC connection registers two addresses of a service, one after the other, beside an instance of another service, and deregisters a third address.",
		Lasts: 3 * settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			first := s.NewInstanceAs("first", s.NewServiceIn("public", "publication"))
			second := s.NewInstanceAs("second", first.Service)
			stranger := s.NewInstanceAs("stranger", first.Service)
			elsewhere := s.NewInstanceAs("elsewhere", s.NewServiceIn("public", "elsewhere"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register-elsewhere", elsewhere)
			c.Register("register-first", first)
			s.Wait(settle)
			c.Query("one", first.Service)
			c.Register("register-second", second)
			s.Watch(settle, func() bool { c.SampleQuery(first.Service); return false })
			c.Query("replaced", first.Service)
			c.Deregister("deregister-stranger", stranger)
			s.Watch(settle, func() bool { c.SampleQuery(first.Service); return false })
			c.Query("elsewhere", elsewhere.Service)
			return nil
		},
		Checks: []engine.Check{
			check("one-publication-per-connection", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.one").ShowingOnly(h, "first"))
				g.Expect(h).To(match.Answers("a.replaced").ShowingOnly(h, "second"))
			}),
			check("publications-per-service", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.elsewhere").ShowingOnly(h, "elsewhere"))
			}),
			check("deregistration-ignores-address", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.deregister-stranger", "InstanceResponse"))
				g.Expect(h).To(match.Disappears("second").Since("a.deregister-stranger").In("a.query").Within(h.Window()))
			}),
		},
	}
}

// withdrawalOverHTTP tries to deregister over HTTP what a connection publishes.
func withdrawalOverHTTP(api drive.API) story {
	v := string(api)
	const watched = 5 * time.Second
	return story{
		ID:    "lifecycle.connection.http-deregistration." + v,
		About: "An instance that a gRPC connection publishes is deregistered over " + v + " and watched for five seconds.",
		Lasts: settle + watched + time.Second,
		Needs: append(overGRPC(), suites.Feature(api)),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "over-http"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			untilListed(s, api, i)
			s.Deregister(api, "deregister", i)
			s.Watch(watched, func() bool { s.SampleList(api, i.Service); return false })
			return nil
		},
		Checks: []engine.Check{
			check("http-cannot-deregister-grpc", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "deregister"))
				g.Expect(h).To(match.IsListed().Since("deregister").In("list").Until(watched))
			}),
		},
	}
}

// sameAddressTwice has two connections publish one address, as a client does that reconnects before its old
// connection is given up.
func sameAddressTwice() story {
	return story{
		ID:    "lifecycle.connection.same-address",
		About: "Two gRPC connections register the same address with different metadata; then one of them closes.",
		Lasts: 2*settle + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "same-address"))
			old, err := s.Connect("old", wire.AckAll)
			if err != nil {
				return err
			}
			c, err := s.Connect("new", wire.AckAll)
			if err != nil {
				return err
			}
			old.Register("register", i.With("metadata", `{"by":"old"}`))
			c.Register("register", i.With("metadata", `{"by":"new"}`))
			s.Wait(settle)
			c.Query("both", i.Service)
			old.Drop()
			s.Watch(settle, func() bool { c.SampleQuery(i.Service); return false })
			c.Query("one", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("publishers-stand-apart", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("new.both").ShowingOnly(h, "instance", "instance"))
			}),
			check("connection-close-spares-others", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed().Since("old.closed").In("new.query"))
				g.Expect(h).To(match.Answers("new.one").Satisfying("what the connection publishes that stays", func(a match.Answer) bool {
					hosts, _ := a.Hosts()
					return slices.ContainsFunc(hosts, func(x match.Host) bool { return x.Metadata["by"] == "new" })
				}))
			}),
		},
	}
}

func batches() []story { return []story{batch()} }

// batch publishes lists of instances, each in place of the last.
func batch() story {
	return story{
		ID:    "lifecycle.connection.batch",
		About: "A gRPC connection registers two instances of a service as a batch, then one, a single one, two again, and none, and in the end three that differ in what they carry.",
		Lasts: 9 * settle,
		Needs: append(overGRPC(), fixtures.GRPCBatch),
		Record: func(s *drive.Session) error {
			service := s.NewServiceIn("public", "batch")
			one, two, three := s.NewInstanceAs("one", service), s.NewInstanceAs("two", service), s.NewInstanceAs("three", service)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register-before", three)
			s.Wait(settle)
			c.Query("before", service)
			c.RegisterBatch("register-two", service, one, two)
			s.Watch(settle, func() bool { return strings.Contains(c.SampleQuery(service).Body, two.IP) })
			s.List(drive.V1, "list-two", service)
			c.RegisterBatch("register-one", service, three)
			s.Wait(settle)
			c.Query("one", service)
			c.Register("register-single", one)
			s.Wait(settle)
			c.Query("single", service)
			c.RegisterBatch("register-two-again", service, two, three)
			s.Wait(settle)
			c.Query("two-again", service)
			c.RegisterBatch("register-none", service)
			s.Wait(settle)
			c.Query("none", service)
			c.RegisterBatch("register-last", service, one, two)
			s.Wait(settle)
			c.Query("last", service)
			c.Deregister("deregister", three)
			s.Wait(settle)
			c.Query("withdrawn", service)
			c.RegisterBatch("register-three", service, one.With("weight", "2"), two.With("clusterName", "c2"), three.With("metadata", wordsJSON))
			s.Wait(settle)
			c.Query("three", service)
			return nil
		},
		Checks: []engine.Check{
			check("batch-visible", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears("one").Since("a.register-two").In("a.query").Within(h.Window()))
				g.Expect(h).To(match.Appears("two").Since("a.register-two").In("a.query").Within(h.Window()))
				for _, fact := range []string{"one", "two"} {
					g.Expect(h).To(match.Answers("list-two").WithStatus(http.StatusOK).Showing(h, fact, "it", func(match.Host) bool { return true }))
				}
			}),
			check("batch-answer", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.register-two", "BatchInstanceResponse").WithProperty("type", "batchRegisterInstance"))
				g.Expect(h).To(match.Answers("a.two-again").ShowingOnly(h, "two", "three"))
			}),
			check("batch-keeps-data", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.three").ShowingOnly(h, "one", "two", "three").
					Showing(h, "one", "weight 2", func(x match.Host) bool { return x.Weight == 2 && x.Cluster == "DEFAULT" && len(x.Metadata) == 0 }).
					Showing(h, "two", "cluster c2", func(x match.Host) bool { return x.Weight == 1 && x.Cluster == "c2" && len(x.Metadata) == 0 }).
					Showing(h, "three", "its metadata", func(x match.Host) bool { return x.Weight == 1 && maps.Equal(x.Metadata, words) }))
			}),
			check("batch-replaces", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.one").ShowingOnly(h, "three"))
				g.Expect(h).To(match.Answers("a.two-again").ShowingOnly(h, "two", "three"))
			}),
			check("single-replaces-batch", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.single").ShowingOnly(h, "one"))
			}),
			check("empty-batch-withdraws", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.two-again").ShowingOnly(h, "two", "three"))
				g.Expect(h).To(doneOverGRPC("a.register-none", "BatchInstanceResponse"))
				g.Expect(h).To(match.Answers("a.none").ShowingOnly(h))
			}),
			check("deregistration-ends-batch", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.last").ShowingOnly(h, "one", "two"))
				g.Expect(h).To(match.Answers("a.withdrawn").ShowingOnly(h))
			}),
		},
	}
}
