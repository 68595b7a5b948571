package heartbeat

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

func renewalsThatCount() []story { return append(suites.OverHTTP(oddBeats), oneAddressTwoServices()) }

// oddBeats are beats that name their instance in an unusual way. The instances register as unhealthy, so that a beat
// that counts shows at once.
func oddBeats(api drive.API) story {
	v := string(api)
	counts := func(requirement, fact string) engine.Check {
		return check(requirement, v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(beatAnswered("beat-"+fact, codeOK))
			g.Expect(h).To(match.TurnsHealthy(fact).Since("beat-" + fact).In("list").Within(h.Window()))
		})
	}
	return story{
		ID:    "heartbeat.odd-beats." + v,
		About: "Instances register as unhealthy over " + v + " and send beats that name another cluster, the service without its group, or no service.",
		Lasts: patience + 2*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			cluster := s.NewInstanceAs("cluster", s.NewService("odd"))
			plain := s.NewInstanceAs("plain", cluster.Service)
			nameless := s.NewInstanceAs("nameless", cluster.Service)
			for _, i := range []drive.Instance{cluster, plain, nameless} {
				s.Register(api, "register", i.With("healthy", "false"))
			}
			if err := untilUnhealthy(s, api, cluster, plain, nameless); err != nil {
				return err
			}
			s.LightBeat(api, "beat-cluster", cluster.With("clusterName", "other"))
			s.FullBeat(api, "beat-plain", plain, map[string]any{"serviceName": plain.Service.Name})
			s.FullBeat(api, "beat-nameless", nameless, map[string]any{"serviceName": nil})
			watch(s, api, cluster.Service, fine, 2*settle)
			return nil
		},
		Checks: []engine.Check{
			counts("light-beat-ignores-cluster", "cluster"),
			counts("full-beat-with-plain-service-name", "plain"),
			check("full-beat-without-service-name", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-nameless", codeOK))
				g.Expect(h).To(match.IsUnhealthy("nameless").Since("beat-nameless").In("list").During(h.Window()))
			}),
		},
	}
}

// oneAddressTwoServices has one client with an instance in each of two services.
func oneAddressTwoServices() story {
	const api = drive.V1
	health := func(healthy bool) (string, func(match.Host) bool) {
		if healthy {
			return "a healthy instance", func(x match.Host) bool { return x.Healthy }
		}
		return "an unhealthy instance", func(x match.Host) bool { return !x.Healthy }
	}
	shows := func(g gomega.Gomega, h engine.History, step string, healthy bool) {
		text, test := health(healthy)
		g.Expect(h).To(match.Answers(step).Showing(h, "instance", text, test))
	}
	return story{
		ID:    "heartbeat.one-address-two-services.v1",
		About: "One address registers as unhealthy in two services; a light beat renews the first, then a full beat to the first names the second.",
		Lasts: patience + 2*settle + time.Second,
		Needs: []string{fixtures.HTTPv1},
		Record: func(s *drive.Session) error {
			first := s.NewInstance(s.NewService("first"))
			second := first
			second.Service = s.NewService("second")
			for _, i := range []drive.Instance{first, second} {
				s.Register(api, "register", i.With("healthy", "false"))
			}
			for _, i := range []drive.Instance{first, second} {
				if err := untilUnhealthy(s, api, i); err != nil {
					return err
				}
			}
			s.LightBeat(api, "light-beat", first)
			s.Wait(settle)
			s.List(api, "first-after-light-beat", first.Service)
			s.List(api, "second-after-light-beat", second.Service)
			s.FullBeat(api, "full-beat", first, map[string]any{"serviceName": second.Service.Grouped()})
			s.Wait(settle)
			s.List(api, "second-after-full-beat", second.Service)
			return nil
		},
		Checks: []engine.Check{
			check("beat-renews-one-service", "v1", func(g gomega.Gomega, h engine.History) {
				shows(g, h, "first-after-light-beat", true)
				shows(g, h, "second-after-light-beat", false)
			}),
			check("full-beat-renews-the-service-it-names", "v1", func(g gomega.Gomega, h engine.History) {
				shows(g, h, "second-after-full-beat", true)
			}),
		},
	}
}
