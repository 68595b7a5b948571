package refserver

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
)

// Access is a request on its way in, as WithAuth shows it.
type Access struct {
	// Request has neither status nor, over HTTP, body.
	Request
	value func(name string) string
}

// Value is what the request carries under a name, such as accessToken: over HTTP the header, or else the parameter of
// the query; over gRPC the header of the message. It is empty when there is none.
func (a Access) Value(name string) string { return a.value(name) }

func httpAccess(seen Request, r *http.Request) Access {
	return Access{seen, func(name string) string {
		if text := r.Header.Get(name); text != "" {
			return text
		}
		return r.URL.Query().Get(name)
	}}
}

func grpcAccess(seen Request, c grpcapi.Call) Access {
	return Access{seen, func(name string) string { return c.Headers[name] }}
}

// refusal is the answer to a request that WithAuth does not let pass.
func (s *Server) refusal(access func() Access) *Failure {
	if s.options.auth == nil {
		return nil
	}
	return s.options.auth(access())
}
