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

func exemptions() []story { return append(suites.OverHTTP(exempt), exemptService()) }

// exemption takes instances out of the beat check, whatever its name says.
const exemption = `{"enableClientBeat":"true"}`

func staysHealthy(requirement, variant, fact string) engine.Check {
	return check(requirement, variant, func(g gomega.Gomega, h engine.History) {
		g.Expect(h).To(match.IsHealthy(fact).Since("register-" + fact).In("list").During(h.Window()))
	})
}

// exempt instances say so when they register, or are told so by an update.
func exempt(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.exempt." + v,
		About: "Two instances register over " + v + " and are not heard of again; the metadata of one, and an update of the other, exempt them from the beat check.",
		Lasts: removalSeen + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			registered := s.NewInstanceAs("registered", s.NewService("exempt"))
			updated := s.NewInstanceAs("updated", registered.Service)
			s.Register(api, "register-registered", registered.With("metadata", exemption))
			s.Register(api, "register-updated", updated)
			s.Update(api, "update", updated.With("metadata", exemption))
			watch(s, api, registered.Service, time.Second, removalSeen)
			return nil
		},
		Checks: []engine.Check{
			staysHealthy("exempt-from-check", "registered-"+v, "registered"),
			suites.Needing(staysHealthy("exempt-from-check", "updated-"+v, "updated"), suites.Admin(api)),
		},
	}
}

// exemptService is a service whose metadata exempts all its instances.
func exemptService() story {
	return story{
		ID:    "heartbeat.exempt-service.v2",
		About: "A service is created whose metadata exempts it from the beat check; an instance of it registers over v2 and is not heard of again.",
		Lasts: removalSeen + time.Second,
		Needs: []string{fixtures.HTTPv2},
		Record: func(s *drive.Session) error {
			i := s.NewInstanceAs("served", s.NewService("exempt"))
			s.CreateService(drive.V2, "create", i.Service, map[string]string{"ephemeral": "true", "metadata": exemption})
			s.Register(drive.V2, "register-served", i)
			watch(s, drive.V2, i.Service, time.Second, removalSeen)
			return nil
		},
		Checks: []engine.Check{staysHealthy("exempt-service", "v2", "served")},
	}
}
