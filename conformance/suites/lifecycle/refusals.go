package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/wire"
)

func refusals() []story {
	return append(suites.OverHTTP(refusal), bounds(drive.V1), bounds(drive.V2), refusalOverGRPC())
}

// bad is a registration that must be refused: one parameter changed, or left out when the value is empty.
type bad struct {
	step, param, value string
	// status is that of both generations; text is the body of v1, the data of the envelope in v2.
	status int
	text   string
	// code is that of the envelope; 0 where the refusal comes before the controller, as text in both generations.
	code int
	// v2 replaces text where the generations use other words.
	v2 string
	// byLine is true when the catalogue has the status and the text of each line for v1.
	byLine bool
}

// missing, misshapen and the others are the bad registrations by requirement.
var (
	missing = []bad{
		{byLine: true, step: "no-service", param: "serviceName", status: 400, code: 10000,
			text: "Param 'serviceName' is required.", v2: "Required parameter 'serviceName' type String is not present"},
		{byLine: true, step: "no-ip", param: "ip", status: 400, code: 10000,
			text: "Param 'ip' is required.", v2: "Required parameter 'ip' type String is not present"},
		{byLine: true, step: "no-port", param: "port", status: 400, code: 10000,
			text: "Param 'port' is required.", v2: "Required parameter 'port' type Integer is not present"},
	}
	badWeights = []bad{
		{byLine: true, step: "weight-negative", param: "weight", value: "-0.1", status: 400, code: 21001, text: weightText},
		{byLine: true, step: "weight-too-large", param: "weight", value: "10000.1", status: 400, code: 21001, text: weightText},
	}
	badPorts = []bad{
		{step: "port-no-number", param: "port", value: "abc", status: 400, text: portText},
		{step: "port-negative", param: "port", value: "-1", status: 400, text: portText},
		{step: "port-too-large", param: "port", value: "65536", status: 400, text: portText},
	}
	badClusters = []bad{
		{byLine: true, step: "cluster-underscore", param: "clusterName", value: "a_b", status: 400, code: 21004,
			text: "Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)"},
	}
	badCharacters = []bad{
		{step: "service-blank", param: "serviceName", value: "a b", status: 400, text: illegal("serviceName")},
		{step: "service-cjk", param: "serviceName", value: "a服务", status: 400, text: illegal("serviceName")},
		{step: "group-blank", param: "groupName", value: "a b", status: 400, text: illegal("group")},
		{step: "namespace-dot", param: "namespaceId", value: "a.b", status: 400, text: illegal("namespaceId/tenant")},
		{step: "ip-blank", param: "ip", value: "not an ip", status: 400, text: illegal("ip")},
		{step: "cluster-blank", param: "clusterName", value: "a b", status: 400, text: illegal("cluster")},
	}
	badLengths = []bad{
		{step: "service-long", param: "serviceName", value: strings.Repeat("s", 513), status: 400, text: tooLong("serviceName", 512)},
		{step: "group-long", param: "groupName", value: strings.Repeat("g", 129), status: 400, text: tooLong("group", 128)},
		{step: "namespace-long", param: "namespaceId", value: strings.Repeat("n", 65), status: 400, text: tooLong("namespaceId/tenant", 64)},
		{step: "cluster-long", param: "clusterName", value: strings.Repeat("c", 65), status: 400, text: tooLong("cluster", 64)},
	}
	longMetadata = []bad{
		{step: "metadata-long", param: "metadata", value: "k=" + strings.Repeat("v", 1024), status: 400, text: tooLong("Metadata", 1024)},
	}
	badMetadata = []bad{
		{step: "metadata-no-value", param: "metadata", value: "abc", status: 500, text: "metadata format incorrect:abc"},
		{step: "metadata-nested", param: "metadata", value: `{"a":{"b":1}}`, status: 500, text: "metadata format incorrect:{"},
	}
)

const (
	weightText = "instance format invalid: The weights range from 0.0 to 10000.0"
	portText   = "Param 'port' is illegal, the value should be between 0 and 65535."
)

func illegal(param string) string {
	return fmt.Sprintf("Param '%s' is illegal, illegal characters should not appear in the param.", param)
}

func tooLong(param string, most int) string {
	return fmt.Sprintf("Param '%s' is illegal, the param length should not exceed %d.", param, most)
}

// refused are all bad registrations by the requirement that refuses them.
var refused = []struct {
	requirement string
	list        []bad
}{
	{"missing-parameter", missing}, {"weight-bounds", badWeights}, {"port-bounds", badPorts}, {"cluster-characters", badClusters},
	{"name-characters", badCharacters}, {"name-lengths", badLengths}, {"metadata-length", longMetadata}, {"metadata-syntax", badMetadata},
}

