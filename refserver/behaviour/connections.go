package behaviour

import (
	"math"
	"time"
)

// Connections decides how gRPC connections are set up, served and given up.
// Requirements: naming.connection.*. C/ stands for core/src/main/java/com/alibaba/nacos/core/remote/.
type Connections struct {
	// DetectionInitial is the delay of the first pass over the connections after start.
	// Source: nacos 2.5.1 C/RuntimeConnectionEjector.java:32, C/NacosRuntimeConnectionEjector.java:59-149.
	DetectionInitial time.Duration
	// DetectionPeriod is the fixed delay between the end of a pass and the next. Source: as DetectionInitial.
	DetectionPeriod time.Duration
	// IdleAfter is how long a connection must have been silent to be asked whether it lives; not strict.
	// Source: as DetectionInitial.
	IdleAfter time.Duration
	// DetectionTimeout is how long the server waits for the answer. Source: as DetectionInitial.
	DetectionTimeout time.Duration
	// KeepsAnswering is true when an idle connection that answers the detection stays.
	// Source: as DetectionInitial; a real server loses some of these to a race, which is not copied.
	KeepsAnswering bool
	// BlockedLimit is how long sending may fail without pause before a connection counts as idle.
	// Source: nacos 2.5.1 C/ConnectionMeta.java:347-378; measured.
	BlockedLimit time.Duration
	// Backlog is how many bytes may wait to be sent to a client before further sending fails.
	// Source: nacos 2.5.1 C/grpc/GrpcConnection.java:102-128 with the 32 KiB threshold of grpc-java.
	Backlog int
	// HealthCheckRefreshes and AckRefreshes are true when a served call, or a response on the stream, ends the silence
	// of a connection. Source: nacos 2.5.1 C/grpc/GrpcRequestAcceptor.java:81-220, C/grpc/GrpcBiStreamRequestAcceptor.java:162-173.
	HealthCheckRefreshes, AckRefreshes bool
	// Linger is how long the TCP connection of an ejected client stays open after its stream was completed.
	// Source: measured 2.5.1 towards a peer that reads nothing; longer than 12 s.
	Linger time.Duration

	// EndsOnClose is true when closing the TCP connection ends the registration at once.
	// Source: nacos 2.5.1 C/ConnectionManager.java:147-162; measured.
	EndsOnClose bool
	// EndsOnStreamEnd is true when ending the stream ends the registration. Source: measured 2.5.1 (it does not).
	EndsOnStreamEnd bool

	// EndsEverything is true when the end of a connection removes all that it publishes, false when the first single
	// instance alone. Source: nacos 2.5.1 N/core/v2/client/manager/impl/ConnectionBasedClientManager.java:99-110.
	EndsEverything bool
	// EndsItsAddresses is true when the end of a connection also ends what others publish at its addresses.
	// Source: nacos 2.5.1 N/core/v2/client/manager/impl/ConnectionBasedClientManager.java:99-110 (it does not).
	EndsItsAddresses bool
	// NamesConnection is true when the answer to a server check carries the id of the connection.
	// Source: nacos 2.5.1 C/grpc/GrpcRequestAcceptor.java:101.
	NamesConnection bool
	// HealthCheckCode is the result code of a health check. Source: nacos 2.5.1 C/HealthCheckRequestHandler.java:36.
	HealthCheckCode int
	// RefusesVainWithdrawal is true when deregistering what the connection does not publish is refused.
	// Source: nacos 2.5.1 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:102-118 (it is not).
	RefusesVainWithdrawal bool
	// DefaultsNamespace is true when the empty namespace stands for the default one.
	// Source: nacos 2.5.1 N/remote/rpc/handler/InstanceRequestHandler.java:59 (it does not).
	DefaultsNamespace bool
	// NeedsSetup is true when only connections that were set up are served.
	// Source: nacos 2.5.1 C/grpc/GrpcRequestAcceptor.java:81-220.
	NeedsSetup bool
	// OpeningRegisters is true when opening the stream alone registers the connection.
	// Source: nacos 2.5.1 C/grpc/GrpcBiStreamRequestAcceptor.java:88-175 (it does not).
	OpeningRegisters bool
	// KeepsFirstSetup is true when a second set-up changes nothing. Source: nacos 2.5.1 C/ConnectionManager.java:102-140; measured.
	KeepsFirstSetup bool
	// AcksSetup is true when a set-up that carries an ability table is acknowledged. Source: as OpeningRegisters; since 2.3.0.
	AcksSetup bool
	// AcksEverySetup is true when a set-up without ability table is acknowledged too. Source: as OpeningRegisters (it is not).
	AcksEverySetup bool
	// NegotiatesAbilities is what the answer to a server check says of it. Source: measured 2.5.1; since 2.3.0.
	NegotiatesAbilities bool
	// AbilityTables is true when a set-up carries a table of abilities and the answer to a server check says whether the
	// server negotiates them, false when a set-up carries the nested abilities of the first releases.
	// Source: nacos 2.3.0 A/remote/request/ConnectionSetupRequest.java, nacos 2.0.4 A/ability/ClientAbilities.java; measured.
	AbilityTables bool
	// Abilities are those that the server's table names, all true.
	// Source: nacos 2.5.1 api/src/main/java/com/alibaba/nacos/api/ability/register/impl/ServerAbilities.java:48.
	Abilities []string
	// NamingModules are the values of the label module that make a connection a naming client.
	// Source: nacos 2.5.1 N/core/v2/client/manager/impl/ConnectionBasedClientManager.java:60-110.
	NamingModules []string
	// RefusesStrangers is true when writing on a connection that is no naming client is refused, false when it succeeds
	// without effect. Source: nacos 2.5.1 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:140-152; since 2.3.2.
	RefusesStrangers bool

	// UnregisteredCode is the error code of a call on a connection that was not set up. Source: nacos 2.5.1 A/exception/NacosException.java:108-192.
	UnregisteredCode int
	// UnknownTypeCode is the error code of a call of a type that the server does not serve. Source: as UnregisteredCode.
	UnknownTypeCode int
	// UnparsableCode is the error code of a body that cannot be read. Source: as UnregisteredCode.
	UnparsableCode int
	// TypeBeforeRegistration is true when the type is checked before the registration. Source: as NeedsSetup; measured.
	TypeBeforeRegistration bool
	// RegistrationBeforeBody is true when the registration is checked before the body. Source: as NeedsSetup; measured.
	RegistrationBeforeBody bool
	// ForbidsClusterTypes is true when Requests.BetweenServers are refused on the client port. Source: as NeedsSetup; since 2.4.3.
	ForbidsClusterTypes bool
	// ChecksParameters is true when names, addresses and metadata lengths are checked before the handler.
	// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/paramcheck/RemoteParamCheckFilter.java:45-85; since 2.3.0.
	ChecksParameters bool
	// ThrownCodeIsResult is true when the code of an error that a handler throws is the result code too, false when the
	// result code is 500. Source: nacos 2.5.1 A/remote/response/ErrorResponse.java:37-62; since 2.3.2.
	ThrownCodeIsResult bool
	// RuntimeErrorsKeepCodes is true when an error that a handler raises at run time, such as a registration of the other
	// kind, keeps its code; false when it is 500 and only the message has the code. Source: nacos 2.5.1
	// A/remote/response/ErrorResponse.java:53-54, 2.0.4 core/src/main/java/com/alibaba/nacos/core/remote/grpc/GrpcRequestAcceptor.java:179;
	// measured 2.0.4.
	RuntimeErrorsKeepCodes bool
	// StrangersRead is true when connections that are no naming clients may query services.
	// Source: nacos 2.5.1 N/remote/rpc/handler/ServiceQueryRequestHandler.java:66; measured.
	StrangersRead bool
	// BlankNameCode is the code of a request that names no service or no group.
	// Source: nacos 2.5.1 A/naming/utils/NamingUtils.java:50-58; measured.
	BlankNameCode int
	// EchoesVerb is true when answers to instance requests repeat the verb. Source: measured 2.5.1; since 2.1.2.
	EchoesVerb bool
	// FillsInstanceID is true when instances without id get one. Source: nacos 2.5.1 N/utils/InstanceUtil.java:114-121; since 2.3.0.
	FillsInstanceID bool
	// MaxMessage bounds an inbound message, in bytes. Source: nacos 2.5.1 C/grpc/GrpcSdkServer.java:77-94.
	MaxMessage int
	// NackKeepsTimer is true when a negative acknowledgement leaves the timeout running, so that the push fails twice.
	// Source: nacos 2.5.1 A/remote/DefaultRequestFuture.java:88-111; measured.
	NackKeepsTimer bool
	// SendErrorKeepsTimer is true when a message that cannot be sent leaves the timeout running, so that a push fails twice.
	// Source: nacos 2.5.1 C/grpc/GrpcConnection.java:144-155, nacos 3.0.3 C/grpc/GrpcConnection.java:152-157.
	SendErrorKeepsTimer bool
	// ResetNamesConnection is true when a reset that names another server names the connection too.
	// Source: nacos 2.3.0 A/remote/request/ConnectResetRequest.java; measured 2.0.4, 2.5.1.
	ResetNamesConnection bool
	// ShedsFirst is true when a pass over the connections resets those in excess of an order, which may be to keep none,
	// or of a limit without waiting, and asks only the others whether they live; false when it carries out orders alone,
	// to keep some, afterwards and one connection after the other.
	// Source: nacos 2.0.4 C/ConnectionManager.java:289-485, nacos 2.5.1 C/NacosRuntimeConnectionEjector.java:59-192.
	ShedsFirst bool
	// ShedsFromAll is true when connections of other servers count towards the excess, false when those of SDK clients
	// alone do. Source: as ShedsFirst; measured 2.0.4, 2.5.1.
	ShedsFromAll bool
	// LimitsClients is true when connections can be limited per address of a client and per application, false when only
	// all together. Source: nacos 2.0.4 C/ConnectionManager.java:168-212, nacos 2.5.1
	// plugin-default-impl/nacos-default-control-plugin/src/main/java/com/alibaba/nacos/plugin/control/impl/NacosConnectionControlManager.java:56-75.
	LimitsClients bool
	// LimitCountsServers is true when the connections of other servers, which no limit refuses, count towards the limit
	// of all together. Source: as LimitsClients; measured 2.5.1.
	LimitCountsServers bool
	// RefusalResets is true when a connection over a limit is asked to reconnect and stays as it is, false when its stream
	// is completed and it is closed. Source: nacos 2.0.4 C/grpc/GrpcBiStreamRequestAcceptor.java:110-140; measured 2.5.1.
	RefusalResets bool
	// TLS is true when connections can be protected.
	// Source: nacos 2.3.0 core/src/main/java/com/alibaba/nacos/core/remote/tls/RpcServerTlsConfig.java.
	TLS bool
	// ResetWait is how long the server waits for the answer to a connection reset. Source: nacos 2.5.1 C/ConnectionManager.java:267-303.
	ResetWait time.Duration
}

