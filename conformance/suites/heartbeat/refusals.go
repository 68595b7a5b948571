package heartbeat

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func refusals() []story {
	return slices.Concat(suites.OverHTTP(malformedBeats), suites.OverHTTP(persistentService), suites.OverHTTP(persistentInstance))
}

// malformedBeats are beats that no server can understand.
func malformedBeats(api drive.API) story {
	v := string(api)
	checks := []engine.Check{
		check("malformed-beat", "text-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("text").WithStatus(500).WithProperty("status", 500))
		}),
		check("malformed-beat", "array-"+v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("array").WithStatus(500).WithProperty("status", 500))
		}),
		check("beat-port-out-of-range", v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("port").
				WithText("Param 'port' is illegal, the value should be between 0 and 65535.").WithStatus(400))
		}),
		check("beat-needs-service-name", v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(serviceNameMissing(api, "no-service"))
		}),
	}
	if api == drive.V2 {
		checks = append(checks, check("beat-needs-grouped-name", v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("plain-name").WithStatus(400).WithProperty("code", 20002).
				WithProperty("data", "Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'"))
		}))
	}
	return story{
		ID:    "heartbeat.malformed-beats." + v,
		About: "Beats that cannot be understood are sent over " + v + ".",
		Lasts: 2 * time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("malformed"))
			for step, change := range map[string]url.Values{
				"text":       {"beat": {"{bad"}},
				"array":      {"beat": {"[]"}},
				"port":       {"ip": {i.IP}, "port": {"abc"}},
				"no-service": {"serviceName": nil, "ip": {i.IP}, "port": {strconv.Itoa(i.Port)}},
				"plain-name": {"serviceName": {i.Service.Name}, "ip": {i.IP}, "port": {strconv.Itoa(i.Port)}},
			} {
				q := url.Values{"serviceName": {i.Service.Grouped()}}
				maps.Copy(q, change)
				s.Beat(api, step, q, nil)
			}
			return nil
		},
		Checks: checks,
	}
}

func serviceNameMissing(api drive.API, step string) *match.Answering {
	if api == drive.V1 {
		return match.Answers(step).WithStatus(400).WithText("Param 'serviceName' is required.")
	}
	return match.Answers(step).WithStatus(400).WithProperty("code", 10000).
		WithProperty("data", "Required request parameter 'serviceName' for method parameter type String is not present")
}

// persistentService is one that was created without saying of which kind it is.
func persistentService(api drive.API) story {
	v := string(api)
	refused := func(h engine.History) *match.Answering {
		text := fmt.Sprintf("errCode: 400, errMsg: Current service DEFAULT_GROUP@@%s is persistent service, can't register ephemeral instance. ",
			match.Fact(h, "service"))
		if api == drive.V1 {
			return suites.Refused(h, "full-beat", "{grouped}", "DEFAULT_GROUP@@"+match.Fact(h, "service"))
		}
		return match.Answers("full-beat").WithStatus(400).WithProperty("code", 30000).WithProperty("data", text)
	}
	return story{
		ID:    "heartbeat.persistent-service." + v,
		About: "A persistent service is created over " + v + "; a light and a full beat are sent for an instance of it.",
		Lasts: settle + time.Second,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("persistent"))
			s.CreateService(api, "create", i.Service, nil)
			s.LightBeat(api, "light-beat", i)
			s.FullBeat(api, "full-beat", i, nil)
			s.Wait(settle)
			s.List(api, "after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("light-beat-persistent-service", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("light-beat", codeUnknown))
			}),
			check("full-beat-persistent-service", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refused(h))
				g.Expect(h).To(match.Answers("after").ShowingOnly(h))
			}),
		},
	}
}

// persistentInstance is one that lives without beats.
func persistentInstance(api drive.API) story {
	v := string(api)
	return story{
		ID:    "heartbeat.persistent-instance." + v,
		About: "A persistent instance registers over " + v + "; a light beat is sent for it.",
		Lasts: 2 * settle,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("persistent"))
			s.Register(api, "register", i.With("ephemeral", "false"))
			s.Wait(settle)
			s.LightBeat(api, "light-beat", i)
			s.List(api, "after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("light-beat-persistent-instance", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("light-beat", codeUnknown))
				g.Expect(h).To(match.Answers("after").Showing(h, "instance", "a persistent instance", func(x match.Host) bool { return !x.Ephemeral }))
			}),
		},
	}
}
