package behaviour

// V1 decides which routes of the first HTTP API there are and which members their answers have. Errors are in HTTP.
// Requirements: naming.lifecycle.*. C/ stands for N/controllers/.
type V1 struct {
	// ClassicLists is true when instance lists have the members of 1.x (dom, useSpecifiedURL, env, valid, marked …), name
	// services by the agent of the reader and tell readers without push to come back sooner; false for those of 2.x.
	// Source: nacos 1.4.8 C/InstanceController.java:666-826.
	ClassicLists bool
	// ClassicWrites is true when PUT of an instance creates what is missing, but for Java clients from 1.0.0 on, PATCH takes
	// health and application, parameters are looked at in the order of 1.x, and writes that fail half-way leave in force
	// what came before; false when both change what exists and failed writes change nothing.
	// Source: nacos 1.4.8 C/InstanceController.java:132-373, C/ServiceController.java:276-305, C/ClusterController.java:62-99; measured.
	ClassicWrites bool
	// StatusesNeedService is true when the statuses of an unknown service are an error, false when they are empty.
	// Source: nacos 1.4.8 C/InstanceController.java:548-579.
	StatusesNeedService bool
	// BatchNeedsTargets is true when a batch names its instances or their kind, false when one that names none means all.
	// Source: nacos 1.4.8 N/core/ServiceManager.java:724-768.
	BatchNeedsTargets bool

	// KeepsSeparators is true when the name of a service is all that follows the first @@, false when it ends at the second.
	// Source: nacos 1.4.8 N/core/ServiceManager.java:871 (the whole is the key); nacos 2.5.1 A/naming/utils/NamingUtils.java:60-75.
	KeepsSeparators bool
	// SelectorContext is true when selectors carry contextType. Source: measured 1.4.8 (they do not), 2.5.1.
	SelectorContext bool
	// SelectorTypeFirst is true when a selector of an unknown type is refused in Java's words for an enumeration.
	// Source: nacos 1.4.8 C/ServiceController.java:516-540.
	SelectorTypeFirst bool
	// ClassicServiceLists is true when a list of services compares the start of grouped names, takes the group * for all
	// and filters by the selector; false when it compares groups. Source: nacos 1.4.8 C/ServiceController.java:200-274.
	ClassicServiceLists bool
	// NamesMember is the member of the answer of service/names that holds them. Source: nacos 2.5.1 C/ServiceController.java:232.
	NamesMember string
	// NamesAreGrouped is true when service/names tells groups and counts names, false when it tells names alone and counts
	// namespaces. Source: nacos 1.4.8 C/ServiceController.java:309-345; 2.0.4 and 2.5.1 do.
	NamesAreGrouped bool
	// UnknownNamespaceFails is true when service/names fails in a namespace that never held a service.
	// Source: nacos 1.4.8 N/core/ServiceManager.java:871-886; measured.
	UnknownNamespaceFails bool
	// SubscriberPlaces is true when subscribers carry port and cluster. Source: nacos 2.5.1 N/pojo/Subscriber.java; 1.4.8 has none.
	SubscriberPlaces bool
	// SubscribersOfPrefix is true when subscribers of all namespaces are shown whose names begin with the one that is asked
	// for, as if they were of that one.
	// Source: nacos 1.4.8 N/push/PushService.java:256-288.
	SubscribersOfPrefix bool

	// ClassicCatalog is true when the catalogue shows clusters and instances with their inner members, filters services by
	// instance, counts nothing on an empty page and numbers pages with instances from 0.
	// Source: nacos 1.4.8 C/CatalogController.java:80-224; measured.
	ClassicCatalog bool
	// MetricsOfClients is true when metrics count clients and are the status alone unless more is asked for, false when they
	// tell services in any case. Source: nacos 2.5.1 C/OperatorController.java:150-181; nacos 1.4.8 :167-190.
	MetricsOfClients bool
	// MetricsOfServices is true when metrics count the services and tasks that this node is responsible for.
	// Source: nacos 1.4.8 C/OperatorController.java:167-190; measured 1.4.8, 2.0.4.
	MetricsOfServices bool
	// PushPackets is true when the push state counts datagrams as failures until they are acknowledged, shows their bytes
	// as detail, and forgets them when it is reset; false when it counts outcomes, shows costs, and counts anew.
	// Source: nacos 1.4.8 C/OperatorController.java:101-142, N/push/PushService.java:418-433; nacos 2.5.1 C/OperatorController.java:80-112.
	PushPackets bool
	// RaftServices is true when the greeting of health/server calls the services those of Raft.
	// Source: nacos 1.4.8 C/HealthController.java:66-73.
	RaftServices bool

	// PeerRoutes is true when the routes are served that servers of 1.x use among themselves: raft, distro, checksums and
	// the lists of servers. Source: nacos 1.4.8 C/RaftController.java, C/DistroController.java, C/OperatorController.java; measured.
	PeerRoutes bool
	// PeersSeeServices is true when these routes are about the services that clients see, false when about a registry of
	// 1.x that stays empty. Source: nacos 2.0.4 C/OperatorController.java:196-206, N/core/v2/upgrade/UpgradeJudgement.java:102-110;
	// measured 2.0.4.
	PeersSeeServices bool
	// PeerAbilities is true when the list of servers tells what each can do. Source: measured 2.0.4; 1.4.8 does not.
	PeerAbilities bool
	// UpgradeRoutes is true when the routes below /upgrade/ops are served, which show how far an upgrade from 1.x came.
	// Source: nacos 2.0.4 C/UpgradeOpsController.java; 1.4.8 and 2.5.1 have none.
	UpgradeRoutes bool
	// ProbeSwitches, BatchSwitch and CSharpSwitch are true when the switches httpHealthParams, tcpHealthParams and
	// mysqlHealthParams can be written, when batch writes all of them at once, and when pushVersion takes csharp.
	// Source: nacos 1.4.8 N/misc/SwitchManager.java:77-301, nacos 2.5.1 :107-319; measured.
	ProbeSwitches, BatchSwitch, CSharpSwitch bool
	// DoubleWriteSwitch is true when the switches tell whether writes go to the registry of 1.x too. Source: measured 2.0.4.
	DoubleWriteSwitch bool
	// DomRoutes is true when the routes below /api are served. Source: nacos 1.4.8 C/ApiController.java; 2.0.4 has none.
	DomRoutes bool
	// SelectorTypes, Checkers and ClientMapper are true when service/selector/types, health/checkers and operator/distro/client
	// are served. Source: nacos 2.5.1 C/ServiceController.java, C/HealthController.java, C/OperatorController.java; measured.
	SelectorTypes, Checkers, ClientMapper bool
}

