package heartbeat

import (
	"maps"
	"slices"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func answers() []story { return suites.OverHTTP(lightBeats) }

// lightBeats go to nobody and to somebody.
func lightBeats(api drive.API) story {
	v := string(api)
	unknown := func(requirement, variant, step string) engine.Check {
		return check(requirement, variant+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(beatAnswered(step, codeUnknown))
		})
	}
	return story{
		ID:    "heartbeat.light-beats." + v,
		About: "Light beats are sent over " + v + " for a service that is not there, for an address that is not there, without an address, and for an instance.",
		Lasts: 3*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			nobody := s.NewInstanceAs("nobody", s.NewService("beats"))
			s.LightBeat(api, "unknown-service", nobody)
			s.Wait(settle)
			s.List(api, "after-unknown-service", nobody.Service)
			i := s.NewInstance(nobody.Service)
			s.Register(api, "register", i)
			s.Wait(settle)
			s.LightBeat(api, "known", i)
			s.LightBeat(api, "unknown-address", nobody)
			q := nobody.Service.Query()
			if api == drive.V2 {
				q.Set("serviceName", nobody.Service.Grouped())
			}
			s.Beat(api, "no-address", q, nil)
			s.Wait(settle)
			s.List(api, "after-unknown-address", nobody.Service)
			return nil
		},
		Checks: []engine.Check{
			unknown("light-beat-unknown-instance", "service-", "unknown-service"),
			unknown("light-beat-unknown-instance", "address-", "unknown-address"),
			unknown("light-beat-without-address", "", "no-address"),
			check("light-beat-creates-nothing", "service-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after-unknown-service").ShowingOnly(h))
			}),
			check("light-beat-creates-nothing", "address-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after-unknown-address").ShowingOnly(h, "instance"))
			}),
			check("answer-fields", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(withAnswerFields("known").WithProperty("lightBeatEnabled", true))
			}),
			check("unknown-answer-fields", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(withAnswerFields("unknown-service").WithProperty("clientBeatInterval", 5000))
			}),
		},
	}
}

func withAnswerFields(step string) *match.Answering {
	fields := []string{"clientBeatInterval", "code", "lightBeatEnabled"}
	return match.Answers(step).WithStatus(200).Satisfying("an object of exactly clientBeatInterval, code and lightBeatEnabled", func(a match.Answer) bool {
		return slices.Equal(slices.Sorted(maps.Keys(a.JSON())), fields)
	})
}
