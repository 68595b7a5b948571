package namingapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// addPeers adds the routes that servers of 1.x use among themselves. A server that is alone has no peer to talk to, and
// has left its first consensus protocol.
func (t routes) addPeers() {
	v1 := t.Below("/v1/ns", web.Route{})
	for _, operation := range []struct{ method, path string }{
		{web.Post, "/vote"}, {web.Post, "/beat"}, {web.Get, "/peer"}, {web.Put, "/datum/reload"}, {web.Post, "/datum"}, {web.Delete, "/datum"},
		{web.Get, "/datum"}, {web.Get, "/state"}, {web.Post, "/datum/commit"}, {web.Delete, "/datum/commit"}, {web.Get, "/leader"}, {web.Get, "/listeners"},
	} {
		v1(operation.method, "/raft"+operation.path, raftStopped)
	}
	v1(web.Get, "/distro/datums", distroDatums)
	v1(web.Put, "/distro/datum", distroReceive)
	v1(web.Get, "/distro/datum", v1Datum)
	v1(web.Put, "/distro/checksum", distroVerify)
	v1(web.Post, "/service/status", v1ServiceStatus)
	v1(web.Put, "/service/checksum", serviceChecksum)
	v1(web.Get, "/catalog/rt/service", responseTimes)
	for _, prefix := range []string{"/operator", "/ops"} {
		v1(web.Get, prefix+"/distro/server", responsibleServer)
		v1(web.Get, prefix+"/cluster/state", raftState)
		v1(web.Get, prefix+"/server/status", serverStatusReport)
	}
}

// raftStopped answers for the consensus protocol of 1.x, which ends for good once all servers know the next one.
func raftStopped(call) (any, error) {
	return nil, &naming.Error{
		Flavour: naming.Checked, Status: http.StatusInternalServerError, Code: naming.CodeServerError,
		Message: "old raft protocol already stop",
	}
}

// distroDatums are the ephemeral instances that this server would give to a peer that starts.
func distroDatums(c call) (any, error) {
	if c.B.V1.PeersSeeServices {
		return v1Datums(c)
	}
	return web.Octets("{}"), nil
}

// distroMethod begins the methods of the controller of these routes, datumClass is what a server keeps under a key.
const (
	distroMethod = "org.springframework.http.ResponseEntity com.alibaba.nacos.naming.controllers.DistroController."
	datumClass   = "com.alibaba.nacos.naming.consistency.Datum<com.alibaba.nacos.naming.core.Instances>"
)

var datumShape = web.Shape{Class: "java.util.LinkedHashMap<java.lang.String," + datumClass + ">", Fields: map[string]string{}}

// distroReceive takes the ephemeral instances of a peer, and refuses to be given none.
func distroReceive(c call) (any, error) {
	const method = "onSyncDatum(java.util.Map<java.lang.String, " + datumClass + ">) throws java.lang.Exception"
	var data map[string]any
	if err := c.ReadBody(distroMethod+method, datumShape, &data); err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, &naming.Error{Flavour: naming.Checked, Status: http.StatusBadRequest, Message: "receive empty entity!"}
	}
	return web.Plain("ok"), nil
}

// distroVerify takes note of the checksums of a peer, which a server alone does not compare.
func distroVerify(c call) (any, error) {
	if _, err := c.Params.Present("source"); err != nil {
		return nil, err
	}
	const method = "syncChecksum(java.lang.String,java.util.Map<java.lang.String, java.lang.String>)"
	var sums map[string]wire.Text
	if err := c.ReadBody(distroMethod+method, web.TextMap, &sums); err != nil {
		return nil, err
	}
	for key := range sums {
		if c.B.V1.PeersSeeServices && !strings.Contains(key, "##") {
			return nil, web.Unexpected("Index 1 out of bounds for length 1")
		}
	}
	return web.Plain("ok"), nil
}

// peerService is the service of a request, for routes that a registry of 1.x serves; absent is the error when there is
// none.
func (c call) peerService(grouped string, absent error) (naming.ServiceDetail, error) {
	k := c.key(c.namespace(), grouped)
	d, known := c.registry.Service(k)
	switch {
	case !c.B.V1.PeersSeeServices:
		return d, c.serviceMissing(k)
	case !known:
		return d, absent
	}
	return d, nil
}

func serviceChecksum(c call) (any, error) {
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	d, err := c.peerService(grouped, &naming.Error{
		Flavour: naming.Checked, Status: http.StatusNotFound, Message: "serviceName not found: " + grouped,
	})
	if err != nil {
		return nil, err
	}
	return map[string]string{"checksum": c.registry.Checksum(d.Key)}, nil
}

// responseTimes are those of the probes of a service, by cluster.
func responseTimes(c call) (any, error) {
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	d, err := c.peerService(grouped, naming.InvalidArgument("request service doesn't exist"))
	if err != nil {
		return nil, err
	}
	type times struct {
		Name       string `json:"name"`
		Best       int64  `json:"checkRTBest"`
		Worst      int64  `json:"checkRTWorst"`
		Normalized int64  `json:"checkRTNormalized"`
	}
	clusters := []times{}
	for _, t := range c.registry.ResponseTimes(d.Key) {
		clusters = append(clusters, times{t.Cluster, t.Best, t.Worst, t.Interval})
	}
	return map[string][]times{"clusters": clusters}, nil
}

func responsibleServer(c call) (any, error) {
	grouped, err := c.Params.Present("serviceName")
	if err != nil {
		return nil, err
	}
	if _, err := c.peerService(grouped, naming.InvalidArgument("service not found")); err != nil {
		return nil, err
	}
	return map[string]string{"responsibleServer": c.Self()}, nil
}

// raftState is the state of this server in the consensus protocol of 1.x: it follows nobody, in no term.
func raftState(c call) (any, error) {
	return struct {
		IP        string `json:"ip"`
		Term      int    `json:"term"`
		LeaderDue int    `json:"leaderDueMs"`
		BeatDue   int    `json:"heartbeatDueMs"`
		State     string `json:"state"`
	}{c.Self(), -1, 15000, 5000, "FOLLOWER"}, nil
}

// serverStatusReport takes what another server says of itself, and forgets it.
func serverStatusReport(c call) (any, error) {
	if _, err := c.Params.Present("serverStatus"); err != nil {
		return nil, err
	}
	return web.Plain("ok"), nil
}
