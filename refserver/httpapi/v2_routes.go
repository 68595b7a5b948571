package httpapi

import "strings"

func (t routes) addV2() {
	v2 := func(method, path string, check check, serve func(call) (any, error)) {
		r := route{method: method, enveloped: true, v2Errors: true}
		t.add(r, check, serve, "/v2/ns"+path)
		if rest, ok := strings.CutPrefix(path, "/operator"); ok {
			t.add(r, check, serve, "/v2/ns/ops"+rest)
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
	t.add(route{method: every, enveloped: true}, checkDefault, v2CatalogInstances, "/v2/ns/catalog/instances")
}
