package coreapi

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Loader knows the clients that are connected for long and can ask them to reconnect.
type Loader interface {
	// Connections are the connections that were set up, of any source.
	Connections() []Connection
	// Reload asks the SDK client of a connection id to reconnect, to redirect (host:port) when that is given, and
	// returns when it has answered or will not. An id of none is no error.
	Reload(id, redirect string)
	// Shed asks SDK clients to reconnect soon, so many as there are connections above count, and returns at once.
	Shed(count int, redirect string)
}

// Connection is a connected client as the loader routes show it.
type Connection struct {
	ID string
	// ClientIP is what the client says; Version, App and Tenant too.
	ClientIP, Version, App, Tenant string
	Labels                         map[string]string
	// Abilities is nil for clients that name none.
	Abilities map[string]bool
	// SDK is true for applications, false for other servers.
	SDK bool
	// Secured is true when TLS protects the connection.
	Secured         bool
	Local, Remote   netip.AddrPort
	Created, Active time.Time
}

// unconnected is a loader without connections.
type unconnected struct{}

func (unconnected) Connections() []Connection { return nil }
func (unconnected) Reload(string, string)     {}
func (unconnected) Shed(int, string)          {}

func loaderReloadClient(c call) (any, error) {
	id, err := c.Params.Present("connectionId")
	if err != nil {
		return nil, err
	}
	c.loader.Reload(id, c.Params["redirectAddress"])
	return web.Plain("success"), nil
}

func loaderReloadCurrent(c call) (any, error) {
	const java = "Integer"
	text, ok := c.Params["count"]
	if web.Blank(text) {
		return nil, &web.Missing{Name: "count", Kind: java, Empty: ok}
	}
	count, problem := web.BoundInt("").Convert(text)
	if problem != "" {
		return nil, web.Mismatch("count", "java.lang."+java, problem)
	}
	c.loader.Shed(count, c.Params["redirectAddress"])
	return web.Plain("success"), nil
}

// loaderSmartReload moves clients from servers with many to those with few. A server alone has the average, so that it
// moves none.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/controller/ServerLoaderController.java:121-220.
func loaderSmartReload(c call) (any, error) {
	if factor := c.Params["loaderFactor"]; !web.Blank(factor) {
		if _, err := web.Decimal(factor); err != nil {
			return nil, err
		}
	}
	return web.Plain("Ok"), nil
}

// load is what the servers of a cluster have to bear, this one being all of it.
type load struct {
	Total       int          `json:"total"`
	Min         int          `json:"min"`
	Avg         int          `json:"avg"`
	Max         int          `json:"max"`
	MemberCount int          `json:"memberCount"`
	Metrics     int          `json:"metricsCount"`
	Completed   bool         `json:"completed"`
	Threshold   wire.Double  `json:"threshold"`
	Detail      []serverLoad `json:"detail"`
}

type serverLoad struct {
	Address string `json:"address"`
	// Metric holds numbers as text.
	Metric map[string]string `json:"metric"`
}

// loaderCluster counts SDK clients. The load of the machine is not measured.
func loaderCluster(c call) (any, error) {
	all := c.loader.Connections()
	sdk := sdkClients(all)
	return load{
		Total: sdk, Min: sdk, Avg: sdk, Max: sdk, MemberCount: 1, Metrics: 1, Completed: true,
		Threshold: wire.Double(float64(sdk) * 1.1),
		Detail: []serverLoad{{c.Self(), map[string]string{
			"conCount": strconv.Itoa(len(all)), "sdkConCount": strconv.Itoa(sdk), "load": "0.0", "cpu": "0.0",
		}}},
	}, nil
}

// sdkClients counts the applications among connections.
func sdkClients(all []Connection) (n int) {
	for _, x := range all {
		if x.SDK {
			n++
		}
	}
	return n
}

// connectedView is a connection in JSON.
type connectedView struct {
	Traced    bool               `json:"traced"`
	Abilities map[string]bool    `json:"abilityTable"`
	Meta      connectionMeta     `json:"metaInfo"`
	Labels    map[string]string  `json:"labels"`
	AppLabels map[string]*string `json:"appLabels"`
	Connected bool               `json:"connected"`
}

type connectionMeta struct {
	ConnectType  string  `json:"connectType"`
	ClientIP     string  `json:"clientIp"`
	RemoteIP     string  `json:"remoteIp"`
	RemotePort   int     `json:"remotePort"`
	LocalPort    int     `json:"localPort"`
	Version      *string `json:"version"`
	ConnectionID string  `json:"connectionId"`
	// Created is ISO 8601, Active in ms since 1970.
	Created      string             `json:"createTime"`
	Active       int64              `json:"lastActiveTime"`
	App          string             `json:"appName"`
	Tenant       *string            `json:"tenant"`
	Labels       map[string]string  `json:"labels"`
	TLSProtected bool               `json:"tlsProtected"`
	Tag          *string            `json:"tag"`
	AppLabels    map[string]*string `json:"appLabels"`
	SDKSource    bool               `json:"sdkSource"`
	Cluster      bool               `json:"clusterSource"`
}

func loaderCurrent(c call) (any, error) {
	views := map[string]connectedView{}
	for _, x := range c.loader.Connections() {
		labels := appLabels(x)
		meta := connectionMeta{
			ConnectType: "GRPC", ClientIP: x.ClientIP, RemoteIP: x.Remote.Addr().String(), RemotePort: int(x.Remote.Port()),
			LocalPort: int(x.Local.Port()), Version: web.OrNull(x.Version), ConnectionID: x.ID,
			Created: x.Created.UTC().Format("2006-01-02T15:04:05.000-07:00"), Active: x.Active.UnixMilli(),
			App: x.App, TLSProtected: x.Secured, Tenant: web.OrNull(x.Tenant), Labels: x.Labels, Tag: label(x, "Vipserver-Tag"), AppLabels: labels,
			SDKSource: x.SDK, Cluster: strings.EqualFold(x.Labels["source"], "cluster"),
		}
		views[x.ID] = connectedView{Abilities: x.Abilities, Meta: meta, Labels: x.Labels, AppLabels: labels, Connected: true}
	}
	return views, nil
}

// appLabels are the labels that an application gave itself.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/ConnectionMeta.java:161-173.
func appLabels(x Connection) map[string]*string {
	labels := map[string]*string{"AppName": label(x, "AppName"), "ClientVersion": web.OrNull(x.Version)}
	for name, value := range x.Labels {
		own, ok := strings.CutPrefix(name, "app_")
		if _, taken := labels[own]; ok && !taken && own != "" && !web.Blank(value) {
			labels[own] = &value
		}
	}
	return labels
}

func label(x Connection, name string) *string {
	if value, ok := x.Labels[name]; ok {
		return &value
	}
	return nil
}

func (t routes) addLoader() {
	core := func(path string, serve func(call) (any, error)) {
		t.Add(web.Route{Method: web.Get, Fail: web.FailCore}, nil, serve, "/v2/core/loader"+path)
	}
	core("/current", loaderCurrent)
	core("/reloadCurrent", loaderReloadCurrent)
	core("/smartReloadCluster", loaderSmartReload)
	core("/reloadClient", loaderReloadClient)
	core("/cluster", loaderCluster)
}
