package namingapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// passV1Filters applies what stands in front of every v1 naming route behind the gates, and says whether the request
// may go on.
func (c call) passV1Filters() bool {
	return c.passServiceName() && c.passKnownRoute()
}

// passTrafficGate refuses limited paths, and requests that the status of the server does not allow.
func (c call) passTrafficGate() bool {
	for prefix, status := range c.registry.Switches().LimitedURLMap {
		full := c.URI
		if c.URL.RawQuery != "" {
			full += "?" + c.URL.RawQuery
		}
		if strings.HasPrefix(full, prefix) {
			c.Bare(web.ClampStatus(status))
			return false
		}
	}
	status := c.status()
	reads := c.Method == http.MethodGet
	switch {
	case status == "UP", strings.HasPrefix(c.Agent(), "Nacos-Server"):
		return true
	case status == "WRITE_ONLY" && !reads, status == "READ_ONLY" && reads:
		return true
	}
	c.Writer.Header()["Content-Type"] = nil
	c.Writer.WriteHeader(http.StatusServiceUnavailable)
	_, _ = c.Writer.Write([]byte("server is " + status + "now, please try again later!"))
	return false
}

// passServiceName puts the group in front of the service name, and refuses names that then have an empty part.
// Where nameless services are accepted, the refused request is served all the same and its answer thrown away.
func (c call) passServiceName() bool {
	name := c.Params["serviceName"]
	if web.Blank(name) && c.B.HTTP.AcceptsDom {
		name = c.Params["dom"]
	}
	if web.Blank(name) {
		return true
	}
	name = strings.TrimSpace(name)
	if !strings.Contains(name, "@@") || !c.B.HTTP.CutsGroupedName {
		group := c.Params["groupName"]
		if web.Blank(group) {
			group = c.B.Registration.DefaultGroup
		}
		name = group + "@@" + name
	}
	if !c.B.HTTP.ChecksGroupedNames {
		c.Params["serviceName"] = name
		return true
	}
	if err := checkGrouped(name); err != nil {
		c.refuseName("Service name filter error," + web.Causes([]string{err.Error()}))
		if c.Route == nil || !c.B.Services.AcceptsNameless {
			return false
		}
		c.Writer = discard{}
	}
	c.Params["serviceName"] = name
	return true
}

// refuseName answers to a name with an empty part. The filters behind go on all the same: where they fail, which is an
// answer once too often, the page tells of one of the two.
func (c call) refuseName(message string) {
	f := c.B.Framework
	switch {
	case c.Route == nil && !f.KeepsFirstError:
		c.ErrorPage(http.StatusInternalServerError, "Cannot call sendError() after the response has been committed")
	case c.Route == nil, f.KeepsFirstError && c.checkFails():
		c.ErrorPage(http.StatusInternalServerError, message)
	default:
		c.ErrorPage(http.StatusBadRequest, message)
	}
}

// checkFails says whether the parameter check cannot read what it must.
func (c call) checkFails() bool {
	if c.Route.Check == nil {
		return false
	}
	_, err := c.Route.Check(c.Call)
	return err != nil
}

// discard is an answer that nobody gets.
type discard struct{}

func (discard) Header() http.Header { return http.Header{} }

func (discard) Write(b []byte) (int, error) { return len(b), nil }

func (discard) WriteHeader(int) {}

// checkGrouped refuses what is no group@@name with both parts.
func checkGrouped(name string) error {
	group, rest, ok := strings.Cut(name, "@@")
	switch {
	case !ok, rest == "":
		return naming.InvalidArgument("Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'")
	case group == "":
		return naming.InvalidArgument("Param 'serviceName' is illegal, groupName can't be empty")
	}
	return nil
}

// passKnownRoute refuses combinations of method and path that v1 does not have.
func (c call) passKnownRoute() bool {
	if c.Route == nil {
		c.ErrorPage(c.B.HTTP.UnknownRouteStatus, "no such api:"+c.Method+":"+c.URI)
		return false
	}
	return true
}

// key is the key of a grouped name; names that contain the separator twice are cut at it.
func key(namespace, grouped string) naming.ServiceKey {
	group, name, ok := strings.Cut(grouped, "@@")
	if !ok {
		return naming.ServiceKey{Namespace: namespace, Group: "DEFAULT_GROUP", Name: grouped}
	}
	name, _, _ = strings.Cut(name, "@@")
	return naming.ServiceKey{Namespace: namespace, Group: group, Name: name}
}

// key is the key of a name that a v1 request gives. Where separators stay in names, it is cut at the first, and a name
// without one has no group.
func (c call) key(namespace, name string) naming.ServiceKey {
	if !c.B.V1.KeepsSeparators {
		return key(namespace, name)
	}
	if group, rest, ok := strings.Cut(name, "@@"); ok {
		return naming.ServiceKey{Namespace: namespace, Group: group, Name: rest}
	}
	return naming.ServiceKey{Namespace: namespace, Name: name}
}
