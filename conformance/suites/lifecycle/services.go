package lifecycle

import (
	"net/http"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func services() []story {
	return append(suites.OverHTTP(serviceSettings), suites.OverHTTP(serviceWithInstance)...)
}

// Codes in the envelope of v2.
const (
	codeServiceExists    = 21007
	codeServiceUnknown   = 21008
	codeServiceNotEmpty  = 21009
	codeServerError      = 30000
	serviceUnknownSuffix = " not found!"
)

// refusedWith matches a refusal in both generations: the line's status and text in v1, where the pairs are filled in, and
// code and data in v2.
func refusedWith(h engine.History, api drive.API, step string, code int, text string, pairs ...string) *match.Answering {
	if api == drive.V1 {
		return suites.Refused(h, step, append(pairs, "{grouped}", match.Fact(h, "grouped"))...)
	}
	return match.Answers(step).WithStatus(http.StatusBadRequest).WithProperty("code", code).WithProperty("data", text)
}

// statusOfRefusal is that of the line in v1, and always 400 in v2.
func statusOfRefusal(h engine.History, api drive.API) int {
	if api == drive.V1 {
		return suites.Status(h)
	}
	return http.StatusBadRequest
}

// serviceSettings takes a service without instances through its life.
func serviceSettings(api drive.API) story {
	v := string(api)
	return story{
		ID:    "lifecycle.service." + v,
		About: "A service is read, updated and deleted over " + v + " before it exists, then created, created again, updated, listed and deleted.",
		Lasts: 2 * settle,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			x := s.NewServiceIn("", "service")
			s.Fact("grouped", x.Grouped())
			s.GetService(api, "get-unknown", x)
			s.UpdateService(api, "update-unknown", x, map[string]string{"protectThreshold": "0.1"})
			s.DeleteService(api, "delete-unknown", x)
			s.CreateService(api, "create", x, map[string]string{"protectThreshold": "0.5", "metadata": `{"stage":"1","first":"yes"}`})
			s.Wait(settle)
			s.GetService(api, "created", x)
			s.ServiceNames(api, "names-created", x)
			s.CreateService(api, "create-again", x, map[string]string{"protectThreshold": "0.7"})
			s.UpdateService(api, "update", x, map[string]string{"protectThreshold": "0.25", "metadata": `{"stage":"2"}`})
			s.Wait(time.Second)
			s.GetService(api, "updated", x)
			s.DeleteService(api, "delete", x)
			s.GetService(api, "deleted", x)
			s.ServiceNames(api, "names-deleted", x)
			return nil
		},
		Checks: []engine.Check{
			check("service-create", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "create"))
				g.Expect(h).To(settings(h, api, "created", 0.5, map[string]string{"stage": "1", "first": "yes"}))
				g.Expect(h).To(match.Answers("names-created").Naming(h, "service"))
			}),
			check("service-create-existing", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "create-again", codeServiceExists,
					"specified service "+match.Fact(h, "grouped")+" already exists!"))
			}),
			check("service-update", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(done(api, "update"))
				g.Expect(h).To(settings(h, api, "updated", 0.25, map[string]string{"stage": "2"}))
			}),
			check("service-delete", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("names-created").Naming(h, "service"))
				g.Expect(h).To(done(api, "delete"))
				g.Expect(h).To(match.Answers("names-deleted").NotNaming(h, "service"))
				g.Expect(h).To(match.Answers("deleted").WithStatus(statusOfRefusal(h, api)))
			}),
			check("service-get-unknown", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "get-unknown", codeServiceUnknown,
					"service not found, namespace: public, serviceName: "+match.Fact(h, "grouped")))
			}),
			check("service-update-unknown", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "update-unknown", codeServiceUnknown, "service "+match.Fact(h, "grouped")+serviceUnknownSuffix))
			}),
			check("service-delete-unknown", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "delete-unknown", codeServiceUnknown, "service "+match.Fact(h, "grouped")+serviceUnknownSuffix))
			}),
		},
	}
}

// settings matches an answer that shows a service with a threshold and metadata.
func settings(h engine.History, api drive.API, step string, threshold float64, metadata map[string]string) *match.Answering {
	prefix, name := "", "name"
	if api == drive.V2 {
		prefix, name = "data.", "serviceName"
	}
	group, _, _ := strings.Cut(match.Fact(h, "grouped"), "@@")
	return match.Answers(step).WithStatus(http.StatusOK).
		WithProperty(prefix+name, match.Fact(h, "service")).WithProperty(prefix+"groupName", group).
		WithProperty(prefix+"protectThreshold", threshold).
		WithProperty(prefix+"metadata", metadata)
}

// serviceWithInstance tries to delete a service that has an instance, and one whose instance has left.
func serviceWithInstance(api drive.API) story {
	v := string(api)
	return story{
		ID:    "lifecycle.service-with-instance." + v,
		About: "Two services with an instance each are deleted over " + v + ", one before and one after its instance is deregistered.",
		Lasts: 3 * settle,
		Needs: []string{suites.Feature(api), suites.Admin(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("", "occupied"))
			s.Fact("grouped", i.Service.Grouped())
			leaves := drive.Instance{Service: s.Own(drive.Service{Group: i.Service.Group, Name: s.Name("emptied")}), IP: s.Address(), Port: i.Port}
			s.Fact("emptied", leaves.Service.Name)
			s.Register(api, "register", i)
			s.Register(api, "register", leaves)
			s.Wait(settle)
			s.ServiceNames(api, "names-occupied", i.Service)
			s.DeleteService(api, "delete-occupied", i.Service)
			s.Watch(settle, func() bool { s.SampleList(api, i.Service); return false })
			s.Deregister(api, "deregister", leaves)
			s.Wait(settle)
			s.DeleteService(api, "delete-empty", leaves.Service)
			s.ServiceNames(api, "names-deleted", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("service-delete-occupied", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("delete-occupied").WithStatus(statusOfRefusal(h, api)))
				g.Expect(h).To(match.IsListed().Since("delete-occupied").In("list").Until(settle))
			}),
			check("service-delete-occupied-text", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(refusedWith(h, api, "delete-occupied", codeServiceNotEmpty,
					"Service "+match.Fact(h, "grouped")+" is not empty, can't be delete. Please unregister instance first"))
			}),
			check("service-delete-emptied", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("names-occupied").Naming(h, "emptied"))
				g.Expect(h).To(done(api, "delete-empty"))
				g.Expect(h).To(match.Answers("names-deleted").NotNaming(h, "emptied"))
			}),
		},
	}
}
