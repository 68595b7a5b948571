package heartbeat

import (
	"fmt"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func places() []story { return suites.OverHTTP(sameNames) }

// sameNames has one address in services that share their name but not their group and namespace. It beats in one of
// them, and in one that it is not in.
func sameNames(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.same-names." + v,
		About: "One address registers as unhealthy over " + v + " in four services of one name, in two groups of two namespaces; a light beat is sent for the last of them and for a fifth one.",
		Lasts: patience + 2*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			base := s.NewService("same-name")
			group, namespace := s.Name("group"), s.Name("ns")
			all := []drive.Service{
				base,
				s.Own(drive.Service{Group: group, Name: base.Name}),
				s.Own(drive.Service{Namespace: namespace, Name: base.Name}),
				s.Own(drive.Service{Namespace: namespace, Group: group, Name: base.Name}),
			}
			i := s.NewInstance(base).With("healthy", "false")
			for _, place := range all {
				i.Service = place
				s.Register(api, "register", i)
			}
			for _, place := range all {
				i.Service = place
				if err := untilUnhealthy(s, api, i); err != nil {
					return err
				}
			}
			s.LightBeat(api, "beat", i)
			i.Service = drive.Service{Namespace: s.Name("other-ns"), Group: group, Name: base.Name}
			s.LightBeat(api, "beat-nowhere", i)
			s.Wait(settle)
			for n, place := range all {
				s.List(api, fmt.Sprint("after-", n), place)
			}
			return nil
		},
		Checks: []engine.Check{
			check("beat-renews-one-service", "places-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat", codeOK))
				g.Expect(h).To(match.Answers("after-3").Showing(h, "instance", "a healthy instance", func(x match.Host) bool { return x.Healthy }))
				for n := range 3 {
					g.Expect(h).To(match.Answers(fmt.Sprint("after-", n)).
						Showing(h, "instance", "an unhealthy instance", func(x match.Host) bool { return !x.Healthy }))
				}
			}),
			check("light-beat-unknown-instance", "place-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-nowhere", codeUnknown))
			}),
		},
	}
}
