package httpapi

// addV3 adds the v3 routes of the main port, for clients and for administrators.
func (t routes) addV3() {
	v3 := func(prefix, method, path string, check check, serve func(call) (any, error)) {
		t.add(route{method: method, enveloped: true, v2Errors: true}, check, serve, prefix+path)
	}
	client := func(method, path string, check check, serve func(call) (any, error)) {
		v3("/v3/client/ns", method, path, check, serve)
	}
	client(post, "/instance", checkDefault, v3ClientRegister)
	client(del, "/instance", checkDefault, v3Deregister)
	client(get, "/instance/list", checkList, v3ClientList)

	admin := func(method, path string, check check, serve func(call) (any, error)) {
		v3("/v3/admin/ns", method, path, check, serve)
	}
	admin(post, "/instance", checkDefault, v3Register)
	admin(del, "/instance", checkDefault, v3Deregister)
	admin(put, "/instance", checkDefault, v3Update)
	admin(put, "/instance/partial", checkDefault, v3Patch)
	admin(put, "/instance/metadata/batch", checkBatch, v2BatchUpdate)
	admin(del, "/instance/metadata/batch", checkBatch, v2BatchDelete)
	admin(get, "/instance/list", checkList, v3List)
	admin(get, "/instance", checkDefault, v3Detail)

	admin(post, "/service", checkDefault, v2CreateService)
	admin(del, "/service", checkDefault, v3DeleteService)
	admin(put, "/service", checkDefault, v2UpdateService)
	admin(get, "/service", checkDefault, v3Service)
	admin(get, "/service/list", checkDefault, v3ServiceList)
	admin(get, "/service/subscribers", checkDefault, v3Subscribers)
	admin(get, "/service/selector/types", checkDefault, v3SelectorTypes)

	admin(get, "/client/list", checkDefault, v2ClientList)
	admin(get, "/client", checkDefault, v3Client)
	admin(get, "/client/publish/list", checkDefault, v3PublishList)
	admin(get, "/client/subscribe/list", checkDefault, v3SubscribeList)
	admin(get, "/client/service/publisher/list", checkDefault, v3PublisherList)
	admin(get, "/client/service/subscriber/list", checkDefault, v3SubscriberList)
	admin(get, "/client/distro", checkDefault, v1DistroClient)

	admin(put, "/cluster", checkDefault, v3UpdateCluster)
	admin(put, "/health/instance", checkDefault, v3SetHealth)
	admin(get, "/health/checkers", checkDefault, v1Checkers)
	admin(get, "/ops/switches", checkDefault, v1Switches)
	admin(put, "/ops/switches", checkDefault, v2SetSwitch)
	admin(get, "/ops/metrics", checkDefault, v3Metrics)
	admin(put, "/ops/log", checkDefault, v3LogLevel)

	core := func(method, path string, serve func(call) (any, error)) {
		v3("/v3/admin/core", method, path, nil, serve)
	}
	core(get, "/state", serverState)
	core(get, "/state/liveness", v2Liveness)
	core(get, "/state/readiness", v2Readiness)
	core(get, "/loader/current", loaderCurrent)
	core(get, "/loader/cluster", v3LoaderCluster)
	core(post, "/loader/reloadCurrent", v3ReloadCurrent)
	core(post, "/loader/reloadClient", v3ReloadClient)
	core(post, "/loader/smartReloadCluster", v3SmartReload)
	core(get, "/namespace/check", countNamespace)
	t.addNamespaces("/v3/admin/core/namespace", "namespaceId", nil)
	core(get, "/cluster/node/self", v3Self)
	core(get, "/cluster/node/list", v3Nodes)
	core(put, "/cluster/node/list", v2UpdateMembers)
	core(put, "/cluster/lookup", v3Lookup)
	core(get, "/ops/ids", idList)
	core(put, "/ops/log", v3CoreLog)
	core(post, "/ops/raft", v3Raft)
}

// addV3Console adds the part of the v3 console that is about naming and the server itself.
func (t routes) addV3Console() {
	console := func(method, path string, check check, serve func(call) (any, error)) {
		t.add(route{method: method, enveloped: true, v2Errors: true}, check, serve, "/v3/console"+path)
	}
	console(get, "/health/liveness", nil, v2Liveness)
	console(get, "/health/readiness", nil, consoleReadiness)
	console(get, "/server/state", nil, consoleState)
	console(get, "/server/announcement", nil, consoleAnnouncement)
	console(get, "/server/guide", nil, consoleGuide)
	console(get, "/core/cluster/nodes", nil, consoleNodes)
	console(get, "/core/namespace/exist", checkNamespace, namespaceExists)
	t.addNamespaces("/v3/console/core/namespace", "customNamespaceId", checkNamespace)

	console(post, "/ns/service", checkDefault, v2CreateService)
	console(del, "/ns/service", checkDefault, v3DeleteService)
	console(put, "/ns/service", checkDefault, consoleUpdateService)
	console(get, "/ns/service", checkDefault, consoleService)
	console(get, "/ns/service/list", checkDefault, v3ServiceList)
	console(get, "/ns/service/subscribers", checkDefault, v3Subscribers)
	console(get, "/ns/service/selector/types", checkDefault, v3SelectorTypes)
	console(put, "/ns/service/cluster", checkDefault, v3UpdateCluster)
	console(put, "/ns/instance", checkDefault, consoleUpdateInstance)
	console(every, "/ns/instance/list", checkDefault, consoleInstances)
}
