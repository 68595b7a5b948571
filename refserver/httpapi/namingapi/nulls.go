package namingapi

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/wire"
)

// hostView is a host whose metadata lists null values.
type hostView struct {
	wire.Instance
	Metadata map[string]*wire.Text `json:"metadata"`
}

// showNulls is a view in which metadata lists null values; most views have none and stay as they are.
func showNulls(view wire.ServiceInfo) any {
	if !slices.ContainsFunc(view.Hosts, func(host wire.Instance) bool { return len(host.Nulls) > 0 }) {
		return view
	}
	return struct {
		wire.ServiceInfo
		Hosts []any `json:"hosts"`
	}{view, hostViews(view.Hosts)}
}

// hostViews are hosts whose metadata lists null values; those without stay as they are.
func hostViews(hosts []wire.Instance) []any {
	views := make([]any, len(hosts))
	for i, host := range hosts {
		views[i] = showHost(host)
	}
	return views
}

func showHost(host wire.Instance) any {
	if len(host.Nulls) == 0 {
		return host
	}
	return hostView{host, withNulls(host)}
}

// withNulls is the metadata of a host, null values included.
func withNulls(host wire.Instance) map[string]*wire.Text {
	if host.Metadata == nil {
		return nil
	}
	all := make(map[string]*wire.Text, len(host.Metadata)+len(host.Nulls))
	for name, value := range host.Metadata {
		all[name] = &value
	}
	for _, name := range host.Nulls {
		all[name] = nil
	}
	return all
}
