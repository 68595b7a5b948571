package coreapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// addOperations adds what operators ask of a server beside naming, below v3.
func (t routes) addOperations(b behaviour.Operations) {
	v1 := t.Below("/v1/core", web.Route{Fail: web.FailCore})
	v1(web.Get, "/cluster/self", v1Self)
	v1(web.Get, "/cluster/nodes", v1Nodes)
	v1(web.Get, "/cluster/simple/nodes", v1Addresses)
	v1(web.Get, "/cluster/health", v1OwnState)
	v1(web.Post, "/cluster/report", v1Report)
	v1(web.Post, "/cluster/switch/lookup", v1Lookup)
	v1(web.Post, "/cluster/server/leave", v1Leave)
	v1(web.Post, "/ops/raft", v1Raft)
	v1(web.Get, "/ops/idInfo", v1IDs)
	v1(web.Put, "/ops/log", coreLogLevel)
	t.Add(web.Route{Method: web.Get, Fail: web.FailCore}, nil, cmdbLabel, "/v1/cmdb/ops/label")
	switch {
	case b.EarlyCore:
		t.addEarlyCore()
	case b.Core:
		t.addCoreMembers()
	}
	if b.Core {
		v2 := t.Below("/v2/core/ops", web.Route{Fail: web.FailCore})
		v2(web.Post, "/raft", v2Raft)
		v2(web.Get, "/ids", v2IDs)
		v2(web.Put, "/log", v2CoreLog)
	}
}

// addCoreMembers adds the members of the cluster over v2.
func (t routes) addCoreMembers() {
	v2 := t.Below("/v2/core/cluster", web.Route{Enveloped: true, V2Errors: true})
	v2(web.Get, "/node/self", v3Self)
	v2(web.Get, "/node/list", v3Nodes)
	v2(web.Get, "/node/self/health", v2OwnState)
	v2(web.Put, "/node/list", v2UpdateMembers)
	v2(web.Put, "/lookup", v3Lookup)
	v2(web.Delete, "/nodes", v2Remove)
}

// addEarlyCore adds them in their first shape.
func (t routes) addEarlyCore() {
	v2 := t.Below("/v2/core/cluster", web.Route{Fail: web.FailCore})
	v2(web.Get, "/nodes/self", v1Self)
	v2(web.Get, "/nodes", earlyNodes)
	v2(web.Put, "/nodes", earlyUpdateMembers)
	v2(web.Put, "/lookup", earlyLookup)
	v2(web.Delete, "/nodes", earlyRemove)
}

// addAnnouncements adds what the console tells those who open it.
func (t routes) addAnnouncements() {
	t.Add(web.Route{Method: web.Get, Fail: web.FailConsole}, nil, v1Announcement, "/v1/console/server/announcement")
	t.Add(web.Route{Method: web.Get, Fail: web.FailConsole}, nil, v1Guide, "/v1/console/server/guide")
}

// addPeerServers adds the members of the cluster as servers of 1.x ask each other for them.
func (t routes) addPeerServers(b behaviour.V1) {
	for _, prefix := range []string{"/v1/ns/operator", "/v1/ns/ops"} {
		t.Add(web.Route{Method: web.Get}, nil, peerServers, prefix+"/servers")
		if b.PeersSeeServices {
			t.Add(web.Route{Method: web.Get}, nil, v1DistroStatus, prefix+"/distro/status")
		}
	}
}

// addV3Core adds the v3 routes of the main port that are about the server itself, for administrators.
func (t routes) addV3Core() {
	core := t.Below("/v3/admin/core", web.Route{Enveloped: true, V2Errors: true})
	core(web.Get, "/state", serverState)
	core(web.Get, "/state/liveness", v2Liveness)
	core(web.Get, "/state/readiness", v2Readiness)
	core(web.Get, "/loader/current", loaderCurrent)
	core(web.Get, "/loader/cluster", v3LoaderCluster)
	core(web.Post, "/loader/reloadCurrent", v3ReloadCurrent)
	core(web.Post, "/loader/reloadClient", v3ReloadClient)
	core(web.Post, "/loader/smartReloadCluster", v3SmartReload)
	core(web.Get, "/namespace/check", countNamespace)
	t.addNamespaces("/v3/admin/core/namespace", "namespaceId", nil)
	core(web.Get, "/cluster/node/self", v3Self)
	core(web.Get, "/cluster/node/list", v3Nodes)
	core(web.Put, "/cluster/node/list", v2UpdateMembers)
	core(web.Put, "/cluster/lookup", v3Lookup)
	core(web.Get, "/ops/ids", idList)
	core(web.Put, "/ops/log", v3CoreLog)
	core(web.Post, "/ops/raft", v3Raft)
}

// addV3CoreConsole adds the part of the v3 console that is about the server itself.
func (t routes) addV3CoreConsole() {
	console := func(path string, check check, serve func(call) (any, error)) {
		t.Add(web.Route{Method: web.Get, Enveloped: true, V2Errors: true}, check, serve, "/v3/console"+path)
	}
	console("/health/liveness", nil, v2Liveness)
	console("/health/readiness", nil, consoleReadiness)
	console("/server/state", nil, consoleState)
	console("/server/announcement", nil, consoleAnnouncement)
	console("/server/guide", nil, consoleGuide)
	console("/core/cluster/nodes", nil, consoleNodes)
	console("/core/namespace/exist", checkNamespace, namespaceTaken)
	t.addNamespaces("/v3/console/core/namespace", "customNamespaceId", checkNamespace)
}
