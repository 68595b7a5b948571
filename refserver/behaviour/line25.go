package behaviour

import "time"

// line25 is Nacos 2.5: clients own what they publish, readers see views that are renewed half a second after a change.
func line25() Behaviour {
	return Behaviour{
		Server: Server{Version: "2.5.1", AccessLogUnit: time.Millisecond, GRPC: true, FullState: true},
		Heartbeat: Heartbeat{
			CheckInitial: 5 * time.Second, CheckPeriod: 5 * time.Second,
			Timeout: 15 * time.Second, DeleteTimeout: 30 * time.Second, Strict: true,
			MarksUnhealthy: true, Expires: true,
			CustomTimeouts: true, OperationalTimeouts: true, InvalidTimeoutIsZero: true,
			ObeysCheckSwitch: true, SkipKey: "enableClientBeat", ServiceExempts: true, ChecksAllServices: true,
			BeatRestoresHealth: true, RecoveryRefreshes: true, BeatRefreshes: true, RefreshesClient: true, FullBeatRenews: true,
			FullBeatClusterWins: true, FullBeatUsesOwnService: true, FullBeatRegisters: true, FullBeatCarriesData: true,
			ObeysIntervalSwitch: true, ObeysLightBeatSwitch: true, LightBeatFlag: true,
			ChecksParameters: true, RefusesMalformed: true, NeedsGroupedName: true,
			OperationalInterval: true, CustomInterval: true, DefaultInterval: 5 * time.Second,
			CodeOK: 10200, CodeUnknown: 20404, LightBeatFlagOnUnknown: true, FullAnswer: true, InvalidIntervalIsZero: true,
		},
		HealthChecks: HealthChecks{
			Probes: true, FirstDelay: 2 * time.Second, FirstSpread: 300 * time.Millisecond, Adapts: true, ObeysCheckSwitch: true, ObeysInstancePort: true,
			Timeout: 500 * time.Millisecond, AnswerTimeout: time.Second,
			RefusedAtOnce: true, BusyCounts: true, ResetContentCounts: true, DeafAtOnce: true, ConnectionHeader: "Keep-Alive",
			ObeysCheckTimes: true, StoresHealth: true,
		},
		Registration: Registration{
			DefaultEphemeral: true,
			DefaultNamespace: "public", DefaultGroup: "DEFAULT_GROUP", DefaultCluster: "DEFAULT",
			DefaultWeight: 1, MinWeight: 0, MaxWeight: 10000, DefaultHealthy: true, DefaultEnabled: true,
			TakesHealth: true, IDOverV1: true, Refreshes: true, ChecksIntervals: true, ObeysGenerator: true, EqualIntervals: true, ChecksCluster: true,
			ReplacesPublication: true, ReplacesAcrossClusters: true, ExclusiveKinds: true, NamesKinds: true, ConnectionsCarryData: true,
			NeedsPort: true, MaxPort: 65535, BatchReplaces: true, ManyServices: true,
		},
		Deregister: Deregister{Removes: true, SparesOthers: true, WholePublication: true},
		Services: Services{
			RegistrationCreates: true, KindOutlivesInstances: true, V1CreatesPersistent: true, CreateExistingFails: true, DeleteNeedsEmpty: true,
			NamespaceInIdentity: true, CreateKeepsSettings: true, CreateTakesKind: true,
			GetUnknownFails: true, UpdateUnknownFails: true, DeleteUnknownFails: true, DeleteRemoves: true,
			KeepsNamespaces: true,
		},
		Metadata: Metadata{
			Operational: true, Overlays: true, OutlivesService: true, PersistentExpires: true, RegistrationCancelsExpiry: true, CreationCancelsExpiry: true, MaxLength: 1024,
			TakesPairs: true, RefusesMalformed: true,
		},
		View: View{
			Cached: true, ListsUnknown: true, NamesService: true, StatusesObeyGroup: true, ShowsFlags: true, ShowsEmptyMetadata: true,
			HidesDisabled: true, HealthyOnly: true, ClusterFilter: true,
			Protects: true, ProtectionNeedsMetadata: true, ProtectionInclusive: true, NegativeThresholdIsZero: true,
			HealthyOnlyBeforeProtection: true, CacheMillis: 10 * time.Second,
		},
		Push: Push{
			Delay: 500 * time.Millisecond, Tick: 100 * time.Millisecond, RetryDelay: time.Second,
			AckTimeout: 5 * time.Second, KeepsEarliestStart: true,
			OnRegistration: true, OnDeregistration: true, OnDisconnect: true,
			OnUnhealthy: true, OnExpiry: true, OnRecovery: true,
			OnFirstSubscribe: true, EverySubscriber: true, ManySubscriptions: true, EndsWithSubscription: true, Retries: true, SendsEmpty: true,
			StopsWithSwitch: true, SubscriberClusters: true,
		},
		Datagrams: Datagrams{AckTimeout: 10 * time.Second, Sends: 2, CompressFrom: 1024},
		Cleaning: Cleaning{
			ClientPeriod: 5 * time.Second, ClientExpiry: 180 * time.Second, IdleClientExpiry: 30 * time.Second,
			EmptyServices: true, EmptyServiceInitial: 30 * time.Second, EmptyServicePeriod: time.Minute,
			EmptyServiceExpiry: time.Minute, EmptyServicePasses: 1,
			MetadataInitial: 5 * time.Second, MetadataPeriod: 5 * time.Second, MetadataExpiry: time.Minute,
		},
		Connections: connections25(), Requests: requests25(),
		HTTP: HTTP{
			ContextPath: "/nacos", SuccessText: "ok", AnswersWritesAsText: true, AnswersEnvelopesAsJSON: true, ReadsForms: true, CutsGroupedName: true, NamesDefaultGroup: true, ErrorCodes: true,
			UnknownRouteStatus: 501, RefusalStatus: 400, ChecksParameters: true,
			ReadsPostForms: true, ServesV2: true, EscapesErrors: true, ServesLoader: true,
			ChecksGroupedNames: true, MissingStatus: 400, NamesMethodParameters: true, SecuresAnswers: true,
			StatusPeriod: 5 * time.Second,
		},
		V1: V1{
			SelectorContext: true, NamesMember: "META-INF/services", NamesAreGrouped: true, SubscriberPlaces: true,
			MetricsOfClients: true, ProbeSwitches: true, CSharpSwitch: true, SelectorTypes: true, Checkers: true, ClientMapper: true,
		},
		Texts: Texts{
			ServiceExists: "specified service %s already exists!", DeleteUnknown: "service %s not found!",
			GetUnknown:   "service not found, namespace: %s, serviceName: %s",
			BadCluster:   "Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: %s)",
			StillChecked: "health check is still working, service: %s, cluster: %s",
		},
		Framework: Framework{TrailingSlash: true, ExplainsRejections: true, NamesEscapes: true, JoinsRepeated: true, JSONSource: streamUtils},
		API:       API{OpensClient: true, OpensAdmin: true, OpensConsole: true, OpensInner: true},
		Durable:   Durable{Model: "2.x"},
		Config:    config25(), ConfigHTTP: configHTTP25(),
		Auth: auth25(),
		Namespaces: Namespaces{
			DefaultName: "public", DefaultDescription: "Default Namespace", ListsDescriptions: true, CustomType: 2, ChecksNames: true,
			UnknownText: "namespaceId [ %s ] not exist", EscapesErrors: true, RuntimeFailures: true,
		},
		Metrics: metrics25(),
		Operations: Operations{
			Core: true, FullMembers: true, ReportsSelf: true, ResetsPeers: true, RemovesQuietly: true, GrayIDs: true, ReadyByStatus: true, Announces: true,
			RaftGroups: "naming_instance_metadata,naming_persistent_service,naming_persistent_service_v2,naming_service_metadata",
		},
	}
}
