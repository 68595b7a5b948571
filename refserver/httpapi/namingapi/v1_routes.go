package namingapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

func (t routes) addV1(b behaviour.V1) {
	v1 := func(method, path string, check check, serve func(call) (any, error)) {
		r := web.Route{Method: method}
		t.Add(r, check, serve, "/v1/ns"+path)
		if rest, ok := strings.CutPrefix(path, "/operator"); ok {
			t.Add(r, check, serve, "/v1/ns/ops"+rest)
		}
	}
	v1(web.Post, "/instance", checkDefault, v1Register)
	v1(web.Delete, "/instance", checkDefault, v1Deregister)
	v1(web.Put, "/instance", checkDefault, v1Update)
	v1(web.Patch, "/instance", checkDefault, v1Patch)
	v1(web.Get, "/instance", checkDefault, v1Detail)
	v1(web.Get, "/instance/list", checkList, v1List)
	v1(web.Put, "/instance/beat", checkBeat, v1Beat)
	v1(web.Get, "/instance/statuses", checkDefault, v1Statuses)
	v1(web.Put, "/instance/metadata/batch", checkBatch, v1BatchUpdate)
	v1(web.Delete, "/instance/metadata/batch", checkBatch, v1BatchDelete)

	v1(web.Post, "/service", checkDefault, v1CreateService)
	v1(web.Delete, "/service", checkDefault, v1DeleteService)
	v1(web.Put, "/service", checkDefault, v1UpdateService)
	v1(web.Get, "/service", checkDefault, v1Service)
	v1(web.Get, "/service/list", checkDefault, v1ServiceList)
	v1(web.Get, "/service/names", checkDefault, v1ServiceNames)
	v1(web.Get, "/service/subscribers", checkDefault, v1Subscribers)
	if b.SelectorTypes {
		v1(web.Get, "/service/selector/types", checkDefault, v1SelectorTypes)
	}

	v1(web.Put, "/cluster", checkDefault, v1UpdateCluster)
	v1(web.Put, "/health", checkDefault, v1SetHealth)
	v1(web.Put, "/health/instance", checkDefault, v1SetHealth)
	v1(web.Get, "/health/server", checkDefault, v1HealthServer)
	if b.Checkers {
		v1(web.Get, "/health/checkers", checkDefault, v1Checkers)
	}

	v1(web.Get, "/catalog/service", checkDefault, v1CatalogService)
	v1(web.Get, "/catalog/instances", checkDefault, v1CatalogInstances)
	v1(web.Get, "/catalog/services", checkDefault, v1CatalogServices)

	v1(web.Get, "/operator/switches", checkDefault, v1Switches)
	v1(web.Put, "/operator/switches", checkDefault, v1SetSwitch)
	v1(web.Get, "/operator/metrics", checkDefault, v1Metrics)
	v1(web.Get, "/operator/push/state", checkDefault, v1PushState)
	if b.ClientMapper {
		v1(web.Get, "/operator/distro/client", checkDefault, v1DistroClient)
	}
	v1(web.Put, "/operator/log", checkDefault, v1LogLevel)
}

// addDoms adds the routes of the oldest clients, and those of instances once more.
func (t routes) addDoms() {
	v1 := t.CheckedBelow("/v1/ns", web.Route{})
	v1(web.Get, "/api/allDomNames", checkDefault, v1AllNames)
	v1(web.Get, "/api/srvIPXT", checkList, named(v1List))
	v1(web.Get, "/api/clientBeat", checkBeat, named(v1Beat))
	for _, r := range []struct{ method, path string }{
		{web.Post, ""}, {web.Delete, ""}, {web.Put, ""}, {web.Patch, ""}, {web.Get, ""}, {web.Get, "/list"}, {web.Put, "/beat"}, {web.Get, "/statuses"},
		{web.Put, "/metadata/batch"}, {web.Delete, "/metadata/batch"},
	} {
		instance, _ := t.Find(r.method, "/v1/ns/instance"+r.path)
		t.Table.Add(web.Route{Method: r.method, Check: instance.Check, Serve: instance.Serve}, "/v1/ns/api"+r.path)
	}
}
