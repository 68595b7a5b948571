package lifecycle

import (
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

// slow is the group of stories that wait for the server to clean up.
const slow = "clean-60s"

// cleaned is how long an empty service may be there, with the grace of matchers and one read more.
const cleaned = 122500 * time.Millisecond

// cleanedAtLast is the same for lines whose cleaner needs several passes.
const cleanedAtLast = 172500 * time.Millisecond

func cleaning() []story {
	return []story{emptied(), neverUsed(), neverUsedButSubscribed(), revived(), forgotten(), instanceMetadata(), staggered()}
}

func slowStory(s story) story {
	s.Group = slow
	return s
}

// untilCleaned reads the names of the service's group, from when a new service is surely among them until it is not.
func untilCleaned(s *drive.Session, v drive.Service) {
	s.Wait(settle)
	s.WatchEvery(time.Second, cleanedAtLast, func() bool {
		x := s.SampleServiceNames(drive.V1, v)
		return x.Status == 200 && !strings.Contains(x.Body, v.Name)
	})
}

// emptied leaves a service without instances.
func emptied() story {
	return slowStory(story{
		ID:    "lifecycle.cleaning.emptied",
		About: "The only instance of a service is deregistered, and the names of services are read until the service is not among them.",
		Lasts: cleanedAtLast + 2*settle,
		Needs: []string{suites.Feature(drive.V1)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("", "emptied"))
			s.Register(drive.V1, "register", i)
			untilListed(s, drive.V1, i)
			s.Deregister(drive.V1, "deregister", i)
			untilCleaned(s, i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("empty-service-cleaned", "emptied", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears("service").Since("deregister").In("services").Within(h.Window()))
			}),
		},
	})
}

// neverUsed creates a service that nobody uses.
func neverUsed() story {
	return slowStory(story{
		ID:    "lifecycle.cleaning.never-used",
		About: "A service is created and never used, and the names of services are read until it is not among them.",
		Lasts: cleanedAtLast + 2*settle,
		Needs: []string{fixtures.HTTPv1, fixtures.HTTPv1Admin},
		Record: func(s *drive.Session) error {
			v := s.NewServiceIn("", "never-used")
			s.CreateService(drive.V1, "create", v, nil)
			untilCleaned(s, v)
			return nil
		},
		Checks: []engine.Check{
			check("empty-service-cleaned", "never-used", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears("service").Since("create").In("services").Within(h.Window()))
			}),
		},
	})
}

// neverUsedButSubscribed creates a service that has a subscriber and no instance.
func neverUsedButSubscribed() story {
	return slowStory(story{
		ID:    "lifecycle.cleaning.subscribed",
		About: "A service without instances is subscribed by a client that stays, and the names of services are read until it is not among them.",
		Lasts: cleaned + 2*settle,
		Needs: append(overGRPC(), fixtures.HTTPv1Admin),
		Record: func(s *drive.Session) error {
			v := s.NewServiceIn("public", "subscribed-only")
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			s.CreateService(drive.V1, "create", v, nil)
			c.Subscribe("subscribe", v, true)
			s.Wait(settle)
			s.WatchEvery(3500*time.Millisecond, cleaned, func() bool {
				c.Request("health-check", wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
				x := s.SampleServiceNames(drive.V1, v)
				return x.Status == 200 && !strings.Contains(x.Body, v.Name)
			})
			s.SampleSubscribers(v)
			return nil
		},
		Checks: []engine.Check{
			check("subscribed-service-cleaned", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears("service").Since("create").In("services").Within(h.Window()))
				g.Expect(h).To(match.Arrives("subscribers").Since("a.subscribe").Within(engine.Window{Until: cleaned}).
					Where("with one subscriber", subscribers(1)))
			}),
		},
	})
}

// revived registers in a service not long after it was cleaned.
func revived() story {
	return slowStory(story{
		ID:    "lifecycle.cleaning.revived",
		About: "A service with settings is cleaned, and an instance is registered in it twenty seconds later.",
		Lasts: cleaned + 20*time.Second + 3*settle,
		Needs: []string{suites.Feature(drive.V1), suites.Feature(drive.V2)},
		Record: func(s *drive.Session) error {
			i := createdAndCleaned(s, "revived")
			s.Wait(20 * time.Second)
			s.Register(drive.V2, "register", i)
			s.Wait(settle)
			s.GetService(drive.V2, "revived", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("service-metadata-outlives", "v2", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("services").Since("create").Within(engine.Window{Until: cleaned}).Where("without the service", withoutService(h)))
				g.Expect(h).To(match.Answers("revived").WithProperty("data.protectThreshold", 0.5).WithProperty("data.ephemeral", true))
			}),
		},
	})
}

