package behaviour

import "time"

// line14 is Nacos 1.4, where services own instances and HTTP is the only transport, by what it does otherwise than 2.0.
func line14() Behaviour {
	b := line20()
	b.Server.Version = "1.4.8"
	h := &b.HTTP
	h.NamesMethodParameters, h.TellsCharset, h.SecuresAnswers, h.ExplainsUnacceptable, h.UnreadableAccept = true, false, true, false, 0
	b.Registration.ObeysGenerator = true
	b.Framework.WrapsUploadErrors, b.Framework.JSONSource = false, streamUtils
	b.Server.GRPC = false
	b.Server.FullState = false
	b.beats14()
	b.instances14()
	b.services14()
	b.http14()
	b.pushes14()
	b.checks14()
	b.Durable.Model = "1.x"
	b.Config, b.ConfigHTTP = config14(), configHTTP14()
	b.Metrics = metrics14()
	b.Operations = Operations{RemovesMembers: true, RemovesQuietly: true, QueriesDerby: true}
	b.Auth = auth14()
	return b
}

// checks14 gives each cluster one task, and health that is kept in memory alone.
func (b *Behaviour) checks14() {
	c := &b.HealthChecks
	c.TaskPerCluster, c.CountsSurvive, c.AnnouncesFirstPass = true, true, true
	c.AcceptsGzip, c.StoresHealth = true, false
}

// beats14 lets services check the beats of their instances, which are known by address and cluster.
func (b *Behaviour) beats14() {
	h := &b.Heartbeat
	h.ChecksServices, h.ExpiryNeedsAddress = true, true
	h.KnowsPersistent, h.ComparesCluster = true, true
	h.FullBeatUsesOwnService, h.FullBeatNeedsAddress, h.FullBeatNullMetadata = false, true, true
	h.OperationalTimeouts, h.InvalidTimeoutIsZero = false, false
	h.OperationalInterval, h.InvalidIntervalIsZero = false, false
	h.SkipKey, h.ServiceExempts = "", false
	h.LightBeatFlagOnUnknown = false
	h.ChecksParameters = false
}

// instances14 lets services hold an address in several clusters and in both kinds, changed by the last writer.
func (b *Behaviour) instances14() {
	r := &b.Registration
	r.ReplacesAcrossClusters, r.ExclusiveKinds = false, false
	r.SharesBeats, r.KeepsHealth, r.KeepsID, r.SmallIDs, r.Apps = true, true, true, true, true
	r.ChecksIntervals, r.ChecksCluster = false, false
	r.LeastWeight, r.MostWeight = 0.01, 10000
	b.Deregister.ComparesCluster, b.Deregister.VainChanges = true, true
	m := &b.Metadata
	m.Operational, m.Overlays, m.OutlivesService, m.MaxLength = false, false, false, 0

	v := &b.View
	v.Cached, v.KindOfInstance, v.DetailOfCluster, v.AssumesEphemeral = false, true, true, false
	v.ProtectionNeedsMetadata, v.NegativeThresholdIsZero = false, false
	v.HealthyOnlyBeforeProtection, v.CountsDisabled = false, true
}

// services14 gives services no kind, lets them go with their instances, and cleans them after five empty passes.
func (b *Behaviour) services14() {
	s := &b.Services
	s.V1CreatesPersistent, s.KindOutlivesInstances = false, false
	s.DeleteNeedsEmpty, s.DeleteWithdraws, s.RefusesAsArgument = false, true, true
	s.NameSyntax, s.ClusterSyntax = `[0-9a-zA-Z@.:_-]+`, `[0-9a-zA-Z-]+`
	s.KeepsClusters, s.KeepsNamespaces, s.ManualHealth, s.ListsGroupless = true, true, true, true

	c := &b.Cleaning
	c.ClientExpiry = 0
	c.EmptyServiceInitial, c.EmptyServicePeriod = 50*time.Second, 30*time.Second
	c.EmptyServiceExpiry, c.EmptyServicePasses = 0, 5
}

// http14 answers in the shapes and words of 1.x.
func (b *Behaviour) http14() {
	h := &b.HTTP
	h.ReadsPostForms, h.ServesV2, h.ServesEarlyV2, h.ServesLoader = false, false, false, false
	h.ChecksGroupedNames, h.AcceptsDom, h.ChecksParameters = false, true, false
	h.RefusalStatus, h.FailureStatus, h.MissingStatus, h.WrapsErrors = 400, 500, 500, true

	b.V1 = V1{
		ClassicLists: true, ClassicWrites: true, StatusesNeedService: true, BatchNeedsTargets: true,
		SelectorTypeFirst: true, ClassicServiceLists: true, NamesMember: "services", UnknownNamespaceFails: true,
		SubscribersOfPrefix: true, ClassicCatalog: true, KeepsSeparators: true, MetricsOfServices: true, PushPackets: true, RaftServices: true,
		BatchSwitch: true, PeerRoutes: true, PeersSeeServices: true, DomRoutes: true,
	}
	b.Texts = Texts{
		ServiceExists: "specified service already exists, serviceName : %s",
		DeleteUnknown: "specified service not exist, serviceName : %s",
		GetUnknown:    "service %[2]s is not found!",
		BadService:    "dom name can only have these characters: 0-9a-zA-Z-._:, current: %s",
		BadCluster:    "cluster name can only have these characters: 0-9a-zA-Z-, current: %s",
		NoService:     "no service %s found!",
		PatchUnknown:  "instance not found",
		StillChecked:  "health check is still working, service: %s",
	}
}

// pushes14 pushes a second after a change, over UDP alone, to those who polled lately.
func (b *Behaviour) pushes14() {
	p := &b.Push
	p.Delay, p.Tick = time.Second, time.Millisecond
	p.OnFirstSubscribe, p.Retries, p.StopsWithSwitch, p.SubscriberClusters = false, false, false, true
	d := &b.Datagrams
	d.NeedsAddress = true
	d.Pollers, d.PollerPeriod = true, 20*time.Second
	b.View.ReadersCacheLess = true
}
