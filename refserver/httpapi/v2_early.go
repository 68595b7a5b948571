package httpapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// addEarlyV2 adds the first shape of v2: instances under grouped names and without an envelope, services in the path and
// in the older envelope. The line that has it calls it unfinished, and no client uses it.
// Source: nacos 2.0.4 N/controllers/InstanceControllerV2.java, ServiceControllerV2.java; measured.
func (t routes) addEarlyV2() {
	v2 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, fail: failCore}, nil, serve, "/v2/ns"+path)
	}
	v2(post, "/instance", earlyRegister)
	v2(del, "/instance", earlyDeregister)
	v2(put, "/instance", earlyUpdate)
	v2(patch, "/instance", earlyPatch)
	v2(get, "/instance", earlyDetail)
	v2(get, "/instance/list", earlyList)
	v2(put, "/instance/beat", earlyBeat)
	v2(every, "/instance/statuses/*", v2Statuses)
	v2(put, "/instance/metadata/batch", earlyBatch(setKeys))
	v2(del, "/instance/metadata/batch", earlyBatch(removeKeys))

	v2(post, "/service/*", earlyService(earlyCreate))
	v2(del, "/service/*", earlyService(v2DeleteService))
	v2(put, "/service/*", earlyService(earlyChange))
	v2(get, "/service/*", earlyService(v2Service))
	v2(get, "/service/list", earlyServiceList)
}

// earlyKey is the service that a request names by its grouped name.
func (c call) earlyKey() (naming.ServiceKey, string, error) {
	grouped := c.params["serviceName"]
	return key(c.params.or("namespaceId", c.B.Registration.DefaultNamespace), grouped), grouped, checkGrouped(grouped)
}

