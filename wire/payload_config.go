package wire

// Payloads of configuration management.

// ModuleConfig is the module that they belong to.
const ModuleConfig = "config"

// Codes in the errorCode of a ConfigQueryResponse.
const (
	CodeConfigNotFound = 300
	CodeConfigBusy     = 400
)

// ConfigRef is the identity that requests about a configuration carry.
type ConfigRef struct {
	DataID *Text `json:"dataId,omitempty"`
	Group  *Text `json:"group,omitempty"`
	Tenant *Text `json:"tenant,omitempty"`
}

// ConfigQueryRequest reads a configuration, or the variant for a tag.
type ConfigQueryRequest struct {
	Request
	ConfigRef
	Tag *Text `json:"tag,omitempty"`
}

// ConfigQueryResponse answers a ConfigQueryRequest. ContentType is the type of the configuration, LastModified is in
// milliseconds since 1970.
type ConfigQueryResponse struct {
	Response
	Content          *Text `json:"content,omitempty"`
	EncryptedDataKey *Text `json:"encryptedDataKey,omitempty"`
	ContentType      *Text `json:"contentType,omitempty"`
	MD5              *Text `json:"md5,omitempty"`
	LastModified     Int   `json:"lastModified"`
	Tag              *Text `json:"tag,omitempty"`
	Beta             Bool  `json:"beta"`
}

// ConfigPublishRequest publishes a configuration, or a variant.
type ConfigPublishRequest struct {
	Request
	ConfigRef
	Content *Text `json:"content,omitempty"`
	// CASMD5 is the md5 that the publication replaces.
	CASMD5 *Text `json:"casMd5,omitempty"`
	// AdditionMap may have: tag, appName, betaIps, type, src_user, encryptedDataKey, config_tags, desc, use, effect, schema.
	AdditionMap map[string]Text `json:"additionMap,omitempty"`
}

// ConfigPublishResponse answers a ConfigPublishRequest.
type ConfigPublishResponse struct{ Response }

// ConfigRemoveRequest removes a configuration, or the variant for a tag.
type ConfigRemoveRequest struct {
	Request
	ConfigRef
	Tag *Text `json:"tag,omitempty"`
}

// ConfigRemoveResponse answers a ConfigRemoveRequest.
type ConfigRemoveResponse struct{ Response }

// ConfigBatchListenRequest begins or ends to listen to configurations.
type ConfigBatchListenRequest struct {
	Request
	// Listen is true where a body does not name it.
	Listen               Bool                  `json:"listen"`
	ConfigListenContexts []ConfigListenContext `json:"configListenContexts"`
}

// UnmarshalJSON gives absent properties the values of a new request.
func (r *ConfigBatchListenRequest) UnmarshalJSON(b []byte) error { return Unmarshal(b, r) }

func (r *ConfigBatchListenRequest) setDefaults() {
	r.Listen, r.ConfigListenContexts = true, []ConfigListenContext{}
}

// ConfigListenContext is a configuration that a client listens to, with the md5 of what it has.
type ConfigListenContext struct {
	ConfigRef
	MD5 *Text `json:"md5,omitempty"`
}

// ConfigChangeBatchListenResponse names the configurations that the client does not have as they are.
type ConfigChangeBatchListenResponse struct {
	Response
	ChangedConfigs []ConfigRef `json:"changedConfigs"`
}

// ConfigChangeNotifyRequest tells a client that a configuration which it listens to changed. It carries no content.
type ConfigChangeNotifyRequest struct {
	Request
	ConfigRef
}

// ConfigChangeNotifyResponse acknowledges a ConfigChangeNotifyRequest.
type ConfigChangeNotifyResponse struct{ Response }

// ConfigChangeClusterSyncRequest tells a server that another one has written a configuration.
type ConfigChangeClusterSyncRequest struct {
	Request
	ConfigRef
	LastModified Int   `json:"lastModified"`
	Tag          *Text `json:"tag,omitempty"`
	Beta         Bool  `json:"beta"`
	GrayName     *Text `json:"grayName,omitempty"`
}

// ConfigChangeClusterSyncResponse answers a ConfigChangeClusterSyncRequest.
type ConfigChangeClusterSyncResponse struct{ Response }

// ClientConfigMetricRequest asks a client what it has of configurations.
type ClientConfigMetricRequest struct {
	Request
	MetricsKeys []MetricsKey `json:"metricsKeys"`
}

// Types of a MetricsKey: what a client holds in memory, and what it keeps on disk.
const (
	MetricsCache    = "cacheData"
	MetricsSnapshot = "snapshotData"
)

// MetricsKey is a configuration, dataId+group+tenant, of which a client is asked.
type MetricsKey struct {
	Type Text `json:"type"`
	Key  Text `json:"key"`
}

// ClientConfigMetricResponse answers a ClientConfigMetricRequest in the client's own words.
type ClientConfigMetricResponse struct {
	Response
	Metrics map[string]any `json:"metrics"`
}

// What became of a watched configuration.
const (
	ConfigAdded   = "ADD_CONFIG"
	ConfigChanged = "CONFIG_CHANGED"
	ConfigDeleted = "DELETE_CONFIG"
)

// ConfigFuzzyWatchRequest begins or ends to watch the configurations of a pattern, namespace>>group>>dataId.
type ConfigFuzzyWatchRequest struct {
	Request
	GroupKeyPattern   *Text   `json:"groupKeyPattern,omitempty"`
	ReceivedGroupKeys []*Text `json:"receivedGroupKeys,omitzero"`
	WatchType         *Text   `json:"watchType,omitempty"`
	Initializing      Bool    `json:"initializing"`
}

// ConfigFuzzyWatchResponse answers a ConfigFuzzyWatchRequest.
type ConfigFuzzyWatchResponse struct{ Response }

// ConfigFuzzyWatchSyncRequest tells a client one batch of what it does not know of a pattern.
type ConfigFuzzyWatchSyncRequest struct {
	Request
	GroupKeyPattern Text `json:"groupKeyPattern"`
	// Contexts are nil in the message that these were all.
	Contexts     []ConfigFuzzyContext `json:"contexts,omitzero"`
	SyncType     Text                 `json:"syncType"`
	TotalBatch   Int                  `json:"totalBatch"`
	CurrentBatch Int                  `json:"currentBatch"`
}

// ConfigFuzzyContext is what became of one configuration, dataId+group+namespace.
type ConfigFuzzyContext struct {
	GroupKey    Text `json:"groupKey"`
	ChangedType Text `json:"changedType"`
}

// ConfigFuzzyWatchSyncResponse acknowledges a ConfigFuzzyWatchSyncRequest.
type ConfigFuzzyWatchSyncResponse struct{ Response }

// ConfigFuzzyWatchChangeNotifyRequest tells a client that a watched configuration came or went.
type ConfigFuzzyWatchChangeNotifyRequest struct {
	Request
	GroupKey   Text `json:"groupKey"`
	ChangeType Text `json:"changeType"`
}

// ConfigFuzzyWatchChangeNotifyResponse acknowledges a ConfigFuzzyWatchChangeNotifyRequest.
type ConfigFuzzyWatchChangeNotifyResponse struct{ Response }
