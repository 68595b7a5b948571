package coreapi

import (
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// consoleTip tells where the console is.
func consoleTip(c call) (any, error) {
	return web.Plain("Nacos Console default port is " + strconv.Itoa(c.consolePort()) + ", and the path is /."), nil
}

// consoleReadiness fails to HTTP too, unlike that of the main port.
func consoleReadiness(c call) (any, error) {
	if why := c.unready(); why != "" {
		return nil, web.Unexpected(why)
	}
	return web.Plain("ok"), nil
}

func consoleState(c call) (any, error) {
	state, err := serverState(c)
	return web.Raw{Value: state}, err
}

// What a server is shipped with to announce, by language, and how to get at the pages of the console.
const (
	announcementEN = `Authentication has not been enabled in cluster, please refer to <a href="https://nacos.io/en/docs/latest/manual/admin/auth/">Documentation</a> to enable~`
	announcementZH = `当前集群没有开启鉴权，请参考<a href="https://nacos.io/docs/latest/manual/admin/auth/">文档</a>开启鉴权~`
	consolePages   = `当前节点已关闭Nacos开源控制台使用，请修改application.properties中的nacos.console.ui.enabled参数为true打开开源控制台使用，详情查看<a href="https://nacos.io/docs/latest/manual/admin/console/">文档</a>中关于<code>关闭默认控制台部分</code>。`
)

func consoleAnnouncement(c call) (any, error) {
	switch language := c.Params.Or("language", "zh-CN"); language {
	case "zh-CN":
		return announcementZH, nil
	case "en-US":
		return announcementEN, nil
	default:
		return web.Raw{Value: web.Envelope{Code: naming.CodeServerError, Message: new("Unsupported language: " + language)}}, nil
	}
}

func consoleGuide(call) (any, error) { return consolePages, nil }

func consoleNodes(c call) (any, error) { return c.members(c.Params["keyword"], ""), nil }