func connections25() Connections {
	return Connections{
		DetectionInitial: time.Second, DetectionPeriod: 3 * time.Second,
		IdleAfter: 20 * time.Second, DetectionTimeout: 5 * time.Second, KeepsAnswering: true,
		BlockedLimit: 300 * time.Second, Backlog: 32 << 10,
		HealthCheckRefreshes: true, AckRefreshes: true, Linger: 30 * time.Second,
		EndsOnClose: true, EndsEverything: true, HealthCheckCode: 200, NamesConnection: true,
		NeedsSetup: true, KeepsFirstSetup: true, AcksSetup: true, NegotiatesAbilities: true,
		AbilityTables: true, Abilities: []string{"supportPersistentInstanceByGrpc"},
		NamingModules: []string{"naming"}, RefusesStrangers: true,
		UnregisteredCode: 301, UnknownTypeCode: 302, UnparsableCode: 502,
		TypeBeforeRegistration: true, RegistrationBeforeBody: true, ForbidsClusterTypes: true, ChecksParameters: true,
		ThrownCodeIsResult: true, RuntimeErrorsKeepCodes: true, StrangersRead: true, BlankNameCode: 500, EchoesVerb: true, FillsInstanceID: true, MaxMessage: 10 << 20,
		NackKeepsTimer: true, SendErrorKeepsTimer: true,
		TLS: true, ResetNamesConnection: true, ShedsFromAll: true, LimitCountsServers: true, ResetWait: 3 * time.Second,
	}
}

func connections20() Connections {
	c := connections25()
	c.DetectionTimeout = time.Second
	c.BlockedLimit, c.Backlog = math.MaxInt64, math.MaxInt // it queues without bound
	c.AcksSetup, c.NegotiatesAbilities, c.AbilityTables, c.Abilities = false, false, false, nil
	c.RefusesStrangers, c.ForbidsClusterTypes, c.ChecksParameters = false, false, false
	c.RuntimeErrorsKeepCodes = false
	c.ThrownCodeIsResult, c.EchoesVerb, c.FillsInstanceID = false, false, false
	c.ResetNamesConnection, c.ShedsFirst, c.ShedsFromAll = false, true, false
	c.LimitsClients, c.LimitCountsServers, c.RefusalResets, c.TLS = true, false, true, false
	return c
}

func connections30() Connections {
	c := connections25()
	c.Abilities = append([]string{"fuzzyWatch", "lock", "mcp"}, c.Abilities...)
	c.NamingModules = []string{"naming", "ai"}
	c.SendErrorKeepsTimer = false
	return c
}
