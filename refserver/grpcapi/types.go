package grpcapi

import (
	"slices"
	"strings"
)

// answers are the responses that servers of all lines know; others are ignored.
// Source: nacos 2.5.1 META-INF/services/com.alibaba.nacos.api.remote.Payload of api, core and naming.
var answers = setOf("ErrorResponse", "ServerCheckResponse", "HealthCheckResponse", "ClientDetectionResponse",
	"ConnectResetResponse", "SetupAckResponse", "ServerLoaderInfoResponse", "ServerReloadResponse", "InstanceResponse",
	"BatchInstanceResponse", "QueryServiceResponse", "ServiceListResponse", "SubscribeServiceResponse",
	"NotifySubscriberResponse", "ConfigQueryResponse", "ConfigPublishResponse", "ConfigRemoveResponse",
	"ConfigChangeBatchListenResponse", "ConfigChangeNotifyResponse", "ClientConfigMetricResponse",
	"ConfigChangeClusterSyncResponse", "DistroDataResponse", "MemberReportResponse")

// namingTypes are the requests of naming; those of configurations begin with Config, all others are internal.
var namingTypes = []string{"InstanceRequest", "ServiceQueryRequest", "ServiceListRequest", "SubscribeServiceRequest"}

// javaClass is the name of the class of a request of the first releases with gRPC.
func javaClass(payloadType string) string {
	module := ""
	switch {
	case slices.Contains(namingTypes, payloadType):
		module = "naming."
	case strings.HasPrefix(payloadType, "Config"):
		module = "config."
	}
	return "com.alibaba.nacos.api." + module + "remote.request." + payloadType
}

// watchAnswers are the further responses where patterns can be watched.
var watchAnswers = setOf("NamingFuzzyWatchResponse", "NamingFuzzyWatchSyncResponse", "NamingFuzzyWatchChangeNotifyResponse",
	"ConfigFuzzyWatchResponse", "ConfigFuzzyWatchSyncResponse", "ConfigFuzzyWatchChangeNotifyResponse")

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// splitRedirect splits host:port at the first colon; an address without one means no redirect.
func splitRedirect(address string) (host, port string, ok bool) { return strings.Cut(address, ":") }
