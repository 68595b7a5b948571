package behaviour

import "time"

// line30 is Nacos 3.0, which brings the v3 API and closes most of the older ones, by what it does otherwise than 2.5.
func line30() Behaviour {
	b := line25()
	b.Server.Version = "3.0.3"
	b.Server.AccessLogUnit = time.Microsecond
	b.Datagrams.SnapshotsAreOlder = true
	b.Connections, b.Requests, b.Watch, b.Locks = connections30(), requests30(), watch30(), locks30()
	b.View.CamelAllIPs = true
	b.API = API{
		V3: true, OwnConsole: true, OpensClient: true,
		HidesFailures: true, SummarizesClients: true, LosesHosts: true, TellsRights: true, CamelCasesIP: true,
	}
	b.Framework = Framework{
		Hardens: true, NamesEndpoints: true, RefusesMethods: true, NamesArguments: true, PagesErrors: true, PagesStatuses: true, RedactsSource: true,
		KeepsFirstError: true, ListsTypes: true, JoinsRepeated: true, RefusesUploads: true,
	}
	b.Metadata.SkipsNulls = true
	b.Services.NamesGroupApart = true
	b.HTTP.SecuresAnswers = false
	b.HTTP.RenamesVersions = true
	b.HealthChecks.Repeats, b.HealthChecks.FollowsRedirects = true, true
	b.HealthChecks.ResetContentCounts, b.HealthChecks.DeafAtOnce = false, false
	b.HealthChecks.ConnectionHeader = "keep-alive"
	n := &b.Namespaces
	n.DefaultID, n.CustomType, n.ReservesDefault = "public", 1, true
	b.Config, b.ConfigHTTP = config30(), configHTTP30()
	b.Metrics = metrics30()
	b.Operations.RaftGroups += ",lock_acquire_service_v2"
	b.Auth = auth30()
	return b
}