// refusal sends registrations that are wrong in one parameter each, and one that is right.
func refusal(api drive.API) story {
	v := string(api)
	var checks []engine.Check
	for _, r := range refused {
		checks = append(checks,
			check(r.requirement+"-refused", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after").Showing(h, "instance", "it", func(match.Host) bool { return true }))
				for _, b := range r.list {
					g.Expect(h).To(match.Answers(b.step).Satisfying("a refusal", func(a match.Answer) bool { return a.Status >= 400 }))
					g.Expect(h).To(match.Answers("after").Satisfying("nothing at the address of "+b.step, func(a match.Answer) bool {
						return !strings.Contains(a.Body, strconv.Quote(match.Fact(h, "address of "+b.step)))
					}))
				}
			}),
			check(r.requirement+"-text", v, func(g gomega.Gomega, h engine.History) {
				for _, b := range r.list {
					g.Expect(h).To(b.words(h, api))
				}
			}))
	}
	return story{
		ID:    "lifecycle.refusals." + v,
		About: "Registrations over " + v + " that are wrong in one parameter each are sent beside one that is right.",
		Lasts: settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("refusals"))
			s.Register(api, "register", i)
			for _, r := range refused {
				for _, b := range r.list {
					wrong := drive.Instance{Service: i.Service, IP: s.Address(), Port: 8080}
					s.Fact("address of "+b.step, wrong.IP)
					q := wrong.Query()
					if q.Set(b.param, b.value); b.value == "" {
						q.Del(b.param)
					}
					s.RegisterAs(api, b.step, q)
				}
			}
			s.Wait(settle)
			s.List(api, "after", i.Service)
			return nil
		},
		Checks: checks,
	}
}

// words matches the exact words of the refusal.
func (b bad) words(h engine.History, api drive.API) *match.Answering {
	if b.byLine && api == drive.V1 {
		return match.Answers(b.step).WithText(suites.Text(h, "{param}", b.param, "{value}", b.value)).WithStatus(suites.Status(h))
	}
	answer := match.Answers(b.step)
	switch {
	case b.status == http.StatusInternalServerError:
		answer.Containing(b.text)
	case b.code == 0 || api == drive.V1:
		answer.WithText(b.text)
	default:
		answer.WithProperty("code", b.code).WithProperty("data", cmp.Or(b.v2, b.text))
	}
	return answer.WithStatus(b.status)
}

// bounds registers instances whose parameters lie just within what is allowed.
func bounds(api drive.API) story {
	v := string(api)
	shown := func(requirement, fact, text string, test func(match.Host) bool) engine.Check {
		return check(requirement, v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("after").Showing(h, fact, text, test))
		})
	}
	return story{
		ID:    "lifecycle.bounds." + v,
		About: "Instances are registered over " + v + " with the least and the greatest weight, the last port, metadata in both notations and in other scripts, as disabled, and in a form.",
		Lasts: settle + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			service := s.NewService("bounds")
			add := func(fact string, port int, param, value string) {
				i := drive.Instance{Service: service, IP: s.Address(), Port: port}
				s.Fact(fact, i.Address())
				s.Register(api, "register", i.With(param, value))
			}
			add("lightest", 8080, "weight", "0")
			add("heaviest", 8080, "weight", "10000")
			add("tiny", 8080, "weight", "0.001")
			add("last-port", 65535, "weight", "1")
			add("json", 8080, "metadata", `{"a":1,"b":true}`)
			add("pairs", 8080, "metadata", "a=1,b=true")
			add("longest", 8080, "metadata", `{"k":"`+strings.Repeat("v", 1023)+`"}`)
			add("words", 8080, "metadata", wordsJSON)
			add("disabled", 8080, "enabled", "false")
			s.RegisterInForm(api, "register-formed", s.NewInstanceAs("formed", service).With("weight", "2"))
			s.Wait(settle)
			s.List(api, "after", service)
			s.Statuses(api, "statuses", service)
			return nil
		},
		Checks: []engine.Check{
			shown("metadata-text-kept", "words", "its metadata", func(x match.Host) bool { return maps.Equal(x.Metadata, words) }),
			shown("registration-in-form", "formed", "weight 2", func(x match.Host) bool { return x.Weight == 2 }),
			suites.Needing(check("disabled-not-listed", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("statuses").Containing(match.Fact(h, "disabled")))
				g.Expect(h).To(match.Answers("after").WithStatus(http.StatusOK).Satisfying("a view without it", without(h, "disabled")))
			}), suites.Admin(api)),
			check("weight-bounds-inclusive", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("after").
					Showing(h, "lightest", "weight 0", func(x match.Host) bool { return x.Raw["weight"] == 0.0 }).
					Showing(h, "heaviest", "weight 10000", func(x match.Host) bool { return x.Weight == 10000 }))
			}),
			shown("weight-kept", "tiny", "weight 0.001", func(x match.Host) bool { return x.Weight == 0.001 }),
			shown("port-bounds-inclusive", "last-port", "it", func(match.Host) bool { return true }),
			check("metadata-notations", v, func(g gomega.Gomega, h engine.History) {
				both := func(x match.Host) bool {
					return len(x.Metadata) == 2 && x.Metadata["a"] == "1" && x.Metadata["b"] == "true"
				}
				g.Expect(h).To(match.Answers("after").
					Showing(h, "json", "a = 1 and b = true", both).Showing(h, "pairs", "a = 1 and b = true", both))
			}),
			shown("metadata-length-inclusive", "longest", "all 1024 characters", func(x match.Host) bool { return len(x.Metadata["k"]) == 1023 }),
		},
	}
}

