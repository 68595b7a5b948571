package namingapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

func (t routes) addV2() {
	v2 := func(method, path string, check check, serve func(call) (any, error)) {
		r := web.Route{Method: method, Enveloped: true, V2Errors: true}
		t.Add(r, check, serve, "/v2/ns"+path)
		if rest, ok := strings.CutPrefix(path, "/operator"); ok {
			t.Add(r, check, serve, "/v2/ns/ops"+rest)
		}
	}
	v2(web.Post, "/instance", checkDefault, v2Register)
	v2(web.Delete, "/instance", checkDefault, v2Deregister)
	v2(web.Put, "/instance", checkDefault, v2Update)
	v2(web.Patch, "/instance", checkDefault, v2Patch)
	v2(web.Get, "/instance", checkDefault, v2Detail)
	v2(web.Get, "/instance/list", checkList, v2List)
	v2(web.Put, "/instance/beat", checkBeat, v2Beat)
	v2(web.Every, "/instance/statuses/*", checkDefault, v2Statuses)
	v2(web.Put, "/instance/metadata/batch", checkBatch, v2BatchUpdate)
	v2(web.Delete, "/instance/metadata/batch", checkBatch, v2BatchDelete)

	v2(web.Post, "/service", checkDefault, v2CreateService)
	v2(web.Delete, "/service", checkDefault, v2DeleteService)
	v2(web.Put, "/service", checkDefault, v2UpdateService)
	v2(web.Get, "/service", checkDefault, v2Service)
	v2(web.Get, "/service/list", checkDefault, v2ServiceList)

	v2(web.Get, "/client", checkDefault, v2Client)
	v2(web.Get, "/client/list", checkDefault, v2ClientList)
	v2(web.Get, "/client/publish/list", checkDefault, v2PublishList)
	v2(web.Get, "/client/subscribe/list", checkDefault, v2SubscribeList)
	v2(web.Get, "/client/service/publisher/list", checkDefault, v2PublisherList)
	v2(web.Get, "/client/service/subscriber/list", checkDefault, v2SubscriberList)

	v2(web.Get, "/operator/switches", checkDefault, v1Switches)
	v2(web.Put, "/operator/switches", checkDefault, v2SetSwitch)
	v2(web.Get, "/operator/metrics", checkDefault, v2Metrics)
	v2(web.Put, "/health", checkDefault, v2SetHealth)
	v2(web.Put, "/health/instance", checkDefault, v2SetHealth)

	// The catalogue answers in the envelope but fails as v1 does.
	t.Add(web.Route{Method: web.Every, Enveloped: true}, checkDefault, v2CatalogInstances, "/v2/ns/catalog/instances")
}
