package lifecycle

import (
	"strings"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func reregistrations() []story { return suites.OverHTTP(reregistration) }

// reregistration registers the same address again: with other values, with none, then in another cluster.
func reregistration(api drive.API) story {
	v := string(api)
	shows := func(key, value string) func(match.Answer) bool {
		return func(a match.Answer) bool {
			hosts, _ := a.Hosts()
			for _, x := range hosts {
				if x.Metadata[key] == value {
					return true
				}
			}
			return false
		}
	}
	return story{
		ID:    "lifecycle.reregistration." + v,
		About: "An instance registers again over " + v + ", first with another weight and other metadata, then with nothing but its address, then in another cluster.",
		Lasts: 4 * settle,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("again"))
			s.Register(api, "register", i.With("metadata", `{"generation":"1","first":"yes"}`))
			untilListed(s, api, i)
			changed := i.With("metadata", `{"generation":"2"}`).With("weight", "2")
			s.Register(api, "register-again", changed)
			s.Watch(settle, func() bool {
				return strings.Contains(s.SampleList(api, i.Service).Body, `"generation":"2"`)
			})
			s.List(api, "changed", i.Service)
			s.Register(api, "register-bare", i)
			s.Wait(settle)
			s.List(api, "bare", i.Service)
			s.Register(api, "register-elsewhere", changed.With("clusterName", "elsewhere"))
			s.Watch(settle, func() bool { s.SampleList(api, i.Service); return false })
			s.List(api, "moved", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("read-after-write", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Arrives("list").Where("with the new metadata", shows("generation", "2")).
					Since("register-again").Within(h.Window()))
			}),
			check("reregistration-replaces", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("changed").ShowingOnly(h, "instance").
					Showing(h, "instance", "weight 2", func(x match.Host) bool { return x.Weight == 2 }).
					Showing(h, "instance", "the new metadata alone", func(x match.Host) bool {
						return len(x.Metadata) == 1 && x.Metadata["generation"] == "2"
					}))
				g.Expect(h).To(match.Answers("bare").ShowingOnly(h, "instance").
					Showing(h, "instance", "the defaults", func(x match.Host) bool {
						return x.Weight == 1 && x.Cluster == "DEFAULT" && len(x.Metadata) == 0
					}))
			}),
			check("cluster-move-replaces", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("moved").ShowingOnly(h, "instance").
					Showing(h, "instance", "the new cluster", func(x match.Host) bool { return x.Cluster == "elsewhere" }))
			}),
		},
	}
}
