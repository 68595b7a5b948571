package coreapi

import (
	"net/http"
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func liveness(call) (any, error)   { return web.Plain("OK"), nil }
func v2Liveness(call) (any, error) { return web.Plain("ok"), nil }

func readiness(c call) (any, error) {
	if why := c.unready(); why != "" {
		return nil, &naming.Error{Flavour: naming.Checked, Status: http.StatusInternalServerError, Message: why}
	}
	return web.Plain("OK"), nil
}

// v2Readiness fails within an answer that is a success to HTTP.
func v2Readiness(c call) (any, error) {
	if why := c.unready(); why != "" {
		return web.Raw{Value: web.Envelope{Code: naming.CodeServerError, Message: &why}}, nil
	}
	return web.Plain("ok"), nil
}

// serverState is what the server tells of its settings: text, all of it.
func serverState(c call) (any, error) {
	if !c.B.Server.FullState {
		return map[string]any{"version": c.B.Server.Version, "standalone_mode": "standalone", "function_mode": nil}, nil
	}
	s := c.configs.Settings()
	return map[string]any{
		"version": c.B.Server.Version, "startup_mode": "standalone", "function_mode": nil,
		"server_port": strconv.Itoa(c.Port()), "console_ui_enabled": "true", "login_page_enabled": strconv.FormatBool(c.auth.AsksForLogin()),
		"auth_enabled": strconv.FormatBool(c.auth.TellsAuth()), "auth_system_type": "nacos", "auth_admin_request": strconv.FormatBool(c.auth.WantsAdministrator()),
		"datasource_platform": "", "plugin_datasource_log_enabled": "false", "config_retention_days": "30",
		"defaultMaxSize": strconv.Itoa(s.MaxSize), "defaultMaxAggrSize": strconv.Itoa(s.MaxAggrSize),
		"defaultMaxAggrCount": strconv.Itoa(s.MaxAggrCount), "defaultGroupQuota": strconv.Itoa(s.GroupQuota),
		"defaultClusterQuota": strconv.Itoa(s.ClusterQuota), "maxContent": strconv.Itoa(s.MaxContent),
		"maxHealthCheckFailCount": "12", "isHealthCheck": "true", "isManageCapacity": "true",
		"isCapacityLimitCheck": strconv.FormatBool(s.LimitCheck), "notifyConnectTimeout": "100", "notifySocketTimeout": "200",
	}, nil
}

// addConsole adds what tells whether the server is ready, over v2 too where it has that.
func (t routes) addConsole(overV2 bool) {
	v1 := func(path string, serve func(call) (any, error)) {
		t.Add(web.Route{Method: web.Get}, nil, serve, path)
	}
	v1("/v1/console/health/liveness", liveness)
	v1("/v1/console/health/readiness", readiness)
	v1("/v1/console/server/state", serverState)
	if !overV2 {
		return
	}
	v2 := func(path string, serve func(call) (any, error)) {
		t.Add(web.Route{Method: web.Get, Enveloped: true, V2Errors: true}, nil, serve, path)
	}
	v2("/v2/console/health/liveness", v2Liveness)
	v2("/v2/console/health/readiness", v2Readiness)
}
