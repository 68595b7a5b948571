package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
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
	switch tag := c.params["tag"]; {
	case c.Header.Get("isBeta") == "true":
		variant = config.Beta
	case !blank(tag):
		variant = config.TagPrefix + tag
	}
	c.configs.Redump(key, variant)
	return true, nil
}

// v1ConfigMetrics answers what the clients of an address hold. Clients that only poll tell nothing.
func v1ConfigMetrics(c call) (any, error) {
	if _, err := c.params.present("ip"); err != nil {
		return nil, err
	}
	if c.B.HTTP.ChecksParameters {
		err := c.configs.CheckTenant(c.params["tenant"])
		if err == nil {
			err = c.configs.CheckNames(c.params.optionalText("dataId"), c.params.optionalText("group"))
		}
		if err != nil {
			return nil, err
		}
	}
	return map[string]any{}, nil
}