// metadataLife is how long metadata outlives what it belongs to, with the pass that removes it and some grace.
const metadataLife = 66000 * time.Millisecond

// forgotten registers in a service long after it was cleaned.
func forgotten() story {
	return slowStory(story{
		ID:    "lifecycle.cleaning.forgotten",
		About: "A service with settings is cleaned, and an instance is registered in it more than a minute later.",
		Lasts: cleaned + metadataLife + 2*settle,
		Needs: []string{suites.Feature(drive.V1), suites.Feature(drive.V2)},
		Record: func(s *drive.Session) error {
			i := createdAndCleaned(s, "forgotten")
			s.Wait(metadataLife)
			s.Register(drive.V2, "register", i)
			s.Wait(settle)
			s.GetService(drive.V2, "forgotten", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("service-metadata-expires", "v2", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("services").Since("create").Within(engine.Window{Until: cleaned}).Where("without the service", withoutService(h)))
				g.Expect(h).To(match.Answers("forgotten").WithProperty("data.protectThreshold", 0))
			}),
		},
	})
}

// createdAndCleaned creates a service with a threshold and waits until the server has cleaned it.
func createdAndCleaned(s *drive.Session, stem string) drive.Instance {
	i := s.NewInstance(s.NewServiceIn("", stem))
	s.CreateService(drive.V2, "create", i.Service, map[string]string{"ephemeral": "true", "protectThreshold": "0.5"})
	untilCleaned(s, i.Service)
	return i
}

func withoutService(h engine.History) func(match.Answer) bool {
	return func(a match.Answer) bool {
		names, isList := a.Names()
		for _, name := range names {
			if name == match.Fact(h, "service") {
				return false
			}
		}
		return isList
	}
}

// instanceMetadata lets two instances come back, one before and one after their operational metadata expires.
func instanceMetadata() story {
	return slowStory(story{
		ID:    "lifecycle.cleaning.instance-metadata",
		About: "Two instances with operational metadata leave; one comes back after fifty seconds, the other after more than sixty-five.",
		Lasts: metadataLife + 3*settle,
		Needs: []string{fixtures.HTTPv1, fixtures.HTTPv1Admin},
		Record: func(s *drive.Session) error {
			v := s.NewService("operational")
			soon, late := s.NewInstanceAs("soon", v), s.NewInstanceAs("late", v)
			s.Register(drive.V1, "register", soon)
			s.Register(drive.V1, "register", late)
			s.Wait(settle)
			s.Update(drive.V1, "update", soon.With("metadata", `{"by":"operator"}`))
			s.Update(drive.V1, "update", late.With("metadata", `{"by":"operator"}`))
			s.Wait(settle)
			s.List(drive.V1, "updated", v)
			start := time.Now()
			s.Deregister(drive.V1, "deregister", soon)
			s.Deregister(drive.V1, "deregister", late)
			s.Until(start, 50*time.Second)
			s.Register(drive.V1, "register-soon", soon)
			s.Wait(settle)
			s.List(drive.V1, "back-soon", v)
			s.Until(start, metadataLife)
			s.Register(drive.V1, "register-late", late)
			s.Wait(settle)
			s.List(drive.V1, "back-late", v)
			return nil
		},
		Checks: []engine.Check{
			check("instance-metadata-outlives", "v1", func(g gomega.Gomega, h engine.History) {
				operators := func(x match.Host) bool { return x.Metadata["by"] == "operator" }
				g.Expect(h).To(match.Answers("updated").Showing(h, "soon", "the operator's metadata", operators))
				g.Expect(h).To(match.Answers("back-soon").Showing(h, "soon", "the operator's metadata", operators))
				g.Expect(h).To(match.Answers("back-late").Showing(h, "soon", "the operator's metadata still", operators))
			}),
			check("instance-metadata-expires", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("back-late").Showing(h, "late", "no metadata of the operator", func(x match.Host) bool {
					return x.Metadata["by"] == ""
				}))
			}),
		},
	})
}