// refusalOverGRPC sends wrong requests on a connection that is right.
func refusalOverGRPC() story {
	typed := func(step, text string) func(g gomega.Gomega, h engine.History) {
		return func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("a."+step).WithProperty("message", "Param check invalid:"+text).
				WithProperty("resultCode", 500).WithProperty("errorCode", 400).WithType("InstanceResponse"))
		}
	}
	thrown := func(step string, code int, text string) func(g gomega.Gomega, h engine.History) {
		return func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Answers("a."+step).WithProperty("message", text).
				WithProperty("resultCode", code).WithProperty("errorCode", code).WithType("ErrorResponse"))
		}
	}
	return story{
		ID:    "lifecycle.refusals.grpc",
		About: "Instance requests that are wrong in one property each are sent on one gRPC connection beside one that is right.",
		Lasts: settle + time.Second,
		Needs: overGRPC(),
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewServiceIn("public", "refusals"))
			c, err := s.Connect("a", wire.AckAll)
			if err != nil {
				return err
			}
			c.Register("register", i)
			send := func(step string, change func(r *wire.InstanceRequest)) {
				p := drive.Instance{IP: s.Address(), Port: 8080}.Payload()
				r := wire.InstanceRequest{
					Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: i.Service.Ref(),
					Type: new(wire.Text(wire.VerbRegister)), Instance: &p,
				}
				change(&r)
				c.Request(step, r)
			}
			send("unknown-verb", func(r *wire.InstanceRequest) { r.Type = new(wire.Text("publishInstance")) })
			send("no-name", func(r *wire.InstanceRequest) { r.ServiceName = new(wire.Text("")) })
			send("no-instance", func(r *wire.InstanceRequest) { r.Instance = nil })
			send("group-blank", func(r *wire.InstanceRequest) { r.GroupName = new(wire.Text("a b")) })
			send("port-too-large", func(r *wire.InstanceRequest) { r.Instance.Port = 65536 })
			send("cluster-underscore", func(r *wire.InstanceRequest) { r.Instance.ClusterName = new(wire.Text("a_b")) })
			send("metadata-long", func(r *wire.InstanceRequest) {
				r.Instance.Metadata = map[string]wire.Text{"k": wire.Text(strings.Repeat("v", 1024))}
			})
			s.Wait(settle)
			c.Query("after", i.Service)
			return nil
		},
		Checks: []engine.Check{
			check("refused-without-effect", "grpc", func(g gomega.Gomega, h engine.History) {
				for _, step := range []string{"unknown-verb", "no-name", "no-instance", "group-blank", "port-too-large", "cluster-underscore", "metadata-long"} {
					g.Expect(h).To(match.Answers("a."+step).Satisfying("a refusal", func(a match.Answer) bool {
						code, found := a.JSON()["resultCode"].(float64)
						return found && code != 200
					}))
				}
				g.Expect(h).To(match.Answers("a.after").ShowingOnly(h, "instance"))
			}),
			check("unknown-verb", "grpc", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("a.unknown-verb").WithType("ErrorResponse").WithProperty("errorCode", 400).
					WithProperty("resultCode", suites.Number(h, "result")).WithProperty("message", "Unsupported request type publishInstance"))
			}),
			check("missing-parameter-text", "grpc", thrown("no-name", 500, "Param 'serviceName' is illegal, serviceName is blank")),
			check("missing-instance", "grpc", thrown("no-instance", 400, "Instance can not be null.")),
			check("name-characters-text", "grpc", typed("group-blank", illegal("group"))),
			check("port-bounds-text", "grpc", typed("port-too-large", portText)),
			check("cluster-characters-text", "grpc", thrown("cluster-underscore", 400, badClusters[0].text)),
			check("metadata-length-text", "grpc", typed("metadata-long", tooLong("Metadata", 1024))),
		},
	}
}

func routes() []story {
	return []story{{
		ID:    "lifecycle.routes.v1",
		About: "Paths and methods that v1 does not have are asked for.",
		Lasts: time.Second,
		Needs: []string{suites.Feature(drive.V1)},
		Record: func(s *drive.Session) error {
			s.Do("unknown-path", wire.HTTPRequest{Method: http.MethodGet, Path: "/v1/ns/instances"})
			s.Do("unknown-method", wire.HTTPRequest{Method: http.MethodPost, Path: "/v1/ns/service/names"})
			return nil
		},
		Checks: []engine.Check{
			check("unknown-route", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Answers("unknown-path").WithStatus(http.StatusNotImplemented).Containing("no such api:GET:"))
				g.Expect(h).To(match.Answers("unknown-method").WithStatus(http.StatusNotImplemented).Containing("no such api:POST:"))
			}),
		},
	}}
}
