package namingapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// serviceForm reads the form of a service, but for its metadata and selector.
func (c call) serviceForm() (k naming.ServiceKey, threshold float32, ephemeral bool, err error) {
	const object = "serviceForm"
	if ephemeral, err = web.BoundBool("java.lang.Boolean").Form(c.Params, object, "ephemeral", false); err != nil {
		return
	}
	number, err := web.BoundDouble("java.lang.Float").Form(c.Params, object, "protectThreshold", 0)
	if err != nil {
		return
	}
	k, err = c.v3ServiceKey()
	return k, float32(number), ephemeral, err
}

// v2Form reads the form of a service.
func (c call) v2Form() (k naming.ServiceKey, m naming.ServiceMetadata, ephemeral bool, err error) {
	k, threshold, ephemeral, err := c.serviceForm()
	if err != nil {
		return
	}
	m, err = c.serviceParams()
	m.ProtectThreshold = threshold
	return
}

func v2CreateService(c call) (any, error) {
	k, m, ephemeral, err := c.v2Form()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.CreateService(k, ephemeral && c.B.Services.CreateTakesKind, m)
}

func v2UpdateService(c call) (any, error) {
	k, m, _, err := c.v2Form()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.UpdateService(k, m)
}

// v2ServiceKey is the service that a request names by its parts as they are.
func (c call) v2ServiceKey() (naming.ServiceKey, error) {
	if err := c.given(web.Missing{Name: "serviceName", Kind: "String"}); err != nil {
		return naming.ServiceKey{}, err
	}
	r := c.B.Registration
	k := naming.ServiceKey{
		Namespace: c.Params.Or("namespaceId", r.DefaultNamespace), Group: c.Params.Or("groupName", r.DefaultGroup),
		Name: c.Params["serviceName"],
	}
	return c.known(k)
}

// known refuses blank names, unless there is a service of these names.
func (c call) known(k naming.ServiceKey) (naming.ServiceKey, error) {
	if _, ok := c.registry.Service(k); ok {
		return k, nil
	}
	return k, refuseBlank(k.Group, k.Name)
}

func v2DeleteService(c call) (any, error) {
	k, err := c.v2ServiceKey()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.DeleteService(k)
}

func v2Service(c call) (any, error) {
	k, err := c.v2ServiceKey()
	if err != nil {
		return nil, err
	}
	d, ok := c.registry.Service(k)
	if !ok && c.B.Services.GetUnknownFails {
		return nil, c.serviceMissing(k)
	}
	view := serviceDetail{
		Namespace: &k.Namespace, Name: k.Name, Group: k.Group, Clusters: map[string]*clusterDetail{},
		Metadata: d.Metadata.Metadata, Threshold: float32JSON(d.Metadata.ProtectThreshold),
		Selector: showSelectorV2(d.Metadata.Selector), Ephemeral: &d.Ephemeral,
	}
	if c.B.API.LosesHosts && len(d.Clusters) > 0 {
		return nil, web.Unexpected(`Cannot invoke "java.util.List.iterator()" because the return value of "com.alibaba.nacos.api.naming.pojo.maintainer.ClusterInfo.getHosts()" is null`)
	}
	for _, name := range d.Clusters {
		settings := d.Cluster(name)
		view.Clusters[name] = &clusterDetail{Name: &name, Checker: showChecker(settings.Checker), Metadata: settings.Metadata}
	}
	return view, nil
}

func v2ServiceList(c call) (any, error) {
	no, err := web.BoundInt("java.lang.Integer").Read(c.Params, "pageNo", 1)
	if err != nil {
		return nil, err
	}
	size, err := web.BoundInt("java.lang.Integer").Read(c.Params, "pageSize", 20)
	if err != nil {
		return nil, err
	}
	r := c.B.Registration
	names, err := c.serviceNames(c.Params.Or("namespaceId", r.DefaultNamespace), c.Params.Or("groupName", r.DefaultGroup))
	if err != nil {
		return nil, err
	}
	page, err := naming.Page(names, no, min(size, 500))
	if err != nil {
		return nil, err
	}
	return struct {
		Count    int      `json:"count"`
		Services []string `json:"services"`
	}{len(names), page}, nil
}

func v2SetSwitch(c call) (any, error) {
	debug, err := web.BoundBool("boolean").Primitive(c.Params, "updateSwitchForm", "debug", false)
	if err != nil {
		return nil, err
	}
	entry, err := c.Params.FormText("entry")
	if err != nil {
		return nil, err
	}
	value, err := c.Params.FormText("value")
	if err != nil {
		return nil, err
	}
	if err := c.registry.SetSwitch(entry, value, debug); err != nil {
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusInternalServerError, Code: naming.CodeServerError, Message: err.Error(),
		}
	}
	return c.OK(), nil
}

// healthForm is what a manual health write names.
type healthForm struct {
	name, cluster, ip string
	port              int
	healthy           bool
}

func (c call) healthForm() (f healthForm, err error) {
	const object = "updateHealthForm"
	p := c.Params
	if f.healthy, err = web.BoundBool("java.lang.Boolean").Form(p, object, "healthy", false); err != nil {
		return
	}
	if f.port, err = web.BoundInt("java.lang.Integer").Form(p, object, "port", 0); err != nil {
		return
	}
	if p["healthy"] == "" {
		return f, &web.Missing{Name: "healthy", Kind: "Boolean", Form: true}
	}
	if f.name, err = p.FormText("serviceName"); err != nil {
		return
	}
	if f.ip, err = p.FormText("ip"); err != nil {
		return
	}
	if p["port"] == "" {
		return f, &web.Missing{Name: "port", Kind: "Integer", Form: true}
	}
	f.cluster = p.OrBlank("clusterName", c.B.Registration.DefaultCluster)
	return
}

func v2SetHealth(c call) (any, error) {
	f, err := c.healthForm()
	if err != nil {
		return nil, err
	}
	group := c.Params.OrBlank("groupName", c.B.Registration.DefaultGroup)
	k, err := composed(c.Params.OrBlank("namespaceId", c.B.Registration.DefaultNamespace), group, f.name)
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.SetHealth(k, group+"@@"+f.name, f.cluster, f.ip, f.port, f.healthy)
}
