package drive

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"

	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
)

// API is a generation of the HTTP API.
type API string

const (
	V1 API = "v1"
	V2 API = "v2"
)

// Instance is an address of a service, with further parameters of its registration.
type Instance struct {
	Service Service
	IP      string
	Port    int
	// Params are added to every request about the instance: weight, metadata, clusterName …
	Params map[string]string
}

// Address is ip:port, the name under which matchers look for the instance.
func (i Instance) Address() string { return i.IP + ":" + strconv.Itoa(i.Port) }

// Query is the instance as parameters.
func (i Instance) Query() url.Values {
	q := i.Service.Query()
	q.Set("ip", i.IP)
	q.Set("port", strconv.Itoa(i.Port))
	for k, v := range i.Params {
		q.Set(k, v)
	}
	return q
}

// With is the instance with one more parameter.
func (i Instance) With(key, value string) Instance {
	params := map[string]string{key: value}
	for k, v := range i.Params {
		if k != key {
			params[k] = v
		}
	}
	i.Params = params
	return i
}

// NewInstance makes an instance of the service at an address of its own and records it as the fact "instance".
func (s *Session) NewInstance(service Service) Instance { return s.NewInstanceAs("instance", service) }

// The ports of instances are drawn like their addresses, so that two stories never meet on one.
const firstPort, ports = 10_000, 20_000

// NewInstanceAs is NewInstance for stories with several instances: it records the address as the named fact.
func (s *Session) NewInstanceAs(fact string, service Service) Instance {
	i := Instance{Service: service, IP: s.Address(), Port: firstPort + rand.IntN(ports)}
	s.Fact(fact, i.Address())
	return i
}

// Path is the path of a naming resource in the API: Path("instance") is /v1/ns/instance.
func (a API) Path(resource string) string { return "/" + string(a) + "/ns/" + resource }

// Register publishes the instance and sees to it that it is withdrawn when the session closes.
func (s *Session) Register(api API, name string, i Instance) wire.HTTPExchange {
	s.withdrawAtEnd(api, i)
	return s.Do(name, wire.HTTPRequest{Method: http.MethodPost, Path: api.Path("instance"), Query: i.Query()})
}

// RegisterInForm is Register with the parameters in the body.
func (s *Session) RegisterInForm(api API, name string, i Instance) wire.HTTPExchange {
	s.withdrawAtEnd(api, i)
	return s.Do(name, wire.HTTPRequest{Method: http.MethodPost, Path: api.Path("instance"), Form: i.Query()})
}

// RegisterAs registers with any parameters, and withdraws with the same when the server does not refuse them.
func (s *Session) RegisterAs(api API, name string, q url.Values) wire.HTTPExchange {
	x := s.Do(name, wire.HTTPRequest{Method: http.MethodPost, Path: api.Path("instance"), Query: q})
	if x.Status < http.StatusBadRequest {
		s.Cleanup(func(ctx context.Context) {
			s.do(ctx, reports.KindRequest, "cleanup", wire.HTTPRequest{Method: http.MethodDelete, Path: api.Path("instance"), Query: q})
		})
	}
	return x
}

// withdrawAtEnd sees to it that the instance is withdrawn when the session closes; once is enough. Its service goes
// after the last of its instances, see own.
func (s *Session) withdrawAtEnd(api API, i Instance) {
	s.cleanupOnce("withdraw "+i.Service.Namespace+" "+i.Service.Grouped()+" "+i.Address()+" "+i.Params["ephemeral"], func(ctx context.Context) {
		s.do(ctx, reports.KindRequest, "cleanup", wire.HTTPRequest{Method: http.MethodDelete, Path: api.Path("instance"), Query: i.Query()})
	})
}

// Update modifies the instance: its weight, whether it is enabled, its metadata.
// What it writes outlives the instance by a minute. A real 2.x then brings the empty service back for as long as it takes
// its cleaner to find it, which no request can prevent.
func (s *Session) Update(api API, name string, i Instance) wire.HTTPExchange {
	return s.Do(name, wire.HTTPRequest{Method: http.MethodPut, Path: api.Path("instance"), Query: i.Query()})
}

// Deregister withdraws the instance.
func (s *Session) Deregister(api API, name string, i Instance) wire.HTTPExchange {
	return s.Do(name, wire.HTTPRequest{Method: http.MethodDelete, Path: api.Path("instance"), Query: i.Query()})
}

// List reads the view of the service once, with its unhealthy instances.
func (s *Session) List(api API, name string, v Service) wire.HTTPExchange {
	return s.Do(name, listRequest(api, v))
}

// SampleList is List as one sample of the series "list".
func (s *Session) SampleList(api API, v Service) wire.HTTPExchange {
	return s.Sample("list", listRequest(api, v))
}

// listRequest asks for unhealthy instances too, because not all servers list them unasked.
func listRequest(api API, v Service) wire.HTTPRequest {
	q := v.Query()
	q.Set("healthyOnly", "false")
	return wire.HTTPRequest{Method: http.MethodGet, Path: api.Path("instance/list"), Query: q}
}

// ListAsDefault reads the view of the service without a word on health.
func (s *Session) ListAsDefault(api API, name string, v Service) wire.HTTPExchange {
	return s.Do(name, wire.HTTPRequest{Method: http.MethodGet, Path: api.Path("instance/list"), Query: v.Query()})
}

// Detail reads one instance.
func (s *Session) Detail(api API, name string, i Instance) wire.HTTPExchange {
	return s.Do(name, wire.HTTPRequest{Method: http.MethodGet, Path: api.Path("instance"), Query: i.Query()})
}

// SampleDetail reads one instance as one sample of the series "detail".
func (s *Session) SampleDetail(api API, i Instance) wire.HTTPExchange {
	return s.Sample("detail", wire.HTTPRequest{Method: http.MethodGet, Path: api.Path("instance"), Query: i.Query()})
}

// Statuses reads the health of all instances of the service once.
func (s *Session) Statuses(api API, name string, v Service) wire.HTTPExchange {
	return s.Do(name, statusesRequest(api, v))
}

// SampleStatuses reads the health of all instances of the service as one sample of the series "statuses".
func (s *Session) SampleStatuses(api API, v Service) wire.HTTPExchange {
	return s.Sample("statuses", statusesRequest(api, v))
}

func statusesRequest(api API, v Service) wire.HTTPRequest {
	ref := v.Ref()
	key := string(*ref.Namespace) + "##" + v.Grouped()
	r := wire.HTTPRequest{Method: http.MethodGet, Path: api.Path("instance/statuses"), Query: url.Values{"key": {key}}}
	if api == V2 {
		r.Path, r.Query = r.Path+"/"+url.PathEscape(key), nil
	}
	return r
}
