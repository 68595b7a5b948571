package lifecycle

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func places() []story { return suites.OverHTTP(oneAddress) }

// oneAddress registers one address in three services that share all but one part of their identity, beside an instance
// at another port, reads them in every way, and withdraws it from one.
func oneAddress(api drive.API) story {
	v := string(api)
	in := func(n int) func(match.Host) bool {
		return func(x match.Host) bool { return x.Metadata["place"] == fmt.Sprint(n) }
	}
	return story{
		ID:    "lifecycle.one-address." + v,
		About: "One address registers over " + v + " in services of one name in two groups and two namespaces; they are read in every way, and it is deregistered in the first.",
		Lasts: 2*settle + 2*time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			first := s.NewServiceIn(s.Name("ns"), "places")
			group, namespace := s.Name("other-group"), s.Name("other-ns")
			all := []drive.Service{
				first,
				s.Own(drive.Service{Namespace: first.Namespace, Group: group, Name: first.Name}),
				s.Own(drive.Service{Namespace: namespace, Group: first.Group, Name: first.Name}),
			}
			i := s.NewInstance(first)
			s.Fact("ip", i.IP)
			for n, place := range all {
				i.Service = place
				s.Register(api, "register", i.With("metadata", fmt.Sprintf(`{"place":"%d"}`, n)))
			}
			second := drive.Instance{Service: first, IP: i.IP, Port: i.Port + 1}
			s.Fact("second", second.Address())
			s.Register(api, "register", second)
			for fact, neighbour := range map[string]drive.Service{
				"in-other-group":     s.Own(drive.Service{Namespace: first.Namespace, Group: group, Name: s.Name("in-other-group")}),
				"in-other-namespace": s.Own(drive.Service{Namespace: namespace, Group: first.Group, Name: s.Name("in-other-namespace")}),
			} {
				s.Fact(fact, neighbour.Name)
				s.Register(api, "register", s.NewInstanceAs("neighbour", neighbour))
			}
			s.Wait(settle)
			for n, place := range all {
				i.Service = place
				s.List(api, fmt.Sprint("list-", n), place)
				s.Detail(api, fmt.Sprint("detail-", n), i)
				s.Statuses(api, fmt.Sprint("statuses-", n), place)
			}
			i.Service = drive.Service{Namespace: namespace, Group: group, Name: first.Name}
			s.Detail(api, "detail-nowhere", i)
			s.Statuses(api, "statuses-nowhere", i.Service)
			s.Detail(api, "detail-no-port", drive.Instance{Service: first, IP: i.IP, Port: i.Port + 2})
			s.ServiceNames(api, "names", first)
			i.Service = first
			s.Deregister(api, "deregister", i)
			s.Wait(settle)
			for n, place := range all {
				s.List(api, fmt.Sprint("after-", n), place)
			}
			return nil
		},
		Checks: []engine.Check{
			suites.Needing(check("reads-of-one-service", v, func(g gomega.Gomega, h engine.History) {
				for n := range 3 {
					g.Expect(h).To(match.Answers(fmt.Sprint("list-", n)).Showing(h, "instance", fmt.Sprint("that of place ", n), in(n)))
					g.Expect(h).To(match.Answers(fmt.Sprint("detail-", n)).WithStatus(http.StatusOK).Containing(fmt.Sprintf(`"place":"%d"`, n)))
					g.Expect(h).To(match.Answers(fmt.Sprint("statuses-", n)).WithStatus(http.StatusOK).Containing(match.Fact(h, "instance") + "_true"))
				}
				g.Expect(h).To(match.Answers("detail-nowhere").WithStatus(http.StatusNotFound))
				g.Expect(h).To(match.Answers("detail-no-port").WithStatus(http.StatusNotFound))
				g.Expect(h).To(match.Answers("statuses-nowhere").WithStatus(http.StatusOK).Satisfying("no instance", func(a match.Answer) bool {
					return !strings.Contains(a.Body, match.Fact(h, "ip"))
				}))
			}), suites.Admin(api)),
			check("services-of-one-group", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("names").Naming(h, "service").
					NotNaming(h, "in-other-group").NotNaming(h, "in-other-namespace"))
			}),
			check("deregistration-of-one-instance", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "deregister"))
				g.Expect(h).To(match.Answers("after-0").ShowingOnly(h, "second"))
				g.Expect(h).To(match.Answers("after-1").ShowingOnly(h, "instance"))
				g.Expect(h).To(match.Answers("after-2").ShowingOnly(h, "instance"))
			}),
		},
	}
}
