package httpapi

import "github.com/nacos-tck/nacos-tck/refserver/behaviour"

// addOperations adds what operators ask of a server beside naming, below v3.
func (t routes) addOperations(b behaviour.Operations) {
	v1 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, fail: failCore}, nil, serve, "/v1/core"+path)
	}
	v1(get, "/cluster/self", v1Self)
	v1(get, "/cluster/nodes", v1Nodes)
	v1(get, "/cluster/simple/nodes", v1Addresses)
	v1(get, "/cluster/health", v1OwnState)
	v1(post, "/cluster/report", v1Report)
	v1(post, "/cluster/switch/lookup", v1Lookup)
	v1(post, "/cluster/server/leave", v1Leave)
	v1(post, "/ops/raft", v1Raft)
	v1(get, "/ops/idInfo", v1IDs)
	v1(put, "/ops/log", coreLogLevel)
	t.add(route{method: every, fail: failCore}, nil, cmdbLabel, "/v1/cmdb/ops/label")
	switch {
	case b.EarlyCore:
		t.addEarlyCore()
	case b.Core:
		t.addCoreMembers()
	}
	if b.Core {
		v2 := func(method, path string, serve func(call) (any, error)) {
			t.add(route{method: method, fail: failCore}, nil, serve, "/v2/core/ops"+path)
		}
		v2(post, "/raft", v2Raft)
		v2(get, "/ids", v2IDs)
		v2(put, "/log", v2CoreLog)
	}
}

// addCoreMembers adds the members of the cluster over v2.
func (t routes) addCoreMembers() {
	v2 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, enveloped: true, v2Errors: true}, nil, serve, "/v2/core/cluster"+path)
	}
	v2(get, "/node/self", v3Self)
	v2(get, "/node/list", v3Nodes)
	v2(get, "/node/self/health", v2OwnState)
	v2(put, "/node/list", v2UpdateMembers)
	v2(put, "/lookup", v3Lookup)
	v2(del, "/nodes", v2Remove)
}

// addEarlyCore adds them in their first shape.
func (t routes) addEarlyCore() {
	v2 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, fail: failCore}, nil, serve, "/v2/core/cluster"+path)
	}
	v2(get, "/nodes/self", v1Self)
	v2(get, "/nodes", earlyNodes)
	v2(put, "/nodes", earlyUpdateMembers)
	v2(put, "/lookup", earlyLookup)
	v2(del, "/nodes", earlyRemove)
}

// addAnnouncements adds what the console tells those who open it.
func (t routes) addAnnouncements() {
	t.add(route{method: get, fail: failConsole}, nil, v1Announcement, "/v1/console/server/announcement")
	t.add(route{method: get, fail: failConsole}, nil, v1Guide, "/v1/console/server/guide")
}
