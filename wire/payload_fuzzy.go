package wire

// Payloads of watching services by patterns, since 3.0.

// What a NamingFuzzyWatchRequest wants.
const (
	WatchServices       = "WATCH"
	CancelWatchServices = "CANCEL_WATCH"
)

// What a message about watched services is for.
const (
	FuzzyInit    = "FUZZY_WATCH_INIT_NOTIFY"
	FuzzyDiff    = "FUZZY_WATCH_DIFF_SYNC_NOTIFY"
	FuzzyFinish  = "FINISH_FUZZY_WATCH_INIT_NOTIFY"
	FuzzyChanged = "FUZZY_WATCH_RESOURCE_CHANGED"
)

// What became of a watched service.
const (
	ServiceAdded   = "ADD_SERVICE"
	ServiceDeleted = "DELETE_SERVICE"
)

// NamingFuzzyWatchRequest begins or ends to watch the services of a pattern, namespace>>group>>service.
type NamingFuzzyWatchRequest struct {
	Request
	Namespace       *Text `json:"namespace,omitempty"`
	GroupKeyPattern *Text `json:"groupKeyPattern,omitempty"`
	// ReceivedGroupKeys are the keys of the services that the client knows already.
	ReceivedGroupKeys []*Text `json:"receivedGroupKeys,omitzero"`
	WatchType         *Text   `json:"watchType,omitempty"`
	Initializing      Bool    `json:"initializing"`
}

// NamingFuzzyWatchResponse answers a NamingFuzzyWatchRequest.
type NamingFuzzyWatchResponse struct{ Response }

// NamingFuzzyWatchSyncRequest tells a client one batch of what it does not know of a pattern.
type NamingFuzzyWatchSyncRequest struct {
	Request
	SyncType        Text           `json:"syncType"`
	GroupKeyPattern Text           `json:"groupKeyPattern"`
	Contexts        []FuzzyContext `json:"contexts"`
	TotalBatch      Int            `json:"totalBatch"`
	CurrentBatch    Int            `json:"currentBatch"`
}

// FuzzyContext is what became of one service, namespace@@group@@service.
type FuzzyContext struct {
	ServiceKey  Text `json:"serviceKey"`
	ChangedType Text `json:"changedType"`
}

// NamingFuzzyWatchSyncResponse acknowledges a NamingFuzzyWatchSyncRequest.
type NamingFuzzyWatchSyncResponse struct{ Response }

// NamingFuzzyWatchChangeNotifyRequest tells a client that a watched service came or went.
type NamingFuzzyWatchChangeNotifyRequest struct {
	Request
	SyncType    Text `json:"syncType"`
	ServiceKey  Text `json:"serviceKey"`
	ChangedType Text `json:"changedType"`
}

// NamingFuzzyWatchChangeNotifyResponse acknowledges a NamingFuzzyWatchChangeNotifyRequest.
type NamingFuzzyWatchChangeNotifyResponse struct{ Response }
