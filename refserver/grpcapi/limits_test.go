package grpcapi_test

import (
	"slices"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/wire"
)

func TestLimitOfAllConnections(t *testing.T) {
	for line, c := range map[behaviour.Line]struct {
		// types is what a refused client receives, countsServers whether another server takes a place.
		types         []string
		countsServers bool
	}{
		behaviour.Line20: {types: []string{"ConnectResetRequest"}},
		behaviour.Line25: {types: []string{"completed"}, countsServers: true},
		behaviour.Line30: {types: []string{"completed"}, countsServers: true},
	} {
		t.Run(string(line), func(t *testing.T) {
			bubbleLimited(t, as(line), grpcapi.Limits{Total: 2}, func(t *testing.T, w *world) {
				connect := func(source string) *client {
					x := w.dial()
					x.setUp(`{"labels":{"source":"` + source + `","module":"naming"}}`)
					time.Sleep(200 * time.Millisecond)
					return x
				}
				connect("cluster")
				connect("sdk")
				if !c.countsServers {
					connect("sdk")
				}
				peer, refused := connect("cluster"), connect("sdk")
				if _, a := peer.call("HealthCheckRequest", "{}"); a.ResultCode != wire.CodeSuccess {
					t.Errorf("expected no limit for servers, found %s", a.text())
				}
				if found := refused.types(); !slices.Equal(found, c.types) {
					t.Errorf("expected the refused client to receive %v, found %v", c.types, found)
				}
				if x := refused.Call(t.Context(), "HealthCheckRequest", []byte("{}"), nil); x.Err == "" && errorOf(x) != wire.CodeUnregistered {
					t.Errorf("expected the refused client not to be served, found %+v", x)
				}
			})
		})
	}
}

func TestLimitsOfClients(t *testing.T) {
	limits := grpcapi.Limits{PerClientIP: 2, ByClientIP: map[string]int{"10.0.0.7": 1}, ByApp: map[string]int{"shop": 3}}
	if err := limits.Check(behaviour.Connections{}); err == nil {
		t.Error("a line without limits per client took some")
	}
	for name, c := range map[string]struct {
		ip, app string
		let     int
	}{
		"address": {ip: "10.0.0.1", let: 2}, "that address": {ip: "10.0.0.7", app: "shop", let: 1}, "application": {ip: "10.0.0.1", app: "shop", let: 3},
	} {
		t.Run(name, func(t *testing.T) {
			bubbleLimited(t, as(behaviour.Line20), limits, func(t *testing.T, w *world) {
				for range 5 {
					x := w.dialAs(c.ip)
					x.setUp(`{"labels":{"source":"sdk","AppName":"` + c.app + `"}}`)
				}
				if n := len(w.server.Connections()); n != c.let {
					t.Errorf("expected %d connections, found %d", c.let, n)
				}
			})
		})
	}
}

// Servers count towards the limit of their address, but only the first releases move clients for that, at each pass.
func TestConnectionsOverLimitAreMoved(t *testing.T) {
	bubbleLimited(t, as(behaviour.Line20), grpcapi.Limits{PerClientIP: 1}, func(t *testing.T, w *world) {
		var all []*client
		for _, source := range []string{"sdk", "cluster"} {
			x := w.dial()
			x.setUp(`{"labels":{"source":"` + source + `"}}`)
			all = append(all, x)
		}
		time.Sleep(7500 * time.Millisecond)
		if n := resets(all); n != 3 {
			t.Errorf("expected one connection to be moved at each of 3 passes, found %d", n)
		}
	})
}
