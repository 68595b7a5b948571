package lifecycle

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/wire"
)

// nameless are the stories that can harm a server: on one that accepts a service without a name or group, no empty
// service is cleaned any more until the nameless one is deleted.
func nameless() []story { return []story{withoutGroup(), withoutName(), cleaningBesideNameless()} }

func withoutGroup() story {
	return namelessStory(story{
		ID:    "lifecycle.nameless.group",
		About: "A service without a group is created over v1, and the services of its namespace are listed.",
		Needs: []string{fixtures.HTTPv1Admin},
		Record: func(s *drive.Session) error {
			namespace := createWithoutGroup(s)
			allNames(s, namespace)
			return nil
		},
		Checks: []engine.Check{listsStill("v1")},
	})
}

func withoutName() story {
	return namelessStory(story{
		ID:    "lifecycle.nameless.name",
		About: "An instance of a service without a name is registered over v2, and the services of its namespace are listed.",
		Needs: []string{suites.Feature(drive.V2)},
		Record: func(s *drive.Session) error {
			namespace := s.Name("nameless")
			q := url.Values{"namespaceId": {namespace}, "serviceName": {"@@x"}, "ip": {s.Address()}, "port": {"8080"}}
			s.Cleanup(func(context.Context) {
				s.Do("cleanup", wire.HTTPRequest{Method: http.MethodDelete, Path: drive.V2.Path("service"),
					Query: url.Values{"namespaceId": {namespace}, "serviceName": {""}, "groupName": {"DEFAULT_GROUP"}}})
			})
			s.RegisterAs(drive.V2, "register", q)
			allNames(s, namespace)
			return nil
		},
		Checks: []engine.Check{listsStill("v2")},
	})
}

// cleaningBesideNameless creates many services, because a cleaner that stumbles has cleaned those that it met before.
func cleaningBesideNameless() story {
	const many = 16
	return slowStory(namelessStory(story{
		ID:    "lifecycle.nameless.cleaning",
		About: "A service without a group is created over v1 beside services that are created and never used.",
		Lasts: cleaned + 2*settle,
		Needs: []string{fixtures.HTTPv1Admin},
		Record: func(s *drive.Session) error {
			v := drive.Service{Namespace: createWithoutGroup(s), Group: s.Name("group")}
			for n := range many {
				v.Name = s.Name(fmt.Sprint("beside-", n))
				s.CreateService(drive.V1, "create", s.Own(v), nil)
			}
			s.Wait(settle)
			s.WatchEvery(time.Second, cleaned, func() bool {
				return strings.Contains(s.SampleServiceNames(drive.V1, v).Body, `"count":0`)
			})
			return nil
		},
		Checks: []engine.Check{
			check("nameless-service-stops-no-cleaning", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("create").WithStatus(http.StatusOK))
				g.Expect(h).To(match.Arrives("services").Since("create").Within(h.Window()).Where("without any of them", func(a match.Answer) bool {
					names, isList := a.Names()
					return isList && len(names) == 0
				}))
			}),
		},
	}))
}

func namelessStory(s story) story {
	s.Class = engine.Destructive
	s.Needs = append(s.Needs, suites.Feature(drive.V1))
	if s.Lasts == 0 {
		s.Lasts = time.Second
	}
	return s
}

// createWithoutGroup creates a service without a group in a namespace of its own.
func createWithoutGroup(s *drive.Session) (namespace string) {
	namespace = s.Name("nameless")
	q := url.Values{"namespaceId": {namespace}, "serviceName": {"@@x"}}
	s.Cleanup(func(context.Context) {
		s.Do("cleanup", wire.HTTPRequest{Method: http.MethodDelete, Path: drive.V1.Path("service"), Query: q})
	})
	s.Do("create-nameless", wire.HTTPRequest{Method: http.MethodPost, Path: drive.V1.Path("service"), Query: q})
	return namespace
}

// allNames lists all services of the namespace, of every group, and those of a namespace where nothing happened.
func allNames(s *drive.Session, namespace string) {
	for step, namespace := range map[string]string{"names": namespace, "names-elsewhere": s.Name("elsewhere")} {
		s.Do(step, wire.HTTPRequest{Method: http.MethodGet, Path: drive.V1.Path("service/names"), Query: url.Values{"namespaceId": {namespace}}})
	}
}

func listsStill(variant string) engine.Check {
	return check("nameless-service-breaks-no-list", variant, func(g gomega.Gomega, h engine.History) {
		for _, step := range []string{"names-elsewhere", "names"} {
			g.Expect(h).To(match.Answers(step).WithStatus(http.StatusOK).WithProperty("count", 0))
		}
	})
}
