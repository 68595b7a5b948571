package namingapi

import (
	"encoding/json"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

func catalogMissing(format string) error {
	return &naming.Error{Flavour: naming.Checked, Status: 404, Code: naming.CodeServerError, Message: format}
}

// catalogCluster is a cluster as the v1 catalogue shows it.
type catalogCluster struct {
	Service   string          `json:"serviceName"`
	Name      string          `json:"name"`
	Checker   json.RawMessage `json:"healthChecker"`
	Port      int             `json:"defaultPort"`
	CheckPort int             `json:"defaultCheckPort"`
	// The flag that instances are probed on their own port has two names; a server uses one of them.
	OwnPort   *bool             `json:"useIPPort4Check,omitempty"`
	CamelPort *bool             `json:"useIpPort4Check,omitempty"`
	Metadata  map[string]string `json:"metadata"`
}

func v1CatalogService(c call) (any, error) {
	var k naming.ServiceKey
	if grouped, given := c.Params["serviceName"]; !web.Blank(grouped) || given && c.B.V1.KeepsSeparators {
		k = c.key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped)
	}
	d, ok := c.registry.Service(k)
	if !ok {
		switch unnamed := k == (naming.ServiceKey{}); {
		case unnamed && c.B.V1.ClassicCatalog:
			return nil, c.unnamedService()
		case unnamed:
			return nil, catalogMissing("service @@ is not found!")
		}
		return nil, catalogMissing("service " + k.Grouped() + " is not found!")
	}
	type serviceView struct {
		Name      string            `json:"name"`
		Group     string            `json:"groupName"`
		Threshold float32JSON       `json:"protectThreshold"`
		Selector  json.RawMessage   `json:"selector"`
		Metadata  map[string]string `json:"metadata"`
	}
	return struct {
		Service  serviceView `json:"service"`
		Clusters any         `json:"clusters"`
	}{
		serviceView{
			k.Name, k.Group, float32JSON(d.Metadata.ProtectThreshold), c.showSelector(d.Metadata.Selector), d.Metadata.Metadata,
		}, c.catalogClusters(d),
	}, nil
}

// catalogClusters are the clusters of a service.
func (c call) catalogClusters(d naming.ServiceDetail) any {
	if c.B.V1.ClassicCatalog {
		return c.classicClusters(d)
	}
	clusters := []catalogCluster{}
	for _, name := range d.Clusters {
		s := d.Cluster(name)
		cluster := catalogCluster{
			Service: d.Key.Grouped(), Name: name, Checker: showChecker(s.Checker), Port: 80, CheckPort: s.CheckPort, Metadata: s.Metadata,
		}
		if c.B.API.CamelCasesIP {
			cluster.CamelPort = &s.UseInstancePort
		} else {
			cluster.OwnPort = &s.UseInstancePort
		}
		clusters = append(clusters, cluster)
	}
	return clusters
}

func v1CatalogInstances(c call) (any, error) {
	grouped, err := c.Params.Present("serviceName")
	if err != nil {
		return nil, err
	}
	cluster, err := c.Params.Present("clusterName")
	if err != nil {
		return nil, err
	}
	no, size, err := c.pageParams(&web.Missing{Name: "pageNo", Kind: "int"})
	if err != nil {
		return nil, err
	}
	k := c.key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped)
	hosts, err := c.clusterHosts(k, cluster)
	if err != nil {
		return nil, err
	}
	if c.B.V1.ClassicCatalog {
		return hostPage(c.classicInstances(k, cluster), no, size)
	}
	return hostPage(hosts, no, size)
}

// hostPage is a page of the hosts of a cluster.
func hostPage[T any](hosts []T, no, size int) (any, error) {
	start := min(naming.PageStart(no, size), len(hosts))
	page, err := naming.SubList(hosts, start, min(int(int32(no)*int32(size)), len(hosts)))
	if err != nil {
		return nil, err
	}
	return struct {
		List  []T `json:"list"`
		Count int `json:"count"`
	}{page, len(hosts)}, nil
}

// clusterHosts are all hosts of a cluster, which must be there as its service must.
func (c call) clusterHosts(k naming.ServiceKey, cluster string) ([]wire.Instance, error) {
	d, ok := c.registry.Service(k)
	if !ok {
		return nil, catalogMissing("service " + k.Grouped() + " is not found!")
	}
	found := false
	for _, name := range d.Clusters {
		found = found || name == cluster
	}
	if !found {
		return nil, catalogMissing("cluster " + cluster + " is not found!")
	}
	hosts := []wire.Instance{}
	for _, host := range c.registry.Hosts(k) {
		if textOf(host.ClusterName) == cluster {
			hosts = append(hosts, host)
		}
	}
	return hosts, nil
}

// pageParams reads pageNo and pageSize. When one is not given, absent tells how, with the name put in.
func (c call) pageParams(absent *web.Missing) (no, size int, err error) {
	for _, p := range []struct {
		name string
		to   *int
	}{{"pageNo", &no}, {"pageSize", &size}} {
		if _, ok := c.Params[p.name]; !ok {
			if absent != nil {
				return 0, 0, &web.Missing{Name: p.name, Kind: absent.Kind}
			}
			return 0, 0, web.Unexpected("Optional int parameter '" + p.name + "' is present but cannot be translated into a null value due to being declared as a primitive type. Consider declaring it as object wrapper for the corresponding primitive type.")
		}
		n, problem := web.BoundInt("int").Convert(c.Params[p.name])
		if problem != "" {
			return 0, 0, web.Mismatch(p.name, "int", problem)
		}
		*p.to = n
	}
	return no, size, nil
}

