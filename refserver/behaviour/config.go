package behaviour

import "time"

// Config decides how configurations are kept, checked and served, whatever the transport.
// CFG/ stands for config/src/main/java/com/alibaba/nacos/config/server/.
type Config struct {
	// DefaultNamespace is the id under which configurations of the default namespace are stored.
	// Source: nacos 2.5.1 and 3.0.3 common/src/main/java/com/alibaba/nacos/common/utils/NamespaceUtil.java; measured.
	DefaultNamespace string
	// NamespaceAliases are further names of the default namespace, in any letter case, where names are normalized; the
	// blank one always is. Source: as DefaultNamespace; measured 1.4.8, 2.5.1 (public, null), 3.0.3 (none).
	NamespaceAliases []string
	// NormalizesV1Publish, NormalizesV1Query and NormalizesV1Removal are true when publishing, reading and removing over v1
	// take the aliases of the default namespace for it; a query also over v2.
	// Source: nacos 1.4.8 CFG/controller/ConfigController.java:147,207,247, nacos 2.5.1 CFG/controller/ConfigController.java:180,233,287
	// with CFG/service/query/DefaultChainRequestExtractor.java:47-52; measured 1.4.8, 2.5.1, 3.0.3.
	NormalizesV1Publish, NormalizesV1Query, NormalizesV1Removal bool
	// NormalizesV1Others is true when everything else over v1 does, long polling included.
	// Source: nacos 3.0.3 CFG/utils/MD5Util.java:139-149; measured.
	NormalizesV1Others bool
	// NormalizesRequests is true when queries, publications and removals over gRPC do, NormalizesListening when listening does.
	// Source: nacos 2.5.1 CFG/remote/ConfigQueryRequestHandler.java:75, ConfigChangeBatchListenRequestHandler.java:62, nacos 3.0.3
	// CFG/remote/ConfigChangeBatchListenRequestHandler.java:63-65; measured 2.5.1, 3.0.3.
	NormalizesRequests, NormalizesListening bool

	// Types are the types that a configuration can have; all others are stored as text.
	// Source: nacos 2.0.4 and 2.5.1 api/src/main/java/com/alibaba/nacos/api/config/ConfigType.java; measured 1.4.8, 2.5.1.
	Types []string
	// NamesTenants is true when the refusal of a long tenant calls it one, false when it calls it a tag.
	// Source: nacos 1.4.8 CFG/utils/ParamUtils.java:153, nacos 2.5.1 CFG/utils/ParamUtils.java:219.
	NamesTenants bool
	// PlainChecks is true when refused values are errors of configuration management with a status alone, false when they
	// have a code in the v2 envelope. Source: nacos 1.4.8 CFG/utils/ParamUtils.java, nacos 2.3.0 CFG/utils/ParamUtils.java.
	PlainChecks bool
	// AnyTypeOverGRPC is true when a publication over gRPC keeps a type that is none of these, or none at all.
	// Source: nacos 2.0.4 and 2.5.1 CFG/remote/ConfigPublishRequestHandler.java; measured.
	AnyTypeOverGRPC bool
	// MaxDataID, MaxGroup, MaxApp, MaxUser and MaxTenant are the widths of what is stored, in characters: a publication
	// that does not fit is acknowledged and lost. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3 with embedded storage.
	MaxDataID, MaxGroup, MaxApp, MaxUser, MaxTenant int
	// Aggregates is true when the content of a configuration may name data ids that cannot be published one by one.
	// Source: nacos 1.4.8 CFG/controller/ConfigController.java:159-163; measured.
	Aggregates bool

	// CAS is true when a publication may say which md5 it replaces. Source: nacos 2.0.4 CFG/remote/ConfigPublishRequestHandler.java;
	// measured 1.4.8 (it is ignored), 2.5.1.
	CAS bool
	// CASConflict is the text of its refusals, empty where a publication that replaces another md5 is acknowledged without effect.
	// Source: nacos 2.0.4 CFG/remote/ConfigPublishRequestHandler.java, nacos 2.5.1 CFG/service/ConfigOperationService.java:122-211; measured
	// 2.0.4 (none with embedded storage), 2.5.1, 3.0.3.
	CASConflict string
	// GrayCASWrites is true when a gray publication that replaces another takes effect if the md5 is right, false when it
	// never does. It is acknowledged in any case. Source: measured 2.0.4, 2.5.1, 3.0.3 with embedded storage.
	GrayCASWrites bool
	// MaxGrays is how many gray variants a configuration can have, 0 for any number.
	// Source: nacos 2.5.1 CFG/service/ConfigOperationService.java:226-249; measured.
	MaxGrays int
	// RemovesTags is true when the removal of a tag removes its variant, false when it looks for a variant that is called
	// like the tag and fails when there is none. Source: nacos 2.5.1 CFG/service/ConfigOperationService.java:254-263; measured.
	RemovesTags bool
	// StopsAnyBeta is true when ending a beta that there is none of succeeds.
	// Source: measured 1.4.8 (it does), 2.5.1 (it fails with embedded storage).
	StopsAnyBeta bool
	// GrayHistory is true when the history tells of gray variants. Source: nacos 2.5.1
	// CFG/service/repository/embedded/EmbeddedConfigInfoGrayPersistServiceImpl.java; measured 1.4.8 (it does not), 2.5.1.
	GrayHistory bool
	// ImportsOverConflicts is true when an import that must not replace anything reports success where it left what was
	// there, false when it reports the conflict. Source: measured 2.5.1 with embedded storage, 1.4.8, 3.0.3.
	ImportsOverConflicts bool

	// ChecksImports is true when names and contents of imported items are checked, false when only what describes them is.
	// Source: nacos 1.4.8 CFG/service/repository/embedded/EmbeddedStoragePersistServiceImpl.java, nacos 2.5.1
	// CFG/controller/ConfigController.java; measured.
	ChecksImports bool
	// GuessesTypes is true when an imported item without a type gets one by the suffix of its data id, false when it has none.
	// Source: measured 1.4.8, 2.5.1.
	GuessesTypes bool
	// CountsAborted is true when an import that a conflict ends counts what it left out as skipped.
	// Source: nacos 2.5.1 CFG/controller/ConfigController.java; measured 1.4.8 (it does not).
	CountsAborted bool
	// BlursTags is true when stars in the tags of a blurred search stand for anything. Source: nacos 2.5.1 and 3.0.3
	// plugin/datasource/src/main/java/com/alibaba/nacos/plugin/datasource/impl/derby/ConfigInfoTagsRelationMapperByDerby.java:115-122.
	BlursTags bool

	// DumpPeriod is the tick on which what was written becomes what is served: readers see it and listeners hear of it then.
	// Source: nacos 1.4.8 CFG/manager/TaskManager.java:48, nacos 2.5.1 CFG/service/dump/DumpService.java; measured.
	DumpPeriod time.Duration
	// ReadsStored is true when readers get the content as it is stored, with the md5 of what is served, false when both are
	// of what is served. Source: nacos 1.4.8 CFG/controller/ConfigServletInner.java:154-253; measured.
	ReadsStored bool
	// RenewsTimestamps is true when publishing the same content again changes when it was served last, false when that
	// stays. Source: nacos 2.0.4 CFG/service/ConfigCacheService.java, nacos 2.5.1 CFG/service/ConfigCacheService.java:131-133.
	RenewsTimestamps bool
	// WakesBetaAlone is true when a change of a beta wakes only long polls from the addresses that it is for, false when it
	// wakes all that listen. Source: nacos 1.4.8 CFG/service/LongPollingService.java:337; measured 1.4.8, 2.5.1.
	WakesBetaAlone bool
	// TellsMatching is true when a change of a variant is told to the connections that it is for alone, by their address or
	// their label, false when all that listen are told. Source: nacos 2.0.4 CFG/remote/RpcConfigChangeNotifier.java; measured 2.0.4, 2.5.1.
	TellsMatching bool
	// FixedPolling is true when a switch makes long polls compare at their end alone.
	// Source: nacos 1.4.8 CFG/service/LongPollingService.java:240-280; measured 1.4.8, 2.5.1 (no such switch).
	FixedPolling bool
	// MinHold is the shortest time that a long poll is held, HoldMargin how much earlier than the client asks for it ends.
	// Source: nacos 1.4.8 CFG/service/LongPollingService.java:240-280; measured 1.4.8, 2.5.1, 3.0.3.
	MinHold, HoldMargin time.Duration
	// MinHoldSwitch is true when a switch replaces MinHold. Source: nacos 2.5.1 CFG/service/LongPollingService.java:171-214; measured.
	MinHoldSwitch bool

	// Retention is how long history is kept, CleaningInitial and CleaningPeriod when it is cleaned, CleaningBatch how many
	// rows one pass removes at a time. Source: nacos 1.4.8 CFG/service/dump/DumpService.java:148-232, nacos 2.5.1
	// CFG/service/dump/DefaultHistoryConfigCleaner.java:44.
	Retention, CleaningInitial, CleaningPeriod time.Duration
	CleaningBatch                              int

	// LimitsCapacity is true when the limits of capacity can be enforced. Source: nacos 1.4.8
	// CFG/aspect/CapacityManagementAspect.java:44 (they cannot), nacos 2.5.1 CFG/aspect/CapacityManagementAspect.java:46-181; measured.
	LimitsCapacity bool

	// MaxPushes is how often a listener is told of a change before its connection is given up, PushTimeout how long each
	// time may take, PushBackoff what the pause grows by after each. Source: nacos 2.5.1
	// CFG/remote/RpcConfigChangeNotifier.java:131-247, CFG/configuration/ConfigCommonConfig.java:65; measured.
	MaxPushes                int
	PushTimeout, PushBackoff time.Duration
	// LabelsChoose is true when labels of a connection that begin with app_ choose the variant that it gets, false when a
	// header of the request does. Source: nacos 2.0.4 CFG/remote/ConfigQueryRequestHandler.java, nacos 2.5.1
	// CFG/service/query/DefaultChainRequestExtractor.java:80-92; measured 2.5.1, 3.0.3.
	LabelsChoose bool
	// EchoesTag is true when an answer over gRPC names the tag that the request insists on, whether there is a variant
	// for it or not. Source: as LabelsChoose; measured 2.5.1, 3.0.3.
	EchoesTag bool
	// CatchesQueries is true when a query that fails for an unforeseen reason is answered as a query, false when the answer
	// is that to any failed request. Source: as LabelsChoose; measured 2.0.4, 2.5.1, 3.0.3.
	CatchesQueries bool
	// ChecksListeners is true when the tag of those who listen over gRPC is checked.
	// Source: nacos 2.5.1 CFG/remote/ConfigChangeBatchListenRequestHandler.java:59, nacos 2.0.4 (it is not).
	ChecksListeners bool

	// Watched is true when clients may watch patterns. Source: nacos 3.0.3 CFG/remote/ConfigFuzzyWatchRequestHandler.java.
	Watched bool
	// WatchBatch is how many configurations one message names at most, WatchMaxPatterns how many patterns may be watched
	// at the same time, WatchMaxMatches how many configurations a pattern can match.
	// Source: nacos 3.0.3 CFG/configuration/ConfigCommonConfig.java:34-44.
	WatchBatch, WatchMaxPatterns, WatchMaxMatches int
	// WatchTrimPeriod is the fixed delay between passes over the patterns, each of which moves those that nobody watches
	// one step towards being forgotten; there are two. Source: nacos 3.0.3 CFG/service/ConfigFuzzyWatchContextService.java.
	WatchTrimPeriod time.Duration
}

