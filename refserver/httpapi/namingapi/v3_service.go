package namingapi

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func v3DeleteService(c call) (any, error) {
	k, _, _, err := c.serviceForm()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.DeleteService(k)
}

// v3ServiceDetail is a service in full.
type v3ServiceDetail struct {
	Namespace *string                    `json:"namespaceId"`
	Name      string                     `json:"serviceName"`
	Group     string                     `json:"groupName"`
	Clusters  map[string]v3ClusterDetail `json:"clusterMap"`
	Metadata  map[string]string          `json:"metadata"`
	Threshold float32JSON                `json:"protectThreshold"`
	Selector  json.RawMessage            `json:"selector"`
	Ephemeral *bool                      `json:"ephemeral"`
}

type v3ClusterDetail struct {
	Name            *string           `json:"clusterName"`
	Checker         json.RawMessage   `json:"healthChecker"`
	CheckPort       int               `json:"healthyCheckPort"`
	UseInstancePort bool              `json:"useInstancePortForCheck"`
	Metadata        map[string]string `json:"metadata"`
	Hosts           []any             `json:"hosts"`
}

func v3Service(c call) (any, error) { return c.serviceDetail(c.serviceMissing) }

// serviceDetail is the service that the request names, or the error of one that is missing.
func (c call) serviceDetail(absent func(naming.ServiceKey) error) (any, error) {
	k, _, _, err := c.serviceForm()
	if err != nil {
		return nil, err
	}
	d, ok := c.registry.Service(k)
	if !ok && c.B.Services.GetUnknownFails {
		return nil, absent(k)
	}
	view := v3ServiceDetail{
		Namespace: &k.Namespace, Name: k.Name, Group: k.Group, Clusters: map[string]v3ClusterDetail{},
		Metadata: d.Metadata.Metadata, Threshold: float32JSON(d.Metadata.ProtectThreshold),
		Selector: showSelectorV2(d.Metadata.Selector), Ephemeral: &d.Ephemeral,
	}
	for _, name := range d.Clusters {
		s := d.Cluster(name)
		view.Clusters[name] = v3ClusterDetail{
			Name: &name, Checker: showChecker(s.Checker), CheckPort: s.CheckPort, UseInstancePort: s.UseInstancePort, Metadata: s.Metadata,
		}
	}
	return view, nil
}

func v3ServiceList(c call) (any, error) {
	const object = "serviceListForm"
	hideEmpty, err := web.BoundBool("boolean").Primitive(c.Params, object, "ignoreEmptyService", false)
	if err != nil {
		return nil, err
	}
	withInstances, err := web.BoundBool("boolean").Primitive(c.Params, object, "withInstances", false)
	if err != nil {
		return nil, err
	}
	no, size, err := c.PageForm()
	if err == nil {
		err = web.CheckedPage(no, size)
	}
	if err != nil {
		return nil, err
	}
	keys, err := c.matchingServices(c.Params.OrBlank("namespaceId", c.B.Registration.DefaultNamespace))
	if err != nil {
		return nil, err
	}
	if withInstances {
		return servicePage(keys, no, size, c.withHosts)
	}
	if hideEmpty {
		keys = slices.DeleteFunc(keys, func(k naming.ServiceKey) bool { return len(c.registry.Hosts(k)) == 0 })
	}
	return servicePage(keys, no, size, c.summary)
}

// servicePage is a page of services, each as show shows it.
func servicePage[T any](keys []naming.ServiceKey, no, size int, show func(naming.ServiceKey) T) (any, error) {
	page, err := web.PageOf(keys, no, size)
	shown := web.PageView[T]{Total: page.Total, Number: page.Number, Available: page.Available, Items: []T{}}
	for _, k := range page.Items {
		shown.Items = append(shown.Items, show(k))
	}
	return shown, err
}

