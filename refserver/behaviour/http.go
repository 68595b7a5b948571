package behaviour

import "time"

// HTTP decides how requests are checked and how errors are rendered. Requirements: naming.http.*.
type HTTP struct {
	// ContextPath is in front of every path. Source: nacos 2.5.1 distribution/conf/application.properties.
	ContextPath string
	// ChecksParameters is true when names, addresses and metadata lengths are checked before the controller.
	// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/paramcheck/ParamCheckRule.java:26-58.
	ChecksParameters bool
	// StatusPeriod is the fixed delay after which the switch overriddenServerStatus comes into force.
	// Source: nacos 2.5.1 N/misc/GlobalExecutor.java:42.
	StatusPeriod time.Duration
}
