package configapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v1DataChange serves what another server of the cluster says that has changed.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/controller/CommunicationController.java:58-77.
func v1DataChange(c call) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	key.DataID, key.Group = strings.TrimSpace(key.DataID), strings.TrimSpace(key.Group)
	variant := ""
	switch tag := c.Params["tag"]; {
	case c.Header.Get("isBeta") == "true":
		variant = config.Beta
	case !web.Blank(tag):
		variant = config.TagPrefix + tag
	}
	c.configs.Redump(key, variant)
	return true, nil
}

// v1ConfigMetrics answers what the clients of an address hold. Clients that only poll tell nothing.
func v1ConfigMetrics(c call) (any, error) {
	if _, err := c.Params.Present("ip"); err != nil {
		return nil, err
	}
	if c.B.HTTP.ChecksParameters {
		err := c.configs.CheckTenant(c.Params["tenant"])
		if err == nil {
			err = c.configs.CheckNames(c.Params.OptionalText("dataId"), c.Params.OptionalText("group"))
		}
		if err != nil {
			return nil, err
		}
	}
	return map[string]any{}, nil
}
