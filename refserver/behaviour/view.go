package behaviour

import "time"

// View decides what readers of a service see. Requirements: naming.lifecycle.read-after-write, publishers-stand-apart,
// unknown-service-empty.
type View struct {
	// Cached is true when readers get the view that the last push task made, false when it is made for each read.
	// Source: nacos 2.5.1 N/core/v2/index/ServiceStorage.java:76-90.
	Cached bool
	// OneHostPerAddress is true when several publishers of one address show as one host, false when only equal
	// instances do. Source: nacos 2.5.1 N/core/v2/index/ServiceStorage.java:107-127; measured.
	OneHostPerAddress bool
	// ListsUnknown is true when the view of an unknown service has an empty list of hosts, false when in groups other
	// than the default one it has none.
	// Source: nacos 2.5.1 N/core/v2/index/ServiceStorage.java:83.
	ListsUnknown bool
	// NamesService is true when views carry the names of the service and of its group.
	// Source: nacos 2.5.1 N/core/v2/index/ServiceStorage.java:81-90.
	NamesService bool
	// DetailOfCluster is true when an instance is looked for in its cluster alone, false when in the whole service first.
	// Source: nacos 1.4.8 N/controllers/InstanceController.java:433-450.
	DetailOfCluster bool
	// KindOfInstance is true when hosts report their own kind, persistent ones first, false when that of their service.
	// Source: nacos 1.4.8 N/controllers/InstanceController.java:802.
	KindOfInstance bool
	// AssumesEphemeral is true when a view that a first read or a change of operational metadata made reports ephemeral
	// hosts whatever they are, until the service changes otherwise. Source: nacos 2.0.4 N/core/v2/index/ServiceStorage.java:79-87,
	// N/core/v2/metadata/InstanceMetadataProcessor.java:103-107; measured 2.0.4.
	AssumesEphemeral bool
	// StatusesObeyGroup is true when statuses are those of the group that is named, false when of the default group.
	// Source: nacos 2.5.1 N/controllers/InstanceController.java:436-460.
	StatusesObeyGroup bool
	// ShowsFlags is true when hosts carry enabled and ephemeral, false when both are always false.
	// Source: nacos 2.5.1 A/naming/pojo/Instance.java:68-75.
	ShowsFlags bool
	// ShowsEmptyMetadata is true when hosts without metadata carry an empty object, false when they carry none.
	// Source: as ShowsFlags.
	ShowsEmptyMetadata bool
	// HidesDisabled is true when instance lists leave out disabled instances.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:190-193.
	HidesDisabled bool
	// HealthyOnly is true when healthyOnly is obeyed. Source: nacos 2.5.1 N/utils/ServiceUtil.java:230-275.
	HealthyOnly bool
	// HealthyOnlyByDefault is true when instance lists over HTTP leave out unhealthy instances unless asked for them.
	// Requirement: naming.heartbeat.unhealthy-listed-by-default. Source: nacos 2.5.1 N/controllers/InstanceController.java:336.
	HealthyOnlyByDefault bool
	// ClusterFilter is true when the cluster filter is obeyed. Source: as HealthyOnly.
	ClusterFilter bool
	// Protects is true when the protection threshold is applied. Source: nacos 2.5.1 N/utils/ServiceUtil.java:186-228.
	Protects bool
	// ProtectionNeedsMetadata is true when only services with metadata of their own are protected. Source: as Protects.
	ProtectionNeedsMetadata bool
	// NegativeThresholdIsZero is true when a negative threshold counts as 0. Source: as Protects; 1.4.8 never reaches it.
	NegativeThresholdIsZero bool
	// ProtectionInclusive is true when a ratio equal to the threshold counts as reached. Source: as Protects.
	ProtectionInclusive bool
	// HealthyOnlyBeforeProtection is true when healthyOnly is applied before the ratio is computed. Source: as Protects.
	HealthyOnlyBeforeProtection bool
	// CountsDisabled is true when disabled instances count in the ratio. Source: as Protects (they do not).
	CountsDisabled bool
	// CamelAllIPs is true when views spell the property allIps, false when allIPs.
	// Source: nacos 3.0.3 A/naming/pojo/ServiceInfo.java; measured.
	CamelAllIPs bool
	// CacheMillis is the start value of the switch defaultPushCacheMillis, which views report.
	// Source: nacos 2.5.1 N/misc/SwitchDomain.java:45.
	CacheMillis time.Duration
	// ReadersCacheLess is true when instance lists report the switch defaultCacheMillis to readers that are not pushed to.
	// Source: nacos 1.4.8 N/controllers/InstanceController.java:672-687; measured 1.4.8 (they do), 2.5.1, 3.0.3.
	ReadersCacheLess bool
}

