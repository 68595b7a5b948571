package httpapi

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
		Hosts []hostView `json:"hosts"`
	}{view, hostViews(view.Hosts)}
}

// hostViews are hosts whose metadata lists null values.
func hostViews(hosts []wire.Instance) []hostView {
	views := make([]hostView, len(hosts))
	for i, host := range hosts {
		views[i] = hostView{host, withNulls(host)}
	}
	return views
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
