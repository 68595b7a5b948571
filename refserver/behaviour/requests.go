package behaviour

// Requests decides which requests are served over gRPC and how they are refused. Fields that do not say otherwise
// concern what connections may ask once they were set up. Requirements: naming.connection.*, naming.lifecycle.*.
// C/ stands for core/src/main/java/com/alibaba/nacos/core/remote/.
type Requests struct {
	// Batches is true when BatchInstanceRequest is served. Source: nacos 2.1.1 N/remote/rpc/handler/BatchInstanceRequestHandler.java;
	// measured 2.0.4 (it is not).
	Batches bool
	// Persistent is true when PersistentInstanceRequest is served. Source: nacos 2.3.0
	// N/remote/rpc/handler/PersistentInstanceRequestHandler.java; measured 2.0.4 (it is not).
	Persistent bool
	// Others are the types of other modules that the line serves and this server does not: they are known, but fail.
	// Source: nacos 3.0.3 ai/src/main/java/com/alibaba/nacos/ai/remote/handler/.
	Others []string
	// BetweenServers are the types that servers send to each other. Source: nacos 2.5.1 C/core/,
	// core/src/main/java/com/alibaba/nacos/core/cluster/remote/MemberReportHandler.java (since 2.2.1); measured.
	BetweenServers []string
	// AsksIdentity is true when requests between servers must show an identity, which no client has.
	// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/auth/RemoteRequestAuthFilter.java:73-96; measured.
	AsksIdentity bool
	// ReportsLimits is true when the load of a server includes its limits of connections.
	// Source: nacos 2.0.4 C/core/ServerLoaderInfoRequestHandler.java.
	ReportsLimits bool
	// DistroFailureSucceeds is true when an answer about data that cannot be exchanged carries the error code alone, with
	// the result code of a success. Source: nacos 2.0.4 N/remote/rpc/handler/DistroDataRequestHandler.java; measured.
	DistroFailureSucceeds bool

	// NamesClass is true when the answer to a body that cannot be read names the class that it was read for.
	// Source: nacos 2.0.4 A/exception/runtime/NacosDeserializationException.java; measured.
	NamesClass bool
	// HeaderApps are the names of applications, as a client gave them in its set-up, for which the headers of a request
	// are asked; a body whose headers are null is then not served.
	// Source: nacos 3.0.3 C/grpc/GrpcRequestAcceptor.java:230-242, nacos 2.5.1 C/grpc/GrpcRequestAcceptor.java:228-240; measured.
	HeaderApps []string
	// ResetsOversized is true when a call whose message is too big is cancelled, false when its status says how big the
	// message is. Source: measured 2.0.4, 2.5.1.
	ResetsOversized bool

	// ChecksNames is true when blank names of services and groups are refused where a service is written, false when
	// such a write succeeds. Source: nacos 2.3.0 N/remote/rpc/handler/InstanceRequestHandler.java:58-61; measured.
	// A real 2.0.4 keeps what is written so, after which the lists of its namespace fail; here the write has no effect.
	ChecksNames bool
	// ChecksInstances is true when the intervals and the cluster of an instance are checked.
	// Source: nacos 2.3.0 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:56-58; measured 2.0.4 (they are not).
	ChecksInstances bool
	// SubscribingListsDisabled is true when the answer to a subscription lists disabled instances.
	// Source: nacos 2.0.4 N/remote/rpc/handler/SubscribeServiceRequestHandler.java:72-73; until 2.3.2.
	SubscribingListsDisabled bool
}

// noApp is the name of the application of a client that names none.
const noApp = "-"

func requests20() Requests {
	return Requests{
		BetweenServers: []string{"DistroDataRequest", "ServerLoaderInfoRequest", "ServerReloadRequest",
			"ConfigChangeClusterSyncRequest"},
		ReportsLimits: true, DistroFailureSucceeds: true, NamesClass: true, ResetsOversized: true, SubscribingListsDisabled: true,
	}
}

func requests25() Requests {
	return Requests{
		Batches: true, Persistent: true,
		BetweenServers: append(requests20().BetweenServers, "MemberReportRequest"),
		HeaderApps:     []string{""}, ChecksNames: true, ChecksInstances: true,
	}
}

func requests30() Requests {
	r := requests25()
	r.Others = []string{"QueryMcpServerRequest", "ReleaseMcpServerRequest", "McpServerEndpointRequest"}
	r.AsksIdentity, r.HeaderApps = true, []string{"", noApp}
	return r
}
