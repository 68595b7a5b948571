package namingapi

import "github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

// addV3 adds the v3 routes of the main port, for clients and for administrators.
func (t routes) addV3() {
	like := web.Route{Enveloped: true, V2Errors: true}
	client := t.CheckedBelow("/v3/client/ns", like)
	client(web.Post, "/instance", checkDefault, v3ClientRegister)
	client(web.Delete, "/instance", checkDefault, v3Deregister)
	client(web.Get, "/instance/list", checkList, v3ClientList)

	admin := t.CheckedBelow("/v3/admin/ns", like)
	admin(web.Post, "/instance", checkDefault, v3Register)
	admin(web.Delete, "/instance", checkDefault, v3Deregister)
	admin(web.Put, "/instance", checkDefault, v3Update)
	admin(web.Put, "/instance/partial", checkDefault, v3Patch)
	admin(web.Put, "/instance/metadata/batch", checkBatch, v2BatchUpdate)
	admin(web.Delete, "/instance/metadata/batch", checkBatch, v2BatchDelete)
	admin(web.Get, "/instance/list", checkList, v3List)
	admin(web.Get, "/instance", checkDefault, v3Detail)

	admin(web.Post, "/service", checkDefault, v2CreateService)
	admin(web.Delete, "/service", checkDefault, v3DeleteService)
	admin(web.Put, "/service", checkDefault, v2UpdateService)
	admin(web.Get, "/service", checkDefault, v3Service)
	admin(web.Get, "/service/list", checkDefault, v3ServiceList)
	admin(web.Get, "/service/subscribers", checkDefault, v3Subscribers)
	admin(web.Get, "/service/selector/types", checkDefault, v3SelectorTypes)

	admin(web.Get, "/client/list", checkDefault, v2ClientList)
	admin(web.Get, "/client", checkDefault, v3Client)
	admin(web.Get, "/client/publish/list", checkDefault, v3PublishList)
	admin(web.Get, "/client/subscribe/list", checkDefault, v3SubscribeList)
	admin(web.Get, "/client/service/publisher/list", checkDefault, v3PublisherList)
	admin(web.Get, "/client/service/subscriber/list", checkDefault, v3SubscriberList)
	admin(web.Get, "/client/distro", checkDefault, v1DistroClient)

	admin(web.Put, "/cluster", checkDefault, v3UpdateCluster)
	admin(web.Put, "/health/instance", checkDefault, v3SetHealth)
	admin(web.Get, "/health/checkers", checkDefault, v1Checkers)
	admin(web.Get, "/ops/switches", checkDefault, v1Switches)
	admin(web.Put, "/ops/switches", checkDefault, v2SetSwitch)
	admin(web.Get, "/ops/metrics", checkDefault, v3Metrics)
	admin(web.Put, "/ops/log", checkDefault, v3LogLevel)
}

// addV3Console adds the part of the v3 console that is about services and instances.
func (t routes) addV3Console() {
	console := t.CheckedBelow("/v3/console", web.Route{Enveloped: true, V2Errors: true})
	console(web.Post, "/ns/service", checkDefault, v2CreateService)
	console(web.Delete, "/ns/service", checkDefault, v3DeleteService)
	console(web.Put, "/ns/service", checkDefault, consoleUpdateService)
	console(web.Get, "/ns/service", checkDefault, consoleService)
	console(web.Get, "/ns/service/list", checkDefault, v3ServiceList)
	console(web.Get, "/ns/service/subscribers", checkDefault, v3Subscribers)
	console(web.Get, "/ns/service/selector/types", checkDefault, v3SelectorTypes)
	console(web.Put, "/ns/service/cluster", checkDefault, v3UpdateCluster)
	console(web.Put, "/ns/instance", checkDefault, consoleUpdateInstance)
	console(web.Every, "/ns/instance/list", checkDefault, consoleInstances)
}
