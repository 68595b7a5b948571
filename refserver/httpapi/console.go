package httpapi

import (
	"net"
	"net/http"
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func liveness(*call) (any, error)   { return plain("OK"), nil }
func v2Liveness(*call) (any, error) { return plain("ok"), nil }

func readiness(c *call) (any, error) {
	if why := c.unready(); why != "" {
		return nil, &naming.Error{Flavour: naming.Checked, Status: http.StatusInternalServerError, Message: why}
	}
	return plain("OK"), nil
}

// v2Readiness fails within an answer that is a success to HTTP.
func v2Readiness(c *call) (any, error) {
	if why := c.unready(); why != "" {
		return raw{envelope{Code: naming.CodeServerError, Message: &why}}, nil
	}
	return plain("ok"), nil
}

// serverState is what the server tells of its settings: text, all of it.
func serverState(c *call) (any, error) {
	if !c.h.b.Server.FullState {
		return map[string]any{"version": c.h.b.Server.Version, "standalone_mode": "standalone", "function_mode": nil}, nil
	}
	return map[string]any{
		"version": c.h.b.Server.Version, "startup_mode": "standalone", "function_mode": nil,
		"server_port": strconv.Itoa(c.h.port()), "console_ui_enabled": "true", "login_page_enabled": strconv.FormatBool(c.h.asksForLogin()),
		"auth_enabled": strconv.FormatBool(c.h.tellsAuth()), "auth_system_type": "nacos", "auth_admin_request": strconv.FormatBool(c.h.wantsAdministrator()),
		"datasource_platform": "", "plugin_datasource_log_enabled": "false", "config_retention_days": "30",
		"defaultMaxSize": "102400", "defaultMaxAggrSize": "1024", "defaultMaxAggrCount": "10000",
		"defaultGroupQuota": "200", "defaultClusterQuota": "100000", "maxContent": "10485760",
		"maxHealthCheckFailCount": "12", "isHealthCheck": "true", "isManageCapacity": "true",
		"isCapacityLimitCheck": "false", "notifyConnectTimeout": "100", "notifySocketTimeout": "200",
	}, nil
}

// self is the address of this server as it tells it to clients.
func (c *call) self() string {
	host := "127.0.0.1"
	if address, ok := c.Context().Value(http.LocalAddrContextKey).(interface{ String() string }); ok {
		host = hostOf(address.String(), host)
	}
	return host + ":" + strconv.Itoa(c.h.port())
}

// hostOf is the host of an address, or the fallback.
func hostOf(address, fallback string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return fallback
}
