package configapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// addConfigOperations adds what operators ask of configuration management as a part of the server.
func (t routes) addConfigOperations() {
	v1 := t.Below("/v1/cs", web.Route{Fail: web.FailCore})
	v1(web.Get, "/health", configHealth)
	v1(web.Put, "/ops/log", configLog)
	v1(web.Post, "/ops/localCache", dumped)
	v1(web.Get, "/ops/derby", derby)
	v1(web.Post, "/ops/data/removal", replaceDerby)
}

// addV3ConfigOperations adds the same over v3.
func (t routes) addV3ConfigOperations() {
	v3 := t.Below("/v3/admin/cs/ops", web.Route{Enveloped: true, V2Errors: true})
	v3(web.Put, "/log", v3ConfigLog)
	v3(web.Post, "/localCache", v3Dumped)
	v3(web.Get, "/derby", v3Derby)
}

func configHealth(call) (any, error) { return web.Plain("UP"), nil }

// dumped serves all that is stored at once.
func dumped(c call) (any, error) {
	c.configs.Dump()
	return web.Plain("200"), nil
}

func v3Dumped(c call) (any, error) {
	_, err := dumped(c)
	return "Local cache updated from store successfully!", err
}

func configLog(c call) (any, error) { return web.Plain("200"), c.LogLevel() }

func v3ConfigLog(c call) (any, error) {
	if err := c.LogLevel(); err != nil {
		return nil, err
	}
	return "Log level updated successfully! Module: " + c.Params["logName"] + ", Log Level: " + c.Params["logLevel"], nil
}

// derbyOff is what a server says whose embedded database may not be queried.
const derbyOff = "Derby ops is disabled, please set `nacos.config.derby.ops.enabled=true` to enabled this feature."

// derby queries the embedded database. This server keeps no rows in tables, so that every query finds none.
func derby(c call) (any, error) {
	query, err := c.Params.Present("sql")
	if err != nil {
		return nil, err
	}
	message := derbyOff
	if c.B.Operations.QueriesDerby {
		message = "Only query statements are allowed to be executed"
		if strings.HasPrefix(strings.ToLower(query), "select") {
			return c.Rest([]any{}), nil
		}
	}
	return c.RestOf(http.StatusInternalServerError, message, nil), nil
}

// replaceDerby refuses to fill the embedded database.
func replaceDerby(c call) (any, error) {
	switch {
	case !c.HasParts():
		return nil, web.Unexpected("Current request is not a multipart request")
	case c.File == nil:
		return nil, web.Unexpected("Required request part 'file' is not present")
	case c.B.Operations.QueriesDerby:
		return c.RestOf(http.StatusInternalServerError, "This server keeps nothing in tables that could be filled", nil), nil
	}
	return c.RestOf(http.StatusInternalServerError, derbyOff, nil), nil
}

func v3Derby(c call) (any, error) {
	if _, err := c.Params.Present("sql"); err != nil {
		return nil, err
	}
	return web.Raw{Value: web.Envelope{Code: naming.CodeServerError, Message: new(derbyOff)}}, nil
}
