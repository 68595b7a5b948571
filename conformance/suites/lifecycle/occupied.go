package lifecycle

import (
	"fmt"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

// staggered creates empty services at four moments of the minute in which a server comes by once, so that one of them
// is found shortly before its time. Two more services hold an instance, of which no list tells or which is ill.
func staggered() story {
	const services, apart = 4, 15 * time.Second
	stays := func(variant string) engine.Check {
		return check("occupied-service-stays", variant, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.IsListed(variant).Since("register-" + variant).In("services").From(settle).Until(cleaned))
		})
	}
	return slowStory(story{
		ID:    "lifecycle.cleaning.staggered",
		About: "Four services are created 15 s apart and never used; two more have a disabled and an unhealthy instance; the names of services are read for nearly three minutes.",
		Lasts: (services-1)*apart + cleaned + 2*settle,
		Needs: []string{suites.Feature(drive.V1)},
		Record: func(s *drive.Session) error {
			first := s.NewServiceIn("", "disabled")
			in := func(fact string) drive.Service {
				v := s.Own(drive.Service{Group: first.Group, Name: s.Name(fact)})
				s.Fact(fact, v.Name)
				return v
			}
			s.Fact("disabled", first.Name)
			disabled := drive.Instance{Service: first, IP: s.Address(), Port: 8080}.With("enabled", "false")
			unhealthy := drive.Instance{Service: in("unhealthy"), IP: s.Address(), Port: 8080}.
				With("healthy", "false").With("metadata", `{"enableClientBeat":"true"}`)
			s.Register(drive.V1, "register-disabled", disabled)
			s.Register(drive.V1, "register-unhealthy", unhealthy)
			s.Together(
				func() {
					start := time.Now()
					for n := range services {
						s.Until(start, time.Duration(n)*apart)
						s.CreateService(drive.V1, fmt.Sprint("create-", n), in(fmt.Sprint("empty-", n)), nil)
					}
				},
				func() { s.Repeat(5*time.Second, cleaned, func() { s.LightBeat(drive.V1, "beat", disabled) }) },
				func() {
					s.WatchEvery(2*time.Second, (services-1)*apart+cleaned, func() bool { s.SampleServiceNames(drive.V1, first); return false })
				},
			)
			return nil
		},
		Checks: []engine.Check{
			suites.Needing(check("empty-service-cleaned", "staggered", func(g gomega.Gomega, h engine.History) {
				for n := range services {
					g.Expect(h).To(match.Disappears(fmt.Sprint("empty-", n)).Since(fmt.Sprint("create-", n)).In("services").Within(h.Window()))
				}
			}), fixtures.HTTPv1Admin),
			stays("disabled"), stays("unhealthy"),
		},
	})
}