// earlyInstance builds the instance that a request describes, which must tell its metadata and its kind.
func (c call) earlyInstance() (k naming.ServiceKey, in naming.Instance, ephemeral bool, err error) {
	if err = c.given(missing{name: "serviceName", kind: "String"}, missing{name: "ip", kind: "String"}, missing{name: "port", kind: "Integer"}); err != nil {
		return
	}
	p, r := c.params, c.B.Registration
	in = naming.Instance{IP: p["ip"], Cluster: p.or("cluster", r.DefaultCluster)}
	if in.Port, err = boundInt("java.lang.Integer").read(p, "port", 0); err != nil {
		return
	}
	if in.Healthy, err = boundBool("java.lang.Boolean").read(p, "healthy", r.DefaultHealthy); err != nil {
		return
	}
	if in.Weight, err = boundDouble("java.lang.Double").read(p, "weight", r.DefaultWeight); err != nil {
		return
	}
	if in.Enabled, err = boundBool("java.lang.Boolean").read(p, "enabled", r.DefaultEnabled); err != nil {
		return
	}
	if err = c.given(missing{name: "metadata", kind: "String"}); err != nil {
		return
	}
	if _, told := p["ephemeral"]; !told { // it may be empty, though
		return k, in, false, &missing{name: "ephemeral", kind: "Boolean"}
	}
	if ephemeral, err = boundBool("java.lang.Boolean").read(p, "ephemeral", c.registry.Switches().DefaultEphemeral); err != nil {
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
	return c.ok(), c.registry.Register(k, in, ephemeral, c.attributes())
}

func earlyDeregister(c call) (any, error) {
	k, in, ephemeral, err := c.earlyInstance()
	if err != nil {
		return nil, err
	}
	return c.ok(), c.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

func earlyUpdate(c call) (any, error) {
	k, in, ephemeral, err := c.earlyInstance()
	if err != nil {
		return nil, err
	}
	return c.ok(), c.registry.Update(k, in, ephemeral)
}

// earlyPatch changes all three settings, since none may be left out.
func earlyPatch(c call) (any, error) {
	err := c.given(missing{name: "serviceName", kind: "String"}, missing{name: "ip", kind: "String"}, missing{name: "port", kind: "Integer"},
		missing{name: "weight", kind: "Double"}, missing{name: "enabled", kind: "Boolean"}, missing{name: "metadata", kind: "String"})
	if err != nil {
		return nil, err
	}
	port, err := boundInt("java.lang.Integer").read(c.params, "port", 0)
	if err != nil {
		return nil, err
	}
	weight, err := boundDouble("java.lang.Double").read(c.params, "weight", 0)
	if err != nil {
		return nil, err
	}
	enabled, err := boundBool("java.lang.Boolean").read(c.params, "enabled", false)
	if err != nil {
		return nil, err
	}
	k, _, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	var change naming.Patch
	if text := c.params["metadata"]; !blank(text) {
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
	return c.ok(), c.registry.Patch(k, c.params.or("cluster", c.B.Registration.DefaultCluster), c.params["ip"], port, change)
}

func earlyDetail(c call) (any, error) {
	if err := c.given(missing{name: "serviceName", kind: "String"}, missing{name: "ip", kind: "String"}, missing{name: "port", kind: "Integer"}); err != nil {
		return nil, err
	}
	port, err := boundInt("java.lang.Integer").read(c.params, "port", 0)
	if err != nil {
		return nil, err
	}
	k, grouped, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	in, err := c.registry.Find(k, c.params.or("clusterName", c.B.Registration.DefaultCluster), c.params["ip"], port)
	return struct {
		Service string `json:"service"`
		instanceDetail
	}{grouped, detail(in)}, err
}

func earlyList(c call) (any, error) {
	if err := c.given(missing{name: "serviceName", kind: "String"}); err != nil {
		return nil, err
	}
	udpPort, err := boundInt("java.lang.Integer").read(c.params, "udpPort", 0)
	if err != nil {
		return nil, err
	}
	healthyOnly, err := boundBool("java.lang.Boolean").read(c.params, "healthyOnly", false)
	if err != nil {
		return nil, err
	}
	k, _, err := c.earlyKey()
	if err != nil {
		return nil, err
	}
	sub := naming.Subscriber{
		Clusters: c.params["clusters"], App: c.params["app"], Agent: c.agent(), IP: c.params["clientIP"], Port: udpPort,
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
		if err := c.given(missing{name: "serviceName", kind: "String"}, missing{name: "metadata", kind: "String"}); err != nil {
			return nil, err
		}
		k, _, _ := c.earlyKey() // the name is taken as it is
		return c.batch(k, e)
	}
}

// earlyService serves an operation of the later v2 on the service that the path names.
func earlyService(serve func(call) (any, error)) func(call) (any, error) {
	return func(c call) (any, error) {
		c.params["serviceName"] = c.variable
		result, err := serve(c)
		if r, ok := result.(raw); ok {
			result = r.value
		}
		return restResult{Code: http.StatusOK, Data: unwrap(result)}, err
	}
}

// earlyMetadata are the key and the metadata that a write of a service names.
func (c call) earlyMetadata() (naming.ServiceKey, naming.ServiceMetadata, error) {
	r := c.B.Registration
	k := naming.ServiceKey{
		Namespace: c.params.or("namespaceId", r.DefaultNamespace), Group: c.params.or("groupName", r.DefaultGroup), Name: c.variable,
	}
	threshold, err := boundDouble("float").read(c.params, "protectThreshold", 0)
	if err != nil {
		return k, naming.ServiceMetadata{}, err
	}
	m, err := c.serviceParams()
	m.ProtectThreshold = float32(threshold)
	return k, m, err
}

func earlyCreate(c call) (any, error) {
	ephemeral, err := boundBool("boolean").read(c.params, "ephemeral", false)
	if err != nil {
		return nil, err
	}
	k, m, err := c.earlyMetadata()
	if err != nil {
		return nil, err
	}
	return c.ok(), c.registry.CreateService(k, ephemeral && c.B.Services.CreateTakesKind, m)
}

func earlyChange(c call) (any, error) {
	k, m, err := c.earlyMetadata()
	if err != nil {
		return nil, err
	}
	return c.ok(), c.registry.UpdateService(k, m)
}

func earlyServiceList(c call) (any, error) {
	count, page, err := c.pageOfNames()
	if err != nil {
		return nil, err
	}
	return restResult{Code: http.StatusOK, Data: struct {
		Count    int      `json:"count"`
		Services []string `json:"services"`
	}{count, page}}, nil
}
