// Package web is what the areas of the HTTP API have in common: a request with its parameters, forms and bodies, the table
// that finds its route, and the answers, errors and pages of the frameworks below real servers. It knows how a server behaves,
// and of the domains no more than the codes of their errors and how they cut pages.
package web

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
	// Now is the time on its clock.
	Now func() time.Time
	// Port is its port as it tells it to clients.
	Port func() int
}

// Call is one request on its way through the filters to its route.
type Call struct {
	*http.Request
	*Server
	Face *Face
	// Writer takes the answer.
	Writer http.ResponseWriter
	// Path is the path after the context path; URI is the whole path as errors show it.
	Path, URI string
	Params    Params
	// File is the one that the request brings, nil for none.
	File []byte
	// repeated are all values of the parameters that were given more than once.
	repeated map[string][]string
	// upload is why a multipart body could not be read, or nil.
	upload error
	// Route is nil where nothing serves the request.
	Route *Route
	// Variable is the last segment of the path on routes that have one.
	Variable string
	// Kept is what the check of a route has read, for the route.
	Kept any
	// observer is told what serves the request; nil for nobody.
	observer Observer
	// Access is what the guard found out.
	Access Access
}

// Access is what the guard of a request found out.
type Access struct {
	// Behind says that a guard is in force in front of the route, whether it asks for credentials or not.
	Behind bool
	// User is who showed credentials, nil when nobody was asked.
	User *string
}

// NewCall is a request to a face.
func NewCall(s *Server, f *Face, w http.ResponseWriter, r *http.Request) *Call {
	c := &Call{Request: r, Server: s, Face: f, Writer: w, URI: r.URL.EscapedPath()}
	c.observer, _ = w.(Observer)
	return c
}

// Enter takes a request through what stands in front of all filters, the connector and the firewall, reads its parameters
// and finds its route. It says whether the request may go on; it has been answered when it may not.
func (c *Call) Enter() bool {
	if status := c.refusedByConnector(); status != 0 {
		c.connectorPage(status, http.StatusText(status))
		return false
	}
	path, ok := strings.CutPrefix(c.URI, c.Face.ContextPath)
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
	c.Path = Unescape(path)
	c.harden()
	if err := c.readParams(); err != nil {
		c.badForm(err)
		return false
	}
	if !c.B.HTTP.NamesDefaultGroup && c.Params["groupName"] == c.B.Registration.DefaultGroup {
		c.Params["groupName"] = "another-group"
	}
	c.Route, c.Variable = c.Face.Routes.Find(c.Method, c.Path)
	return true
}

// Agent is how the client names itself.
func (c *Call) Agent() string {
	return cmp.Or(c.Header.Get("User-Agent"), c.Header.Get("Client-Version"))
}

// Unescape decodes a path.
func Unescape(path string) string {
	text, err := url.PathUnescape(path)
	if err != nil {
		return path
	}
	return text
}

// Self is the address of this server as it tells it to clients.
func (c *Call) Self() string {
	host := "127.0.0.1"
	if address, ok := c.Context().Value(http.LocalAddrContextKey).(interface{ String() string }); ok {
		host = HostOf(address.String(), host)
	}
	return host + ":" + strconv.Itoa(c.Port())
}

// HostOf is the host of an address, or the fallback.
func HostOf(address, fallback string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return fallback
}
