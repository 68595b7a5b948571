package behaviour

// ConfigHTTP decides how configurations are served over HTTP, and how v1 answers to what it refuses.
// CFG/ stands for config/src/main/java/com/alibaba/nacos/config/server/.
type ConfigHTTP struct {
	// FailureStatus is the status of refusals that are no refused argument over v1, 0 for that of the refusal.
	// Source: measured 1.4.8 (500), 2.5.1, 3.0.3.
	FailureStatus int
	// RefusesCauses is true when an error that a refused argument caused is answered as that is, with 400, false when as
	// any other. Source: measured 1.4.8, 2.5.1 (a number that is none, a page 0).
	RefusesCauses bool
	// LabelsTextAsJSON is true when the texts of v1 errors are sent as JSON. Source: measured 2.5.1, 3.0.3.
	LabelsTextAsJSON bool
	// PublishesFalse is true when v1 answers false to a publication that the operation refuses, false when it tells why.
	// Source: nacos 3.0.3 CFG/controller/ConfigController.java:158-163; measured 2.5.1, 3.0.3.
	PublishesFalse bool

	// ReadsCAS is true when a publication over v1 may say which md5 it replaces, false when that header is ignored.
	// Source: measured 1.4.8, 2.0.4 (it is ignored), 2.5.1.
	ReadsCAS bool

	// TypesContent is true when a content is sent under a media type that follows its type, false when as plain text.
	// Source: nacos 1.4.8 CFG/controller/ConfigServletInner.java:154-160; measured 1.4.8, 2.5.1, 3.0.3.
	TypesContent bool
	// TellsTag is true when the answer names the tag of any variant in the header tag, false when it names only a tag that
	// was not insisted on, in the header Vipserver-Tag. Source: nacos 1.4.8 CFG/controller/ConfigServletInner.java:190-196,
	// nacos 2.5.1 CFG/controller/ConfigServletInner.java:314-327; measured.
	TellsTag bool
	// ReadsNamespaceID is true when reading takes the namespace from namespaceId, and from tenant where that is missing.
	// Source: nacos 2.5.1 CFG/service/query/DefaultChainRequestExtractor.java:47-52; measured.
	ReadsNamespaceID bool
	// TellsEncryption is true when answers tell the key that a content is encrypted with. Source: measured 1.4.8, 2.5.1.
	TellsEncryption bool
	// ReadsUser is true when a publication may name the user who writes, false when that parameter is ignored.
	// Source: nacos 1.4.8 CFG/utils/RequestUtil.java:87-91, nacos 2.5.1 CFG/controller/ConfigController.java:199; measured.
	ReadsUser bool

	// PollChecksTimeoutFirst is true when a long poll whose time is no number is refused whatever it asks for, false when
	// only one that would wait is. Source: nacos 1.4.8 CFG/service/LongPollingService.java:240-254, nacos 2.5.1
	// CFG/service/LongPollingService.java:171-214; measured.
	PollChecksTimeoutFirst bool

	// BlurTellsTypes is true when the pages of a blurred search tell types and keys of encryption, and when it can be
	// limited to types. Source: nacos 2.5.1 CFG/controller/ConfigController.java:405-438; measured 1.4.8, 2.5.1.
	BlurTellsTypes bool
	// SearchTellsMD5 is true when pages of a search have the md5 of each content, unless they were searched by tags.
	// Source: nacos 3.0.3 plugin/datasource/src/main/java/com/alibaba/nacos/plugin/datasource/impl/derby/ConfigInfoMapperByDerby.java:186-260;
	// measured 2.5.1 (it is null), 3.0.3.
	SearchTellsMD5 bool
	// BetaTellsMD5 is true when the answer about a beta has its md5. Source: measured 1.4.8, 2.5.1.
	BetaTellsMD5 bool
	// BetaFound is the message of that answer. Source: nacos 1.4.8 CFG/controller/ConfigController.java:442; measured 1.4.8, 2.5.1.
	BetaFound string
	// RemovesSingly is true when a removal by ids that fails midway says so in an answer that is a success to HTTP.
	// Source: nacos 2.5.1 CFG/controller/ConfigController.java:300-320.
	RemovesSingly bool

	// ListsBesideTenant is true when the list of what an address listens to has the namespace without id beside the one that
	// is named, false when it has that alone. Source: nacos 1.4.8 and 2.0.4 CFG/controller/ListenerController.java; measured.
	ListsBesideTenant bool

	// TellsPublishType is true when history tells what was published, formal or gray, and all that described it.
	// Source: measured 1.4.8, 2.5.1.
	TellsPublishType bool
	// ComparesNamespace is true when history is refused to who names another namespace than it is of.
	// Source: nacos 1.4.8 CFG/controller/HistoryController.java:109-113, nacos 2.5.1 CFG/service/HistoryService.java; measured.
	ComparesNamespace bool
	// HistoryRefusal is the text of that refusal, HistoryRefusalStatus its status over v1. Source: as ComparesNamespace.
	HistoryRefusal       string
	HistoryRefusalStatus int

	// ImportDone is the message of an import that went through, whatever became of its items.
	// Source: nacos 1.4.8 and 2.5.1 CFG/controller/ConfigController.java; measured.
	ImportDone string

	// NewCapacityNames is true when capacities over v1 name namespaceId and groupName, false when tenant and group.
	// Source: measured 2.5.1, 3.0.3.
	NewCapacityNames bool
	// CapacityFails is true when capacities cannot be read or set, because the statements do not suit the storage.
	// Source: measured 1.4.8 with embedded storage.
	CapacityFails bool
	// ListsNamespaces is true when v1 lists the configurations of a namespace. Source: measured 1.4.8 (404), 2.5.1.
	ListsNamespaces bool
	// ShowsMetrics is true when v1 shows what clients hold. Source: measured 1.4.8 (404), 2.5.1.
	ShowsMetrics bool
	// HearsMembers is true when other servers of a cluster tell over HTTP what changed. Source: measured 1.4.8, 2.5.1 (404).
	HearsMembers bool
}

func configHTTP25() ConfigHTTP {
	return ConfigHTTP{
		RefusesCauses: true, ReadsCAS: true,
		TellsTag: true, ReadsNamespaceID: true, TellsEncryption: true, ReadsUser: true,
		BlurTellsTypes: true, BetaTellsMD5: true, BetaFound: "query beta ok", RemovesSingly: true, ListsBesideTenant: true,
		TellsPublishType: true, ComparesNamespace: true, HistoryRefusal: "Please check dataId, group or namespaceId.",
		ImportDone: "import success", ListsNamespaces: true, ShowsMetrics: true,
	}
}

// configHTTP20 answers in the words of 1.4.
func configHTTP20() ConfigHTTP {
	return ConfigHTTP{
		FailureStatus: 500, TypesContent: true, PollChecksTimeoutFirst: true, BetaFound: "stop beta ok", ListsBesideTenant: true, ListsNamespaces: true,
		HistoryRefusal: "Please check dataId and group.", HistoryRefusalStatus: 403,
		ImportDone: "导入成功", CapacityFails: true, HearsMembers: true, ShowsMetrics: true,
	}
}

func configHTTP14() ConfigHTTP {
	c := configHTTP20()
	c.ShowsMetrics, c.ListsBesideTenant, c.ListsNamespaces = false, false, false
	return c
}

// configHTTP30 keeps a few routes of v1 open and lets the framework render their errors.
func configHTTP30() ConfigHTTP {
	c := configHTTP25()
	c.LabelsTextAsJSON, c.PublishesFalse, c.SearchTellsMD5, c.NewCapacityNames = true, true, true, true
	return c
}
