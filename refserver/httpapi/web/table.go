package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// Route is one operation.
type Route struct {
	Method, Path string
	// Enveloped results are put into the v2 envelope; V2Errors says the same of errors.
	Enveloped, V2Errors bool
	// Joins says that texts which were given more than once are joined although results are not put into the envelope.
	Joins bool
	// Fail renders errors; nil for the way of v2 where V2Errors says so, else for that of naming over v1.
	Fail func(*Call, error)
	// Slash says that the path ends in a slash of its own.
	Slash bool
	// Check is nil for nothing to check.
	Check Check[*Call]
	Serve Serve[*Call]
}

// Serve is what a route does with a request. A result is rendered, an error as Fail of the route says.
type Serve[C any] = func(C) (any, error)

// Check takes the parameters out of a request that are checked before its route. It fails when what it must read to
// do so cannot be read.
type Check[C any] = func(C) ([]paramcheck.Params, error)

// Table finds the route of a request. A path that ends in a slash followed by * has a variable there.
type Table struct{ byPath map[string]map[string]*Route }

// Find is the route of a method and a path; one slash at the end is allowed. HEAD is served as GET outside v1.
func (t *Table) Find(method, path string) (r *Route, variable string) {
	methods, variable := t.methods(path)
	if r := cmp.Or(methods[method], methods[Every]); r != nil && method != http.MethodOptions {
		return r, variable
	}
	if method == http.MethodHead && !strings.HasPrefix(path, "/v1/ns/") {
		return methods[http.MethodGet], variable
	}
	return nil, ""
}

func (t *Table) methods(path string) (methods map[string]*Route, variable string) {
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
func (t *Table) anyMethod(path string) *Route {
	methods, _ := t.methods(path)
	for _, r := range methods {
		return r
	}
	return nil
}

// allowed are the methods of a path as the Allow header lists them.
func (t *Table) allowed(path string) string {
	methods, _ := t.methods(path)
	if methods[Every] != nil {
		return "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"
	}
	names := slices.Sorted(maps.Keys(methods))
	if methods[Get] != nil {
		names = append(names, http.MethodHead)
	}
	return strings.Join(append(names, http.MethodOptions), ",")
}

// Add adds a route to its paths.
func (t *Table) Add(r Route, paths ...string) {
	for _, path := range paths {
		if t.byPath[path] == nil {
			t.byPath[path] = map[string]*Route{}
		}
		entry := r
		entry.Path = path
		t.byPath[path][r.Method] = &entry
	}
}

const (
	Get    = http.MethodGet
	Post   = http.MethodPost
	Put    = http.MethodPut
	Patch  = http.MethodPatch
	Delete = http.MethodDelete
	// Every is the method of routes that are served under all methods.
	Every = ""
)

// All are the routes in the order of their paths.
func (t *Table) All() (all []*Route) {
	for _, methods := range t.byPath {
		for _, r := range methods {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *Route) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return all
}

// NewTable is a table without routes.
func NewTable() *Table { return &Table{byPath: map[string]map[string]*Route{}} }

// Routes adds routes to a table that take requests as C, which As makes of them.
type Routes[C any] struct {
	*Table
	As func(*Call) C
}

// Add adds a route to its paths. What it checks is nil for nothing.
func (t Routes[C]) Add(r Route, check Check[C], serve Serve[C], paths ...string) {
	r.Serve = func(c *Call) (any, error) { return serve(t.As(c)) }
	if check != nil {
		r.Check = func(c *Call) ([]paramcheck.Params, error) { return check(t.As(c)) }
	}
	t.Table.Add(r, paths...)
}

// Below gives what adds routes below a path that check nothing and are as like is, but for their methods.
func (t Routes[C]) Below(path string, like Route) func(method, rest string, serve Serve[C]) {
	add := t.CheckedBelow(path, like)
	return func(method, rest string, serve Serve[C]) { add(method, rest, nil, serve) }
}

// CheckedBelow gives what adds such routes with what they check, nil for nothing.
func (t Routes[C]) CheckedBelow(path string, like Route) func(method, rest string, check Check[C], serve Serve[C]) {
	return func(method, rest string, check Check[C], serve Serve[C]) {
		like.Method = method
		t.Add(like, check, serve, path+rest)
	}
}

// Face is one of the two HTTP ports: what it serves under which context path.
type Face struct {
	ContextPath string
	Routes      *Table
	// Console says that it is the port of the console.
	Console bool
}
