package configapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v3Listeners are the md5s that listeners have, by address or by configuration.
type v3Listeners struct {
	By     string            `json:"queryType"`
	Status map[string]string `json:"listenersStatus"`
}

// aggregation reads whether the servers of a cluster are asked too; there are none.
func (c call) aggregation() error {
	_, err := web.BoundBool("boolean").Primitive(c.Params, "aggregationForm", "aggregation", true)
	return err
}

func v3ConfigListeners(c call) (any, error) {
	if err := c.aggregation(); err != nil {
		return nil, err
	}
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	return v3Listeners{"config", c.configs.Listeners(key)}, nil
}

// v3ListenedByIP shows nothing unless all is asked for, or a namespace: only configurations without one are shown then.
func v3ListenedByIP(c call) (any, error) { return c.listenedByIP(c.Params["namespaceId"]) }

func consoleListenedByIP(c call) (any, error) {
	return c.listenedByIP(c.configs.Namespace(c.Params["namespaceId"]))
}

// listenedByIP shows what an address listens to: whatever has the name of the namespace anywhere in its key.
func (c call) listenedByIP(namespace string) (any, error) {
	ip, err := c.Params.Present("ip")
	if err != nil {
		return nil, err
	}
	all, err := web.BoundBool("boolean").Read(c.Params, "all", false)
	if err == nil {
		err = c.aggregation()
	}
	if err != nil {
		return nil, err
	}
	view := v3Listeners{"ip", map[string]string{}}
	for key, md5 := range c.configs.Listening(ip) {
		name := key.GroupKey()
		if all || web.Blank(key.Namespace) || !web.Blank(namespace) && strings.Contains(name, namespace) {
			view.Status[name] = md5
		}
	}
	return view, nil
}
