package namingapi

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// namespace is the namespace that a request names, or the default.
func (c call) namespace() string {
	return c.Params.Optional("namespaceId", c.B.Registration.DefaultNamespace)
}

// v1Service is the service that a v1 request must name; the filter has put the group in front.
func (c call) v1Service() (naming.ServiceKey, string, error) {
	grouped, err := c.Params.Required("serviceName")
	if err == nil {
		err = checkGrouped(grouped)
	}
	return c.key(c.namespace(), grouped), grouped, err
}

// attributes are what is known of the sender.
func (c call) attributes() naming.Attributes {
	return naming.Attributes{Version: c.Agent(), App: c.Header.Get("app")}
}

// v1Instance builds the instance that a v1 request describes.
func (c call) v1Instance(grouped string) (in naming.Instance, ephemeral bool, err error) {
	if in, ephemeral, err = c.v1Address(); err != nil {
		return
	}
	if err = c.registry.CheckWeight(in.Weight); err != nil && !c.B.V1.ClassicWrites {
		return
	}
	m, bad := c.parseMetadata(c.Params.Optional("metadata", ""))
	if err = cmp.Or(bad, err); err != nil {
		return
	}
	in.Metadata, in.Nulls, in.NoMetadata = m.values, m.nulls, m.absent && !c.B.Metadata.Operational
	if c.B.Registration.Apps {
		in.App = c.Params.Optional("app", "DEFAULT")
	}
	if c.B.V1.ClassicLists {
		in.Nulls = nil // nobody ever sees them
	}
	err = c.setID(&in, grouped)
	return
}

// v1Address builds what a v1 request says of an instance besides its metadata. The weight is any number.
func (c call) v1Address() (in naming.Instance, ephemeral bool, err error) {
	r := c.B.Registration
	if in.IP, err = c.Params.Required("ip"); err != nil {
		return
	}
	portText, err := c.Params.Required("port")
	if err != nil && !r.NeedsPort {
		portText, err = "0", nil
	}
	if err != nil {
		return
	}
	if in.Port, err = web.Number(portText); err != nil {
		return
	}
	in.Weight = r.DefaultWeight
	if text := c.Params.Optional("weight", ""); text != "" {
		if in.Weight, err = web.Decimal(text); err != nil {
			return
		}
	}
	in.Healthy, in.Enabled = r.DefaultHealthy, r.DefaultEnabled
	if text := c.Params.Optional("healthy", ""); text != "" {
		in.Healthy = naming.TruthyText(text)
	}
	if text := c.Params.Optional("enabled", c.Params.Optional("enable", "")); text != "" {
		in.Enabled = naming.TruthyText(text)
	}
	ephemeral = c.registry.Switches().DefaultEphemeral
	if text := c.Params.Optional("ephemeral", ""); text != "" {
		ephemeral = naming.TruthyText(text)
	}
	in.Cluster = c.Params.Optional("clusterName", c.Params.Optional("cluster", r.DefaultCluster))
	return
}

// setID gives an instance its id, where v1 does so.
func (c call) setID(in *naming.Instance, grouped string) (err error) {
	if c.B.Registration.IDOverV1 {
		in.ID, err = c.registry.InstanceID(*in, grouped)
	}
	return err
}

func v1Register(c call) (any, error) {
	k, grouped, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	in, ephemeral, err := c.v1Instance(grouped)
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Register(k, in, ephemeral, c.attributes())
}

func v1Deregister(c call) (any, error) {
	if c.B.V1.ClassicWrites {
		return c.classicDeregister()
	}
	if _, err := c.Params.Required("serviceName"); err != nil {
		return nil, err
	}
	in, ephemeral, err := c.v1Instance(c.Params["serviceName"])
	if err != nil {
		return nil, err
	}
	k, _, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Deregister(k, in.IP, in.Port, in.Cluster, ephemeral)
}

func v1Update(c call) (any, error) {
	k, grouped, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	in, ephemeral, err := c.v1Instance(grouped)
	if err != nil {
		return nil, err
	}
	if c.B.V1.ClassicWrites {
		return c.classicUpdate(k, in, ephemeral)
	}
	if err := c.refuseNull(k); err != nil {
		return nil, err
	}
	return c.OK(), c.registry.Update(k, in, ephemeral)
}

// refuseNull fails when metadata is null, and without a word when it has a null value: operational metadata cannot
// hold it. That the service is unknown is told before. Where updates skip nulls, only the metadata itself matters.
func (c call) refuseNull(k naming.ServiceKey) error {
	if _, known := c.registry.Service(k); !known {
		return nil
	}
	m, err := c.parseMetadata(c.Params["metadata"])
	switch {
	case err == nil && m.absent && c.B.Metadata.SkipsNulls:
		return web.Unexpected(`Cannot invoke "java.util.Map.entrySet()" because "metadata" is null`)
	case err == nil && m.absent:
		return stumble()
	case err == nil && len(m.nulls) > 0 && !c.B.Metadata.SkipsNulls:
		return web.Unexpected("")
	}
	return nil
}

func v1Patch(c call) (any, error) {
	k, _, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	ip, port, err := c.address()
	if err != nil {
		return nil, err
	}
	cluster := c.Params.Optional("clusterName", c.Params.Optional("cluster", c.B.Registration.DefaultCluster))
	if c.B.V1.ClassicWrites {
		return c.classicPatch(k, cluster, ip, port)
	}
	var p naming.Patch
	if text := c.Params.Optional("metadata", ""); text != "" {
		m, err := c.parseMetadata(text)
		if err != nil {
			return nil, err
		}
		p.Metadata = m.values
	}
	if text := c.Params.Optional("weight", ""); text != "" {
		weight, err := web.Decimal(text)
		if err != nil {
			return nil, err
		}
		p.Weight = &weight
	}
	if text := c.Params.Optional("enabled", ""); text != "" {
		p.Enabled = new(naming.TruthyText(text))
	}
	return c.OK(), c.registry.Patch(k, cluster, ip, port, p)
}

