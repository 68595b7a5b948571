package namingapi

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// classicCluster is a cluster with its inner members.
type classicCluster struct {
	Service         string            `json:"serviceName"`
	Name            string            `json:"name"`
	Checker         json.RawMessage   `json:"healthChecker"`
	Port            int               `json:"defaultPort"`
	DefaultCheck    int               `json:"defaultCheckPort"`
	UseInstancePort bool              `json:"useIPPort4Check"`
	Metadata        map[string]string `json:"metadata"`
	Site            string            `json:"sitegroup"`
	CheckPort       int               `json:"defCkport"`
	Empty           bool              `json:"empty"`
	InstancePort    int               `json:"defIPPort"`
}

func (c call) classicClusters(d naming.ServiceDetail) []classicCluster {
	held := map[string]bool{}
	for _, m := range c.registry.Members(d.Key) {
		held[m.Cluster] = true
	}
	clusters := []classicCluster{}
	for _, name := range d.Clusters {
		s := d.Cluster(name)
		clusters = append(clusters, classicCluster{
			Service: d.Key.Grouped(), Name: name, Checker: showChecker(s.Checker), Port: 80, DefaultCheck: 80,
			UseInstancePort: s.UseInstancePort, Metadata: s.Metadata, CheckPort: s.CheckPort, Empty: !held[name], InstancePort: cmp.Or(s.InstancePort, s.CheckPort),
		})
	}
	return clusters
}

// classicInstance is an instance with its inner members.
type classicInstance struct {
	ID        *string     `json:"instanceId,omitempty"`
	IP        string      `json:"ip"`
	Port      int         `json:"port"`
	Weight    wire.Double `json:"weight"`
	Healthy   bool        `json:"healthy"`
	Enabled   bool        `json:"enabled"`
	Ephemeral bool        `json:"ephemeral"`
	Cluster   string      `json:"clusterName"`
	Service   string      `json:"serviceName"`
	Metadata  *nullable   `json:"metadata,omitempty"`
	Beat      int64       `json:"lastBeat"`
	Marked    bool        `json:"marked"`
	App       string      `json:"app,omitempty"`
	Interval  wire.Int    `json:"instanceHeartBeatInterval"`
	Timeout   wire.Int    `json:"instanceHeartBeatTimeOut"`
	Delete    wire.Int    `json:"ipDeleteTimeout"`
	Generator *wire.Text  `json:"instanceIdGenerator,omitempty"`
}

// nullable is metadata that may have null values; a pointer to it that is nil is left out.
type nullable map[string]*wire.Text

func newNullable(host wire.Instance) *nullable {
	if host.Metadata == nil {
		return nil
	}
	return new(nullable(withNulls(host)))
}

// classicInstances are the instances of a cluster, or of all clusters when it is empty.
func (c call) classicInstances(k naming.ServiceKey, cluster string) []classicInstance {
	list := []classicInstance{}
	for _, m := range c.registry.Members(k) {
		if cluster != "" && m.Cluster != cluster {
			continue
		}
		host := c.registry.Show(m, k)
		in := classicInstance{
			ID: &m.ID, IP: m.IP, Port: m.Port, Weight: wire.Double(m.Weight), Healthy: m.Healthy, Enabled: m.Enabled,
			Ephemeral: m.Ephemeral, Cluster: m.Cluster, Service: k.Grouped(), Metadata: newNullable(host), Beat: m.Beat.UnixMilli(), App: m.App,
			Interval: host.InstanceHeartBeatInterval, Timeout: host.InstanceHeartBeatTimeOut, Delete: host.IPDeleteTimeout,
			Generator: host.InstanceIDGenerator,
		}
		list = append(list, in)
	}
	return list
}

// classicPage is a page of the catalogue: all there is when that is at most a page. Pages are counted from 0.
func classicPage(keys []naming.ServiceKey, no, size int) []naming.ServiceKey {
	if size >= len(keys) {
		return keys
	}
	start := min(max(int(int32(no)*int32(size)), 0), len(keys))
	return keys[start:min(start+max(size, 1), len(keys))]
}

// holding are the services that have an instance at an address, given with its port or without.
func (c call) holding(keys []naming.ServiceKey, address string) []naming.ServiceKey {
	if web.Blank(address) {
		return keys
	}
	kept := []naming.ServiceKey{}
	for _, k := range keys {
		for _, m := range c.registry.Members(k) {
			found := m.IP
			if strings.Contains(address, ":") {
				found += ":" + strconv.Itoa(m.Port)
			}
			if found == address {
				kept = append(kept, k)
				break
			}
		}
	}
	return kept
}

// classicServices are the services of the catalogue, with all clusters that they ever had.
func (c call) classicServices(keys []naming.ServiceKey) []any {
	type cluster struct {
		Hosts []hostSummary `json:"hosts"`
	}
	all := []any{}
	for _, k := range keys {
		d, _ := c.registry.Service(k)
		clusters := map[string]*cluster{}
		for _, name := range d.Clusters {
			clusters[name] = &cluster{[]hostSummary{}}
		}
		for _, m := range c.registry.Members(k) {
			host := c.registry.Show(m, k)
			clusters[m.Cluster].Hosts = append(clusters[m.Cluster].Hosts,
				hostSummary{host.Healthy, withNulls(host), host.Port, host.IP, host.Weight, host.Enabled})
		}
		all = append(all, struct {
			Name     string              `json:"serviceName"`
			Group    string              `json:"groupName"`
			Clusters map[string]*cluster `json:"clusterMap"`
			Metadata map[string]string   `json:"metadata"`
		}{k.Name, k.Group, clusters, d.Metadata.Metadata})
	}
	return all
}

// unnamedService is the error of a catalogue request that names no service: a namespace without services is not searched.
func (c call) unnamedService() error {
	if c.registry.KnowsNamespace(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace)) {
		return web.Unexpected("")
	}
	return catalogMissing("service null is not found!")
}
