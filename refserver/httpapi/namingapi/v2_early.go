package namingapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// addEarlyV2 adds the first shape of v2: instances under grouped names and without an envelope, services in the path and
// in the older envelope. The line that has it calls it unfinished, and no client uses it.
// Source: nacos 2.0.4 N/controllers/InstanceControllerV2.java, ServiceControllerV2.java; measured.
func (t routes) addEarlyV2() {
	v2 := t.Below("/v2/ns", web.Route{Fail: web.FailCore})
	v2(web.Post, "/instance", earlyRegister)
	v2(web.Delete, "/instance", earlyDeregister)
	v2(web.Put, "/instance", earlyUpdate)
	v2(web.Patch, "/instance", earlyPatch)
	v2(web.Get, "/instance", earlyDetail)
	v2(web.Get, "/instance/list", earlyList)
	v2(web.Put, "/instance/beat", earlyBeat)
	v2(web.Every, "/instance/statuses/*", v2Statuses)
	v2(web.Put, "/instance/metadata/batch", earlyBatch(setKeys))
	v2(web.Delete, "/instance/metadata/batch", earlyBatch(removeKeys))

	v2(web.Post, "/service/*", earlyService(earlyCreate))
	v2(web.Delete, "/service/*", earlyService(v2DeleteService))
	v2(web.Put, "/service/*", earlyService(earlyChange))
	v2(web.Get, "/service/*", earlyService(v2Service))
	v2(web.Get, "/service/list", earlyServiceList)
}

// earlyKey is the service that a request names by its grouped name.
func (c call) earlyKey() (naming.ServiceKey, string, error) {
	grouped := c.Params["serviceName"]
	return key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped), grouped, checkGrouped(grouped)
}

// earlyInstance builds the instance that a request describes, which must tell its metadata and its kind.
func (c call) earlyInstance() (k naming.ServiceKey, in naming.Instance, ephemeral bool, err error) {
	if err = c.given(web.Missing{Name: "serviceName", Kind: "String"}, web.Missing{Name: "ip", Kind: "String"}, web.Missing{Name: "port", Kind: "Integer"}); err != nil {
		return
	}
	p, r := c.Params, c.B.Registration
	in = naming.Instance{IP: p["ip"], Cluster: p.Or("cluster", r.DefaultCluster)}
	if in.Port, err = web.BoundInt("java.lang.Integer").Read(p, "port", 0); err != nil {
		return
	}
	if in.Healthy, err = web.BoundBool("java.lang.Boolean").Read(p, "healthy", r.DefaultHealthy); err != nil {
		return
	}
	if in.Weight, err = web.BoundDouble("java.lang.Double").Read(p, "weight", r.DefaultWeight); err != nil {
		return
	}
	if in.Enabled, err = web.BoundBool("java.lang.Boolean").Read(p, "enabled", r.DefaultEnabled); err != nil {
		return
	}
	if err = c.given(web.Missing{Name: "metadata", Kind: "String"}); err != nil {
		return
	}
	if _, told := p["ephemeral"]; !told { // it may be empty, though
		return k, in, false, &web.Missing{Name: "ephemeral", Kind: "Boolean"}
	}
	if ephemeral, err = web.BoundBool("java.lang.Boolean").Read(p, "ephemeral", c.registry.Switches().DefaultEphemeral); err != nil {
		return
	}
	if k, _, err = c.earlyKey(); err != nil {
		return
	}
	if err = c.registry.CheckWeight(in.Weight); err != nil {
		return
	}
	m, err := c.parseMetadata(p["metadata"])
	in.Metadata, in.Nulls = m.values, m.nulls
	return k, in, ephemeral, err
}

func earlyRegister(c call) (any, error) {
	k, in, ephemeral, err := c.earlyInstance()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Register(k, in, ephemeral, c.attributes())
}

