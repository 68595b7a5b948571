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

func registrations() []story { return append(overHTTP(registration), registrationOverGRPC()) }

// registration reads a service that is not there, registers an instance of it, and reads it in every way.
func registration(api drive.API) story {
	v := string(api)
	seenIn := func(series string) engine.Check {
		return check("registration-visible", v+"-"+series, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Appears().Since("register").In(series).Within(h.Window()))
		})
	}
	return story{
		id:    "lifecycle.registration." + v,
		about: "A service that nobody knows is read, then an instance of it is registered over " + v + " and looked for in every read.",
		lasts: settle + time.Second,
		needs: []string{feature(api)},
		record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("", "registration"))
			s.List(api, "read-unknown", i.Service)
			s.Wait(lag / 2)
			s.ServiceNames(api, "names-before", i.Service)
			s.Register(api, "register", i)
			s.Together(
				func() { untilListed(s, api, i) },
				func() {
					s.Watch(settle, func() bool { return strings.Contains(s.SampleDetail(api, i).Body, i.IP) })
				},
				func() {
					s.Watch(settle, func() bool { return strings.Contains(s.SampleStatuses(api, i.Service).Body, i.IP) })
				},
				func() {
					s.Watch(settle, func() bool {
						return strings.Contains(s.SampleServiceNames(api, i.Service).Body, i.Service.Name)
					})
				},
			)
			s.List(api, "listed", i.Service)
			return nil
		},
		checks: []engine.Check{
			seenIn("list"), seenIn("detail"), seenIn("statuses"),
			check("registration-creates-service", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears("service").Since("register").In("services").Within(h.Window()))
			}),
			check("registration-answer", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "register"))
				g.Expect(h).To(match.Answers("listed").ShowingOnly(h, "instance"))
			}),
			check("reading-creates-nothing", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("read-unknown").WithStatus(200))
				g.Expect(h).To(match.Answers("names-before").NotNaming(h, "service"))
			}),
			check("unknown-service-empty", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("read-unknown").WithStatus(200).ShowingOnly(h))
			}),
		},
	}
}

// done matches the answer of a write that succeeded: plain "ok" in v1, the envelope of success in v2.
func done(api drive.API, step string) *match.Answering {
	if api == drive.V1 {
		return match.Answers(step).WithStatus(200).WithText("ok")
	}
	return match.Answers(step).WithStatus(200).WithProperty("code", 0).WithProperty("message", "success").WithProperty("data", "ok")
}

func registrationOverGRPC() story {
	return story{
		id:    "lifecycle.registration.grpc",
		about: "A service that nobody knows is queried, then an instance of it is registered on a gRPC connection and looked for over gRPC and HTTP.",
		lasts: settle + time.Second,
		needs: overGRPC(),
		record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("", "registration"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Query("read-unknown", i.Service)
			s.Wait(lag / 2)
			c.ServiceNames("names-before", i.Service)
			c.Register("register", i)
			s.Together(
				func() {
					s.Watch(settle, func() bool { return strings.Contains(c.SampleQuery(i.Service).Body, i.IP) })
				},
				func() { untilListed(s, drive.V1, i) },
				func() {
					s.Watch(settle, func() bool {
						return strings.Contains(c.SampleServiceNames(i.Service).Body, i.Service.Name)
					})
				},
			)
			c.Query("listed", i.Service)
			return nil
		},
		checks: []engine.Check{
			check("registration-visible", "grpc-query", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears().Since("a.register").In("a.query").Within(h.Window()))
			}),
			check("registration-visible", "grpc-list", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears().Since("a.register").In("list").Within(h.Window()))
			}),
			check("registration-creates-service", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears("service").Since("a.register").In("a.services").Within(h.Window()))
			}),
			check("registration-answer", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.register", "InstanceResponse").WithProperty("type", "registerInstance"))
				g.Expect(h).To(match.Answers("a.listed").ShowingOnly(h, "instance"))
			}),
			check("reading-creates-nothing", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.read-unknown", "QueryServiceResponse"))
				g.Expect(h).To(match.Answers("a.names-before").NotNaming(h, "service"))
			}),
			check("unknown-service-empty", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.read-unknown", "QueryServiceResponse").ShowingOnly(h))
			}),
			check("instance-id", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.listed").Showing(h, "instance", "an id of address, cluster and service", hasID(h)))
			}),
		},
	}
}

// doneOverGRPC matches the answer of a gRPC request that succeeded.
func doneOverGRPC(step, responseType string) *match.Answering {
	return match.Answers(step).WithType(responseType).WithProperty("resultCode", 200)
}