// Push decides when subscribers learn of a change. Requirements: naming.lifecycle.*-pushed, registration-push-delayed,
// unsubscription-silences; naming.heartbeat.*-is-pushed, renewal-is-not-pushed.
type Push struct {
	// Delay is the time from the first change of a service to its push task.
	// Source: nacos 2.5.1 N/constants/PushConstants.java:29-45.
	Delay time.Duration
	// Tick is the grid on which push tasks run.
	// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/task/engine/NacosDelayTaskExecuteEngine.java:50-60.
	Tick time.Duration
	// RetryDelay is the time from a failed push to the next attempt. Source: as Delay.
	RetryDelay time.Duration
	// AckTimeout is how long a push waits for its acknowledgement. Source: as Delay.
	AckTimeout time.Duration
	// KeepsEarliestStart is true when further changes do not postpone a pending push.
	// Source: nacos 2.5.1 N/push/v2/task/PushDelayTask.java:57-70.
	KeepsEarliestStart bool
	// OnRegistration, OnDeregistration and OnDisconnect are true when subscribers are pushed what a client publishes,
	// withdraws, and takes with it. Readers see the change in any case.
	// Source: nacos 2.5.1 N/core/v2/index/ClientServiceIndexesManager.java:99-160.
	OnRegistration, OnDeregistration, OnDisconnect bool
	// OnUnhealthy, OnExpiry and OnRecovery are true when subscribers are pushed that an instance turned unhealthy, was
	// removed for its silence, and was restored by a beat.
	// Source: nacos 2.5.1 N/healthcheck/heartbeat/UnhealthyInstanceChecker.java:73-84, ExpiredInstanceChecker.java:76-84,
	// ClientBeatProcessorV2.java:65-72.
	OnUnhealthy, OnExpiry, OnRecovery bool
	// OnRenewal is true when a beat that changes nothing is pushed. Source: as OnRecovery (it is not).
	OnRenewal bool
	// OnFirstSubscribe is true when a client's first subscription to a service is followed by a push to it.
	// Source: nacos 2.5.1 N/core/v2/index/ClientServiceIndexesManager.java:143-149.
	OnFirstSubscribe bool
	// OnEverySubscribe is true when later subscriptions are followed by a push too. Source: as OnFirstSubscribe (they are not).
	OnEverySubscribe bool
	// EverySubscriber is true when all subscribers of a service are pushed, false when one of them.
	// Source: nacos 2.5.1 N/push/v2/task/PushExecuteTask.java:57-95.
	EverySubscriber bool
	// Namesakes is true when subscribers of services of the same name in other groups and namespaces are pushed too.
	// Source: as EverySubscriber (they are not).
	Namesakes bool
	// ManySubscriptions is true when a client subscribes any number of services, false when the last alone.
	// Source: nacos 2.5.1 N/core/v2/client/AbstractClient.java:107-118.
	ManySubscriptions bool
	// EndsForAll is true when one client's unsubscription ends the subscriptions of all.
	// Source: nacos 2.5.1 N/core/v2/client/AbstractClient.java:121-129 (it does not).
	EndsForAll bool
	// EndsWithSubscription is true when nothing is pushed after the subscription ended.
	// Source: nacos 2.5.1 N/push/v2/task/PushExecuteTask.java:66-70.
	EndsWithSubscription bool
	// SendsEmpty is true when a view without hosts is pushed too. Source: nacos 2.5.1 N/push/v2/task/PushExecuteTask.java:57-95.
	SendsEmpty bool
	// Retries is true when a push that fails is sent again. Source: nacos 2.5.1 N/push/v2/task/PushExecuteTask.java:148-165.
	Retries bool
	// StopsWithSwitch is true when nothing is pushed, and no view renewed, while the switch pushEnabled is off; false when
	// it only keeps addresses from subscribing. Source: nacos 2.5.1 N/push/v2/task/PushDelayTaskExecuteEngine.java:84-90;
	// nacos 1.4.8 N/push/PushService.java:389-391.
	StopsWithSwitch bool
	// SubscriberClusters is true when pushes are views of the clusters of the subscription, false when of all clusters;
	// addresses get the hosts of their clusters in any case.
	// Source: nacos 2.5.1 N/utils/ServiceUtil.java:168-171; nacos 2.0.4 N/push/v2/executor/PushExecutorRpcImpl.java:54-56,
	// PushExecutorUdpImpl.java:45-85.
	SubscriberClusters bool
}
