package metrics

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
)

// State is what gauges show.
type State struct {
	// Gauges are the values of nacos_monitor, by module.name.
	Gauges map[string]float64
	// Modules counts connections by the module that they belong to.
	Modules map[string]int
	// NamingSubscribers, NamingPublishers and ConfigSubscribers count those of clients of the older protocol and of gRPC.
	NamingSubscribers, NamingPublishers, ConfigSubscribers [2]int
	// Serving are the gRPC calls in progress.
	Serving int
}

// Write writes all measurements. It fails when the state lacks a gauge that the line has.
func (m *Meters) Write(w io.Writer, s State) error {
	all, err := m.families(s)
	if err != nil {
		return err
	}
	for _, f := range all {
		if len(f.Metric) == 0 {
			continue
		}
		if _, err := expfmt.MetricFamilyToText(w, f); err != nil {
			return fmt.Errorf("write %s: %w", f.GetName(), err)
		}
	}
	return nil
}

func (m *Meters) families(s State) ([]*dto.MetricFamily, error) {
	monitor, err := m.monitor(s)
	if err != nil {
		return nil, err
	}
	all := append([]*dto.MetricFamily{monitor}, summary("http_server_requests_seconds", m.requests, nil)...)
	all = append(all, summary("nacos_timer_seconds", m.config, m.timesOf())...)
	if m.b.Shares {
		all = append(all,
			byProtocol("nacos_naming_subscriber", s.NamingSubscribers), byProtocol("nacos_naming_publisher", s.NamingPublishers),
			byProtocol("nacos_config_subscriber", s.ConfigSubscribers))
	}
	if m.b.Calls {
		all = append(all, summary("grpc_server_requests_seconds", m.calls, nil)...)
		all = append(all, m.executor(s))
	}
	if m.b.Raft != "" {
		all = append(all, raft(m.b.Raft)...)
	}
	return all, nil
}

// monitor are the gauges of the line.
func (m *Meters) monitor(s State) (*dto.MetricFamily, error) {
	f := family("nacos_monitor", dto.MetricType_GAUGE)
	names := strings.Fields(m.b.Gauges)
	slices.Sort(names)
	for _, name := range names {
		value, ok := s.Gauges[name]
		if !ok {
			return nil, fmt.Errorf("expected a value for the gauge %s, found none: give State.Gauges one", name)
		}
		module, name, _ := strings.Cut(name, ".")
		f.Metric = append(f.Metric, gauge(value, "module", module, "name", name))
	}
	if m.b.ModuleConnections {
		for _, module := range m.modules(s.Modules) {
			f.Metric = append(f.Metric, gauge(float64(s.Modules[module]), "module", module, "name", "longConnection"))
		}
	}
	return f, nil
}

// modules are those that have or had connections.
func (m *Meters) modules(now map[string]int) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for module := range now {
		if len(m.seen) < maxModules {
			m.seen[module] = true
		}
	}
	return slices.Sorted(maps.Keys(m.seen))
}

// executor shows gRPC calls as the threads of a Java server that serve them. There is no queue and no bound here: there
// are as many as calls in progress.
func (m *Meters) executor(s State) *dto.MetricFamily {
	f := family("grpc_server_executor", dto.MetricType_GAUGE)
	done, busy := float64(m.Calls()), float64(s.Serving)
	for _, name := range []string{"activeCount", "completedTaskCount", "corePoolSize", "inQueueTaskCount", "maximumPoolSize", "poolSize", "taskCount"} {
		value := busy
		switch name {
		case "completedTaskCount":
			value = done
		case "taskCount":
			value = done + busy
		case "inQueueTaskCount":
			value = 0
		}
		f.Metric = append(f.Metric,
			gauge(value, "module", "core", "name", name, "type", "grpcSdkServer"),
			gauge(0, "module", "core", "name", name, "type", "grpcClusterServer"))
	}
	return f
}

// raft are the families of consensus groups. Those of a server alone have nobody to ask and nothing to wait for.
func raft(prefix string) (all []*dto.MetricFamily) {
	for _, counted := range []struct{ suffix, first, second string }{
		{"", "raft_read_from_leader", "raft_read_index_failed"}, {"_seconds", "raft_apply_log_timer", "raft_apply_read_timer"},
	} {
		for _, part := range []string{"_count", "_sum", "_max"} {
			kind := dto.MetricType_UNTYPED
			if part == "_max" {
				kind = dto.MetricType_GAUGE
			}
			f := family(prefix+counted.suffix+part, kind)
			for _, name := range []string{counted.first, counted.second} {
				metric := gauge(0, "module", "core", "name", name)
				if kind == dto.MetricType_UNTYPED {
					metric.Gauge, metric.Untyped = nil, &dto.Untyped{Value: new(0.0)}
				}
				f.Metric = append(f.Metric, metric)
			}
			all = append(all, f)
		}
	}
	return all
}

// byProtocol counts clients of the older protocol, v1, and of gRPC, v2.
func byProtocol(name string, n [2]int) *dto.MetricFamily {
	f := family(name, dto.MetricType_GAUGE)
	f.Metric = []*dto.Metric{gauge(float64(n[0]), "version", "v1"), gauge(float64(n[1]), "version", "v2")}
	return f
}

// summary are the family of some timers and that of their maxima. Only those whose last label is among names are shown,
// or all when names is nil.
func summary(name string, t *timers, names []string) []*dto.MetricFamily {
	sums, most := family(name, dto.MetricType_SUMMARY), family(name+"_max", dto.MetricType_GAUGE)
	for _, one := range t.timings() {
		if names != nil && !slices.Contains(names, one.values[len(one.values)-1]) {
			continue
		}
		var pairs []string
		for i, label := range t.labels {
			pairs = append(pairs, label, one.values[i])
		}
		most.Metric = append(most.Metric, gauge(one.max, pairs...))
		sums.Metric = append(sums.Metric, &dto.Metric{
			Label: labels(pairs...), Summary: &dto.Summary{SampleCount: &one.count, SampleSum: &one.sum},
		})
	}
	return []*dto.MetricFamily{sums, most}
}

func family(name string, kind dto.MetricType) *dto.MetricFamily {
	return &dto.MetricFamily{Name: &name, Type: &kind}
}

// gauge is a value under pairs of labels and their values.
func gauge(value float64, pairs ...string) *dto.Metric {
	return &dto.Metric{Label: labels(pairs...), Gauge: &dto.Gauge{Value: &value}}
}

func labels(pairs ...string) (all []*dto.LabelPair) {
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, &dto.LabelPair{Name: &pairs[i], Value: &pairs[i+1]})
	}
	return all
}
