package drive

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Service is the identity that requests name. Empty parts are left out, so that the server's defaults apply.
type Service struct {
	Namespace, Group, Name string
}

// Grouped is group@@name with the default group filled in.
func (v Service) Grouped() string {
	if v.Group == "" {
		return "DEFAULT_GROUP@@" + v.Name
	}
	return v.Group + "@@" + v.Name
}

// Query is the service as parameters.
func (v Service) Query() url.Values {
	q := url.Values{"serviceName": {v.Name}}
	if v.Group != "" {
		q.Set("groupName", v.Group)
	}
	if v.Namespace != "" {
		q.Set("namespaceId", v.Namespace)
	}
	return q
}

// NewService makes a service identity of this session's own and records its name as the fact "service".
func (s *Session) NewService(stem string) Service { return s.Own(Service{Name: s.Name(stem)}) }

// NewServiceIn makes a service in a group of its own, so that the list of service names of that group tells about
// this story alone, and in the namespace.
func (s *Session) NewServiceIn(namespace, stem string) Service {
	return s.Own(Service{Namespace: namespace, Group: s.Name("group"), Name: s.Name(stem)})
}

// Own sees to it that the service is removed when the session closes, after everything that the story did with it
// has been undone, and records its name as the fact "service".
func (s *Session) Own(v Service) Service {
	s.Fact("service", v.Name)
	s.Cleanup(func(ctx context.Context) { s.removeService(ctx, v) })
	return v
}

// removeService deletes the service; a server that has not seen the last instance leave yet is asked again.
func (s *Session) removeService(ctx context.Context, v Service) {
	const attempts, pause = 15, 100 * time.Millisecond
	for range attempts {
		x := s.do(ctx, reports.KindRequest, "cleanup", serviceRequest(http.MethodDelete, V1, v, nil))
		if !strings.Contains(x.Body, "is not empty") {
			return
		}
		time.Sleep(pause)
	}
}

// CreateService creates the service with further parameters: ephemeral, protectThreshold, metadata …
func (s *Session) CreateService(api API, name string, v Service, params map[string]string) wire.HTTPExchange {
	return s.Do(name, serviceRequest(http.MethodPost, api, v, params))
}

// UpdateService replaces the settings of the service.
func (s *Session) UpdateService(api API, name string, v Service, params map[string]string) wire.HTTPExchange {
	return s.Do(name, serviceRequest(http.MethodPut, api, v, params))
}

// GetService reads the settings of the service.
func (s *Session) GetService(api API, name string, v Service) wire.HTTPExchange {
	return s.Do(name, serviceRequest(http.MethodGet, api, v, nil))
}

// DeleteService deletes the service.
func (s *Session) DeleteService(api API, name string, v Service) wire.HTTPExchange {
	return s.Do(name, serviceRequest(http.MethodDelete, api, v, nil))
}

func serviceRequest(method string, api API, v Service, params map[string]string) wire.HTTPRequest {
	q := v.Query()
	for k, value := range params {
		q.Set(k, value)
	}
	return wire.HTTPRequest{Method: method, Path: api.Path("service"), Query: q}
}

// ServiceNames reads the names of the services of a group.
func (s *Session) ServiceNames(api API, name string, v Service) wire.HTTPExchange {
	return s.Do(name, serviceNamesRequest(api, v))
}

// SampleServiceNames reads the names of the services of a group as one sample of the series "services".
func (s *Session) SampleServiceNames(api API, v Service) wire.HTTPExchange {
	return s.Sample("services", serviceNamesRequest(api, v))
}

func serviceNamesRequest(api API, v Service) wire.HTTPRequest {
	q := v.Query()
	q.Del("serviceName")
	q.Set("pageNo", "1")
	q.Set("pageSize", "500")
	return wire.HTTPRequest{Method: http.MethodGet, Path: api.Path("service/list"), Query: q}
}

// SampleSubscribers reads who subscribes the service, over v1, as one sample of the series "subscribers".
func (s *Session) SampleSubscribers(v Service) wire.HTTPExchange {
	return s.Sample("subscribers", wire.HTTPRequest{Method: http.MethodGet, Path: V1.Path("service/subscribers"), Query: v.Query()})
}
