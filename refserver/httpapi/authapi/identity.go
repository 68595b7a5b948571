package authapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

const bearer = "Bearer "

// credentials are those that the request shows to the guard: a parameter counts before the header of its name.
func (c call) credentials() accounts.Credentials {
	if !c.B.Auth.HeaderCredentials {
		return c.loginCredentials()
	}
	shown := accounts.Credentials{Token: c.identity("accessToken"), User: c.identity("username"), Password: c.identity("password")}
	if token, ok := strings.CutPrefix(c.identity("Authorization"), bearer); ok {
		shown.Token = token
	}
	return shown
}

// identity is a parameter whatever the case of its name, or else the header.
func (c call) identity(name string) string {
	if value, given := c.Params[name]; given {
		return value
	}
	for given, value := range c.Params {
		if strings.EqualFold(given, name) {
			return value
		}
	}
	return c.Header.Get(name)
}

// loginCredentials are those that the request shows to a login: a token in the header or in a parameter, or a name.
func (c call) loginCredentials() accounts.Credentials {
	shown := accounts.Credentials{Token: c.First("accessToken"), User: c.First("username"), Password: c.First("password")}
	if token, ok := strings.CutPrefix(c.Header.Get("Authorization"), bearer); ok {
		shown.Token = token
	}
	return shown
}

// resource is what the request is about, by the kind that its guard wants to know.
func (c call) resource(kind string) accounts.Resource {
	r := accounts.Resource{Kind: kind}
	classic := c.B.Auth.ClassicResources
	switch kind {
	case "config":
		r.Namespace, r.Group, r.Name = c.Params["tenant"], c.Params["group"], c.Params["dataId"]
		if namespace := c.Params["namespaceId"]; !classic && !web.Blank(namespace) {
			r.Namespace = namespace
		}
		if group := c.Params["groupName"]; !classic && !web.Blank(group) {
			r.Group = group
		}
	case "naming":
		r.Namespace, r.Group, r.Name = c.Params["namespaceId"], c.Params["groupName"], c.Params["serviceName"]
		group, name, grouped := strings.Cut(r.Name, "@@")
		switch {
		case grouped:
			r.Name = name
		case !web.Blank(r.Name):
			group = c.B.Registration.DefaultGroup
		default:
			group = ""
		}
		if web.Blank(r.Group) {
			r.Group = group
		}
	case "ai":
		r.Namespace, r.Group, r.Name = c.Params["namespaceId"], c.B.Registration.DefaultGroup, c.Params["mcpName"]
	default:
		return accounts.Resource{Name: kind}
	}
	return r
}

// TellsAuth says whether the server state tells that authentication is on: the console does not count.
func (a *API) TellsAuth() bool {
	return a.authenticates() && (a.accounts.Settings().Open || a.accounts.Settings().Admin)
}

// WantsAdministrator says whether the first administrator is still to be made.
func (a *API) WantsAdministrator() bool {
	return a.authenticates() && !a.accounts.HasAdministrator()
}

// AsksForLogin says whether the console shows a page to log in.
func (a *API) AsksForLogin() bool {
	return a.authenticates() && (a.accounts.Settings().Console || !a.b.Auth.SeparateSwitches)
}
