package seed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

func (d Domains) namespace(path string, n Namespace) step {
	wanted := naming.Namespace{ID: n.ID, Name: n.Name, Description: n.Description}
	return step{path, func() bool {
		found, known := d.Registry.CreatedNamespace(n.ID)
		return known && found.Name == n.Name && sameText(found.Description, n.Description)
	}, func() error { return d.Registry.PutNamespace(wanted) }}
}

// key is the service in the default namespace and group where it names none.
func (d Domains) key(s Service) naming.ServiceKey {
	r := d.Registry.Behaviour().Registration
	return naming.ServiceKey{Namespace: cmp.Or(s.Namespace, r.DefaultNamespace), Group: cmp.Or(s.Group, r.DefaultGroup), Name: s.Name}
}

// described says whether a service says anything of itself, so that it is made as by operators.
func (s Service) described() bool {
	return s.Metadata != nil || s.ProtectThreshold != 0 || s.Selector != nil || len(s.Clusters) > 0 || len(s.Instances)+len(s.InstanceMetadata) == 0
}

// service is the service first, then its clusters, instances and their metadata.
func (d Domains) service(path string, s Service) (steps []step) {
	key := d.key(s)
	if s.described() {
		steps = append(steps, d.settings(path, key, s))
	}
	for i, c := range s.Clusters {
		steps = append(steps, d.cluster(fmt.Sprintf("%s.clusters[%d]", path, i), key, c))
	}
	for i, in := range s.Instances {
		steps = append(steps, d.instance(fmt.Sprintf("%s.instances[%d]", path, i), key, s.Ephemeral, in))
	}
	for i, m := range s.InstanceMetadata {
		steps = append(steps, d.instanceMetadata(fmt.Sprintf("%s.instanceMetadata[%d]", path, i), key, s.Ephemeral, m))
	}
	return steps
}

// check refuses names and addresses where the line does.
func (d Domains) check(p paramcheck.Params) error {
	b := d.Registry.Behaviour()
	p.MaxPort, p.MaxMetadata = b.Registration.MaxPort, b.Metadata.MaxLength
	if text := paramcheck.Check(p); text != "" && b.HTTP.ChecksParameters {
		return failure.NewArgument("%s", text)
	}
	return nil
}

func params(key naming.ServiceKey) paramcheck.Params {
	return paramcheck.Params{Namespace: key.Namespace, Group: key.Group, Service: key.Name}
}

// settings are what operators say of a service besides its clusters.
func (d Domains) settings(path string, key naming.ServiceKey, s Service) step {
	m := naming.NoMetadata()
	m.ProtectThreshold = s.ProtectThreshold
	maps.Copy(m.Metadata, s.Metadata)
	readable := true
	if s.Selector != nil && s.Selector.Type == "label" {
		var labels []string
		labels, readable = naming.ParseLabels(s.Selector.Expression)
		m.Selector = naming.Selector{Type: s.Selector.Type, Expression: s.Selector.Expression, Labels: labels}
	}
	put := func() error {
		if !readable {
			return failure.NewArgument("the expression of the selector: expected terms such as CONSUMER.label.x = PROVIDER.label.x with & between them, found %q", s.Selector.Expression)
		}
		p := params(key)
		p.Metadata = paramcheck.Length(m.Metadata)
		if err := d.check(p); err != nil {
			return err
		}
		if _, exists := d.Registry.KeptService(key); exists {
			return d.Registry.UpdateService(key, m)
		}
		return d.Registry.CreateService(key, s.Ephemeral, m)
	}
	return step{path, func() bool {
		k, exists := d.Registry.KeptService(key)
		return exists && k.Metadata != nil && k.Metadata.ProtectThreshold == m.ProtectThreshold && maps.Equal(k.Metadata.Metadata, m.Metadata) &&
			k.Metadata.Selector.Type == m.Selector.Type && k.Metadata.Selector.Expression == m.Selector.Expression
	}, put}
}

func (d Domains) cluster(path string, key naming.ServiceKey, c Cluster) step {
	wanted := naming.DefaultCluster()
	wanted.Checker = c.Checker.checker()
	wanted.CheckPort, wanted.UseInstancePort = or(c.CheckPort, wanted.CheckPort), or(c.UseInstancePort, wanted.UseInstancePort)
	maps.Copy(wanted.Metadata, c.Metadata)
	return step{path, func() bool {
		k, _ := d.Registry.KeptService(key)
		if k.Metadata == nil {
			return false
		}
		found, written := k.Metadata.Clusters[c.Name]
		return written && found.CheckPort == wanted.CheckPort && found.UseInstancePort == wanted.UseInstancePort &&
			maps.Equal(found.Metadata, wanted.Metadata) && sameChecker(found.Checker, wanted.Checker)
	}, func() error {
		p := params(key)
		p.Cluster, p.Metadata = c.Name, paramcheck.Length(c.Metadata)
		if err := d.check(p); err != nil {
			return err
		}
		return d.Registry.UpdateCluster(key, c.Name, wanted)
	}}
}

