package behaviour

// line20 is Nacos 2.0, the first with gRPC, by what it does otherwise than 2.5.
func line20() Behaviour {
	b := line25()
	b.Server.Version = "2.0.4"
	b.http20()
	b.pushes20()
	b.Connections, b.Requests = connections20(), requests20()
	b.Push.SubscriberClusters = false
	b.namespaces20()
	b.Config, b.ConfigHTTP = config20(), configHTTP20()
	b.Metrics = metrics20()
	b.Operations = Operations{Core: true, EarlyCore: true, EarlyActuator: true, RemovesMembers: true, RaftGroups: "naming_instance_metadata,naming_persistent_service_v2,naming_service_metadata", QueriesDerby: true}
	b.Auth = auth20()
	return b
}

// http20 checks little before the controllers and renders most errors alike.
func (b *Behaviour) http20() {
	h := &b.HTTP
	h.ChecksParameters, h.ChecksGroupedNames = false, false
	h.FailureStatus, h.MissingStatus, h.WrapsErrors = 500, 500, true
	h.NamesMethodParameters, h.TellsCharset, h.SecuresAnswers = false, true, false
	h.ExplainsUnacceptable, h.UnreadableAccept = true, 406
	b.Metadata.MaxLength, b.Metadata.PersistentExpires = 0, false
	b.View.AssumesEphemeral = true
	b.Registration.ChecksIntervals, b.Registration.ChecksCluster, b.Registration.ObeysGenerator = false, false, false
	b.Server.FullState = false
	b.Framework.WrapsUploadErrors, b.Framework.JSONSource = true, "PushbackInputStream"

	h.ServesV2, h.ServesEarlyV2, h.EscapesErrors = false, true, false

	v := &b.V1
	v.ProbeSwitches, v.BatchSwitch, v.CSharpSwitch = false, true, false
	v.NamesMember = "services"
	v.PeerRoutes, v.PeerAbilities, v.UpgradeRoutes = true, true, true
	v.MetricsOfServices, v.DoubleWriteSwitch = true, true
}

// pushes20 pushes all clusters to connections, and protects services as a whole.
func (b *Behaviour) pushes20() {
	b.Push.SubscriberClusters = false
	b.Datagrams.NeedsMinorVersion = true
}

// namespaces20 describes namespaces in their details alone, and takes any name.
func (b *Behaviour) namespaces20() {
	n := &b.Namespaces
	n.DefaultName, n.DefaultDescription, n.ListsDescriptions = "Public", "Public Namespace", false
	n.ChecksNames, n.EscapesErrors, n.RuntimeFailures = false, false, false
	n.UnknownText = `Cannot invoke "com.alibaba.nacos.config.server.model.TenantInfo.getTenantName()" because "tenantInfo" is null`
}
