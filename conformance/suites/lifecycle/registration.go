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

func registrations() []story { return append(suites.OverHTTP(registration), registrationOverGRPC()) }

// registration reads a service that is not there, registers an instance of it, then a second one beside it, for which
// it looks in every read: the first read of a service shows what is there, later ones show what the server has kept.
func registration(api drive.API) story {
	v := string(api)
	seenIn := func(series string) engine.Check {
		return check("registration-visible", v+"-"+series, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Appears().Since("register").In(series).Within(h.Window()))
		})
	}
	seenByAdmins := func(series string) engine.Check { return suites.Needing(seenIn(series), suites.Admin(api)) }
	return story{
		ID:    "lifecycle.registration." + v,
		About: "A service that nobody knows is read, then two instances of it are registered over " + v + ", the second of which is looked for in every read.",
		Lasts: 3*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			first := s.NewInstanceAs("first", s.NewServiceIn("", "registration"))
			i := s.NewInstance(first.Service)
			s.Fact("grouped", i.Service.Grouped())
			s.List(api, "read-unknown", i.Service)
			s.Wait(time.Second)
			s.ServiceNames(api, "names-before", i.Service)
			s.Register(api, "register-first", first)
			s.Watch(settle, func() bool {
				return strings.Contains(s.SampleServiceNames(api, i.Service).Body, i.Service.Name)
			})
			untilListed(s, api, first)
			s.Register(api, "register", i)
			s.Together(
				func() { untilListed(s, api, i) },
				func() {
					s.Watch(settle, func() bool { return strings.Contains(s.SampleDetail(api, i).Body, i.IP) })
				},
				func() {
					s.Watch(settle, func() bool { return strings.Contains(s.SampleStatuses(api, i.Service).Body, i.IP) })
				},
			)
			s.List(api, "listed", i.Service)
			return nil
		},
		Checks: []engine.Check{
			seenIn("list"), seenByAdmins("detail"), seenByAdmins("statuses"),
			check("registration-creates-service", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears("service").Since("register-first").In("services").Within(h.Window()))
			}),
			check("registration-answer", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "register"))
				g.Expect(h).To(match.Answers("listed").ShowingOnly(h, "first", "instance"))
			}),
			check("answer-type", v, func(g gomega.Gomega, h engine.History) {
				written := "application/json"
				if api == drive.V1 {
					written = "text/plain"
				}
				g.Expect(h).To(ofType("register", written))
				g.Expect(h).To(ofType("listed", "application/json"))
			}),
			check("view-names-service", v, func(g gomega.Gomega, h engine.History) {
				name := match.Fact(h, "grouped")
				group, _, _ := strings.Cut(name, "@@")
				g.Expect(h).To(named(api, "listed", name, group))
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

// ofType wants the content type of an answer, whatever its parameters.
func ofType(step, contentType string) *match.Answering {
	return match.Answers(step).Satisfying("the content type "+contentType, func(a match.Answer) bool {
		found, _, _ := strings.Cut(a.Header["Content-Type"], ";")
		return found == contentType
	})
}

// named wants a view that names its service and its group.
func named(api drive.API, step, name, group string) *match.Answering {
	prefix := ""
	if api == drive.V2 {
		prefix = "data."
	}
	return match.Answers(step).WithProperty(prefix+"name", name).WithProperty(prefix+"groupName", group)
}

func registrationOverGRPC() story {
	return story{
		ID:    "lifecycle.registration.grpc",
		About: "A service that nobody knows is queried, then an instance of it is registered on one gRPC connection and one on another, which is looked for over both.",
		Lasts: 3*settle + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "registration"))
			s.Fact("grouped", i.Service.Grouped())
			first := s.NewInstanceAs("first", i.Service)
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			b, err := s.Connect("b", wire.AckAll)
			if err != nil {
				return err
			}
			c.Query("read-unknown", i.Service)
			s.Wait(time.Second)
			c.ServiceNames("names-before", i.Service)
			b.Register("register", first)
			s.Watch(settle, func() bool {
				return strings.Contains(c.SampleServiceNames(i.Service).Body, i.Service.Name)
			})
			untilListed(s, drive.V1, first)
			c.Register("register", i)
			s.Together(
				func() {
					s.Watch(settle, func() bool { return strings.Contains(c.SampleQuery(i.Service).Body, i.IP) })
				},
				func() { untilListed(s, drive.V1, i) },
			)
			c.Query("listed", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("registration-visible", "grpc-query", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears().Since("a.register").In("a.query").Within(h.Window()))
			}),
			check("registration-visible", "grpc-list", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears().Since("a.register").In("list").Within(h.Window()))
			}),
			check("registration-creates-service", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Appears("service").Since("b.register").In("a.services").Within(h.Window()))
			}),
			check("registration-answer", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.register", "InstanceResponse").WithProperty("type", verb(h)))
				g.Expect(h).To(match.Answers("a.listed").ShowingOnly(h, "first", "instance"))
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

// verb is the verb that the line repeats in its answers, nil for none.
func verb(h engine.History) any {
	if repeated := h.Value("verb"); repeated != "" {
		return repeated
	}
	return nil
}

// doneOverGRPC matches the answer of a gRPC request that succeeded.
func doneOverGRPC(step, responseType string) *match.Answering {
	return match.Answers(step).WithType(responseType).WithProperty("resultCode", 200)
}
