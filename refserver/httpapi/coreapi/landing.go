package coreapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// What is there for those who look at the server with a browser, or with the tools of its framework.

// landingPage stands where a server has the pages of its console.
const landingPage = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><title>nacos-tck</title></head>
<body><h1>nacos-tck reference server</h1><p>It answers the API of the console. The pages of the console are not part of it.</p></body>
</html>
`

func landing(call) (any, error) {
	return web.Typed{Kind: "text/html;charset=UTF-8", Body: []byte(landingPage)}, nil
}

// actuatorType is the type of what the framework says of itself, unless a client wants JSON of no special kind.
func (c call) actuatorType() string {
	switch {
	case strings.HasPrefix(c.Header.Get("Accept"), "application/json"):
		return "application/json"
	case c.B.Operations.EarlyActuator:
		return "application/vnd.spring-boot.actuator.v2+json"
	}
	return "application/vnd.spring-boot.actuator.v3+json"
}

func actuatorHealth(c call) (any, error) {
	return web.Typed{Kind: c.actuatorType(), Body: web.Encode(map[string]string{"status": "UP"})}, nil
}

// actuator lists what the framework says of itself.
func actuator(c call) (any, error) {
	type link struct {
		Href      string `json:"href"`
		Templated bool   `json:"templated"`
	}
	base := "http://" + c.Host + c.URI
	return web.Typed{Kind: c.actuatorType(), Body: web.Encode(map[string]map[string]link{"_links": {
		"self": {Href: base}, "health": {Href: base + "/health"}, "health-path": {base + "/health/{*path}", true},
	}})}, nil
}

// addLanding adds the pages of a face, and what the framework says of itself.
func (t routes) addLanding(pages func(call) (any, error)) {
	t.Add(web.Route{Method: web.Get, Slash: true}, nil, pages, "")
	t.Add(web.Route{Method: web.Get}, nil, pages, "/index.html")
	t.Add(web.Route{Method: web.Get}, nil, actuator, "/actuator")
	t.Add(web.Route{Method: web.Get}, nil, actuatorHealth, "/actuator/health")
	t.Add(web.Route{Method: web.Get}, nil, prometheus, "/actuator/prometheus")
}
