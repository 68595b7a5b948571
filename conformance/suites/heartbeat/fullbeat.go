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

func fullBeats() []story {
	return slices.Concat(suites.OverHTTP(fullBeatsOfUnknown), suites.OverHTTP(fullBeatOfKnown))
}

// fullBeatsOfUnknown describe instances that never registered.
func fullBeatsOfUnknown(api drive.API) story {
	v := string(api)
	shows := func(requirement, fact, text string, test func(match.Host) bool) engine.Check {
		return check(requirement, v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("after").Showing(h, fact, text, test))
		})
	}
	return story{
		ID:    "heartbeat.full-beats-of-unknown." + v,
		About: "Full beats are sent over " + v + " for instances that never registered.",
		Lasts: settle + 2*time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			described := s.NewInstanceAs("described", s.NewService("full"))
			weightless := s.NewInstanceAs("weightless", described.Service)
			clustered := s.NewInstanceAs("clustered", described.Service)
			formed := s.NewInstanceAs("formed", described.Service)
			s.FullBeat(api, "beat-described", described, map[string]any{"weight": 3, "metadata": map[string]string{"q": "1"}, "cluster": "c2"})
			s.FullBeat(api, "beat-weightless", weightless, map[string]any{"weight": nil})
			s.FullBeat(api, "beat-clustered", clustered.With("clusterName", "c3"), map[string]any{"cluster": "c4"})
			s.FormBeat(api, "beat-formed", formed)
			s.Wait(settle)
			s.List(api, "after", described.Service)
			return nil
		},
		Checks: []engine.Check{
			check("full-beat-registers", "unknown-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-described", codeOK))
				g.Expect(h).To(match.Answers("after").Showing(h, "described", "a healthy, enabled, ephemeral instance", func(x match.Host) bool {
					return x.Healthy && x.Enabled && x.Ephemeral
				}))
			}),
			shows("full-beat-registers-its-data", "described", "weight 3, metadata q=1 and cluster c2", func(x match.Host) bool {
				return x.Weight == 3 && x.Cluster == "c2" && maps.Equal(x.Metadata, map[string]string{"q": "1"})
			}),
			shows("full-beat-without-weight", "weightless", "weight 0", func(x match.Host) bool { return x.Weight == 0 }),
			shows("full-beat-cluster-wins", "clustered", "cluster c4", func(x match.Host) bool { return x.Cluster == "c4" }),
			check("full-beat-in-form", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-formed", codeOK))
				g.Expect(h).To(match.Answers("after").Showing(h, "formed", "weight 1", func(x match.Host) bool { return x.Weight == 1 }))
			}),
		},
	}
}

// fullBeatOfKnown describes an instance otherwise than it registered.
func fullBeatOfKnown(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.full-beat-of-known." + v,
		About: "Three instances register over " + v + "; one sends a full beat with another weight, other metadata and another cluster; one, and one that is disabled, send light beats.",
		Lasts: 2*settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("full"))
			light, disabled := s.NewInstanceAs("light", i.Service), s.NewInstanceAs("disabled", i.Service)
			s.Register(api, "register", i.With("weight", "2").With("metadata", `{"a":"1"}`))
			s.Register(api, "register", light.With("weight", "2").With("metadata", `{"a":"1"}`).With("clusterName", "c2"))
			s.Register(api, "register", disabled.With("enabled", "false"))
			s.Wait(settle)
			s.FullBeat(api, "beat", i, map[string]any{"weight": 9, "metadata": map[string]string{"q": "1"}, "cluster": "c3"})
			s.LightBeat(api, "beat-light", light)
			s.LightBeat(api, "beat-light", disabled)
			s.Wait(settle)
			s.List(api, "after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("full-beat-changes-no-data", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat", codeOK))
				g.Expect(h).To(match.Answers("after").Satisfying("the instance in DEFAULT with weight 2 and metadata a=1", func(a match.Answer) bool {
					hosts, _ := a.Hosts()
					return slices.ContainsFunc(hosts, func(x match.Host) bool {
						return x.Address == match.Fact(h, "instance") && x.Cluster == "DEFAULT" && x.Weight == 2 &&
							maps.Equal(x.Metadata, map[string]string{"a": "1"})
					})
				}))
			}),
			check("light-beat-changes-no-data", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat-light", codeOK))
				g.Expect(h).To(match.Answers("after").Showing(h, "light", "weight 2, metadata a=1 and cluster c2", func(x match.Host) bool {
					return x.Weight == 2 && maps.Equal(x.Metadata, map[string]string{"a": "1"}) && x.Cluster == "c2"
				}).ShowingOnly(h, "instance", "light"))
			}),
			check("answer-fields", "full-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(withAnswerFields("beat").WithProperty("lightBeatEnabled", true))
			}),
		},
	}
}