func earlyDeregister(c call) (any, error) {
	k, in, ephemeral, err := c.earlyInstance()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

func earlyUpdate(c call) (any, error) {
	k, in, ephemeral, err := c.earlyInstance()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Update(k, in, ephemeral)
}

// earlyPatch changes all three settings, since none may be left out.
func earlyPatch(c call) (any, error) {
	err := c.given(web.Missing{Name: "serviceName", Kind: "String"}, web.Missing{Name: "ip", Kind: "String"}, web.Missing{Name: "port", Kind: "Integer"},
		web.Missing{Name: "weight", Kind: "Double"}, web.Missing{Name: "enabled", Kind: "Boolean"}, web.Missing{Name: "metadata", Kind: "String"})
	if err != nil {
		return nil, err
	}
	port, err := web.BoundInt("java.lang.Integer").Read(c.Params, "port", 0)
	if err != nil {
		return nil, err
	}
	weight, err := web.BoundDouble("java.lang.Double").Read(c.Params, "weight", 0)
	if err != nil {
		return nil, err
	}
	enabled, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "enabled", false)
	if err != nil {
		return nil, err
	}
	k, _, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	var change naming.Patch
	if text := c.Params["metadata"]; !web.Blank(text) {
		m, err := c.parseMetadata(text)
		if err != nil {
			return nil, err
		}
		change.Metadata = m.values
	}
	if err := c.registry.CheckWeight(weight); err != nil {
		return nil, err
	}
	change.Weight, change.Enabled = &weight, &enabled
	return c.OK(), c.registry.Patch(k, c.Params.Or("cluster", c.B.Registration.DefaultCluster), c.Params["ip"], port, change)
}

func earlyDetail(c call) (any, error) {
	if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}, web.Missing{Name: "ip", Kind: "String"}, web.Missing{Name: "port", Kind: "Integer"}); err != nil {
		return nil, err
	}
	port, err := web.BoundInt("java.lang.Integer").Read(c.Params, "port", 0)
	if err != nil {
		return nil, err
	}
	k, grouped, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	in, err := c.registry.Find(k, c.Params.Or("clusterName", c.B.Registration.DefaultCluster), c.Params["ip"], port)
	return struct {
		Service string `json:"service"`
		instanceDetail
	}{grouped, detail(in)}, err
}

func earlyList(c call) (any, error) {
	if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}); err != nil {
		return nil, err
	}
	udpPort, err := web.BoundInt("java.lang.Integer").Read(c.Params, "udpPort", 0)
	if err != nil {
		return nil, err
	}
	healthyOnly, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "healthyOnly", false)
	if err != nil {
		return nil, err
	}
	k, _, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	sub := naming.Subscriber{
		Clusters: c.Params["clusters"], App: c.Params["app"], Agent: c.Agent(), IP: c.Params["clientIP"], Port: udpPort,
	}
	return c.list(k, sub, healthyOnly), nil
}

func earlyBeat(c call) (any, error) {
	b, err := c.boundBeat()
	if err != nil {
		return nil, err
	}
	k, grouped, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	return c.beat(k.Namespace, grouped, b)
}

func earlyBatch(e edit) func(call) (any, error) {
	return func(c call) (any, error) {
		if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}, web.Missing{Name: "metadata", Kind: "String"}); err != nil {
			return nil, err
		}
		k, _, _ := c.earlyKey() // the name is taken as it is
		return c.batch(k, e)
	}
}

// earlyService serves an operation of the later v2 on the service that the path names.
func earlyService(serve func(call) (any, error)) func(call) (any, error) {
	return func(c call) (any, error) {
		c.Params["serviceName"] = c.Variable
		result, err := serve(c)
		if r, ok := result.(web.Raw); ok {
			result = r.Value
		}
		return web.RestResult{Code: http.StatusOK, Data: web.Unwrap(result)}, err
	}
}

// earlyMetadata are the key and the metadata that a write of a service names.
func (c call) earlyMetadata() (naming.ServiceKey, naming.ServiceMetadata, error) {
	r := c.B.Registration
	k := naming.ServiceKey{
		Namespace: c.Params.Or("namespaceId", r.DefaultNamespace), Group: c.Params.Or("groupName", r.DefaultGroup), Name: c.Variable,
	}
	threshold, err := web.BoundDouble("float").Read(c.Params, "protectThreshold", 0)
	if err != nil {
		return k, naming.ServiceMetadata{}, err
	}
	m, err := c.serviceParams()
	m.ProtectThreshold = float32(threshold)
	return k, m, err
}

func earlyCreate(c call) (any, error) {
	ephemeral, err := web.BoundBool("boolean").Read(c.Params, "ephemeral", false)
	if err != nil {
		return nil, err
	}
	k, m, err := c.earlyMetadata()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.CreateService(k, ephemeral && c.B.Services.CreateTakesKind, m)
}

func earlyChange(c call) (any, error) {
	k, m, err := c.earlyMetadata()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.UpdateService(k, m)
}

func earlyServiceList(c call) (any, error) {
	count, page, err := c.pageOfNames()
	if err != nil {
		return nil, err
	}
	return web.RestResult{Code: http.StatusOK, Data: struct {
		Count    int      `json:"count"`
		Services []string `json:"services"`
	}{count, page}}, nil
}
