package behaviour

import "time"

// View decides what readers of a service see. Requirements: naming.view.*.
type View struct {
	// Cached is true when readers get the view that the last push task made, false when it is made for each read.
	// Source: nacos 2.5.1 N/core/v2/index/ServiceStorage.java:76-90.
	Cached bool
	// HidesDisabled is true when instance lists leave out disabled instances.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:190-193.
	HidesDisabled bool
	// HealthyOnly is true when healthyOnly is obeyed. Source: nacos 2.5.1 N/utils/ServiceUtil.java:230-275.
	HealthyOnly bool
	// ClusterFilter is true when the cluster filter is obeyed. Source: as HealthyOnly.
	ClusterFilter bool
	// Protects is true when the protection threshold is applied. Source: nacos 2.5.1 N/utils/ServiceUtil.java:186-228.
	Protects bool
	// ProtectionNeedsMetadata is true when only services with metadata of their own are protected. Source: as Protects.
	ProtectionNeedsMetadata bool
	// ProtectionInclusive is true when a ratio equal to the threshold counts as reached. Source: as Protects.
	ProtectionInclusive bool
	// HealthyOnlyBeforeProtection is true when healthyOnly is applied before the ratio is computed. Source: as Protects.
	HealthyOnlyBeforeProtection bool
	// CountsDisabled is true when disabled instances count in the ratio. Source: as Protects (they do not).
	CountsDisabled bool
	// CacheMillis is the start value of the switch defaultPushCacheMillis, which views report.
	// Source: nacos 2.5.1 N/misc/SwitchDomain.java:45.
	CacheMillis time.Duration
}

// Push decides when subscribers learn of a change. Requirements: naming.push.*.
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
	// OnFirstSubscribe is true when a client's first subscription to a service is followed by a push to it.
	// Source: nacos 2.5.1 N/core/v2/index/ClientServiceIndexesManager.java:143-149.
	OnFirstSubscribe bool
	// Retries is true when a push that fails is sent again. Source: nacos 2.5.1 N/push/v2/task/PushExecuteTask.java:148-165.
	Retries bool
	// SubscriberClusters is true when pushes are filtered by the clusters of the subscription.
	// Source: nacos 2.5.1 N/utils/ServiceUtil.java:168-171.
	SubscriberClusters bool
}
