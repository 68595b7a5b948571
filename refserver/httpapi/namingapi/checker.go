package namingapi

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// checkerJSON is a health checker as requests describe it.
type checkerJSON struct {
	Type    string     `json:"type"`
	Path    *wire.Text `json:"path"`
	Headers *wire.Text `json:"headers"`
	Code    *wire.Int  `json:"expectedResponseCode"`
	User    *string    `json:"user"`
	Pwd     *string    `json:"pwd"`
	Cmd     *string    `json:"cmd"`
}

// parseChecker reads the JSON of a health checker. One of an unknown type never probes.
func parseChecker(text string) (naming.Checker, error) {
	var j *checkerJSON
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&j); err != nil {
		return naming.Checker{}, &web.Unreadable{Status: http.StatusSwitchingProtocols, Class: "com.alibaba.nacos.api.naming.pojo.healthcheck.AbstractHealthChecker", Reason: err.Error()}
	}
	if j == nil {
		return naming.Checker{}, web.Unexpected(`Cannot invoke "com.alibaba.nacos.api.naming.pojo.healthcheck.AbstractHealthChecker.getType()" because "healthChecker" is null`)
	}
	switch j.Type {
	case "TCP":
		return naming.Checker{Type: "TCP"}, nil
	case "HTTP":
		code := wire.Int(200)
		if j.Code != nil {
			code = *j.Code
		}
		return naming.Checker{Type: "HTTP", Path: textOf(j.Path), Headers: textOf(j.Headers), ExpectedCode: int(code)}, nil
	case "MYSQL":
		return naming.Checker{Type: "MYSQL", User: j.User, Password: j.Pwd, Command: j.Cmd}, nil
	}
	return naming.Checker{Type: "NONE"}, nil
}

type httpSettings struct {
	Path    string `json:"path"`
	Headers string `json:"headers"`
	Code    int    `json:"expectedResponseCode"`
}

type mysqlSettings struct {
	User *string `json:"user"`
	Pwd  *string `json:"pwd"`
	Cmd  *string `json:"cmd"`
}

// showChecker is a health checker as services show it.
func showChecker(checker naming.Checker) json.RawMessage {
	kind := struct {
		Type string `json:"type"`
	}{checker.Type}
	switch checker.Type {
	case "HTTP":
		return web.Encode(struct {
			Type string `json:"type"`
			httpSettings
		}{checker.Type, httpSettings{checker.Path, checker.Headers, checker.ExpectedCode}})
	case "MYSQL":
		return web.Encode(struct {
			Type string `json:"type"`
			mysqlSettings
		}{checker.Type, mysqlSettings{checker.User, checker.Password, checker.Command}})
	}
	return web.Encode(kind)
}

func v1Checkers(call) (any, error) {
	return struct {
		TCP   struct{}      `json:"TCP"`
		HTTP  httpSettings  `json:"HTTP"`
		MySQL mysqlSettings `json:"MYSQL"`
		None  struct{}      `json:"NONE"`
	}{HTTP: httpSettings{Code: 200}}, nil
}

func v1UpdateCluster(c call) (any, error) {
	name, err := c.Params.Required("clusterName")
	if err != nil {
		return nil, err
	}
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	checkPort, err := c.Params.Required("checkPort")
	if err != nil {
		return nil, err
	}
	k := c.key(c.namespace(), grouped)
	if c.B.V1.ClassicWrites {
		return c.classicClusterUpdate(k, name, checkPort)
	}
	instancePort, err := c.Params.Required("useInstancePort4Check")
	if err != nil {
		return nil, err
	}
	text, err := c.Params.Required("healthChecker")
	if err != nil {
		return nil, err
	}
	checker, err := parseChecker(text)
	if err != nil {
		return nil, err
	}
	m, err := c.parseMetadata(c.Params.Optional("metadata", ""))
	if err != nil {
		return nil, err
	}
	return web.Plain("ok"), c.registry.UpdateCluster(k, name, naming.Cluster{
		Checker: checker, CheckPort: web.LenientNumber(checkPort), UseInstancePort: naming.TruthyText(instancePort), Metadata: m.values,
	})
}
