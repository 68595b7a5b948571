package behaviour

// Operations decides which routes a server has for its operators, beside those of naming, and what these tell.
// C/ stands for core/src/main/java/com/alibaba/nacos/core/.
type Operations struct {
	// Core is true when the members of the cluster, ids, log levels and consensus groups are served under /v2/core.
	// Source: nacos 2.5.1 C/controller/v2/NacosClusterControllerV2.java, CoreOpsV2Controller.java; measured 1.4.8 (404).
	Core bool
	// EarlyCore is true when the members have the first shape there, in the older envelope, false when the one with nodes of
	// their own. Source: nacos 2.0.4 C/controller/v2/NacosClusterV2Controller.java; measured 2.0.4.
	EarlyCore bool
	// FullMembers is true when members tell all that later servers know of each other, false when they are as servers of
	// 1.x and 2.0 list them. Source: measured 1.4.8, 2.0.4, 2.5.1.
	FullMembers bool
	// ReportsSelf is true when a server that reports itself is told of this one, false when whether it was known.
	// Source: nacos 2.5.1 C/controller/NacosClusterController.java:117-126; measured 2.0.4 (false).
	ReportsSelf bool
	// RemovesMembers is true when members can be told to leave, false when that is refused.
	// Source: nacos 2.5.1 C/controller/NacosClusterController.java:152-159; measured 2.0.4, 1.4.8 (they leave).
	RemovesMembers bool
	// RemovesQuietly is true when the request to leave says whether to tell the others. Source: as RemovesMembers; 2.0.4 always tells.
	RemovesQuietly bool
	// RaftGroups are the consensus groups of a server alone, separated by commas. Source: measured 1.4.8 (none), 2.0.4, 2.5.1.
	RaftGroups string
	// ResetsPeers is true when consensus groups can be told of other members by force.
	// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/distributed/raft/utils/JRaftOps.java:141-161; measured 2.0.4 (not supported).
	ResetsPeers bool
	// GrayIDs is true when there is a maker of ids for the history of gray configurations. Source: measured 2.0.4 (none), 2.5.1.
	GrayIDs bool
	// ReadyByStatus is true when a server is ready only while its status is UP, false as long as it answers.
	// Source: nacos 2.5.1 N/monitor/NamingReadinessCheckService.java:39-46, nacos 2.0.4
	// console/src/main/java/com/alibaba/nacos/console/controller/HealthController.java:90-112; measured 1.4.8, 2.5.1.
	ReadyByStatus bool
	// Announces is true when the console tells announcements and how to open its pages.
	// Source: nacos 2.5.1 console/src/main/java/com/alibaba/nacos/console/controller/ServerStateController.java:58-93; measured 2.0.4 (404).
	Announces bool
	// EarlyActuator is true when what the framework tells of itself is in the second version of its type, false when in the
	// third. Source: measured 2.0.4, 2.5.1.
	EarlyActuator bool
	// QueriesDerby is true when operators may query the embedded database, false when that is switched off.
	// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigOpsController.java:100-122; measured 1.4.8, 2.0.4.
	QueriesDerby bool
}
