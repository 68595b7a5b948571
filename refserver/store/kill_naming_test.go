package store_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// namingWriter writes one service, its persistent instances and the operational metadata of one of them.
type namingWriter int

func (w namingWriter) key() naming.ServiceKey {
	return naming.ServiceKey{Namespace: "public", Group: "DEFAULT_GROUP", Name: fmt.Sprint("service-", int(w))}
}

// instance is the address that a write is about: some come again and again.
func (w namingWriter) instance(n int) naming.Instance {
	return naming.Instance{
		IP: fmt.Sprintf("10.0.%d.%d", int(w), n%7), Port: 80, Weight: 1, Healthy: true, Enabled: true, Cluster: "DEFAULT",
		Metadata: map[string]string{"version": strconv.Itoa(n), "ballast": strings.Repeat("x", 100+n%5000)},
	}
}

func (w namingWriter) write(d *domains, n int) error {
	r, in := d.registry, w.instance(n)
	switch {
	case n == 0:
		return r.CreateService(w.key(), false, naming.NoMetadata())
	case n%5 == 1:
		m := naming.NoMetadata()
		m.ProtectThreshold = threshold(n)
		return r.UpdateService(w.key(), m)
	case n%5 == 2:
		return r.Update(w.key(), naming.Instance{IP: "10.0.0.0", Port: 1, Cluster: "X", Metadata: map[string]string{"n": strconv.Itoa(n)}}, false)
	case n%3 == 2:
		return r.Deregister(w.key(), in.IP, in.Port, in.Cluster, false)
	}
	return r.Register(w.key(), in, false, naming.Attributes{})
}

func threshold(n int) float32 { return float32(n%100) / 100 }

func (w namingWriter) after(n int) (lines []string) {
	if n == 0 {
		return nil
	}
	protect, overlay, versions := float32(0), "", map[string]string{}
	for i := 1; i < n; i++ {
		switch in := w.instance(i); {
		case i%5 == 1:
			protect = threshold(i)
		case i%5 == 2:
			overlay = strconv.Itoa(i)
		case i%3 == 2:
			delete(versions, in.IP)
		default:
			versions[in.IP] = describe(in)
		}
	}
	for _, v := range versions {
		lines = append(lines, v)
	}
	slices.Sort(lines)
	return append(lines, fmt.Sprint("threshold ", protect, " overlay ", overlay))
}

func (w namingWriter) found(d *domains) (lines []string) {
	for _, p := range d.registry.Publishers(w.key()) {
		for _, in := range p.Instances {
			lines = append(lines, describe(in))
		}
	}
	slices.Sort(lines)
	service, exists := d.registry.Service(w.key())
	overlay, _ := d.registry.InstanceMetadata(w.key(), naming.OverlayID("10.0.0.0", 1, "X"))
	if !exists {
		return lines
	}
	return append(lines, fmt.Sprint("threshold ", service.Metadata.ProtectThreshold, " overlay ", overlay.Metadata["n"]))
}

func describe(in naming.Instance) string {
	return fmt.Sprintln(in.IP, in.Metadata["version"], len(in.Metadata["ballast"]))
}

// namespaceWriter writes namespaces.
type namespaceWriter struct{}

func (namespaceWriter) namespace(n int) naming.Namespace {
	text := fmt.Sprint("description ", n)
	return naming.Namespace{ID: fmt.Sprint("namespace-", n%5), Name: fmt.Sprint("name ", n), Description: &text}
}

func (w namespaceWriter) write(d *domains, n int) error {
	ns := w.namespace(n)
	switch n % 4 {
	case 0, 1:
		_, err := d.registry.CreateNamespace(ns)
		return err
	case 2:
		return d.registry.UpdateNamespace(ns)
	}
	return d.registry.DeleteNamespace(ns.ID)
}

func (w namespaceWriter) after(n int) (lines []string) {
	var all []naming.Namespace
	for i := range n {
		ns := w.namespace(i)
		at := slices.IndexFunc(all, func(other naming.Namespace) bool { return other.ID == ns.ID })
		switch {
		case i%4 < 2 && at < 0:
			all = append(all, ns)
		case i%4 == 2 && at >= 0:
			all[at] = ns
		case i%4 == 3 && at >= 0:
			all = slices.Delete(all, at, at+1)
		}
	}
	return namespaceLines(all)
}

func (namespaceWriter) found(d *domains) []string {
	return namespaceLines(d.registry.CreatedNamespaces())
}

func namespaceLines(all []naming.Namespace) (lines []string) {
	for _, n := range all {
		lines = append(lines, n.ID+" "+n.Name+" "+*n.Description)
	}
	slices.Sort(lines) // they are listed by id
	return lines
}
