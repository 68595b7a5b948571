package httpapi

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// route is one operation.
type route struct {
	method, path string
	// enveloped results are put into the v2 envelope; v2Errors says the same of errors.
	enveloped, v2Errors bool
	// fail renders errors; nil for the way of v2 where v2Errors says so, else for that of naming over v1.
	fail func(*call, error)
	// slash says that the path ends in a slash of its own.
	slash bool
	// check says which parameters are checked before the route is served; nil for none.
	check check
	serve func(*call) (any, error)
}

// table finds the route of a request. A path that ends in a slash followed by * has a variable there.
type table struct{ byPath map[string]map[string]*route }

// find is the route of a method and a path; one slash at the end is allowed. HEAD is served as GET outside v1.
func (t *table) find(method, path string) (r *route, variable string) {
	methods, variable := t.methods(path)
	if r := cmp.Or(methods[method], methods[every]); r != nil && method != http.MethodOptions {
		return r, variable
	}
	if method == http.MethodHead && !strings.HasPrefix(path, "/v1/ns/") {
		return methods[http.MethodGet], variable
	}
	return nil, ""
}

func (t *table) methods(path string) (methods map[string]*route, variable string) {
	path = strings.TrimSuffix(path, "/")
	if methods := t.byPath[path]; methods != nil {
		return methods, ""
	}
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		return t.byPath[path[:i]+"/*"], path[i+1:]
	}
	return nil, ""
}

// anyMethod is a route of a path for some method.
func (t *table) anyMethod(path string) *route {
	methods, _ := t.methods(path)
	for _, r := range methods {
		return r
	}
	return nil
}

// allowed are the methods of a path as the Allow header lists them.
func (t *table) allowed(path string) string {
	methods, _ := t.methods(path)
	if methods[every] != nil {
		return "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"
	}
	names := slices.Sorted(maps.Keys(methods))
	if methods[get] != nil {
		names = append(names, http.MethodHead)
	}
	return strings.Join(append(names, http.MethodOptions), ",")
}

// add adds a route to its paths.
func (t *table) add(r route, check check, serve func(*call) (any, error), paths ...string) {
	r.check, r.serve = check, serve
	for _, path := range paths {
		if t.byPath[path] == nil {
			t.byPath[path] = map[string]*route{}
		}
		entry := r
		entry.path = path
		t.byPath[path][r.method] = &entry
	}
}

const (
	get   = http.MethodGet
	post  = http.MethodPost
	put   = http.MethodPut
	patch = http.MethodPatch
	del   = http.MethodDelete
	// every is the method of routes that are served under all methods.
	every = ""
)

func newTable() *table { return &table{byPath: map[string]map[string]*route{}} }