func v1Detail(c call) (any, error) {
	k, grouped, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	cluster := c.Params.Optional("clusterName", c.B.Registration.DefaultCluster)
	ip, port, err := c.address()
	if err != nil {
		return nil, err
	}
	in, err := c.registry.Find(k, cluster, ip, port)
	return struct {
		Service string `json:"service"`
		instanceDetail
	}{grouped, detail(in)}, err
}

// address is that of the instance which a request must name.
func (c call) address() (ip string, port int, err error) {
	if ip, err = c.Params.Required("ip"); err != nil {
		return "", 0, err
	}
	text, err := c.Params.Required("port")
	if err != nil {
		return "", 0, err
	}
	port, err = web.Number(text)
	return ip, port, err
}

// instanceDetail is one instance as the detail routes show it, but for the name of its service.
type instanceDetail struct {
	IP         string            `json:"ip"`
	Port       int               `json:"port"`
	Cluster    string            `json:"clusterName"`
	Weight     wire.Double       `json:"weight"`
	Healthy    bool              `json:"healthy"`
	InstanceID *string           `json:"instanceId"`
	Metadata   map[string]string `json:"metadata"` // nil for null
}

func detail(in naming.Instance) instanceDetail {
	d := instanceDetail{
		IP: in.IP, Port: in.Port, Cluster: in.Cluster, Weight: wire.Double(in.Weight), Healthy: in.Healthy,
		Metadata: in.Metadata,
	}
	if in.ID != "" {
		d.InstanceID = &in.ID
	}
	switch {
	case in.NoMetadata:
		d.Metadata = nil
	case d.Metadata == nil:
		d.Metadata = map[string]string{}
	}
	return d
}

func v1List(c call) (any, error) {
	k, _, err := c.v1Service()
	if err != nil {
		return nil, err
	}
	udpPort, err := web.Number(c.Params.Optional("udpPort", "0"))
	if err != nil {
		return nil, err
	}
	sub := naming.Subscriber{
		Clusters: c.Params.Optional("clusters", ""), App: c.Params.Optional("app", ""), Agent: c.Agent(),
		IP: c.Params.Optional("clientIP", ""), Port: udpPort,
	}
	if err := c.checkAgent(k); err != nil {
		return nil, err
	}
	healthyOnly := c.Params.Optional("healthyOnly", strconv.FormatBool(c.B.View.HealthyOnlyByDefault))
	return c.list(k, sub, strings.EqualFold(healthyOnly, "true")), nil
}

// list is the view of a service for a reader, who becomes a subscriber when it can be pushed to.
func (c call) list(k naming.ServiceKey, sub naming.Subscriber, healthyOnly bool) any {
	switches := c.registry.Switches()
	pushed := c.subscribe(k, sub, switches)
	view := c.registry.View(k, naming.Selection{Clusters: sub.Clusters, HealthyOnly: healthyOnly})
	if !pushed && c.B.View.ReadersCacheLess {
		view.CacheMillis = wire.Int(switches.DefaultCacheMillis)
	}
	if c.B.View.NamesService {
		view.Name = new(wire.Text(k.Grouped()))
	}
	if c.B.V1.ClassicLists {
		return c.classicList(k, sub, view)
	}
	return showNulls(view)
}

func v1Statuses(c call) (any, error) {
	text, err := c.Params.Present("key")
	if err != nil {
		return nil, err
	}
	return c.statuses(text)
}

// statuses are the addresses of a service with their health. The key is a grouped name, after a namespace and ## when
// it is not the default one.
func (c call) statuses(text string) (any, error) {
	namespace, grouped := c.B.Registration.DefaultNamespace, text
	if strings.Contains(text, "##") {
		parts := strings.Split(strings.TrimRight(text, "#"), "##")
		switch {
		case parts[0] == "" && len(parts) == 1:
			return nil, web.Unexpected("Index 0 out of bounds for length 0")
		case len(parts) == 1:
			return nil, web.Unexpected("Index 1 out of bounds for length 1")
		}
		namespace, grouped = parts[0], parts[1]
	}
	if err := checkGrouped(grouped); err != nil {
		return nil, err
	}
	if _, ok := c.registry.Service(c.key(namespace, grouped)); !ok && c.B.V1.StatusesNeedService {
		return nil, &naming.Error{Flavour: naming.Checked, Status: http.StatusNotFound, Message: "service: " + grouped + " not found."}
	}
	if _, name, _ := strings.Cut(grouped, "@@"); !c.B.View.StatusesObeyGroup {
		grouped = c.B.Registration.DefaultGroup + "@@" + name
	}
	addresses := []string{}
	for _, host := range c.registry.Hosts(c.key(namespace, grouped)) {
		health := "false"
		if host.Healthy {
			health = "true"
		}
		addresses = append(addresses, hostAddress(host)+"_"+health)
	}
	return web.Raw{Value: map[string][]string{"ips": addresses}}, nil
}

func v1BatchUpdate(c call) (any, error) { return v1Batch(c, setKeys) }
func v1BatchDelete(c call) (any, error) { return v1Batch(c, removeKeys) }

func v1Batch(c call, how edit) (any, error) {
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	if _, err := c.Params.Required("metadata"); err != nil {
		return nil, err
	}
	if c.B.V1.BatchNeedsTargets {
		return c.classicBatch(grouped, how)
	}
	return c.batch(c.key(c.namespace(), grouped), how)
}
