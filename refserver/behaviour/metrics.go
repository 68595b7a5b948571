package behaviour

// Metrics decides which measurements of Nacos itself a server shows to Prometheus. Those of a Java virtual machine, its
// libraries and its database are not shown.
type Metrics struct {
	// Gauges are those of nacos_monitor, as module.name, separated by blanks. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	Gauges string
	// ModuleConnections is true when there is a gauge longConnection for each module that a connection belonged to.
	// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/ConnectionManager.java:254-266; measured 3.0.3 (none before).
	ModuleConnections bool
	// ConfigTimers are the names of nacos_timer_seconds, separated by blanks, of what configurations take. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	ConfigTimers string
	// Shares is true when subscriptions and publications are counted by the protocol of clients. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	Shares bool
	// Calls is true when gRPC calls are counted and timed. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	Calls bool
	// Raft is the name that the families of consensus groups begin with; empty for none. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	Raft string
	// LabelsErrors is true when the family of HTTP requests has the label error too, and names no exceptions that were
	// handled; false when it names them in the label exception alone. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	LabelsErrors bool
	// UnknownPath and OtherPath are the uri of requests to paths that nobody serves, and of those that ended before a
	// controller otherwise. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	UnknownPath, OtherPath string
}

// gauges of lines 1.4 and on, of 2.0 and on, and of 2.5 and on.
const (
	gauges14 = "config.configCount config.dumpTask config.getConfig config.longPolling config.notifyTask config.publish " +
		"naming.avgPushCost naming.failedPush naming.httpHealthCheck naming.ipCount naming.leaderStatus naming.maxPushCost " +
		"naming.serviceCount naming.tcpHealthCheck naming.totalPush"
	gauges20 = gauges14 + " config.notifyClientTask naming.mysqlHealthCheck naming.subscriberCount " +
		"naming.totalPushCostForAvg naming.totalPushCountForAvg"
	gauges25 = gauges20 + " config.fuzzySearch core.longConnection naming.emptyPush " +
		"naming.pushPendingTaskCount naming.serviceChangedEventQueueSize naming.serviceSubscribedEventQueueSize"
)

func metrics25() Metrics {
	return Metrics{
		Gauges: gauges25, ModuleConnections: true, ConfigTimers: "dumpRt readConfigRt writeConfigRt", Shares: true, Calls: true, Raft: "nacos_monitor",
		UnknownPath: "/**", OtherPath: "root",
	}
}

func metrics14() Metrics {
	return Metrics{Gauges: gauges14 + " naming.mysqlhealthCheck", ConfigTimers: "notifyRt", UnknownPath: "/**", OtherPath: "root"}
}

func metrics20() Metrics {
	return Metrics{Gauges: gauges20 + " config.longConnection", UnknownPath: "/**", OtherPath: "root"}
}

func metrics30() Metrics {
	m := metrics25()
	m.Raft, m.LabelsErrors, m.UnknownPath, m.OtherPath = "nacos_monitor_summary", true, "NOT_FOUND", "UNKNOWN"
	return m
}
