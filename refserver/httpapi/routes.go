package httpapi

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// route is one operation.
type route struct {
	method, path string
	// check says which parameters are checked before the route is served.
	check check
	// enveloped results are put into the v2 envelope; v2Errors says the same of errors.
	enveloped, v2Errors bool
	// coreErrors are rendered as outside of naming.
	coreErrors bool
	// consoleErrors are rendered as by the oldest routes of the console.
	consoleErrors bool
	// plainErrors are rendered as text.
	plainErrors bool
	// configErrors are rendered as by configuration management over v1.
	configErrors bool
	// accountErrors are rendered as by the routes of users, roles and permissions.
	accountErrors bool
	// slash says that the path ends in a slash of its own.
	slash bool
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

// face is one of the two HTTP ports: what it serves under which context path.
type face struct {
	contextPath string
	routes      *table
	// console says that it is the port of the console.
	console bool
}

func mainFace(b behaviour.Behaviour) *face {
	t := newTable()
	t.addV1(b.V1)
	t.addConfigs(b.ConfigHTTP)
	if b.V1.PeerRoutes {
		t.addPeers(b.V1)
	}
	if b.V1.UpgradeRoutes {
		t.addUpgrade()
	}
	if b.V1.DomRoutes {
		t.addDoms()
	}
	if b.HTTP.ServesV2 {
		t.addV2()
		t.addV2Configs()
	}
	if b.HTTP.ServesEarlyV2 {
		t.addEarlyV2()
	}
	if b.HTTP.ServesLoader {
		t.addLoader()
	}
	t.addOperations(b.Operations)
	t.addConfigOperations()
	if b.API.V3 {
		t.addV3()
		t.addV3ConfigOperations()
		t.addV3Configs()
	}
	if b.API.OwnConsole {
		t.addLanding(consoleTip)
	} else {
		t.addConsole(b.HTTP.ServesV2)
		if b.Operations.Announces {
			t.addAnnouncements()
		}
		t.addV1Namespaces()
		if b.HTTP.ServesV2 {
			t.addNamespaces("/v2/console/namespace", "namespaceId", checkNamespace)
		}
		t.addLanding(landing)
	}
	t.addAccounts(b)
	return &face{contextPath: b.HTTP.ContextPath, routes: t}
}

func consoleFace() *face {
	t := newTable()
	t.addConsole(true)
	t.addAnnouncements()
	t.addV1Namespaces()
	t.addNamespaces("/v2/console/namespace", "namespaceId", checkNamespace)
	t.addV3Console()
	t.addV3ConsoleConfigs()
	t.addAccountsV1(false)
	t.addAccountsV3()
	t.addLanding(landing)
	return &face{routes: t, console: true}
}

func newTable() *table { return &table{byPath: map[string]map[string]*route{}} }

func (t *table) addV1(b behaviour.V1) {
	v1 := func(method, path string, check check, serve func(*call) (any, error)) {
		r := route{method: method, check: check, serve: serve}
		t.add(r, "/v1/ns"+path)
		if rest, ok := strings.CutPrefix(path, "/operator"); ok {
			t.add(r, "/v1/ns/ops"+rest)
		}
	}
	v1(post, "/instance", checkDefault, v1Register)
	v1(del, "/instance", checkDefault, v1Deregister)
	v1(put, "/instance", checkDefault, v1Update)
	v1(patch, "/instance", checkDefault, v1Patch)
	v1(get, "/instance", checkDefault, v1Detail)
	v1(get, "/instance/list", checkList, v1List)
	v1(put, "/instance/beat", checkBeat, v1Beat)
	v1(get, "/instance/statuses", checkDefault, v1Statuses)
	v1(put, "/instance/metadata/batch", checkBatch, v1BatchUpdate)
	v1(del, "/instance/metadata/batch", checkBatch, v1BatchDelete)

	v1(post, "/service", checkDefault, v1CreateService)
	v1(del, "/service", checkDefault, v1DeleteService)
	v1(put, "/service", checkDefault, v1UpdateService)
	v1(get, "/service", checkDefault, v1Service)
	v1(get, "/service/list", checkDefault, v1ServiceList)
	v1(get, "/service/names", checkDefault, v1ServiceNames)
	v1(get, "/service/subscribers", checkDefault, v1Subscribers)
	if b.SelectorTypes {
		v1(get, "/service/selector/types", checkDefault, v1SelectorTypes)
	}

	v1(put, "/cluster", checkDefault, v1UpdateCluster)
	v1(put, "/health", checkDefault, v1SetHealth)
	v1(put, "/health/instance", checkDefault, v1SetHealth)
	v1(get, "/health/server", checkDefault, v1HealthServer)
	if b.Checkers {
		v1(get, "/health/checkers", checkDefault, v1Checkers)
	}

	v1(get, "/catalog/service", checkDefault, v1CatalogService)
	v1(get, "/catalog/instances", checkDefault, v1CatalogInstances)
	v1(get, "/catalog/services", checkDefault, v1CatalogServices)

	v1(get, "/operator/switches", checkDefault, v1Switches)
	v1(put, "/operator/switches", checkDefault, v1SetSwitch)
	v1(get, "/operator/metrics", checkDefault, v1Metrics)
	v1(get, "/operator/push/state", checkDefault, v1PushState)
	if b.ClientMapper {
		v1(get, "/operator/distro/client", checkDefault, v1DistroClient)
	}
	v1(put, "/operator/log", checkDefault, v1LogLevel)
}

// addDoms adds the routes of the oldest clients, and those of instances once more.
func (t *table) addDoms() {
	v1 := func(method, path string, check check, serve func(*call) (any, error)) {
		t.add(route{method: method, check: check, serve: serve}, "/v1/ns"+path)
	}
	v1(get, "/api/allDomNames", checkDefault, v1AllNames)
	v1(get, "/api/srvIPXT", checkList, named(v1List))
	v1(get, "/api/clientBeat", checkBeat, named(v1Beat))
	for _, r := range []struct{ method, path string }{
		{post, ""}, {del, ""}, {put, ""}, {patch, ""}, {get, ""}, {get, "/list"}, {put, "/beat"}, {get, "/statuses"},
		{put, "/metadata/batch"}, {del, "/metadata/batch"},
	} {
		instance, _ := t.find(r.method, "/v1/ns/instance"+r.path)
		v1(r.method, "/api"+r.path, instance.check, instance.serve)
	}
}

func (t *table) addV2() {
	v2 := func(method, path string, check check, serve func(*call) (any, error)) {
		r := route{method: method, check: check, enveloped: true, v2Errors: true, serve: serve}
		t.add(r, "/v2/ns"+path)
		if rest, ok := strings.CutPrefix(path, "/operator"); ok {
			t.add(r, "/v2/ns/ops"+rest)
		}
	}
	v2(post, "/instance", checkDefault, v2Register)
	v2(del, "/instance", checkDefault, v2Deregister)
	v2(put, "/instance", checkDefault, v2Update)
	v2(patch, "/instance", checkDefault, v2Patch)
	v2(get, "/instance", checkDefault, v2Detail)
	v2(get, "/instance/list", checkList, v2List)
	v2(put, "/instance/beat", checkBeat, v2Beat)
	v2(every, "/instance/statuses/*", checkDefault, v2Statuses)
	v2(put, "/instance/metadata/batch", checkBatch, v2BatchUpdate)
	v2(del, "/instance/metadata/batch", checkBatch, v2BatchDelete)

	v2(post, "/service", checkDefault, v2CreateService)
	v2(del, "/service", checkDefault, v2DeleteService)
	v2(put, "/service", checkDefault, v2UpdateService)
	v2(get, "/service", checkDefault, v2Service)
	v2(get, "/service/list", checkDefault, v2ServiceList)

	v2(get, "/client", checkDefault, v2Client)
	v2(get, "/client/list", checkDefault, v2ClientList)
	v2(get, "/client/publish/list", checkDefault, v2PublishList)
	v2(get, "/client/subscribe/list", checkDefault, v2SubscribeList)
	v2(get, "/client/service/publisher/list", checkDefault, v2PublisherList)
	v2(get, "/client/service/subscriber/list", checkDefault, v2SubscriberList)

	v2(get, "/operator/switches", checkDefault, v1Switches)
	v2(put, "/operator/switches", checkDefault, v2SetSwitch)
	v2(get, "/operator/metrics", checkDefault, v2Metrics)
	v2(put, "/health", checkDefault, v2SetHealth)
	v2(put, "/health/instance", checkDefault, v2SetHealth)

	// The catalogue answers in the envelope but fails as v1 does.
	t.add(route{method: every, check: checkDefault, enveloped: true, serve: v2CatalogInstances}, "/v2/ns/catalog/instances")
}

// addConsole adds what tells whether the server is ready, over v2 too where it has that.
func (t *table) addConsole(overV2 bool) {
	v1 := func(path string, serve func(*call) (any, error)) {
		t.add(route{method: get, serve: serve}, path)
	}
	v1("/v1/console/health/liveness", liveness)
	v1("/v1/console/health/readiness", readiness)
	v1("/v1/console/server/state", serverState)
	if !overV2 {
		return
	}
	v2 := func(path string, serve func(*call) (any, error)) {
		t.add(route{method: get, enveloped: true, v2Errors: true, serve: serve}, path)
	}
	v2("/v2/console/health/liveness", v2Liveness)
	v2("/v2/console/health/readiness", v2Readiness)
}

func (t *table) addLoader() {
	core := func(path string, serve func(*call) (any, error)) {
		t.add(route{method: get, coreErrors: true, serve: serve}, "/v2/core/loader"+path)
	}
	core("/current", loaderCurrent)
	core("/reloadCurrent", loaderReloadCurrent)
	core("/smartReloadCluster", loaderSmartReload)
	core("/reloadClient", loaderReloadClient)
	core("/cluster", loaderCluster)
}
