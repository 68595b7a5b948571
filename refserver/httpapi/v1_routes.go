package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func (t routes) addV1(b behaviour.V1) {
	v1 := func(method, path string, check check, serve func(call) (any, error)) {
		r := route{method: method}
		t.add(r, check, serve, "/v1/ns"+path)
		if rest, ok := strings.CutPrefix(path, "/operator"); ok {
			t.add(r, check, serve, "/v1/ns/ops"+rest)
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
func (t routes) addDoms() {
	v1 := func(method, path string, check check, serve func(call) (any, error)) {
		t.add(route{method: method}, check, serve, "/v1/ns"+path)
	}
	v1(get, "/api/allDomNames", checkDefault, v1AllNames)
	v1(get, "/api/srvIPXT", checkList, named(v1List))
	v1(get, "/api/clientBeat", checkBeat, named(v1Beat))
	for _, r := range []struct{ method, path string }{
		{post, ""}, {del, ""}, {put, ""}, {patch, ""}, {get, ""}, {get, "/list"}, {put, "/beat"}, {get, "/statuses"},
		{put, "/metadata/batch"}, {del, "/metadata/batch"},
	} {
		instance, _ := t.find(r.method, "/v1/ns/instance"+r.path)
		t.table.add(route{method: r.method, check: instance.check, serve: instance.serve}, "/v1/ns/api"+r.path)
	}
}
