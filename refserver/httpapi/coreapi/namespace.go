package coreapi

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// namespaceView is a namespace as lists show it, and from 2.5 on as details do.
type namespaceView struct {
	ID          string  `json:"namespace"`
	Name        string  `json:"namespaceShowName"`
	Description *string `json:"namespaceDesc"`
	namespaceCounts
}

// namespaceCounts end all views of a namespace.
type namespaceCounts struct {
	Quota   int `json:"quota"`
	Configs int `json:"configCount"`
	Type    int `json:"type"`
}

// globalType is the type of the default namespace, namespaceQuota what is told of the bound on configurations.
const (
	globalType     = 0
	namespaceQuota = 200
)

// counts are those of a namespace of some type.
func (c call) counts(id string, kind int) namespaceCounts {
	return namespaceCounts{namespaceQuota, c.configs.Count(padded(id)), kind}
}

func (c call) custom(n naming.Namespace) namespaceView {
	return namespaceView{n.ID, n.Name, n.Description, c.counts(n.ID, c.B.Namespaces.CustomType)}
}

// namespaceList are the default namespace and those that were created.
func (c call) namespaceList() []namespaceView {
	b := c.B.Namespaces
	all := []namespaceView{{b.DefaultID, "public", &b.DefaultDescription, c.counts(b.DefaultID, globalType)}}
	for _, n := range c.registry.CreatedNamespaces() {
		all = append(all, c.custom(n))
	}
	return all
}

// namespaceDetail is one namespace; the default one has the id that it was asked for with.
func (c call) namespaceDetail(id string) (namespaceView, error) {
	b := c.B.Namespaces
	if web.Blank(id) || id == b.DefaultID {
		return namespaceView{id, b.DefaultName, &b.DefaultDescription, c.counts(b.DefaultID, globalType)}, nil
	}
	n, known := c.registry.CreatedNamespace(padded(id))
	if !known {
		text := strings.ReplaceAll(b.UnknownText, "%s", id)
		return namespaceView{}, namespaceError(http.StatusNotFound, naming.CodeNamespaceUnknown, "%s", text)
	}
	view := c.custom(n)
	view.ID = id
	return view, nil
}

// padded is an id as the storage of real servers compares it: blanks behind it do not count.
func padded(id string) string { return strings.TrimRight(id, " ") }

func namespaceError(status, code int, format string, args ...any) error {
	return &naming.Error{Flavour: naming.Checked, Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

// createNamespace sets up a namespace, under an id of its own when it brings none, if it passes a check.
func (c call) createNamespace(n naming.Namespace, check func(naming.Namespace) error) error {
	given := n.ID
	n.ID = cmp.Or(strings.TrimSpace(n.ID), randomID())
	if err := check(n); err != nil {
		return err
	}
	created, err := c.registry.CreateNamespace(n)
	if err == nil && !created {
		if strings.HasPrefix(c.Path, "/v2/") {
			return namespaceError(http.StatusBadRequest, naming.CodeNamespaceIllegal, "the namespaceId is existed, namespaceId: %s", given)
		}
		return namespaceError(http.StatusBadRequest, naming.CodeNamespaceTaken, "namespaceId [%s] already exist.", given)
	}
	return err
}

// randomID is a random UUID.
func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// checkNamespace checks what the routes of namespaces name.
func checkNamespace(c call) ([]paramcheck.Params, error) {
	return []paramcheck.Params{{NamespaceName: c.Params["namespaceName"], Namespace: c.Params.Alias("namespaceId", "customNamespaceId")}}, nil
}

// namespaceForm is what a write names. Only a field that is not there at all is missing.
func (c call) namespaceForm(idField string) (n naming.Namespace, err error) {
	for _, name := range []string{idField, "namespaceName"} {
		if _, given := c.Params[name]; !given && name != consoleID {
			return n, namespaceError(http.StatusBadRequest, naming.CodeParameterMissing, "required parameter '%s' is missing", name)
		}
	}
	return naming.Namespace{ID: c.Params[idField], Name: c.Params["namespaceName"], Description: c.Params.OptionalText("namespaceDesc")}, nil
}

// consoleID is what the console of 3.0 calls an id that is to be created. It leaves names and ids to the check of parameters,
// which passes empty ones.
// Source: nacos 3.0.3 console/src/main/java/com/alibaba/nacos/console/controller/v3/core/ConsoleNamespaceController.java:90-120; measured.
const consoleID = "customNamespaceId"

// addNamespaces adds the routes of namespaces that answer in the envelope, with the name of an id that is to be created.
func (t routes) addNamespaces(path, idField string, check check) {
	add := func(method, path string, serve func(call) (any, error)) {
		t.Add(web.Route{Method: method, Enveloped: true, V2Errors: true}, check, serve, path)
	}
	add(web.Get, path+"/list", func(c call) (any, error) { return c.namespaceList(), nil })
	add(web.Get, path, getNamespace)
	add(web.Post, path, func(c call) (any, error) {
		n, err := c.namespaceForm(idField)
		if err != nil {
			return nil, err
		}
		if idField == consoleID {
			return true, c.createNamespace(n, func(n naming.Namespace) error { return c.registry.CheckReserved(n.ID) })
		}
		return true, c.createNamespace(n, c.registry.CheckNamespace)
	})
	add(web.Put, path, func(c call) (any, error) { return updateNamespace(c, idField != consoleID) })
	add(web.Delete, path, deleteNamespace)
}

func getNamespace(c call) (any, error) {
	id, err := c.Params.Present("namespaceId")
	if err != nil {
		return nil, err
	}
	return c.namespaceDetail(id)
}

// updateNamespace renames and describes a namespace.
func updateNamespace(c call, checksName bool) (any, error) {
	n, err := c.namespaceForm("namespaceId")
	if err == nil && checksName {
		err = c.registry.CheckNamespaceName(n.Name)
	}
	if err != nil {
		return nil, err
	}
	n.ID = padded(n.ID)
	return true, c.registry.UpdateNamespace(n)
}

func deleteNamespace(c call) (any, error) {
	id, err := c.Params.Present("namespaceId")
	if err != nil {
		return nil, err
	}
	return true, c.registry.DeleteNamespace(padded(id))
}

// countNamespace says how many namespaces were created under an id: none or one.
func countNamespace(c call) (any, error) {
	id, err := c.Params.Present("namespaceId")
	if err != nil {
		return nil, err
	}
	if _, known := c.registry.CreatedNamespace(padded(id)); known {
		return 1, nil
	}
	return 0, nil
}

// namespaceExists says whether a namespace was created under an id.
func namespaceExists(c call) (any, error) {
	id, err := c.Params.Present("customNamespaceId")
	if err != nil {
		return nil, err
	}
	_, known := c.registry.CreatedNamespace(padded(id))
	return known, nil
}

// namespaceTaken says whether none can be created under an id.
func namespaceTaken(c call) (any, error) {
	known, err := namespaceExists(c)
	if c.registry.CheckReserved(c.Params["customNamespaceId"]) != nil {
		return true, nil
	}
	return known, err
}
