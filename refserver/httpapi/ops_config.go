package httpapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// addConfigOperations adds what operators ask of configuration management as a part of the server.
func (t routes) addConfigOperations() {
	v1 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, fail: failCore}, nil, serve, "/v1/cs"+path)
	}
	v1(get, "/health", configHealth)
	v1(put, "/ops/log", configLog)
	v1(post, "/ops/localCache", dumped)
	v1(get, "/ops/derby", derby)
}

// addV3ConfigOperations adds the same over v3.
func (t routes) addV3ConfigOperations() {
	v3 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, enveloped: true, v2Errors: true}, nil, serve, "/v3/admin/cs/ops"+path)
	}
	v3(put, "/log", v3ConfigLog)
	v3(post, "/localCache", v3Dumped)
	v3(get, "/derby", v3Derby)
}

func configHealth(call) (any, error) { return plain("UP"), nil }

// dumped serves all that is stored at once.
func dumped(c call) (any, error) {
	c.configs.Dump()
	return plain("200"), nil
}

func v3Dumped(c call) (any, error) {
	_, err := dumped(c)
	return "Local cache updated from store successfully!", err
}

func configLog(c call) (any, error) { return plain("200"), c.logLevel() }

func v3ConfigLog(c call) (any, error) {
	if err := c.logLevel(); err != nil {
		return nil, err
	}
	return "Log level updated successfully! Module: " + c.params["logName"] + ", Log Level: " + c.params["logLevel"], nil
}

// derbyOff is what a server says whose embedded database may not be queried.
const derbyOff = "Derby ops is disabled, please set `nacos.config.derby.ops.enabled=true` to enabled this feature."

// derby queries the embedded database. This server keeps no rows in tables, so that every query finds none.
func derby(c call) (any, error) {
	query, err := c.params.present("sql")
	if err != nil {
		return nil, err
	}
	message := derbyOff
	if c.B.Operations.QueriesDerby {
		message = "Only query statements are allowed to be executed"
		if words := strings.Fields(query); len(words) > 0 && strings.EqualFold(words[0], "select") {
			return c.rest([]any{}), nil
		}
	}
	return c.restOf(http.StatusInternalServerError, message, nil), nil
}

func v3Derby(c call) (any, error) {
	if _, err := c.params.present("sql"); err != nil {
		return nil, err
	}
	return raw{envelope{Code: naming.CodeServerError, Message: new(derbyOff)}}, nil
}
