package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
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
	if value, given := c.params[name]; given {
		return value
	}
	for given, value := range c.params {
		if strings.EqualFold(given, name) {
			return value
		}
	}
	return c.Header.Get(name)
}

// loginCredentials are those that the request shows to a login: a token in the header or in a parameter, or a name.
func (c call) loginCredentials() accounts.Credentials {
	shown := accounts.Credentials{Token: c.params["accessToken"], User: c.params["username"], Password: c.params["password"]}
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
		r.Namespace, r.Group, r.Name = c.params["tenant"], c.params["group"], c.params["dataId"]
		if namespace := c.params["namespaceId"]; !classic && !blank(namespace) {
			r.Namespace = namespace
		}
		if group := c.params["groupName"]; !classic && !blank(group) {
			r.Group = group
		}
	case "naming":
		r.Namespace, r.Group, r.Name = c.params["namespaceId"], c.params["groupName"], c.params["serviceName"]
		group, name, grouped := strings.Cut(r.Name, "@@")
		switch {
		case grouped:
			r.Name = name
		case !blank(r.Name):
			group = c.B.Registration.DefaultGroup
		default:
			group = ""
		}
		if blank(r.Group) {
			r.Group = group
		}
	case "ai":
		r.Namespace, r.Group, r.Name = c.params["namespaceId"], c.B.Registration.DefaultGroup, c.params["mcpName"]
	default:
		return accounts.Resource{Name: kind}
	}
	return r
}

// tellsAuth says whether the server state tells that authentication is on: the console does not count.
func (h *Handler) tellsAuth() bool {
	return h.authenticates() && (h.accounts.Settings().Open || h.accounts.Settings().Admin)
}

// wantsAdministrator says whether the first administrator is still to be made.
func (h *Handler) wantsAdministrator() bool {
	return h.authenticates() && !h.accounts.HasAdministrator()
}

// asksForLogin says whether the console shows a page to log in.
func (h *Handler) asksForLogin() bool {
	return h.authenticates() && (h.accounts.Settings().Console || !h.b.Auth.SeparateSwitches)
}
