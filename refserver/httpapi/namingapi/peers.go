package namingapi

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// What servers of 1.x ask each other, as a server that stands alone answers it.

// v1ServiceStatus takes note of the checksums of another server, which must be one of the cluster.
func v1ServiceStatus(c call) (any, error) {
	body, err := io.ReadAll(io.LimitReader(c.Body, web.MaxForm))
	if err != nil {
		return nil, web.Unexpected(err.Error())
	}
	var report struct {
		Statuses *string `json:"statuses"`
		Client   *string `json:"clientIP"`
	}
	if err := json.Unmarshal([]byte(web.Unescape(string(body))), &report); len(body) > 0 && err != nil {
		return nil, deserializeError("com.fasterxml.jackson.databind.JsonNode", err.Error())
	}
	if report.Statuses == nil || report.Client == nil {
		return nil, missingMember()
	}
	if *report.Client != c.Self() {
		return nil, &naming.Error{Flavour: naming.Checked, Status: http.StatusBadRequest, Message: "ip: " + *report.Client + " is not in serverlist"}
	}
	if strings.TrimSpace(*report.Statuses) == "null" {
		return web.Plain("fail"), nil
	}
	return web.Plain("ok"), nil
}

// datum is what a server keeps under one key.
type datum struct {
	Key   string `json:"key"`
	Value struct {
		List []classicInstance `json:"instanceList"`
	} `json:"value"`
	Timestamp int64 `json:"timestamp"`
}

// datumPrefix begins the keys of the ephemeral instances of services.
const datumPrefix = "com.alibaba.nacos.naming.iplist.ephemeral."

// v1Datums are the ephemeral instances of all services.
func v1Datums(c call) (any, error) {
	all := map[string]datum{}
	for _, s := range c.registry.ServiceStates() {
		c.addDatum(all, s.Key)
	}
	return web.Octets(web.Encode(all)), nil
}

// v1Datum are the ephemeral instances under the keys that the body names.
func v1Datum(c call) (any, error) {
	body, err := io.ReadAll(io.LimitReader(c.Body, web.MaxForm))
	if err != nil || len(body) == 0 {
		return nil, missingBody("get(java.lang.String)")
	}
	if !json.Valid(body) {
		return nil, &web.Unreadable{Status: http.StatusSwitchingProtocols, Reason: web.NotJSON(string(body))}
	}
	var wanted struct {
		Keys *wire.Text `json:"keys"`
	}
	if wire.Unmarshal(body, &wanted) != nil || wanted.Keys == nil { // what is no object has no members either
		return nil, missingMember()
	}
	all := map[string]datum{}
	for name := range strings.SplitSeq(string(*wanted.Keys), ",") {
		if rest, ok := strings.CutPrefix(name, datumPrefix); ok {
			namespace, grouped, _ := strings.Cut(rest, "##")
			c.addDatum(all, c.key(namespace, grouped))
		}
	}
	return web.Octets(web.Encode(all)), nil
}

// addDatum adds the ephemeral instances of a service that has some.
func (c call) addDatum(all map[string]datum, k naming.ServiceKey) {
	instances := slices.DeleteFunc(c.classicInstances(k, ""), func(in classicInstance) bool { return !in.Ephemeral })
	if len(instances) == 0 {
		return
	}
	d := datum{Key: datumPrefix + k.Namespace + "##" + k.Grouped(), Timestamp: 1}
	d.Value.List = instances
	all[d.Key] = d
}

func missingBody(method string) error {
	return web.Unexpected("Required request body is missing: public " + distroMethod + method + " throws java.lang.Exception")
}

// v1AllNames are the names of the services by namespace; old DNS clients get those of the default one as a list.
func v1AllNames(c call) (any, error) {
	all, count := c.registry.NamesByNamespace(), 0
	if rest, ok := strings.CutPrefix(c.Agent(), "Nacos-DNS:v"); ok && compareVersions(rest, "1.0.1") <= 0 {
		names := all[c.B.Registration.DefaultNamespace]
		if names == nil {
			names = []string{}
		}
		return struct {
			Count int      `json:"count"`
			Doms  []string `json:"doms"`
		}{len(names), names}, nil
	}
	for _, names := range all {
		count += len(names)
	}
	return struct {
		Count int                 `json:"count"`
		Doms  map[string][]string `json:"doms"`
	}{count, all}, nil
}

// named serves a route of services whose parameter dom names the service in the default group.
func named(serve func(call) (any, error)) func(call) (any, error) {
	return func(c call) (any, error) {
		dom, err := c.Params.Required("dom")
		if err != nil {
			return nil, err
		}
		if !strings.Contains(dom, "@@") {
			dom = c.B.Registration.DefaultGroup + "@@" + dom
		}
		c.Params["serviceName"] = dom
		return serve(c)
	}
}
