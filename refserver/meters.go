package refserver

import (
	"cmp"
	"io"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/refserver/metrics"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// writeMetrics writes what the server measures now.
func (s *Server) writeMetrics(l *life, w io.Writer) error {
	m := l.registry.Meters()
	return s.meters.Write(w, metrics.State{
		Gauges:            s.gauges(l, m),
		NamingSubscribers: byProtocol(m.Subscriptions),
		NamingPublishers:  byProtocol(m.Publications),
		ConfigSubscribers: [2]int{l.configs.Polls(), l.configs.ListenerCount()},
		Modules:           modules(l.grpc.Connections()),
		Serving:           l.grpc.Serving(),
	})
}

// modules counts connections by the module that they say they belong to.
func modules(all []grpcapi.Connection) map[string]int {
	counts := map[string]int{}
	for _, c := range all {
		counts[cmp.Or(c.Meta.Labels["module"], "unknown")]++
	}
	return counts
}

// byProtocol counts for clients of HTTP and of gRPC.
func byProtocol(n map[naming.Kind]int) [2]int {
	return [2]int{n[naming.Ephemeral] + n[naming.Persistent] + n[naming.Poller], n[naming.Connection]}
}

// gauges are the values of nacos_monitor on any line. Changes, dumps and notifications have no queues here.
func (s *Server) gauges(l *life, m naming.Meters) map[string]float64 {
	subscriptions := 0
	for _, n := range m.Subscriptions {
		subscriptions += n
	}
	all := 0
	for _, c := range l.grpc.Connections() {
		if c.Meta.SDK() {
			all++
		}
	}
	pushes := m.Pushes
	values := map[string]int{
		"config.configCount": len(l.configs.Configs(nil)), "config.getConfig": s.meters.Reads(), "config.publish": s.meters.Publishes(),
		"config.longPolling": l.configs.Polls(), "config.dumpTask": 0, "config.notifyTask": 0, "config.notifyClientTask": 0, "config.fuzzySearch": 0,
		"config.longConnection": all, "core.longConnection": all,
		"naming.serviceCount": m.Services, "naming.ipCount": m.Instances, "naming.subscriberCount": subscriptions,
		"naming.totalPush": pushes.Succeeded, "naming.failedPush": pushes.Failed, "naming.emptyPush": m.EmptyPushes,
		"naming.pushPendingTaskCount": m.Pushing, "naming.totalPushCostForAvg": int(m.CostSum), "naming.totalPushCountForAvg": int(m.CostCount),
		"naming.avgPushCost": pushes.AverageMillis(), "naming.maxPushCost": pushes.MostMillis(),
		"naming.tcpHealthCheck": m.Probes["TCP"], "naming.httpHealthCheck": m.Probes["HTTP"],
		"naming.mysqlHealthCheck": m.Probes["MYSQL"], "naming.mysqlhealthCheck": m.Probes["MYSQL"],
		"naming.leaderStatus": 0, "naming.serviceChangedEventQueueSize": 0, "naming.serviceSubscribedEventQueueSize": 0,
	}
	gauges := make(map[string]float64, len(values))
	for name, value := range values {
		gauges[name] = float64(value)
	}
	return gauges
}

// observeGRPC counts a call that was answered.
func (s *Server) observeGRPC(o grpcapi.Observation) { s.meters.GRPC(metrics.Call(o)) }