func config25() Config {
	return Config{
		NamespaceAliases:    []string{"public", "null"},
		NormalizesV1Publish: true, NormalizesRequests: true,
		Types:        []string{"properties", "xml", "json", "text", "html", "yaml", "toml", "unset"},
		NamesTenants: true,
		MaxDataID:    255, MaxGroup: 128, MaxApp: 128, MaxUser: 128, MaxTenant: 128,
		CAS:         true,
		CASConflict: "Cas publish fail, server md5 may have changed.",
		MaxGrays:    10, GrayHistory: true, ImportsOverConflicts: true, CountsAborted: true,
		DumpPeriod: 100 * time.Millisecond, RenewsTimestamps: true,
		MinHold: 10 * time.Second, HoldMargin: 500 * time.Millisecond, MinHoldSwitch: true,
		Retention: 30 * 24 * time.Hour, CleaningInitial: 10 * time.Minute, CleaningPeriod: 10 * time.Minute, CleaningBatch: 1000,
		LimitsCapacity: true,
		MaxPushes:      50, PushTimeout: 3 * time.Second, PushBackoff: 2 * time.Second,
		LabelsChoose: true, EchoesTag: true, ChecksListeners: true, CatchesQueries: true,
	}
}

// config20 stores beta and tag apart, reads what is stored, and keeps no history of them.
func config20() Config {
	c := config25()
	c.NormalizesV1Publish, c.NormalizesV1Query, c.NormalizesRequests = false, true, false
	c.Types = []string{"properties", "xml", "json", "text", "html", "yaml", "unset"}
	c.PlainChecks, c.NamesTenants, c.AnyTypeOverGRPC = true, false, true
	c.CASConflict = ""
	c.GrayCASWrites, c.MaxGrays, c.RemovesTags, c.StopsAnyBeta, c.GrayHistory = true, 0, true, true, false
	c.ImportsOverConflicts, c.ChecksImports, c.GuessesTypes, c.CountsAborted = false, true, true, false
	c.ReadsStored, c.RenewsTimestamps, c.WakesBetaAlone, c.FixedPolling, c.MinHoldSwitch = true, false, true, true, false
	c.Aggregates, c.LimitsCapacity = true, false
	c.LabelsChoose, c.EchoesTag, c.ChecksListeners, c.CatchesQueries = false, false, false, false
	c.TellsMatching = true
	return c
}

// config14 knows no compare-and-set.
func config14() Config {
	c := config20()
	c.CAS = false
	return c
}

// config30 gives the default namespace a name.
func config30() Config {
	c := config25()
	c.DefaultNamespace, c.NamespaceAliases = "public", nil
	c.NormalizesV1Query, c.NormalizesV1Removal, c.NormalizesV1Others, c.NormalizesListening = true, true, true, true
	c.Watched, c.WatchBatch, c.WatchMaxPatterns, c.WatchMaxMatches, c.WatchTrimPeriod = true, 20, 20, 500, 30*time.Second
	c.ImportsOverConflicts, c.ChecksImports, c.GuessesTypes, c.BlursTags = false, true, true, true
	return c
}
