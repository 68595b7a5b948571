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

func setUps() []story { return []story{setUp(), plainSetUp(), unlabelledSetUp()} }

const ackTime = 2 * time.Second

// errorOverGRPC matches the answer to a request that no handler has seen.
func errorOverGRPC(step string, code int, text string) *match.Answering {
	return match.Answers(step).WithType("ErrorResponse").
		WithProperty("resultCode", 500).WithProperty("errorCode", code).Containing(text)
}

// setUp asks before, while and after a connection is set up, and sets it up twice.
func setUp() story {
	return story{
		ID:    "lifecycle.connection.set-up",
		About: "A gRPC connection is asked for this and that before it is set up, with its stream merely open, when set up, and when set up again.",
		Lasts: 4 * settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "set-up"))
			c, err := s.Dial("a", wire.AckAll)
			if err != nil {
				return err
			}
			hello := wire.ServerCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)}
			health := wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)}
			c.Request("check-early", hello)
			c.Request("health-early", health)
			c.Register("register-early", i)
			c.Call("unknown-early", "NoSuchRequest", "{}")
			if err := c.OpenStream(); err != nil {
				return engine.Untestable("a stream is needed: %v", err)
			}
			s.Wait(time.Second)
			c.Request("health-stream-only", health)
			s.Mark("set-up")
			if err := c.Send(drive.NamingSetup()); err != nil {
				return engine.Untestable("a set-up connection is needed: %v", err)
			}
			c.Await("SetupAckRequest", ackTime)
			c.Request("health", health)
			c.Request("check", hello)
			c.Register("register", i)
			s.Wait(settle)
			c.Query("published", i.Service)
			c.Call("unknown", "NoSuchRequest", "{}")
			c.Request("set-up-as-request", drive.NamingSetup())
			other := drive.NamingSetup()
			delete(other.Labels, "module")
			s.Mark("set-up-again")
			_ = c.Send(other) // what becomes of it is read from what follows
			c.AwaitCount("SetupAckRequest", 2, ackTime)
			s.Wait(time.Second)
			c.Query("kept", i.Service)
			c.Register("register-again", i)
			s.Wait(time.Second)
			c.Query("after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("server-check-before-set-up", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.check-early", "ServerCheckResponse").
					Satisfying("a connection id", func(a match.Answer) bool { return connectionID(a) != "" }))
			}),
			check("connection-id-stable", "grpc", func(g gomega.Gomega, h engine.History) {
				id := ""
				g.Expect(h).To(match.Answers("a.check-early").Satisfying("a connection id of time, address and port", func(a match.Answer) bool {
					id = connectionID(a)
					return strings.Count(id, "_") == 2
				}))
				g.Expect(h).To(match.Answers("a.check").WithProperty("connectionId", id))
			}),
			check("request-before-set-up", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(errorOverGRPC("a.health-early", 301, "Connection is unregistered."))
				g.Expect(h).To(errorOverGRPC("a.register-early", 301, "Connection is unregistered."))
			}),
			check("open-stream-is-no-set-up", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(errorOverGRPC("a.health-stream-only", 301, "Connection is unregistered."))
			}),
			check("unknown-request-type", "grpc-before-set-up", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(errorOverGRPC("a.unknown-early", 302, "RequestHandler Not Found"))
			}),
			check("unknown-request-type", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(errorOverGRPC("a.unknown", 302, "RequestHandler Not Found"))
				g.Expect(h).To(errorOverGRPC("a.set-up-as-request", 302, "RequestHandler Not Found"))
			}),
			check("set-up", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.health", "HealthCheckResponse"))
				g.Expect(h).To(match.Answers("a.published").ShowingOnly(h, "instance"))
			}),
			check("set-up-acknowledged", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.check-early").WithProperty("supportAbilityNegotiation", true))
				g.Expect(h).To(match.Arrives("a.setup-ack").Since("set-up").Within(h.Window()).
					Where("with abilities", func(a match.Answer) bool { return a.JSON()["abilityTable"] != nil }))
			}),
			check("set-up-twice", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.setup-ack").Since("set-up-again").Within(h.Window()))
			}),
			check("set-up-stays", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.register-again", "InstanceResponse"))
				g.Expect(h).To(match.Answers("a.kept").ShowingOnly(h, "instance"))
				g.Expect(h).To(match.Answers("a.after").ShowingOnly(h, "instance"))
			}),
		},
	}
}

func connectionID(a match.Answer) string {
	id, _ := a.JSON()["connectionId"].(string)
	return id
}

// plainSetUp sets up a connection that names no abilities, as old clients do.
func plainSetUp() story {
	return story{
		ID:    "lifecycle.connection.set-up-without-abilities",
		About: "A gRPC connection is set up by a message without abilities.",
		Lasts: 2 * settle,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			c, err := s.Dial("a", wire.AckAll)
			if err != nil {
				return err
			}
			setup := drive.NamingSetup()
			setup.AbilityTable = nil
			s.Mark("set-up")
			if err := c.SetUp(setup); err != nil {
				return err
			}
			s.Wait(settle)
			c.Request("health", wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
			return nil
		},
		Checks: []engine.Check{
			check("no-abilities-no-acknowledgement", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.StaysSilent("a.setup-ack", "set-up"))
				g.Expect(h).To(doneOverGRPC("a.health", "HealthCheckResponse"))
			}),
		},
	}
}

// unlabelledSetUp sets up a connection that does not say that it is for naming.
func unlabelledSetUp() story {
	return story{
		ID:    "lifecycle.connection.set-up-without-label",
		About: "A gRPC connection is set up without the label module=naming and used for naming.",
		Lasts: settle + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "unlabelled"))
			c, err := s.Dial("a", wire.AckAll)
			if err != nil {
				return err
			}
			setup := drive.NamingSetup()
			delete(setup.Labels, "module")
			if err := c.SetUp(setup); err != nil {
				return err
			}
			c.Register("register", i)
			c.Subscribe("subscribe", i.Service, true)
			s.Wait(settle)
			c.Query("query", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("naming-label-needed", "grpc", func(g gomega.Gomega, h engine.History) {
				for _, step := range []string{"a.register", "a.subscribe"} {
					if h.Value("answer") == "success" {
						g.Expect(h).To(match.Answers(step).WithProperty("resultCode", 200))
						continue
					}
					g.Expect(h).To(match.Answers(step).WithType("ErrorResponse").WithProperty("errorCode", -401).
						Containing("connection already disconnect"))
				}
				g.Expect(h).To(match.Answers("a.query").ShowingOnly(h))
			}),
			check("reads-need-no-label", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.query", "QueryServiceResponse").Satisfying("a view", func(a match.Answer) bool {
					_, isView := a.Hosts()
					return isView
				}))
			}),
		},
	}
}
