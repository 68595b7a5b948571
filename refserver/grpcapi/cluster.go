package grpcapi

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/nacos-tck/nacos-tck/wire"
)

// Requests that servers send to each other. This server has no peers: it answers about itself, and takes no data.

// noIdentity is the answer to a server that does not show that it is one.
const noIdentity = "Invalid server identity key or value, Please make sure set `nacos.core.auth.server.identity.key` and " +
	"`nacos.core.auth.server.identity.value`, or open `nacos.core.auth.enable.userAgentAuthWhite`"

// betweenServers is the handler of a type of Requests.BetweenServers.
func (s *Server) betweenServers(name string) handler {
	switch name {
	case "ServerLoaderInfoRequest":
		return serveServer(s, func(r wire.Response) any { return wire.ServerLoaderInfoResponse{Response: r} }, s.loaderInfo)
	case "ServerReloadRequest":
		return serveServer(s, func(r wire.Response) any { return wire.ServerReloadResponse{Response: r} }, s.reloadServer)
	case "DistroDataRequest":
		return serveServer(s, func(r wire.Response) any { return wire.DistroDataResponse{Response: r} }, s.distroData)
	case "MemberReportRequest":
		return serveServer(s, func(r wire.Response) any { return wire.MemberReportResponse{Response: r} }, s.memberReport)
	default:
		return serveServer(s, func(r wire.Response) any { return wire.ConfigChangeClusterSyncResponse{Response: r} }, s.configSync)
	}
}

// serveServer builds a handler that asks for the identity of a server where the line does.
func serveServer[T any, R request[T]](s *Server, typed func(wire.Response) any, run func(call, R) (any, *refusal)) handler {
	return serve(s, typed, nil, func(c call, r R) (any, *refusal) {
		if s.asksIdentity() && !s.isServer(c.headers) {
			return nil, &refusal{code: http.StatusForbidden, message: new(wire.Text(noIdentity)), typed: typed}
		}
		return run(c, r)
	})
}

// loaderInfo tells how many clients are connected. The load of the machine is not measured.
func (s *Server) loaderInfo(call, *wire.ServerLoaderInfoRequest) (any, *refusal) {
	all, sdk := s.count()
	metrics := map[string]string{"conCount": strconv.Itoa(all), "sdkConCount": strconv.Itoa(sdk), "load": "0.0", "cpu": "0.0"}
	if s.requests.ReportsLimits {
		metrics["limitRule"] = s.limits.rule()
	}
	return wire.ServerLoaderInfoResponse{Response: wire.OK(), LoaderMetrics: metrics}, nil
}

// keptShare is the part of the SDK clients that one request of a peer can shed at most, turned round.
const keptShare = 0.9

// reloadServer sheds SDK clients down to a count, but no more than a tenth of them.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/core/ServerReloaderRequestHandler.java:49-65,
// RemoteUtils.java:34.
func (s *Server) reloadServer(_ call, r *wire.ServerReloadRequest) (any, *refusal) {
	_, sdk := s.count()
	answer := wire.ServerReloadResponse{Response: wire.OK()}
	if sdk <= int(r.ReloadCount) {
		answer.Message = new(wire.Text("ignore"))
		return answer, nil
	}
	s.Shed(max(int(r.ReloadCount), int(float64(sdk)*keptShare)), text(r.ReloadServer))
	answer.Message = new(wire.Text("ok"))
	return answer, nil
}

// distroData refuses what peers exchange.
func (s *Server) distroData(call, *wire.DistroDataRequest) (any, *refusal) {
	answer := wire.DistroDataResponse{Response: wire.Response{
		ResultCode: wire.CodeFail, ErrorCode: wire.CodeFail, Message: new(wire.Text("handle distro request with exception")),
	}}
	if s.requests.DistroFailureSucceeds {
		answer.ResultCode, answer.Success = wire.CodeSuccess, true
	}
	return answer, nil
}

// memberReport refuses to have peers.
func (s *Server) memberReport(_ call, r *wire.MemberReportRequest) (any, *refusal) {
	switch {
	case r.Node == nil:
		return nil, nullPointer("the node")
	case text(r.Node.IP) == "" || r.Node.Port < 0:
		return wire.MemberReportResponse{Response: wire.Response{
			ResultCode: wire.CodeFail, ErrorCode: http.StatusBadRequest, Message: new(wire.Text("Node information is illegal")),
		}}, nil
	}
	return nil, thrown(errors.New("this server stands alone and takes no members"))
}

// count is how many connections are registered, and how many of those by SDK clients.
func (s *Server) count() (all, sdk int) {
	for _, c := range s.all() {
		c.mu.Lock()
		if c.registered {
			all++
			if c.meta.SDK() {
				sdk++
			}
		}
		c.mu.Unlock()
	}
	return all, sdk
}