func (c Checker) checker() naming.Checker {
	switch c.Type {
	case "HTTP":
		return naming.Checker{Type: c.Type, Path: c.Path, Headers: c.Headers, ExpectedCode: or(c.ExpectedCode, 200)}
	case "MYSQL":
		return naming.Checker{Type: c.Type, User: c.User, Password: c.Password, Command: c.Command}
	}
	return naming.Checker{Type: c.Type}
}

func sameChecker(a, b naming.Checker) bool {
	return a.Type == b.Type && a.Path == b.Path && a.Headers == b.Headers && a.ExpectedCode == b.ExpectedCode &&
		sameText(a.User, b.User) && sameText(a.Password, b.Password) && sameText(a.Command, b.Command)
}

// instance is an instance. Its health is not compared: probes and beats change it.
func (d Domains) instance(path string, key naming.ServiceKey, ephemeral bool, in Instance) step {
	wanted := naming.Instance{
		IP: in.IP, Port: in.Port, Cluster: cmp.Or(in.Cluster, d.Registry.Behaviour().Registration.DefaultCluster),
		Weight: or(in.Weight, 1), Healthy: or(in.Healthy, true), Enabled: or(in.Enabled, true), App: or(in.App, d.defaultApp()), Metadata: in.Metadata, Nulls: in.Nulls,
	}
	var idless error
	if in.ID != nil {
		wanted.ID = *in.ID
	} else {
		wanted.ID, idless = d.generated(key, wanted)
	}
	return step{path, func() bool {
		for _, p := range d.Registry.Publications(naming.AddressID(in.IP, in.Port, ephemeral)) {
			if p.Service == key && slices.ContainsFunc(p.Instances, func(found naming.Instance) bool {
				return sameInstance(found, wanted) && (in.ID == nil || *in.ID == found.ID)
			}) {
				return true
			}
		}
		return false
	}, func() error {
		if idless != nil {
			return idless
		}
		return d.register(key, ephemeral, wanted)
	}}
}

// defaultApp is the application of clients that name none, on lines that know any.
func (d Domains) defaultApp() string {
	if d.Registry.Behaviour().Registration.Apps {
		return "DEFAULT"
	}
	return ""
}

// generated is the id that an instance gets over HTTP which brings none.
func (d Domains) generated(key naming.ServiceKey, in naming.Instance) (string, error) {
	if !d.Registry.Behaviour().Registration.IDOverV1 {
		return "", nil
	}
	return d.Registry.InstanceID(in, key.Grouped())
}

// register registers an instance as a client does over HTTP.
func (d Domains) register(key naming.ServiceKey, ephemeral bool, in naming.Instance) error {
	p := params(key)
	p.Cluster, p.IP, p.Port, p.Metadata = in.Cluster, in.IP, new(int64(in.Port)), paramcheck.Length(in.Metadata)
	if err := d.check(p); err != nil {
		return err
	}
	if err := d.Registry.CheckWeight(in.Weight); err != nil {
		return err
	}
	return d.Registry.Register(key, in, ephemeral, naming.Attributes{IP: localhost})
}

func sameInstance(found, wanted naming.Instance) bool {
	sameWeight := found.Weight == wanted.Weight || found.Weight != found.Weight && wanted.Weight != wanted.Weight // no number
	return found.Cluster == wanted.Cluster && sameWeight && found.Enabled == wanted.Enabled && found.App == wanted.App &&
		maps.Equal(found.Metadata, wanted.Metadata) && slices.Equal(found.Nulls, slices.Sorted(slices.Values(wanted.Nulls)))
}

// instanceMetadata is what operators said of an instance. The service is there, or comes with it.
func (d Domains) instanceMetadata(path string, key naming.ServiceKey, ephemeral bool, m InstanceMetadata) step {
	cluster := cmp.Or(m.Cluster, d.Registry.Behaviour().Registration.DefaultCluster)
	wanted := naming.Overlay{Weight: or(m.Weight, 1), Enabled: or(m.Enabled, true), Metadata: m.Metadata}
	return step{path, func() bool {
		found, known := d.Registry.InstanceMetadata(key, naming.OverlayID(m.IP, m.Port, cluster))
		return known && found.Weight == wanted.Weight && found.Enabled == wanted.Enabled && maps.Equal(found.Metadata, wanted.Metadata)
	}, func() error {
		if !d.Registry.Behaviour().Metadata.Operational {
			return failure.NewArgument("this line has no instanceMetadata: write it into the instances")
		}
		if _, exists := d.Registry.KeptService(key); !exists {
			if err := d.Registry.Claim(key); err != nil {
				return err
			}
		}
		return d.Registry.Update(key, naming.Instance{
			IP: m.IP, Port: m.Port, Cluster: cluster, Weight: wanted.Weight, Enabled: wanted.Enabled, Metadata: m.Metadata,
		}, ephemeral)
	}}
}

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
