package namingapi

import (
	"fmt"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// consoleService finds a service in the catalogue, where it is missing in other words.
func consoleService(c call) (any, error) {
	return c.serviceDetail(func(k naming.ServiceKey) error { return catalogMissing("service " + k.Grouped() + " is not found!") })
}

func consoleUpdateService(c call) (any, error) {
	k, m, _, err := c.v2Form()
	if err != nil {
		return nil, err
	}
	if _, ok := c.registry.Service(k); !ok {
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusNotFound, Code: naming.CodeServiceNotFound,
			Message: fmt.Sprintf("service Service{namespace='%s', group='%s', name='%s', ephemeral=true, revision=0} is not exist.",
				k.Namespace, k.Group, k.Name),
		}
	}
	return c.OK(), c.registry.UpdateService(k, m)
}

// consoleUpdateInstance takes an instance for persistent that does not say what it is.
func consoleUpdateInstance(c call) (any, error) { return c.updateV3(false) }

// consoleInstances does not look at the page before it counts.
func consoleInstances(c call) (any, error) {
	no, size, err := c.PageForm()
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
	return web.PageOf(hostViews(hosts), no, size)
}
