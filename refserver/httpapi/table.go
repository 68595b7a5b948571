package httpapi

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// route is one operation.
type route struct {
	method, path string
	// enveloped results are put into the v2 envelope; v2Errors says the same of errors.
	enveloped, v2Errors bool
	// fail renders errors; nil for the way of v2 where v2Errors says so, else for that of naming over v1.
	fail func(*Call, error)
	// slash says that the path ends in a slash of its own.
	slash bool
	// check is nil for nothing to check.
	check Check[*Call]
	serve Serve[*Call]
}

// Serve is what a route does with a request. A result is rendered, an error as fail of the route says.
type Serve[C any] = func(C) (any, error)

// Check takes the parameters out of a request that are checked before its route. It fails when what it must read to
// do so cannot be read.
type Check[C any] = func(C) ([]paramcheck.Params, error)

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
func (t *table) add(r route, paths ...string) {
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

// newTable is a table without routes.
func newTable() *table { return &table{byPath: map[string]map[string]*route{}} }

// Routes adds routes to a table that take requests as C, which As makes of them.
type Routes[C any] struct {
	*table
	As func(*Call) C
}

// add adds a route to its paths. What it checks is nil for nothing.
func (t Routes[C]) add(r route, check Check[C], serve Serve[C], paths ...string) {
	r.serve = func(c *Call) (any, error) { return serve(t.As(c)) }
	if check != nil {
		r.check = func(c *Call) ([]paramcheck.Params, error) { return check(t.As(c)) }
	}
	t.table.add(r, paths...)
}

// face is one of the two HTTP ports: what it serves under which context path.
type face struct {
	contextPath string
	routes      *table
	// console says that it is the port of the console.
	console bool
}
