package httpapi

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// consoleTip tells where the console is.
func consoleTip(c *call) (any, error) {
	return plain("Nacos Console default port is " + strconv.Itoa(c.h.consolePort()) + ", and the path is /."), nil
}

// consoleReadiness fails to HTTP too, unlike that of the main port.
func consoleReadiness(c *call) (any, error) {
	if !c.ready() {
		return nil, unexpected(notReady)
	}
	return plain("ok"), nil
}

func consoleState(c *call) (any, error) {
	state, err := serverState(c)
	return raw{state}, err
}

// consoleAnnouncement shows what the server was set up to announce: nothing.
func consoleAnnouncement(c *call) (any, error) {
	language := c.params.or("language", "zh-CN")
	if language != "zh-CN" && language != "en-US" {
		return raw{envelope{Code: naming.CodeServerError, Message: new("Unsupported language: " + language)}}, nil
	}
	return nil, nil
}

func consoleGuide(*call) (any, error) { return nil, nil }

func consoleNodes(c *call) (any, error) { return c.members(c.params["keyword"], ""), nil }

// consoleService finds a service in the catalogue, where it is missing in other words.
func consoleService(c *call) (any, error) {
	return c.serviceDetail(func(k naming.ServiceKey) error { return catalogMissing("service " + k.Grouped() + " is not found!") })
}

func consoleUpdateService(c *call) (any, error) {
	k, m, _, err := c.v2Form()
	if err != nil {
		return nil, err
	}
	if _, ok := c.h.registry.Service(k); !ok {
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusNotFound, Code: naming.CodeServiceNotFound,
			Message: fmt.Sprintf("service Service{namespace='%s', group='%s', name='%s', ephemeral=true, revision=0} is not exist.",
				k.Namespace, k.Group, k.Name),
		}
	}
	return c.ok(), c.h.registry.UpdateService(k, m)
}

// consoleUpdateInstance takes an instance for persistent that does not say what it is.
func consoleUpdateInstance(c *call) (any, error) { return c.updateV3(false) }

// consoleInstances does not look at the page before it counts.
func consoleInstances(c *call) (any, error) {
	no, size, err := c.pageForm()
	if err != nil {
		return nil, err
	}
	k, cluster, _, err := c.v3ListForm()
	if err != nil {
		return nil, err
	}
	hosts, err := c.clusterHosts(k, cluster)
	if err != nil {
		return nil, err
	}
	return v3Page(hostViews(hosts), no, size)
}
