package wire

// The payloads of the gRPC protocol, with the keys and the order in which a Java server writes them. A pointer is a
// property that may be null: null properties are left out, empty and zero ones are written. Properties that the
// server derives and never reads (module, success, valid) are written by the constructors.

// Names of the modules that payloads belong to.
const (
	ModuleInternal = "internal"
	ModuleNaming   = "naming"
)

// Codes in resultCode and errorCode.
const (
	CodeSuccess      = 200
	CodeInvalidParam = 400
	CodeFail         = 500
	CodeStarting     = 300
	CodeUnregistered = 301
	CodeNoHandler    = 302
	CodeBadGateway   = 502
	CodeDisconnected = -401
)

// Request is what every request carries. Headers is always written empty: they travel in the metadata.
type Request struct {
	Headers   map[string]string `json:"headers"`
	RequestID *Text             `json:"requestId,omitempty"`
	Module    string            `json:"module,omitempty"`
}

// NewRequest makes the common part of a request of the module.
func NewRequest(module string) Request {
	return Request{Headers: map[string]string{}, Module: module}
}

// Common is the part that all requests share.
func (r *Request) Common() *Request { return r }

// Response is what every response carries. Clients must judge by ResultCode: Success is derived.
type Response struct {
	ResultCode Int   `json:"resultCode"`
	ErrorCode  Int   `json:"errorCode"`
	Message    *Text `json:"message,omitempty"`
	RequestID  *Text `json:"requestId,omitempty"`
	Success    Bool  `json:"success"`
}

// OK is the common part of a successful response.
func OK() Response { return Response{ResultCode: CodeSuccess, Success: true} }

// Outcome is the error code, and whether the request succeeded.
func (r Response) Outcome() (code int, ok bool) { return int(r.ErrorCode), bool(r.Success) }

// ServerCheckRequest asks who is there; it needs no registration.
type ServerCheckRequest struct{ Request }

// ServerCheckResponse names the connection.
type ServerCheckResponse struct {
	Response
	ConnectionID Text `json:"connectionId"`
	// SupportAbilityNegotiation is nil from servers that know nothing of it.
	SupportAbilityNegotiation *Bool `json:"supportAbilityNegotiation,omitempty"`
}

// ConnectionSetupRequest is the first message on the stream; it registers the connection.
type ConnectionSetupRequest struct {
	ClientIdentity
	// AbilityTable is nil for clients that do not negotiate; they get no SetupAckRequest. An empty one negotiates.
	AbilityTable map[string]Bool `json:"abilityTable,omitzero"`
}

// ClientIdentity is what a client says of itself when it sets its connection up.
type ClientIdentity struct {
	Request
	ClientVersion *Text           `json:"clientVersion,omitempty"`
	Tenant        *Text           `json:"tenant,omitempty"`
	Labels        map[string]Text `json:"labels"`
}

// NestedAbilities is how the first releases with gRPC read a ConnectionSetupRequest. Servers make nothing of it.
type NestedAbilities struct {
	ClientIdentity
	Abilities *ClientAbilities `json:"abilities,omitempty"`
}

// ClientAbilities are the abilities of clients before there were tables of them.
type ClientAbilities struct {
	RemoteAbility *struct {
		SupportRemoteConnection Bool `json:"supportRemoteConnection"`
	} `json:"remoteAbility,omitempty"`
	ConfigAbility *struct {
		SupportRemoteMetrics Bool `json:"supportRemoteMetrics"`
	} `json:"configAbility,omitempty"`
	NamingAbility *struct {
		SupportDeltaPush    Bool `json:"supportDeltaPush"`
		SupportRemoteMetric Bool `json:"supportRemoteMetric"`
	} `json:"namingAbility,omitempty"`
}

// SetupAckRequest tells the client what the server can do. It has no request id and wants no answer.
type SetupAckRequest struct {
	Request
	AbilityTable map[string]Bool `json:"abilityTable,omitempty"`
}

// HealthCheckRequest keeps a registered connection alive.
type HealthCheckRequest struct{ Request }

// HealthCheckResponse answers a HealthCheckRequest.
type HealthCheckResponse struct{ Response }

// ErrorResponse answers any request that was refused before its handler, or whose handler failed.
type ErrorResponse struct{ Response }

// ClientDetectionRequest asks an idle client whether it still lives.
type ClientDetectionRequest struct{ Request }

// ClientDetectionResponse acknowledges a ClientDetectionRequest.
type ClientDetectionResponse struct{ Response }

// ConnectResetRequest asks a client to reconnect, to the named server when there is one.
type ConnectResetRequest struct {
	Request
	ServerIP     *Text `json:"serverIp,omitempty"`
	ServerPort   *Text `json:"serverPort,omitempty"`
	ConnectionID *Text `json:"connectionId,omitempty"`
}

// ConnectResetResponse acknowledges a ConnectResetRequest.
type ConnectResetResponse struct{ Response }

// ServiceRef is the identity that naming requests carry. The names are taken literally: "" is not "public".
type ServiceRef struct {
	Namespace   *Text `json:"namespace,omitempty"`
	ServiceName *Text `json:"serviceName,omitempty"`
	GroupName   *Text `json:"groupName,omitempty"`
}

// Verbs of instance requests.
const (
	VerbRegister      = "registerInstance"
	VerbDeregister    = "deregisterInstance"
	VerbBatchRegister = "batchRegisterInstance"
)

// InstanceRequest publishes or withdraws the connection's one instance of a service.
type InstanceRequest struct {
	Request
	ServiceRef
	Type     *Text     `json:"type,omitempty"`
	Instance *Instance `json:"instance,omitempty"`
}

