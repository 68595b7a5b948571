package lifecycle

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/wire"
)

func subscriptions() []story { return []story{subscription()} }

// subscription subscribes a service that is not there yet and follows its first instance.
func subscription() story {
	const quiet = 4 * time.Second
	holds := func(h engine.History) func(match.Answer) bool {
		return func(a match.Answer) bool {
			_, found := a.Host(match.Fact(h, "instance"))
			return found
		}
	}
	return story{
		ID:    "lifecycle.subscription",
		About: "A gRPC connection subscribes a service that nobody knows; an instance comes and goes over HTTP; then the subscription ends.",
		Lasts: 5*settle + quiet,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "subscribed"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Subscribe("subscribe", i.Service, true)
			c.AwaitCount("NotifySubscriberRequest", 1, settle)
			s.Wait(time.Second)
			c.ServiceNames("names", i.Service)
			s.Register(drive.V1, "register", i)
			c.AwaitCount("NotifySubscriberRequest", 2, settle)
			s.Wait(time.Second)
			c.Subscribe("subscribe-again", i.Service, true)
			s.Wait(settle)
			s.Mark("left-alone")
			s.Deregister(drive.V1, "deregister", i)
			s.Wait(settle)
			c.Subscribe("unsubscribe", i.Service, false)
			s.Wait(settle)
			s.Register(drive.V1, "register-unwatched", i)
			s.Wait(quiet)
			c.Query("after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("subscribing-creates-nothing", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.subscribe", "SubscribeServiceResponse"))
				g.Expect(h).To(match.Answers("a.names").NotNaming(h, "service"))
			}),
			check("subscription-answer", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.subscribe", "SubscribeServiceResponse").ShowingOnly(h))
				g.Expect(h).To(doneOverGRPC("a.subscribe-again", "SubscribeServiceResponse").ShowingOnly(h, "instance"))
			}),
			check("first-subscription-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Since("a.subscribe").Where("without instances", empty).Within(h.Window()))
			}),
			check("registration-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Since("register").Where("with the instance", holds(h)).Within(h.Window()))
			}),
			check("registration-push-delayed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Since("register").Within(h.Window()))
			}),
			check("deregistration-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("a.push").Since("deregister").Where("without instances", empty).Within(h.Window()))
			}),
			check("second-subscription-not-pushed", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.subscribe-again").ShowingOnly(h, "instance"))
				g.Expect(h).To(match.StaysSilent("a.push", "a.subscribe-again", "left-alone"))
			}),
			check("unsubscription-silences", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(doneOverGRPC("a.unsubscribe", "SubscribeServiceResponse"))
				g.Expect(h).To(match.Answers("a.after").ShowingOnly(h, "instance"))
				g.Expect(h).To(match.StaysSilent("a.push", "register-unwatched"))
			}),
		},
	}
}