func v1CatalogServices(c call) (any, error) {
	withInstances, err := web.BoundBool("boolean").Given(c.Params, "withInstances", false)
	if err != nil {
		return nil, err
	}
	no, size, err := c.pageParams(nil)
	if err != nil {
		return nil, err
	}
	hideEmpty, err := web.BoundBool("boolean").Given(c.Params, "hasIpCount", false)
	if err != nil {
		return nil, err
	}
	keys, err := c.matchingServices(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace))
	if err != nil {
		return nil, err
	}
	if withInstances && c.B.V1.ClassicCatalog {
		return c.classicServices(classicPage(keys, no, size)), nil
	}
	if withInstances && c.B.API.LosesHosts && len(catalogPage(keys, no, size)) > 0 {
		return nil, web.Unexpected(`Cannot invoke "java.lang.Boolean.booleanValue()" because the return value of "com.alibaba.nacos.api.naming.pojo.maintainer.ServiceDetailInfo.isEphemeral()" is null`)
	}
	if withInstances {
		return c.servicesWithInstances(catalogPage(keys, no, size)), nil
	}
	if hideEmpty {
		kept := []naming.ServiceKey{}
		for _, k := range keys {
			if len(c.registry.Hosts(k)) > 0 {
				kept = append(kept, k)
			}
		}
		keys = kept
	}
	count := len(keys)
	var page []naming.ServiceKey
	if c.B.V1.ClassicCatalog {
		keys = c.holding(keys, c.Params["instance"])
		if count, page = len(keys), classicPage(keys, no-1, size); len(page) == 0 {
			count = 0
		}
	} else {
		page = catalogPage(keys, no, size)
	}
	list := []serviceSummary{}
	for _, k := range page {
		list = append(list, c.summary(k))
	}
	return struct {
		Count int              `json:"count"`
		List  []serviceSummary `json:"serviceList"`
	}{count, list}, nil
}

// matchingServices are the services of a namespace whose names contain the fragments that the request gives.
func (c call) matchingServices(namespace string) ([]naming.ServiceKey, error) {
	all, err := c.services(namespace)
	if err != nil {
		return nil, err
	}
	name, group := c.Params["serviceNameParam"], c.Params["groupNameParam"]
	if len(all) == 0 || web.Blank(name) && web.Blank(group) {
		return all, nil
	}
	fragment := func(s string) string {
		if web.Blank(s) {
			return ".*"
		}
		return ".*" + s + ".*"
	}
	expr, err := whole(fragment(group) + "@@" + fragment(name))
	if err != nil {
		return nil, err
	}
	matching := []naming.ServiceKey{}
	for _, k := range all {
		if _, matches := c.matchName(expr, k); matches {
			matching = append(matching, k)
		}
	}
	return matching, nil
}

// catalogPage is a page of the catalogue: all there is when that is less than a page, and never less than one service.
func catalogPage(keys []naming.ServiceKey, no, size int) []naming.ServiceKey {
	if len(keys) < size {
		return keys
	}
	start := min(naming.PageStart(no, size), len(keys))
	return keys[start:min(start+max(size, 1), len(keys))]
}

type serviceSummary struct {
	Name     string `json:"name"`
	Group    string `json:"groupName"`
	Clusters int    `json:"clusterCount"`
	IPs      int    `json:"ipCount"`
	Healthy  int    `json:"healthyInstanceCount"`
	// Trigger says, as text, whether so few are healthy that all are shown as healthy.
	Trigger string `json:"triggerFlag"`
}

func (c call) summary(k naming.ServiceKey) serviceSummary {
	d, _ := c.registry.Service(k)
	hosts := c.registry.Hosts(k)
	s := serviceSummary{Name: k.Name, Group: k.Group, Clusters: len(d.Clusters), IPs: len(hosts), Trigger: "false"}
	for _, host := range hosts {
		if host.Healthy {
			s.Healthy++
		}
	}
	if s.IPs > 0 && float64(s.Healthy)/float64(s.IPs) <= float64(d.Metadata.ProtectThreshold) {
		s.Trigger = "true"
	}
	return s
}

type hostSummary struct {
	Valid    wire.Bool             `json:"valid"`
	Metadata map[string]*wire.Text `json:"metadata"`
	Port     wire.Int              `json:"port"`
	IP       *wire.Text            `json:"ip"`
	Weight   wire.Double           `json:"weight"`
	Enabled  wire.Bool             `json:"enabled"`
}

type clusterDetail struct {
	Name     *string           `json:"clusterName"`
	Checker  json.RawMessage   `json:"healthChecker"`
	Metadata map[string]string `json:"metadata"`
	Hosts    []hostSummary     `json:"hosts"`
}

type serviceDetail struct {
	Namespace *string                   `json:"namespace"`
	Name      string                    `json:"serviceName"`
	Group     string                    `json:"groupName"`
	Clusters  map[string]*clusterDetail `json:"clusterMap"`
	Metadata  map[string]string         `json:"metadata"`
	Threshold float32JSON               `json:"protectThreshold"`
	Selector  json.RawMessage           `json:"selector"`
	Ephemeral *bool                     `json:"ephemeral"`
}

func (c call) servicesWithInstances(keys []naming.ServiceKey) []serviceDetail {
	all := []serviceDetail{}
	for _, k := range keys {
		d, _ := c.registry.Service(k)
		view := serviceDetail{Name: k.Name, Group: k.Group, Clusters: map[string]*clusterDetail{}, Metadata: d.Metadata.Metadata}
		for _, host := range c.registry.Hosts(k) {
			name := textOf(host.ClusterName)
			if view.Clusters[name] == nil {
				view.Clusters[name] = &clusterDetail{}
			}
			view.Clusters[name].Hosts = append(view.Clusters[name].Hosts,
				hostSummary{host.Healthy, withNulls(host), host.Port, host.IP, host.Weight, host.Enabled})
		}
		all = append(all, view)
	}
	return all
}
