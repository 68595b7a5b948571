package grpcapi

import "strings"

// clusterTypes are the requests that only servers send to each other.
// Source: nacos 2.5.1; measured on the client port.
var clusterTypes = setOf("DistroDataRequest", "MemberReportRequest", "ServerLoaderInfoRequest", "ServerReloadRequest",
	"ConfigChangeClusterSyncRequest")

// configTypes are the requests of configuration management, which this server does not serve.
var configTypes = []string{"ConfigQueryRequest", "ConfigPublishRequest", "ConfigRemoveRequest", "ConfigBatchListenRequest"}

// responseTypes are the responses that a Java server knows; it ignores all others.
// Source: nacos 2.5.1 META-INF/services/com.alibaba.nacos.api.remote.Payload of api, core and naming.
var responseTypes = setOf("ErrorResponse", "ServerCheckResponse", "HealthCheckResponse", "ClientDetectionResponse",
	"ConnectResetResponse", "SetupAckResponse", "ServerLoaderInfoResponse", "ServerReloadResponse", "InstanceResponse",
	"BatchInstanceResponse", "QueryServiceResponse", "ServiceListResponse", "SubscribeServiceResponse",
	"NotifySubscriberResponse", "ConfigQueryResponse", "ConfigPublishResponse", "ConfigRemoveResponse",
	"ConfigChangeBatchListenResponse", "ConfigChangeNotifyResponse", "ClientConfigMetricResponse",
	"ConfigChangeClusterSyncResponse", "DistroDataResponse", "MemberReportResponse")

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// splitRedirect splits host:port at the first colon; an address without one means no redirect.
func splitRedirect(address string) (host, port string, ok bool) { return strings.Cut(address, ":") }
