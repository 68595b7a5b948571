package seed

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func (d Domains) collectNaming(s *Seed) {
	for _, n := range d.Registry.CreatedNamespaces() {
		s.Namespaces = append(s.Namespaces, Namespace{n.ID, n.Name, n.Description})
	}
	for _, k := range d.Registry.KeptServices() {
		s.Services = append(s.Services, d.collectService(k))
	}
}

func (d Domains) collectService(k naming.KeptService) Service {
	r := d.Registry.Behaviour().Registration
	s := Service{Namespace: k.Key.Namespace, Group: k.Key.Group, Name: k.Key.Name, Ephemeral: k.Ephemeral}
	if s.Namespace == r.DefaultNamespace {
		s.Namespace = ""
	}
	if s.Group == r.DefaultGroup {
		s.Group = ""
	}
	if m := k.Metadata; m != nil {
		s.ProtectThreshold, s.Metadata = m.ProtectThreshold, m.Metadata
		if s.Metadata == nil {
			s.Metadata = map[string]string{}
		}
		if m.Selector.Type == "label" {
			s.Selector = &Selector{m.Selector.Type, m.Selector.Expression}
		}
		for _, name := range slices.Sorted(maps.Keys(m.Clusters)) {
			s.Clusters = append(s.Clusters, collectCluster(name, m.Clusters[name]))
		}
	}
	for _, in := range k.Persistent {
		s.Instances = append(s.Instances, d.collectInstance(k.Key, in))
	}
	for _, id := range slices.Sorted(maps.Keys(k.Overlays)) {
		s.InstanceMetadata = append(s.InstanceMetadata, d.collectOverlay(id, k.Overlays[id]))
	}
	return s
}

func collectCluster(name string, c naming.Cluster) Cluster {
	to := Cluster{Name: name, Checker: Checker{Type: c.Checker.Type}, CheckPort: &c.CheckPort, UseInstancePort: &c.UseInstancePort}
	if len(c.Metadata) > 0 {
		to.Metadata = c.Metadata
	}
	switch c.Checker.Type {
	case "HTTP":
		to.Checker.Path, to.Checker.Headers, to.Checker.ExpectedCode = c.Checker.Path, c.Checker.Headers, &c.Checker.ExpectedCode
	case "MYSQL":
		to.Checker.User, to.Checker.Password, to.Checker.Command = c.Checker.User, c.Checker.Password, c.Checker.Command
	}
	return to
}

func (d Domains) collectInstance(key naming.ServiceKey, in naming.Instance) Instance {
	r := d.Registry.Behaviour().Registration
	to := Instance{IP: in.IP, Port: in.Port, Cluster: in.Cluster, Nulls: in.Nulls}
	if to.Cluster == r.DefaultCluster {
		to.Cluster = ""
	}
	if in.App != d.defaultApp() {
		to.App = &in.App
	}
	if in.Weight != 1 {
		to.Weight = &in.Weight
	}
	if !in.Healthy {
		to.Healthy = &in.Healthy
	}
	if !in.Enabled {
		to.Enabled = &in.Enabled
	}
	if len(in.Metadata) > 0 {
		to.Metadata = in.Metadata
	}
	if id, err := d.generated(key, in); err != nil || id != in.ID {
		to.ID = &in.ID
	}
	return to
}

// collectOverlay reads the address from the id, which is ip:port:cluster.
func (d Domains) collectOverlay(id string, o naming.Overlay) InstanceMetadata {
	var to InstanceMetadata
	address, cluster := cutLast(id)
	ip, port := cutLast(address)
	to.IP, to.Cluster = ip, cluster
	_, _ = fmt.Sscan(port, &to.Port) // made from a number
	if to.Cluster == d.Registry.Behaviour().Registration.DefaultCluster {
		to.Cluster = ""
	}
	if o.Weight != 1 {
		to.Weight = &o.Weight
	}
	if !o.Enabled {
		to.Enabled = &o.Enabled
	}
	if len(o.Metadata) > 0 {
		to.Metadata = o.Metadata
	}
	return to
}

// cutLast cuts a text at its last colon.
func cutLast(s string) (before, after string) {
	i := max(strings.LastIndexByte(s, ':'), 0)
	return s[:i], strings.TrimPrefix(s[i:], ":")
}
