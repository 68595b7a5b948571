package behaviour

import "time"

// Watch decides how clients watch services by patterns. N/ is the path of the naming module.
type Watch struct {
	// Served is true when clients may watch patterns. Source: nacos 3.0.3 N/remote/rpc/handler/NamingFuzzyWatchRequestHandler.java;
	// measured 2.5.1 (they may not).
	Served bool
	// SyncDelay is the time from a request to the services that the client does not know, FinishDelay that from their
	// last acknowledgement to the message that these were all. Both end on the tick of pushes.
	// Source: nacos 3.0.3 N/push/NamingFuzzyWatchSyncNotifier.java:57-125, N/push/v2/task/FuzzyWatchSyncNotifyCallback.java:50-102; measured.
	SyncDelay, FinishDelay time.Duration
	// Batch is how many services one message names at most. Source: as SyncDelay.
	Batch int
	// MaxPatterns is how many patterns may be watched at the same time, MaxMatches how many services a pattern can match.
	// Source: nacos 3.0.3 N/core/v2/index/NamingFuzzyWatchContextService.java:156-203,297-336.
	MaxPatterns, MaxMatches int
	// TrimPeriod is the fixed delay between passes over the patterns, each of which moves those that nobody watches one
	// step towards being forgotten; there are two. Source: as MaxPatterns.
	TrimPeriod time.Duration
}

// Locks decides how clients take locks.
type Locks struct {
	// Served is true when clients may take locks.
	// Source: nacos 3.0.3 lock/src/main/java/com/alibaba/nacos/lock/remote/rpc/handler/LockRequestHandler.java; measured 2.5.1 (they may not).
	Served bool
	// DefaultExpiry is how long a lock is held whose expiry is negative, MaxExpiry how long any is held.
	// Source: nacos 3.0.3 lock/src/main/java/com/alibaba/nacos/lock/constant/PropertiesConstant.java.
	DefaultExpiry, MaxExpiry time.Duration
}

func watch30() Watch {
	return Watch{
		Served: true, SyncDelay: time.Second, FinishDelay: 500 * time.Millisecond, Batch: 10,
		MaxPatterns: 20, MaxMatches: 500, TrimPeriod: 30 * time.Second,
	}
}

func locks30() Locks {
	return Locks{Served: true, DefaultExpiry: 30 * time.Second, MaxExpiry: 30 * time.Minute}
}
