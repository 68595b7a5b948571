package grpcapi_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// The port for servers serves clients as well; what servers say to each other is refused as the line does.
func TestClusterPort(t *testing.T) {
	const found, notFound, forbidden = "301", "302", "502"
	for line, c := range map[behaviour.Line]struct {
		// early and here are the error codes of calls on the two ports before the set-up, served after it.
		member, early, here string
		reload, distro      [2]int
	}{
		behaviour.Line20: {member: notFound, early: found, here: found, reload: [2]int{200, 0}, distro: [2]int{200, 500}},
		behaviour.Line25: {member: found, early: forbidden, here: found, reload: [2]int{200, 0}, distro: [2]int{500, 500}},
		behaviour.Line30: {member: found, early: forbidden, here: found, reload: [2]int{500, 403}, distro: [2]int{500, 403}},
	} {
		t.Run(string(line), func(t *testing.T) {
			bubble(t, as(line), func(t *testing.T, w *world) {
				sdk, server := w.dial(), w.dialTo(clusterAddress)
				for _, x := range []struct {
					c        *client
					name     string
					expected string
				}{
					{sdk, "ServerReloadRequest", c.early}, {server, "ServerReloadRequest", c.here},
					{server, "MemberReportRequest", c.member}, {server, "NoSuchRequest", notFound}, {server, "HealthCheckRequest", found},
				} {
					if _, a := x.c.call(x.name, "{}"); strconv.Itoa(a.ErrorCode) != x.expected {
						t.Errorf("%s: expected the error code %s, found %+v %s", x.name, x.expected, a, a.text())
					}
				}
				server.setUp(`{"labels":{"source":"sdk","module":"naming"},"clientVersion":"v"}`)
				server.register()
				time.Sleep(time.Second)
				if hosts := server.hosts(); len(hosts) != 1 {
					t.Errorf("hosts over the port for servers: %v", hosts)
				}
				for name, expected := range map[string][2]int{"ServerReloadRequest": c.reload, "DistroDataRequest": c.distro} {
					if _, a := server.call(name, `{"reloadCount":9}`); [2]int{a.ResultCode, a.ErrorCode} != expected {
						t.Errorf("%s: expected %v, found %+v %s", name, expected, a, a.text())
					}
				}
			})
		})
	}
}

func TestServerReload(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		peer := w.dialTo(clusterAddress)
		peer.setUp(`{"labels":{"source":"cluster"}}`)
		var clients []*client
		for range 4 {
			c := w.dial()
			c.setUp(`{"labels":{"source":"sdk"}}`)
			clients = append(clients, c)
		}
		x := peer.Call(t.Context(), "ServerLoaderInfoRequest", []byte(`{}`), nil)
		if want := `{"resultCode":200,"errorCode":0,"success":true,"loaderMetrics":{"conCount":"5","cpu":"0.0","load":"0.0","sdkConCount":"4"}}`; x.Body != want {
			t.Errorf("load: %s", x.Body)
		}
		for count, expected := range map[string]string{"4": "ignore", "0": "ok"} {
			if _, a := peer.call("ServerReloadRequest", `{"reloadCount":`+count+`,"reloadServer":"10.0.0.9:8848"}`); a.text() != expected {
				t.Errorf("down to %s: %s", count, a.text())
			}
		}
		time.Sleep(4 * time.Second)
		if n := resets(clients); n != 2 { // 3 of 5 connections may stay: a tenth of the clients, rounded up, and the peer counts
			t.Errorf("expected 2 resets, found %d", n)
		}
		for _, node := range []string{`null`, `{}`, `{"ip":"10.0.0.1"}`, `{"ip":"10.0.0.1","port":1}`} {
			if _, a := peer.call("MemberReportRequest", `{"node":`+node+`}`); a.ResultCode == wire.CodeSuccess {
				t.Errorf("member %s was taken", node)
			}
		}
	})
}
