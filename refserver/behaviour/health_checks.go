package behaviour

import "time"

// HealthChecks decides how persistent instances are probed and what the answers do to their health. Ephemeral instances
// are never probed, nor are clusters whose checker is of no known type. What operators may write of health is decided by
// Services.ManualHealth. No requirement of the catalogue depends on these decisions yet.
type HealthChecks struct {
	// Probes is true when persistent instances are probed.
	// Source: nacos 2.5.1 N/healthcheck/v2/HealthCheckTaskV2.java:110-128.
	Probes bool
	// TaskPerCluster is true when one task, with one interval, probes the persistent instances of a cluster of a service,
	// false when one task probes all that is published at an address.
	// Source: nacos 1.4.8 N/healthcheck/HealthCheckTask.java:60; 2.5.1 N/core/v2/client/impl/IpPortBasedClient.java:133-141.
	TaskPerCluster bool
	// FirstDelay is the least time from the making of a task to its first run. 2.5 and later run once before, at a moment
	// when the task has, most of the time, nothing to probe yet; this run is left out.
	// Source: nacos 2.5.1 N/healthcheck/v2/HealthCheckTaskV2.java:71-86; measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	FirstDelay time.Duration
	// FirstSpread is how much comes on top of FirstDelay at most, at random. Real servers draw up to 5 s twice over, so that
	// short times are the most frequent; here it is the time that they draw most often, so that stories that change
	// checkers early end alike in each run. Source: as FirstDelay; measured: one in three below 0.6 s.
	FirstSpread time.Duration
	// Adapts is true when the answers of targets change the interval of their task as the switches httpHealthParams,
	// tcpHealthParams and mysqlHealthParams say; the next run is planned before the answer is there.
	// Source: nacos 2.5.1 N/healthcheck/v2/processor/HealthCheckCommonV2.java:60-82.
	Adapts bool
	// ObeysCheckSwitch is true when the switch check stops probes and changes of health.
	// Source: nacos 2.5.1 N/healthcheck/v2/HealthCheckTaskV2.java:153-161.
	ObeysCheckSwitch bool
	// ObeysInstancePort is true when the check port is used only by clusters that say so; false when it always is.
	// MYSQL uses the port of the instance in any case. Source: nacos 2.5.1 N/core/v2/metadata/ClusterMetadata.java:35-44.
	ObeysInstancePort bool
	// Timeout is how long a connect and each read from a database may take.
	// Source: nacos 2.5.1 N/healthcheck/v2/processor/TcpHealthCheckProcessor.java:62, N/misc/HttpClientManager.java:164-171.
	Timeout time.Duration
	// AnswerTimeout is how long an HTTP endpoint may pause in its answer. 500 ms are configured, but looked at each second
	// only. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3: 0.5 to 1.5 s, endpoints that take 0.7 s stay healthy.
	AnswerTimeout time.Duration
	// RefusedAtOnce is true when a refused TCP connection makes an instance unhealthy at once, false when it counts.
	// Source: nacos 2.5.1 N/healthcheck/v2/processor/TcpHealthCheckProcessor.java:200-203.
	RefusedAtOnce bool
	// ObeysExpectedCode is true when the HTTP checker's expectedResponseCode is the one that passes, false when 200 is.
	// Source: nacos 2.5.1 A/naming/pojo/healthcheck/impl/Http.java:50-117 (nobody asks for it); measured.
	ObeysExpectedCode bool
	// BusyCounts is true when the statuses 503 and 302 count towards the number of failures, false when they make an
	// instance unhealthy at once as others do.
	// Source: nacos 2.5.1 N/healthcheck/v2/processor/HttpHealthCheckProcessor.java:127-171.
	BusyCounts bool
	// ResetContentCounts is true when 205 counts, as 204 and 304 do on all lines, because an answer without body is an
	// error to the HTTP library; false when it makes an instance unhealthy at once. Source: measured 2.5.1, 3.0.3.
	ResetContentCounts bool
	// FollowsRedirects is true when a redirect that names where to is followed and only one that leads back counts as a
	// failure, false when every redirect does, those with 301, 303, 307 and 308 also when they lead nowhere.
	// Source: measured 2.5.1, 3.0.3.
	FollowsRedirects bool
	// DeafAtOnce is true when an HTTP endpoint that accepts no connection in time makes an instance unhealthy at once, false
	// when that counts. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	DeafAtOnce bool
	// Repeats is true when a GET is sent once more and only the second outcome judged: at once when the connection was
	// reset, after a second or what Retry-After says when the answer was 429 or 503.
	// Source: measured 3.0.3, whose HTTP library does so; older ones do not.
	Repeats bool
	// AcceptsGzip is true when HTTP probes say that they accept gzip. Source: measured 1.4.8; later ones do not.
	AcceptsGzip bool
	// ConnectionHeader is the value of the header Connection of HTTP probes. Source: measured.
	ConnectionHeader string
	// ObeysCheckTimes is true when the switch healthCheckTimes says how many answers in a row change the health, false
	// when one does. Source: nacos 2.5.1 N/healthcheck/v2/processor/HealthCheckCommonV2.java:102-164.
	ObeysCheckTimes bool
	// CountsSurvive is true when the counts of an instance outlive a change of its health and a new registration, false
	// when both start them anew.
	// Source: nacos 1.4.8 N/healthcheck/HealthCheckStatus.java; 2.5.1 N/core/v2/client/impl/IpPortBasedClient.java:112-128.
	CountsSurvive bool
	// AnnouncesFirstPass is true when the answers that would make an unhealthy instance healthy are pushed the first time
	// although it was healthy all along. Source: nacos 1.4.8 N/healthcheck/HealthCheckCommon.java:147-160, N/core/Instance.java:56.
	AnnouncesFirstPass bool
	// StoresHealth is true when a change of health is written as a registration is and so outlives a restart, false when
	// it is lost. Source: nacos 2.5.1 N/healthcheck/v2/PersistentHealthStatusSynchronizer.java:42-47.
	StoresHealth bool
}
