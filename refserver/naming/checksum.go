package naming

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Checksum stands for the settings and the instances of a service: 32 hexadecimal digits that change with them.
// Source: nacos 1.4.8 naming/src/main/java/com/alibaba/nacos/naming/core/Service.java:534-563.
func (r *Registry) Checksum(key ServiceKey) string {
	d, _ := r.Service(key)
	lines := []string{key.Grouped(), fmt.Sprint(d.Metadata.ProtectThreshold)}
	for _, name := range slices.Sorted(slices.Values(d.Clusters)) {
		c := d.Cluster(name)
		lines = append(lines, fmt.Sprint(name, c.Checker.Type, c.Checker.Path, c.Checker.Headers, c.CheckPort, c.UseInstancePort))
	}
	var members []string
	for _, m := range r.Members(key) {
		members = append(members, fmt.Sprint(m.IP, ":", m.Port, "_", m.Weight, "_", m.Healthy, "_", m.Cluster))
	}
	slices.Sort(members)
	sum := md5.Sum([]byte(strings.Join(append(lines, members...), ",")))
	return hex.EncodeToString(sum[:])
}

// NamesByNamespace are the names, without group, of the services of all namespaces.
func (r *Registry) NamesByNamespace() map[string][]string {
	all := map[string][]string{}
	for _, namespace := range r.Namespaces() {
		names := map[string]bool{}
		for _, key := range r.Services(namespace) {
			names[key.Name] = true
		}
		all[namespace] = slices.AppendSeq([]string{}, maps.Keys(names))
	}
	return all
}