// withHosts is a service with its instances, and little else.
func (c call) withHosts(k naming.ServiceKey) v3ServiceDetail {
	d, _ := c.registry.Service(k)
	view := v3ServiceDetail{Name: k.Name, Group: k.Group, Clusters: map[string]v3ClusterDetail{}, Metadata: d.Metadata.Metadata}
	for _, host := range c.registry.Hosts(k) {
		cluster, ok := view.Clusters[textOf(host.ClusterName)]
		if !ok {
			cluster.CheckPort, cluster.UseInstancePort = naming.DefaultCluster().CheckPort, naming.DefaultCluster().UseInstancePort
		}
		cluster.Hosts = append(cluster.Hosts, showHost(host))
		view.Clusters[textOf(host.ClusterName)] = cluster
	}
	return view
}

// v3SubscriberView is a subscriber of a service.
type v3SubscriberView struct {
	Namespace string `json:"namespaceId"`
	Group     string `json:"groupName"`
	Service   string `json:"serviceName"`
	IP        string `json:"ip"`
	Port      int    `json:"port"`
	Agent     string `json:"agent"`
	App       string `json:"appName"`
	Address   string `json:"address"`
}

// v3Subscribers shows who subscribes exactly this service. Those of other servers, which may be asked for, there are none.
func v3Subscribers(c call) (any, error) {
	no, size, err := c.PageForm()
	if err != nil {
		return nil, err
	}
	if _, err := web.BoundBool("boolean").Primitive(c.Params, "aggregationForm", "aggregation", true); err != nil {
		return nil, err
	}
	wanted, _, _, err := c.serviceForm()
	if err == nil {
		err = web.CheckedPage(no, size)
	}
	if err != nil {
		return nil, err
	}
	all := []v3SubscriberView{}
	for _, s := range c.registry.Subscribers(func(k naming.ServiceKey) bool { return k == wanted }) {
		view := v3SubscriberView{
			wanted.Namespace, wanted.Group, wanted.Name, s.Subscriber.IP, s.Subscriber.Port, s.Subscriber.Agent, s.Subscriber.App,
			s.Subscriber.IP + ":" + strconv.Itoa(s.Subscriber.Port),
		}
		if !slices.Contains(all, view) {
			all = append(all, view)
		}
	}
	page, err := web.PageOf(all, no, size)
	if err != nil {
		return web.PageView[v3SubscriberView]{Items: []v3SubscriberView{}}, nil // a page that cannot be is empty
	}
	return page, nil
}

func v3SelectorTypes(call) (any, error) { return []string{"label", "none"}, nil }

// v3UpdateCluster changes how the instances of a cluster are probed.
func v3UpdateCluster(c call) (any, error) {
	const object = "updateClusterForm"
	p := c.Params
	checkPort, err := web.BoundInt("java.lang.Integer").Form(p, object, "checkPort", 0)
	if err != nil {
		return nil, err
	}
	instancePort, err := web.BoundBool("java.lang.Boolean").Form(p, object, "useInstancePort4Check", false)
	if err != nil {
		return nil, err
	}
	name, err := p.FormText("serviceName")
	if err != nil {
		return nil, err
	}
	cluster, err := p.FormText("clusterName")
	if err != nil {
		return nil, err
	}
	for _, m := range []web.Missing{{Name: "checkPort", Kind: "Integer"}, {Name: "useInstancePort4Check", Kind: "Boolean"}, {Name: "healthChecker", Kind: "String"}} {
		if m.Form = true; p[m.Name] == "" {
			return nil, &m
		}
	}
	checker, err := parseChecker(p["healthChecker"])
	if err != nil {
		return nil, err
	}
	m, err := c.parseMetadata(p["metadata"])
	if err != nil {
		return nil, err
	}
	r := c.B.Registration
	k := naming.ServiceKey{Namespace: p.Or("namespaceId", r.DefaultNamespace), Group: p.Or("groupName", r.DefaultGroup), Name: name}
	return c.OK(), c.registry.UpdateCluster(k, cluster, naming.Cluster{
		Checker: checker, CheckPort: checkPort, UseInstancePort: instancePort, Metadata: m.values,
	})
}
