package behaviour

import "time"

// HTTP decides how requests are checked and how errors are rendered. Requirements: naming.lifecycle.missing-parameter-*,
// *-bounds-*, *-characters-*, *-lengths-*, metadata-syntax-*, unknown-route.
type HTTP struct {
	// ContextPath is in front of every path. Source: nacos 2.5.1 distribution/conf/application.properties.
	ContextPath string
	// SuccessText is what v1 answers to a write that succeeded. Source: nacos 2.5.1 N/controllers/InstanceController.java:109-129.
	SuccessText string
	// AnswersWritesAsText is true when v1 writes are answered as text, false when as JSON. Source: as SuccessText; measured.
	AnswersWritesAsText bool
	// AnswersEnvelopesAsJSON is true when v2 answers are JSON, false when the same is sent as text.
	// Source: nacos 2.5.1 N/controllers/v2/InstanceControllerV2.java; measured.
	AnswersEnvelopesAsJSON bool
	// ReadsForms is true when parameters may come in the body. Source: as SuccessText.
	ReadsForms bool
	// ReadsPostForms is true when that holds for POST below /v1/ns too. Source: measured 1.4.8 (it does not).
	ReadsPostForms bool
	// ServesV2 is true when the second HTTP API is served. Source: measured 1.4.8 (404), 2.5.1.
	ServesV2 bool
	// ServesEarlyV2 is true when its first shape is served instead.
	// Source: nacos 2.0.4 N/controllers/InstanceControllerV2.java, ServiceControllerV2.java; measured 2.0.4.
	ServesEarlyV2 bool
	// EscapesErrors is true when texts of the framework are made harmless for browsers. Source: measured 2.0.4 (they are not), 2.5.1.
	EscapesErrors bool
	// ServesLoader is true when the routes that move connected clients are served. Source: as ServesV2.
	ServesLoader bool
	// SuccessCode is the code in the v2 envelope of a write that succeeded. Source: nacos 2.5.1 A/model/v2/ErrorCode.java:30.
	SuccessCode int
	// CutsGroupedName is true when v1 takes group@@name as group and name, false when as a name.
	// Source: nacos 2.5.1 N/web/ServiceNameFilter.java:52-66.
	CutsGroupedName bool
	// NamesDefaultGroup is true when the default group can be named, false when it is another group then.
	// Source: nacos 2.5.1 N/web/ServiceNameFilter.java:52-66.
	NamesDefaultGroup bool
	// ErrorCodes is true when the v2 envelope of an error carries its code, false when that of any server error.
	// Source: nacos 2.5.1 console/src/main/java/com/alibaba/nacos/console/exception/NacosApiExceptionHandler.java:58-137.
	ErrorCodes bool
	// UnknownRouteStatus is the status of v1 paths, and methods of them, that are not served.
	// Source: nacos 2.5.1 N/web/DistroFilter.java:93-95.
	UnknownRouteStatus int
	// RefusalStatus is the status of a refused parameter over v1. Source: nacos 2.5.1 N/exception/ResponseExceptionHandler.java:36-99.
	RefusalStatus int
	// FailureStatus is the status of other errors that the domain foresees over v1, 0 for that of the error itself.
	// Source: as RefusalStatus; 1.4 answers 500 to all.
	FailureStatus int
	// WrapsErrors is true when v1 puts error texts between "caused: " and ";". Source: as RefusalStatus; 1.4 does.
	WrapsErrors bool
	// ChecksParameters is true when names, addresses and metadata lengths are checked before the controller.
	// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/paramcheck/ParamCheckRule.java:26-58.
	ChecksParameters bool
	// ChecksGroupedNames is true when a filter refuses names without group or name before any v1 route, false when the
	// routes of instances do. Source: nacos 2.5.1 N/web/ServiceNameFilter.java:67-77; nacos 1.4.8 N/web/DistroFilter.java:91-116.
	ChecksGroupedNames bool
	// MissingStatus is the status of a v1 request without a parameter that the framework wants; 400 has a short text of
	// its own. Source: nacos 2.5.1 N/exception/ResponseExceptionHandler.java:77-82; measured 1.4.8 (500).
	MissingStatus int
	// NamesMethodParameters is true when the framework's text for such a parameter says that a method wants it.
	// Source: measured 1.4.8, 2.5.1; 2.0.4, on an older framework, names the type and the parameter alone.
	NamesMethodParameters bool
	// TellsCharset is true when JSON answers tell that they are in UTF-8. Source: measured 2.0.4; 1.4.8 and 2.5.1 do not.
	TellsCharset bool
	// SecuresAnswers is true when answers forbid scripts of other origins, and vary by origin even to clients that name
	// none. Source: measured 1.4.8, 2.5.1;
	// 2.0.4 does not.
	SecuresAnswers bool
	// AcceptsDom is true when the parameter dom names the service where serviceName is blank.
	// Source: nacos 1.4.8 N/web/DistroFilter.java:95-98.
	AcceptsDom bool
	// RenamesVersions is true when the switches call the least versions that are pushed to pushVersionOfGo and so on,
	// false when pushGoVersion. Source: nacos 3.0.3 N/misc/SwitchDomain.java:94-102.
	RenamesVersions bool
	// ExplainsUnacceptable is true when an error page that the client does not take becomes a text that says so, false when
	// its status stays and nothing else. Source: measured 2.0.4, 2.5.1.
	ExplainsUnacceptable bool
	// UnreadableAccept is the status of controllers' answers to clients whose Accept cannot be read; 0 for that of the
	// answer, or 500 where that would be a success. Source: measured 2.0.4 (406), 2.5.1.
	UnreadableAccept int
	// StatusPeriod is the fixed delay after which the switch overriddenServerStatus comes into force.
	// Source: nacos 2.5.1 N/misc/GlobalExecutor.java:42.
	StatusPeriod time.Duration
}
