package httpapi

import (
	"cmp"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// Server is what all requests to a server share.
type Server struct {
	// B is how the server behaves.
	B behaviour.Behaviour
	// now is the time on its clock.
	now func() time.Time
	// port is its port as it tells it to clients.
	port func() int
}

// Call is one request on its way through the filters to its route.
type Call struct {
	*http.Request
	*Server
	face *face
	// w takes the answer.
	w http.ResponseWriter
	// path is the path after the context path; uri is the whole path as errors show it.
	path, uri string
	params    params
	// file is the one that the request brings, nil for none.
	file []byte
	// repeated are all values of the parameters that were given more than once.
	repeated map[string][]string
	// upload is why a multipart body could not be read, or nil.
	upload error
	// route is nil where nothing serves the request.
	route *route
	// variable is the last segment of the path on routes that have one.
	variable string
	// kept is what the check of a route has read, for the route.
	kept any
	// observer is told what serves the request; nil for nobody.
	observer Observer
	// access is what the guard found out.
	access access
}

// access is what the guard of a request found out.
type access struct {
	// behind says that a guard is in force in front of the route, whether it asks for credentials or not.
	behind bool
	// user is who showed credentials, nil when nobody was asked.
	user *string
}

// newCall is a request to a face.
func newCall(s *Server, f *face, w http.ResponseWriter, r *http.Request) *Call {
	c := &Call{Request: r, Server: s, face: f, w: w, uri: r.URL.EscapedPath()}
	c.observer, _ = w.(Observer)
	return c
}

// enter takes a request through what stands in front of all filters, the connector and the firewall, reads its parameters
// and finds its route. It says whether the request may go on; it has been answered when it may not.
func (c *Call) enter() bool {
	if status := c.refusedByConnector(); status != 0 {
		c.connectorPage(status, http.StatusText(status))
		return false
	}
	path, ok := strings.CutPrefix(c.uri, c.face.contextPath)
	switch {
	case !ok || path != "" && path[0] != '/':
		c.connectorPage(http.StatusNotFound, "Not Found")
		return false
	case path == "":
		c.toContextPath()
		return false
	}
	if !c.passFirewall() {
		return false
	}
	c.path = unescape(path)
	c.harden()
	if err := c.readParams(); err != nil {
		c.badForm(err)
		return false
	}
	if !c.B.HTTP.NamesDefaultGroup && c.params["groupName"] == c.B.Registration.DefaultGroup {
		c.params["groupName"] = "another-group"
	}
	c.route, c.variable = c.face.routes.find(c.Method, c.path)
	return true
}

// agent is how the client names itself.
func (c *Call) agent() string {
	return cmp.Or(c.Header.Get("User-Agent"), c.Header.Get("Client-Version"))
}

// unescape decodes a path.
func unescape(path string) string {
	text, err := url.PathUnescape(path)
	if err != nil {
		return path
	}
	return text
}

// self is the address of this server as it tells it to clients.
func (c *Call) self() string {
	host := "127.0.0.1"
	if address, ok := c.Context().Value(http.LocalAddrContextKey).(interface{ String() string }); ok {
		host = hostOf(address.String(), host)
	}
	return host + ":" + strconv.Itoa(c.port())
}

// hostOf is the host of an address, or the fallback.
func hostOf(address, fallback string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return fallback
}
