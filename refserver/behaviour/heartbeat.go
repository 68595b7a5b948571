package behaviour

import "time"

// Heartbeat decides how the beats of ephemeral instances that were registered over HTTP keep them healthy and alive.
// Requirements: naming.heartbeat.*.
type Heartbeat struct {
	// ChecksServices is true when one task for each service checks the beats of its instances, from its creation on; false
	// when one for each client does. Source: nacos 1.4.8 N/core/Service.java:295, N/healthcheck/ClientBeatCheckTask.java:72-125.
	ChecksServices bool
	// CheckInitial is the delay of the first check after the client, or the service, was created.
	// Source: nacos 2.5.1 N/healthcheck/HealthCheckReactor.java:56-62.
	CheckInitial time.Duration
	// CheckPeriod is the fixed delay between two checks of a client. Source: as CheckInitial.
	CheckPeriod time.Duration
	// Timeout is the silence after which an instance turns unhealthy when its metadata says nothing else.
	// Source: nacos 2.5.1 N/healthcheck/heartbeat/UnhealthyInstanceChecker.java:49-71.
	Timeout time.Duration
	// DeleteTimeout is the silence after which an instance is removed when its metadata says nothing else.
	// Source: nacos 2.5.1 N/healthcheck/heartbeat/ExpiredInstanceChecker.java:51-74.
	DeleteTimeout time.Duration
	// Strict is true when silence must exceed the timeout, false when reaching it is enough. Source: as Timeout.
	Strict bool
	// MarksUnhealthy is true when silence makes an instance unhealthy. Source: as Timeout.
	MarksUnhealthy bool
	// Expires is true when silence removes an instance. Source: as DeleteTimeout.
	Expires bool
	// ExpiryNeedsAddress is true when silence does not remove an instance without ip, or with a blank in it.
	// Source: nacos 1.4.8 N/healthcheck/ClientBeatCheckTask.java:128-146 (removes with a request to itself); measured.
	ExpiryNeedsAddress bool
	// CustomTimeouts is true when preserved.heart.beat.timeout and preserved.ip.delete.timeout are obeyed.
	// Source: as Timeout and DeleteTimeout.
	CustomTimeouts bool
	// OperationalTimeouts is true when the two keys are looked up in operational metadata first.
	// Source: as Timeout and DeleteTimeout.
	OperationalTimeouts bool
	// InvalidTimeoutIsZero is true when a timeout that is no number counts as 0, false when the default applies.
	// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/utils/ConvertUtils.java:77-112.
	InvalidTimeoutIsZero bool
	// ObeysCheckSwitch is true when the switch check takes all instances out of the check.
	// Source: nacos 2.5.1 N/healthcheck/interceptor/HealthCheckEnableInterceptor.java:33.
	ObeysCheckSwitch bool
	// SkipKey is the metadata key that, when true, takes an instance (or a service) out of the check; empty for none.
	// Source: nacos 2.5.1 N/healthcheck/heartbeat/InstanceEnableBeatCheckInterceptor.java:36-46,
	// ServiceEnableBeatCheckInterceptor.java:34-40, N/misc/UtilsAndCommons.java:129.
	SkipKey string
	// ServiceExempts is true when service metadata with SkipKey takes the whole service out of the check. Source: as SkipKey.
	ServiceExempts bool
	// ChecksAllServices is true when the check looks at all that a client publishes, false when at its first service alone.
	// Source: nacos 2.5.1 N/healthcheck/heartbeat/ClientBeatCheckTaskV2.java:64-80.
	ChecksAllServices bool
	// ChecksConnections is true when instances of gRPC connections need beats too.
	// Source: nacos 2.5.1 N/core/v2/client/impl/ConnectionBasedClient.java (they do not).
	ChecksConnections bool
	// BeatRestoresHealth is true when a beat makes an unhealthy instance healthy.
	// Source: nacos 2.5.1 N/healthcheck/heartbeat/ClientBeatProcessorV2.java:65-72.
	BeatRestoresHealth bool
	// BeatRefreshes is true when a beat restarts the silence of its instance. Source: as BeatRestoresHealth.
	BeatRefreshes bool
	// BeatRenewsClient is true when a beat renews all that its client publishes. Source: as BeatRestoresHealth (it does not).
	BeatRenewsClient bool
	// BeatRenewsNamesakes is true when a beat also renews its address in services of the same name in other groups and
	// namespaces. Source: as BeatRestoresHealth (it does not).
	BeatRenewsNamesakes bool
	// RecoveryRefreshes is true when a beat that restores health restarts the silence too. Source: as BeatRestoresHealth.
	RecoveryRefreshes bool
	// FullBeatRenews is true when full beats renew as light ones do. Source: as BeatRestoresHealth.
	FullBeatRenews bool
	// BeatChangesMetadata is true when a full beat replaces weight and metadata of a known instance.
	// Source: as BeatRestoresHealth.
	BeatChangesMetadata bool
	// LightBeatResets is true when a light beat sets weight and metadata back to the defaults.
	// Source: as BeatRestoresHealth (it does not).
	LightBeatResets bool
	// KnowsPersistent is true when the beat of a persistent instance is answered as if it counted.
	// Source: nacos 1.4.8 N/core/ServiceManager.java:694-714; measured.
	KnowsPersistent bool
	// ComparesCluster is true when a beat must name the cluster of the instance to be known.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:223-248.
	ComparesCluster bool
	// FullBeatClusterWins is true when the cluster in the JSON of a full beat wins over that of the request.
	// Source: nacos 2.5.1 N/controllers/InstanceController.java:402.
	FullBeatClusterWins bool
	// FullBeatUsesOwnService is true when a full beat refreshes the service that its JSON names, false when it
	// refreshes the service that the request names. Source: nacos 2.5.1 N/healthcheck/heartbeat/ClientBeatProcessorV2.java:57-61.
	FullBeatUsesOwnService bool
	// FullBeatRegisters is true when a full beat of an unknown instance registers it.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:226-232.
	FullBeatRegisters bool
	// LightBeatRegisters is true when a light beat of an unknown instance registers it. Source: as FullBeatRegisters.
	LightBeatRegisters bool
	// FullBeatCarriesData is true when a full beat registers weight and metadata of its JSON. Source: nacos 2.5.1 N/pojo/instance/BeatInfoInstanceBuilder.java:78-85.
	FullBeatCarriesData bool
	// FullBeatNeedsAddress is true when a full beat that names no ip registers nothing, though it is answered as one that does.
	// A real 1.4.8 registers it, and its service is frozen from then on; that damage is not copied.
	// Source: nacos 1.4.8 N/controllers/InstanceController.java:503-517; measured.
	FullBeatNeedsAddress bool
	// FullBeatNullMetadata is true when a full beat without metadata registers null, false when an empty object.
	// Source: measured 1.4.8 (null), 2.5.1.
	FullBeatNullMetadata bool
	// FullBeatWeight is the weight that a full beat without one registers.
	// Source: nacos 2.5.1 N/healthcheck/RsInfo.java:50.
	FullBeatWeight float64
	// OperationalInterval is true when the answer's interval is looked up in operational metadata first.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:252-267.
	OperationalInterval bool
	// CustomInterval is true when the answer's interval follows preserved.heart.beat.interval of the instance.
	// Source: as OperationalInterval.
	CustomInterval bool
	// InvalidIntervalIsZero is true when an interval of the instance that is no number is answered as 0, false when as the
	// interval of the client API. Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:252-267; nacos 1.4.8 A/naming/pojo/Instance.java:217-262.
	InvalidIntervalIsZero bool
	// ObeysIntervalSwitch is true when the answer's interval is that of the switch clientBeatInterval where nothing else
	// is set, false when it is DefaultInterval. Source: as OperationalInterval.
	ObeysIntervalSwitch bool
	// DefaultInterval is the start value of the switch clientBeatInterval.
	// Source: nacos 2.5.1 N/misc/SwitchDomain.java:47.
	DefaultInterval time.Duration
	// CodeOK and CodeUnknown are the codes in the answer to a beat.
	// Source: nacos 2.5.1 A/naming/NamingResponseCode.java:34-39.
	CodeOK, CodeUnknown int
	// LightBeatFlag is true when the answer to a beat carries lightBeatEnabled.
	// Source: nacos 2.5.1 N/controllers/InstanceController.java:391-426.
	LightBeatFlag bool
	// LightBeatFlagOnUnknown is true when the answer to the beat of an unknown instance carries lightBeatEnabled.
	// Source: as LightBeatFlag; 1.4 leaves it out.
	LightBeatFlagOnUnknown bool
	// FullAnswer is true when full beats are answered like light ones, false when with the code and the default interval.
	// Source: as LightBeatFlag.
	FullAnswer bool
	// ObeysLightBeatSwitch is true when lightBeatEnabled is that of the switch, false when it is always true.
	// Source: as LightBeatFlag.
	ObeysLightBeatSwitch bool
	// ChecksParameters is true when names and addresses in beats are checked as those of registrations are.
	// Source: nacos 2.5.1 N/paramcheck/NamingInstanceBeatHttpParamExtractor.java.
	ChecksParameters bool
	// RefusesMalformed is true when a beat whose JSON cannot be read is refused, false when it counts as a light one.
	// Source: as LightBeatFlag.
	RefusesMalformed bool
	// NeedsGroupedName is true when a beat over v2 must name its service with the group.
	// Source: nacos 2.5.1 N/controllers/v2/InstanceControllerV2.java:368-391.
	NeedsGroupedName bool
	// UpdateRefreshes is true when modifying an instance restarts its silence. Source: measured 2.5.1: it does not.
	UpdateRefreshes bool
	// RefreshesClient is true when a beat counts as a sign of life of its client.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:247.
	RefreshesClient bool
}