// InstanceResponse echoes the verb.
type InstanceResponse struct {
	Response
	Type *Text `json:"type,omitempty"`
}

// BatchInstanceRequest replaces all that the connection publishes for a service.
type BatchInstanceRequest struct {
	Request
	ServiceRef
	Type      *Text       `json:"type,omitempty"`
	Instances []*Instance `json:"instances,omitzero"`
}

// BatchInstanceResponse echoes the verb.
type BatchInstanceResponse struct {
	Response
	Type *Text `json:"type,omitempty"`
}

// PersistentInstanceRequest publishes or withdraws an instance that no connection owns.
type PersistentInstanceRequest struct {
	Request
	ServiceRef
	Type     *Text     `json:"type,omitempty"`
	Instance *Instance `json:"instance,omitempty"`
}

// ServiceQueryRequest reads the view of a service.
type ServiceQueryRequest struct {
	Request
	ServiceRef
	Cluster     *Text `json:"cluster,omitempty"`
	HealthyOnly Bool  `json:"healthyOnly"`
	UDPPort     Int   `json:"udpPort"`
}

// QueryServiceResponse answers a ServiceQueryRequest.
type QueryServiceResponse struct {
	Response
	ServiceInfo *ServiceInfo `json:"serviceInfo,omitempty"`
}

// ServiceListRequest reads one page of the names of a group.
type ServiceListRequest struct {
	Request
	ServiceRef
	PageNo   Int   `json:"pageNo"`
	PageSize Int   `json:"pageSize"`
	Selector *Text `json:"selector,omitempty"`
}

// ServiceListResponse answers a ServiceListRequest; Count is the total of all pages.
type ServiceListResponse struct {
	Response
	Count        Int      `json:"count"`
	ServiceNames []string `json:"serviceNames,omitzero"`
}

// SubscribeServiceRequest begins or ends the subscription of the connection to a service.
type SubscribeServiceRequest struct {
	Request
	ServiceRef
	Subscribe Bool  `json:"subscribe"`
	Clusters  *Text `json:"clusters,omitempty"`
}

// SubscribeServiceResponse answers with the present view.
type SubscribeServiceResponse struct {
	Response
	ServiceInfo *ServiceInfo `json:"serviceInfo,omitempty"`
}

// NotifySubscriberRequest is a push.
type NotifySubscriberRequest struct {
	Request
	ServiceInfo *ServiceInfo `json:"serviceInfo,omitempty"`
}

// NotifySubscriberResponse acknowledges a push.
type NotifySubscriberResponse struct{ Response }

// Instance is an instance as clients send it and as views list it. Intervals are in milliseconds. Derived properties are
// made from the metadata: a Java reader takes no notice of them, so that they cannot spoil a body.
type Instance struct {
	InstanceID  *Text           `json:"instanceId,omitempty"`
	IP          *Text           `json:"ip,omitempty"`
	Port        Int             `json:"port"`
	Weight      Double          `json:"weight"`
	Healthy     Bool            `json:"healthy"`
	Enabled     Bool            `json:"enabled"`
	Ephemeral   Bool            `json:"ephemeral"`
	ClusterName *Text           `json:"clusterName,omitempty"`
	ServiceName *Text           `json:"serviceName,omitempty"`
	Metadata    map[string]Text `json:"metadata"`
	// Nulls are the names of metadata whose value is null. They are not written: only some answers list them.
	Nulls                     []string `json:"-"`
	InstanceHeartBeatInterval Int      `json:"instanceHeartBeatInterval" wire:"derived"`
	InstanceHeartBeatTimeOut  Int      `json:"instanceHeartBeatTimeOut" wire:"derived"`
	IPDeleteTimeout           Int      `json:"ipDeleteTimeout" wire:"derived"`
	InstanceIDGenerator       *Text    `json:"instanceIdGenerator,omitempty" wire:"derived"`
}

// NewInstance is an instance with the defaults that a reader applies to absent properties.
func NewInstance(ip string, port int) Instance {
	return Instance{
		IP: new(Text(ip)), Port: Int(port), Weight: 1, Healthy: true, Enabled: true, Ephemeral: true,
		Metadata: map[string]Text{}, InstanceHeartBeatInterval: 5000, InstanceHeartBeatTimeOut: 15000, IPDeleteTimeout: 30000,
	}
}

func (i *Instance) setDefaults() {
	*i = Instance{
		Weight: 1, Healthy: true, Enabled: true, Ephemeral: true,
		InstanceHeartBeatInterval: 5000, InstanceHeartBeatTimeOut: 15000, IPDeleteTimeout: 30000,
	}
}

// UnmarshalJSON gives absent properties the defaults of NewInstance, but for metadata, which stays nil.
func (i *Instance) UnmarshalJSON(b []byte) error { return Unmarshal(b, i) }

// ServiceInfo is the view of a service. Over gRPC Name is plain, over HTTP and UDP it is group@@name.
type ServiceInfo struct {
	Name                     *Text      `json:"name,omitempty"`
	GroupName                *Text      `json:"groupName,omitempty"`
	Clusters                 *Text      `json:"clusters,omitempty"`
	CacheMillis              Int        `json:"cacheMillis"`
	Hosts                    []Instance `json:"hosts"`
	LastRefTime              Int        `json:"lastRefTime"`
	Checksum                 string     `json:"checksum"`
	AllIPs                   *Bool      `json:"allIPs,omitempty"` // from servers before 3.0
	AllIps                   *Bool      `json:"allIps,omitempty"` // from servers since 3.0
	ReachProtectionThreshold Bool       `json:"reachProtectionThreshold"`
	Valid                    Bool       `json:"valid"`
}
