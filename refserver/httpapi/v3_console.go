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
	if why := c.unready(); why != "" {
		return nil, unexpected(why)
	}
	return plain("ok"), nil
}

func consoleState(c *call) (any, error) {
	state, err := serverState(c)
	return raw{state}, err
}

// What a server is shipped with to announce, by language, and how to get at the pages of the console.
const (
	announcementEN = `Authentication has not been enabled in cluster, please refer to <a href="https://nacos.io/en/docs/latest/manual/admin/auth/">Documentation</a> to enable~`
	announcementZH = `当前集群没有开启鉴权，请参考<a href="https://nacos.io/docs/latest/manual/admin/auth/">文档</a>开启鉴权~`
	consolePages   = `当前节点已关闭Nacos开源控制台使用，请修改application.properties中的nacos.console.ui.enabled参数为true打开开源控制台使用，详情查看<a href="https://nacos.io/docs/latest/manual/admin/console/">文档</a>中关于<code>关闭默认控制台部分</code>。`
)

func consoleAnnouncement(c *call) (any, error) {
	switch language := c.params.or("language", "zh-CN"); language {
	case "zh-CN":
		return announcementZH, nil
	case "en-US":
		return announcementEN, nil
	default:
		return raw{envelope{Code: naming.CodeServerError, Message: new("Unsupported language: " + language)}}, nil
	}
}

func consoleGuide(*call) (any, error) { return consolePages, nil }

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
