package httpapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
)

// parseLong is a whole number of 64 bits, or what Java says of a text that is none.
func parseLong(text string) (n int64, problem string) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0, fmt.Sprintf("java.lang.NumberFormatException: For input string: %q", text)
	}
	return n, ""
}

func formatLong(n int64) string { return strconv.FormatInt(n, 10) }

// v1DataChange serves what another server of the cluster says that has changed.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/controller/CommunicationController.java:58-77.
func v1DataChange(c *call) (any, error) {
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
	c.h.configs.Redump(key, variant)
	return true, nil
}

// v1ConfigMetrics answers what the clients of an address hold. Clients that only poll tell nothing.
func v1ConfigMetrics(c *call) (any, error) {
	if _, err := c.params.present("ip"); err != nil {
		return nil, err
	}
	if c.h.b.HTTP.ChecksParameters {
		err := c.h.configs.CheckTenant(c.params["tenant"])
		if err == nil {
			err = c.h.configs.CheckNames(c.params.optionalText("dataId"), c.params.optionalText("group"))
		}
		if err != nil {
			return nil, err
		}
	}
	return map[string]any{}, nil
}
