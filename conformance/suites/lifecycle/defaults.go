package lifecycle

import (
	"fmt"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func defaults() []story { return suites.OverHTTP(defaultsOf) }

// defaultsOf registers with nothing but a service name, an address and a port, and reads with every name spelled out.
func defaultsOf(api drive.API) story {
	v := string(api)
	shows := func(requirement, text string, test func(match.Host) bool) engine.Check {
		return check(requirement, v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("listed").Showing(h, "instance", text, test))
		})
	}
	return story{
		ID:    "lifecycle.defaults." + v,
		About: "An instance is registered over " + v + " with service, address and port alone, and read with all names given.",
		Lasts: settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			v := s.NewService("defaults")
			i := s.NewInstance(v)
			s.Fact("grouped", v.Grouped())
			s.Register(api, "register", i)
			untilListed(s, api, i)
			s.List(api, "listed", v)
			s.List(api, "explicit", drive.Service{Namespace: "public", Group: "DEFAULT_GROUP", Name: v.Name})
			return nil
		},
		Checks: []engine.Check{
			check("default-namespace-and-group", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("explicit").ShowingOnly(h, "instance"))
			}),
			shows("default-cluster", "cluster DEFAULT", func(x match.Host) bool { return x.Cluster == "DEFAULT" }),
			shows("default-ephemeral", "an ephemeral instance", func(x match.Host) bool { return x.Ephemeral }),
			shows("default-weight", "weight 1", func(x match.Host) bool { return x.Weight == 1 }),
			shows("default-enabled", "an enabled instance", func(x match.Host) bool { return x.Enabled }),
			shows("default-metadata", "no metadata", func(x match.Host) bool { return x.Raw["metadata"] != nil && len(x.Metadata) == 0 }),
			instanceID(api),
		},
	}
}

// instanceID differs between the generations: v1 makes one, v2 does not.
func instanceID(api drive.API) engine.Check {
	if api == drive.V1 {
		return check("instance-id", "v1", func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("listed").Showing(h, "instance", "an id of address, cluster and service", hasID(h)))
		})
	}
	return check("instance-id-absent", "v2", func(g gomega.Gomega, h engine.History) {
		g.Expect(h).To(match.Answers("listed").Showing(h, "instance", "no id", func(x match.Host) bool { return x.InstanceID == "" }))
	})
}

// hasID tests for the id that servers derive: ip#port#cluster#group@@service.
func hasID(h engine.History) func(match.Host) bool {
	return func(x match.Host) bool {
		ip, port, _ := strings.Cut(x.Address, ":")
		return x.InstanceID == fmt.Sprintf("%s#%s#%s#%s", ip, port, x.Cluster, match.Fact(h, "grouped"))
	}
}
