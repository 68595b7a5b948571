package coreapi

import (
	"errors"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// addV1Namespaces adds the oldest routes of namespaces, which answer writes with true or false.
func (t routes) addV1Namespaces() {
	for method, serve := range map[string]func(call) (any, error){
		web.Get: v1GetNamespaces, web.Post: v1CreateNamespace, web.Put: v1UpdateNamespace, web.Delete: v1DeleteNamespace,
	} {
		t.Add(web.Route{Method: method, Fail: web.FailConsole}, checkNamespace, serve, "/v1/console/namespaces")
	}
}

// namespaceBrief is a namespace as lists show it that leave descriptions out.
type namespaceBrief struct {
	ID   string `json:"namespace"`
	Name string `json:"namespaceShowName"`
	namespaceCounts
}

// namespaceAll is what the details add to it.
type namespaceAll struct {
	namespaceBrief
	Description *string `json:"namespaceDesc"`
}

func (n namespaceView) brief() namespaceBrief { return namespaceBrief{n.ID, n.Name, n.namespaceCounts} }

// v1GetNamespaces lists all, shows one, or says whether one exists.
func v1GetNamespaces(c call) (any, error) {
	switch {
	case c.Params["show"] == "all":
		return v1ShowNamespace(c)
	case c.Params["checkNamespaceIdExist"] == "true":
		return namespaceExists(c)
	}
	all := c.namespaceList()
	if c.B.Namespaces.ListsDescriptions {
		return c.Rest(all), nil
	}
	briefs := make([]namespaceBrief, len(all))
	for i, n := range all {
		briefs[i] = n.brief()
	}
	return c.Rest(briefs), nil
}

func v1ShowNamespace(c call) (any, error) {
	id, err := c.Params.Present("namespaceId")
	if err != nil {
		return nil, err
	}
	n, err := c.namespaceDetail(id)
	if err != nil || c.B.Namespaces.ListsDescriptions {
		return n, err
	}
	return namespaceAll{n.brief(), n.Description}, nil
}

// v1CreateNamespace tells only that it was not done, never why.
func v1CreateNamespace(c call) (any, error) {
	n, err := c.v1Namespace("customNamespaceId", "namespaceName")
	if err != nil {
		return nil, err
	}
	err = c.createNamespace(n, c.registry.CheckNamespace)
	if e := (*naming.Error)(nil); errors.As(err, &e) && e.Flavour == naming.Checked {
		return false, nil
	}
	return true, err
}

func v1UpdateNamespace(c call) (any, error) {
	n, err := c.v1Namespace("namespace", "namespaceShowName")
	if err != nil {
		return nil, err
	}
	if c.registry.CheckNamespaceName(n.Name) != nil {
		return false, nil
	}
	n.ID = padded(n.ID)
	return true, c.registry.UpdateNamespace(n)
}

func v1DeleteNamespace(c call) (any, error) { return deleteNamespace(c) }

// v1Namespace is what a write names.
func (c call) v1Namespace(idName, name string) (n naming.Namespace, err error) {
	if n.ID, err = c.Params.Present(idName); err == nil {
		n.Name, err = c.Params.Present(name)
	}
	n.Description = c.Params.OptionalText("namespaceDesc")
	return n, err
}
