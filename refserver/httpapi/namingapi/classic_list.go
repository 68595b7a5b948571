package namingapi

import (
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// classicHost is a host as lists of 1.x show it.
type classicHost struct {
	IP        *wire.Text            `json:"ip"`
	Port      wire.Int              `json:"port"`
	Valid     wire.Bool             `json:"valid"`
	Healthy   wire.Bool             `json:"healthy"`
	Marked    bool                  `json:"marked"`
	ID        *wire.Text            `json:"instanceId"`
	Metadata  map[string]*wire.Text `json:"metadata"`
	Enabled   wire.Bool             `json:"enabled"`
	Weight    wire.Double           `json:"weight"`
	Cluster   *wire.Text            `json:"clusterName"`
	Service   string                `json:"serviceName"`
	Ephemeral wire.Bool             `json:"ephemeral"`
}

// classicUnknown is the list of a service that does not exist.
type classicUnknown struct {
	Name        string        `json:"name"`
	Clusters    string        `json:"clusters"`
	CacheMillis wire.Int      `json:"cacheMillis"`
	Hosts       []classicHost `json:"hosts"`
}

// classicView is a service as lists of 1.x show it.
type classicView struct {
	Hosts           []classicHost     `json:"hosts"`
	Dom             string            `json:"dom"`
	Name            string            `json:"name"`
	CacheMillis     wire.Int          `json:"cacheMillis"`
	LastRefTime     wire.Int          `json:"lastRefTime"`
	Checksum        string            `json:"checksum"`
	UseSpecifiedURL bool              `json:"useSpecifiedURL"`
	Clusters        string            `json:"clusters"`
	Env             string            `json:"env"`
	Metadata        map[string]string `json:"metadata"`
}

// classic is a view in the shape of 1.x, for a reader that names itself agent. Unhealthy hosts go first.
func (a *API) classic(k naming.ServiceKey, view wire.ServiceInfo, agent, env string) any {
	clusters, hosts := textOf(view.Clusters), []classicHost{}
	d, ok := a.registry.Service(k)
	if !ok {
		return classicUnknown{k.Grouped(), clusters, view.CacheMillis, hosts}
	}
	name := a.nameFor(agent, k)
	for _, healthy := range []wire.Bool{false, true} {
		for _, in := range view.Hosts {
			if in.Healthy == healthy {
				hosts = append(hosts, classicHost{
					IP: in.IP, Port: in.Port, Valid: in.Healthy, Healthy: in.Healthy, ID: in.InstanceID, Metadata: withNulls(in),
					Enabled: in.Enabled, Weight: in.Weight, Cluster: in.ClusterName, Service: name, Ephemeral: in.Ephemeral,
				})
			}
		}
	}
	return classicView{
		Hosts: hosts, Dom: name, Name: k.Grouped(), CacheMillis: view.CacheMillis, LastRefTime: view.LastRefTime,
		Checksum: a.registry.Checksum(k), Clusters: clusters, Env: env, Metadata: d.Metadata.Metadata,
	}
}

// nameFor is how a service is named to a reader: Java clients from 1.0.0 on know groups, others are told the name alone.
func (a *API) nameFor(agent string, k naming.ServiceKey) string {
	if modernJava(agent) {
		return k.Grouped()
	}
	return k.Name
}

// modernJava says whether the agent is a Java client that knows groups.
func modernJava(agent string) bool {
	version, ok := strings.CutPrefix(agent, "Nacos-Java-Client:v")
	return ok && compareVersions(version, "1.0.0") >= 0
}

// checkAgent fails as reading a service does for a Java client whose version cannot be read.
func (c call) checkAgent(k naming.ServiceKey) error {
	if !c.B.V1.ClassicLists {
		return nil
	}
	if _, known := c.registry.Service(k); !known || c.onlyChecks(k) {
		return nil
	}
	return checkJava(c.Agent())
}

// checkJava refuses the version of a Java client that has one part alone.
func checkJava(agent string) error {
	if version, ok := strings.CutPrefix(agent, "Nacos-Java-Client:v"); ok && !strings.Contains(version, ".") {
		return web.Unexpected(`Cannot invoke "com.fasterxml.jackson.core.Version.compareTo(com.fasterxml.jackson.core.Version)" because "clientInfo.version" is null`)
	}
	return nil
}

// classicList is the answer to a list request. A request that only checks gets nothing of a service that has instances.
func (c call) classicList(k naming.ServiceKey, sub naming.Subscriber, view wire.ServiceInfo) any {
	if c.onlyChecks(k) {
		return struct{}{}
	}
	return c.classic(k, view, sub.Agent, c.Params.Optional("env", ""))
}

// onlyChecks says whether a list request checks a service that has instances.
func (c call) onlyChecks(k naming.ServiceKey) bool {
	return strings.EqualFold(c.Params.Optional("isCheck", "false"), "true") && c.serves(k, c.Params.Optional("clusters", ""))
}

// serves says whether a service has instances, disabled or not, in one of the clusters.
func (c call) serves(k naming.ServiceKey, clusters string) bool {
	wanted := strings.FieldsFunc(clusters, func(r rune) bool { return r == ',' })
	for _, m := range c.registry.Members(k) {
		if len(wanted) == 0 || slices.Contains(wanted, m.Cluster) {
			return true
		}
	}
	return false
}