// Texts are the words of refusals; %s and %d are filled in the order of the note. A text that is empty means that there is no
// such refusal, or that it is worded elsewhere.
type Texts struct {
	// ServiceExists refuses to create a service that exists (grouped name). Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:78.
	ServiceExists string
	// DeleteUnknown refuses to delete a service that does not exist (grouped name). Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:104.
	DeleteUnknown string
	// GetUnknown refuses to show a service that does not exist (namespace, grouped name).
	// Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:163.
	GetUnknown string
	// BadService refuses the name of a service (grouped name). Source: nacos 1.4.8 N/core/Service.java:603-614.
	BadService string
	// BadCluster refuses the name of a cluster (cluster). Source: nacos 2.5.1 A/naming/utils/NamingUtils.java:160-164.
	BadCluster string
	// NoService refuses the detail of an instance whose service does not exist (grouped name); empty where it counts as
	// one without instances. Source: nacos 1.4.8 N/controllers/InstanceController.java:428.
	NoService string
	// PatchUnknown refuses to patch an instance that is not there; empty for the texts of the detail.
	// Source: nacos 1.4.8 N/controllers/InstanceController.java:350.
	PatchUnknown string
	// StillChecked refuses to set health where instances are probed (grouped name, cluster).
	// Source: nacos 2.5.1 N/core/HealthOperatorV2Impl.java:70.
	StillChecked string
}
