package behaviour

import (
	"math"
	"time"
)

// lifecycleMutants get registration, identity, services or cleaning wrong.
func lifecycleMutants() []Mutant {
	return []Mutant{
		{
			ID: "lifecycle.late-view", Line: Line25, About: "Changes show after 1.8 s.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Push.Delay = 1800 * time.Millisecond },
			Kills: lifecycle(
				"every-subscriber-pushed.grpc", "push-names-service.grpc", "subscriptions-add-up.grpc", "unsubscription-of-one-client.grpc",
				"registration-visible.v1-list", "registration-visible.v1-detail",
				"registration-visible.v1-statuses", "registration-visible.v2-list",
				"registration-visible.v2-detail", "registration-visible.v2-statuses",
				"registration-visible.grpc-query", "registration-visible.grpc-list", "read-after-write.v1",
				"read-after-write.v2", "deregistration-visible.v1", "deregistration-visible.v2",
				"deregistration-visible.grpc", "deregistration-ignores-cluster.v1",
				"deregistration-ignores-cluster.v2", "deregistration-ignores-address.grpc", "batch-visible.grpc",
				"connection-close-removes.query", "connection-close-removes.list", "connection-close-pushed.grpc",
				"first-subscription-pushed.grpc", "registration-pushed.grpc", "registration-push-delayed.grpc",
				"deregistration-pushed.grpc",
			),
			Spoils: []string{"naming.heartbeat"},
		},
		{
			ID: "lifecycle.late-names", Line: Line25, About: "New services are listed after 1.5 s.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Services.ListedAfter = 1500 * time.Millisecond },
			Kills: lifecycle(
				"registration-creates-service.v1", "registration-creates-service.v2",
				"registration-creates-service.grpc",
			),
		},
		{
			ID: "lifecycle.v1-answer", Line: Line25, About: "v1 answers true to writes.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.HTTP.SuccessText = "true" },
			Kills: lifecycle(
				"deregistration-of-one-instance.v1",
				"registration-answer.v1", "namespace-unchecked.v1", "deregistration-answer.v1",
				"deregistration-of-nothing.v1", "deregistration-of-unknown-service.v1",
				"deregistration-of-other-kind.v1", "deregistration-ignores-cluster.v1", "service-create.v1",
				"service-update.v1", "service-delete.v1", "service-delete-emptied.v1", "kind-outlives-instances.v1",
				"http-cannot-deregister-grpc.v1",
			),
			Spoils: []string{"naming.heartbeat.timeout-equal-to-interval-accepted"},
		},
		{
			ID: "lifecycle.v2-answer", Line: Line25, About: "v2 answers successes with code 200.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.HTTP.SuccessCode = 200 },
			Kills: lifecycle(
				"deregistration-of-one-instance.v2",
				"registration-answer.v2", "namespace-unchecked.v2", "deregistration-answer.v2",
				"deregistration-of-nothing.v2", "deregistration-of-unknown-service.v2",
				"deregistration-of-other-kind.v2", "deregistration-ignores-cluster.v2", "service-create.v2",
				"service-update.v2", "service-delete.v2", "service-delete-emptied.v2", "kind-outlives-instances.v2",
				"kind-chosen-at-creation.v2", "kind-fixed.v2", "http-cannot-deregister-grpc.v2",
			),
			Spoils: []string{"naming.heartbeat.timeout-equal-to-interval-accepted"},
		},
		{
			ID: "lifecycle.reading-creates", Line: Line25, About: "Reading a service creates it.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Services.ReadingCreates = true },
			Kills: lifecycle(
				"reading-creates-nothing.v1", "reading-creates-nothing.v2", "reading-creates-nothing.grpc",
				"subscribing-creates-nothing.grpc",
			),
		},
		{
			ID: "lifecycle.unknown-without-hosts", Line: Line25, About: "The view of an unknown service has no list of hosts.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.View.ListsUnknown = false },
			Kills: lifecycle(
				"unknown-service-empty.v1", "unknown-service-empty.v2", "unknown-service-empty.grpc",
				"subscription-answer.grpc",
			),
		},
		{
			ID: "lifecycle.default-group", Line: Line25, About: "The default group is another one when it is named.", Reason: "missing",
			Change: func(b *Behaviour) { b.HTTP.NamesDefaultGroup = false },
			Kills:  lifecycle("default-namespace-and-group.v1", "default-namespace-and-group.v2"),
		},
		{
			ID: "lifecycle.default-cluster", Line: Line25, About: "A registration that names no cluster is made in the cluster default.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.DefaultCluster = "default" },
			Kills:  lifecycle("reregistration-replaces.v1", "reregistration-replaces.v2", "default-cluster.v1", "default-cluster.v2"),
			Spoils: []string{"naming.heartbeat.full-beat-changes-no-data"},
		},
		{
			ID: "lifecycle.default-weight", Line: Line25, About: "A registration that names no weight weighs nothing.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.DefaultWeight = 0 },
			Kills:  lifecycle("reregistration-replaces.v1", "reregistration-replaces.v2", "default-weight.v1", "default-weight.v2"),
		},
		{
			ID: "lifecycle.no-flags", Line: Line25, About: "Hosts do not say whether they are enabled and ephemeral.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.View.ShowsFlags = false },
			Kills:  lifecycle("default-ephemeral.v1", "default-ephemeral.v2", "default-enabled.v1", "default-enabled.v2"),
			Spoils: []string{"naming.heartbeat.full-beat-registers"},
		},
		{
			ID: "lifecycle.no-metadata", Line: Line25, About: "Hosts without metadata have no metadata object.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.View.ShowsEmptyMetadata = false },
			Kills:  lifecycle("default-metadata.v1", "default-metadata.v2"),
		},
		{
			ID: "lifecycle.no-ids", Line: Line25, About: "v1 makes no instance ids.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.IDOverV1 = false },
			Kills:  lifecycle("instance-id.v1"),
		},
		{
			ID: "lifecycle.v2-ids", Line: Line25, About: "v2 makes instance ids.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.IDOverV2 = true },
			Kills:  lifecycle("instance-id-absent.v2"),
		},
		{
			ID: "lifecycle.shared-namespaces", Line: Line25, About: "All namespaces are one.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Services.NamespaceInIdentity = false },
			Kills:  lifecycle("service-identity.v1", "service-identity.v2"),
			Spoils: []string{"naming.lifecycle.reads-of-one-service", "naming.lifecycle.services-of-one-group", "naming.lifecycle.deregistration-of-one-instance", "naming.lifecycle.push-concerns-one-service", "naming.heartbeat.beat-renews-one-service", "naming.heartbeat.light-beat-unknown-instance"},
		},
		{
			ID: "lifecycle.uncut-name", Line: Line25, About: "v1 takes group@@name for a name.", Reason: "missing",
			Change: func(b *Behaviour) { b.HTTP.CutsGroupedName = false },
			Kills:  lifecycle("grouped-name.v1"),
		},
		{
			ID: "lifecycle.metadata-adds-up", Line: Line25, About: "Registering again keeps the old metadata.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.KeepsMetadata = true },
			Kills:  lifecycle("reregistration-replaces.grpc", "reregistration-replaces.v1", "reregistration-replaces.v2"),
			Spoils: []string{"naming.heartbeat.registration-replaces-timeouts"},
		},
		{
			ID: "lifecycle.cluster-adds", Line: Line25, About: "The same address in another cluster is another instance.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Registration.ReplacesAcrossClusters = false },
			Kills:  lifecycle("cluster-move-replaces.v1", "cluster-move-replaces.v2"),
			Spoils: []string{"naming.lifecycle.reregistration-replaces"},
		},
		{
			ID: "lifecycle.all-leave", Line: Line25, About: "Deregistering one instance ends its whole service.", Reason: "gone",
			Change: func(b *Behaviour) { b.Deregister.SparesOthers = false },
			Kills: lifecycle(
				"deregistration-final.v1", "deregistration-final.v2", "deregistration-final.grpc",
				"deregistration-spares-others.v1", "deregistration-spares-others.v2",
				"deregistration-spares-others.grpc",
			),
			Spoils: []string{"naming.lifecycle.deregistration-of-one-instance", "naming.lifecycle.deregistration-of-others"},
		},
		{
			ID: "lifecycle.unknown-leaves", Line: Line25, About: "Deregistering what is not there is an error.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Deregister.UnknownIsError = true },
			Kills: lifecycle(
				"deregistration-of-nothing.v1", "deregistration-of-nothing.v2",
				"deregistration-of-unknown-service.v1", "deregistration-of-unknown-service.v2",
				"deregistration-of-other-kind.v1", "deregistration-of-other-kind.v2",
				"http-cannot-deregister-grpc.v1", "http-cannot-deregister-grpc.v2",
			),
		},
		{
			ID: "lifecycle.cluster-must-match", Line: Line25, About: "Deregistering in another cluster has no effect.", Reason: "never",
			Change: func(b *Behaviour) { b.Deregister.ComparesCluster = true },
			Kills:  lifecycle("deregistration-ignores-cluster.v1", "deregistration-ignores-cluster.v2"),
		},
		{
			ID: "lifecycle.port-optional", Line: Line25, About: "A registration without port has port 0.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.NeedsPort = false },
			Kills:  lifecycle("missing-parameter-refused.v1", "missing-parameter-refused.v2", "missing-parameter-text.v1"),
		},
		{
			ID: "lifecycle.any-weight", Line: Line25, About: "Any weight is accepted.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.MaxWeight = math.Inf(1) },
			Kills: lifecycle(
				"weight-bounds-refused.v1", "weight-bounds-refused.v2", "weight-bounds-text.v1",
				"weight-bounds-text.v2",
			),
		},
		{
			ID: "lifecycle.weight-below", Line: Line25, About: "The greatest weight is refused.", Reason: "missing",
			Change: func(b *Behaviour) { b.Registration.MaxWeight = 9999 },
			Kills:  lifecycle("weight-bounds-inclusive.v1", "weight-bounds-inclusive.v2"),
		},
		{
			ID: "lifecycle.weight-clamped", Line: Line25, About: "Small weights become 0.01.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.LeastWeight = 0.01 },
			Kills:  lifecycle("weight-kept.v1", "weight-kept.v2"),
		},
		{
			ID: "lifecycle.port-below", Line: Line25, About: "The greatest port is refused.", Reason: "missing",
			Change: func(b *Behaviour) { b.Registration.MaxPort = 65534 },
			Kills:  lifecycle("port-bounds-inclusive.v1", "port-bounds-inclusive.v2"),
		},
		{
			ID: "lifecycle.any-cluster", Line: Line25, About: "Any cluster name is accepted.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.ChecksCluster = false },
			Kills: lifecycle(
				"cluster-characters-refused.v1", "cluster-characters-refused.v2", "cluster-characters-text.v1",
				"cluster-characters-text.grpc", "refused-without-effect.grpc",
			),
		},
		{
			ID: "lifecycle.http-unchecked", Line: Line25, About: "Names and lengths are not checked over HTTP.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.HTTP.ChecksParameters = false },
			Kills: lifecycle(
				"port-bounds-refused.v1", "port-bounds-refused.v2", "port-bounds-text.v1", "port-bounds-text.v2",
				"name-characters-refused.v1", "name-characters-refused.v2", "name-characters-text.v1",
				"name-characters-text.v2", "name-lengths-refused.v1", "name-lengths-refused.v2",
				"name-lengths-text.v1", "name-lengths-text.v2", "metadata-length-refused.v1",
				"metadata-length-refused.v2", "metadata-length-text.v1", "metadata-length-text.v2",
			),
		},
		{
			ID: "lifecycle.metadata-below", Line: Line25, About: "1024 characters of metadata are refused.", Reason: "missing",
			Change: func(b *Behaviour) { b.Metadata.MaxLength = 1023 },
			Kills:  lifecycle("metadata-length-inclusive.v1", "metadata-length-inclusive.v2"),
		},
		{
			ID: "lifecycle.no-pairs", Line: Line25, About: "Metadata must be JSON.", Reason: "missing",
			Change: func(b *Behaviour) { b.Metadata.TakesPairs = false },
			Kills:  lifecycle("metadata-notations.v1", "metadata-notations.v2"),
		},
		{
			ID: "lifecycle.malformed-ignored", Line: Line25, About: "Malformed metadata counts as none.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Metadata.RefusesMalformed = false },
			Kills: lifecycle(
				"metadata-syntax-refused.v1", "metadata-syntax-refused.v2", "metadata-syntax-text.v1",
				"metadata-syntax-text.v2",
			),
		},
		{
			ID: "lifecycle.wrapped-errors", Line: Line25, About: "v1 wraps its errors as line 1.4 does.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.HTTP.WrapsErrors = true },
			Kills: lifecycle(
				"missing-parameter-text.v1", "weight-bounds-text.v1", "cluster-characters-text.v1",
				"service-create-existing.v1", "service-get-unknown.v1", "service-update-unknown.v1",
				"service-delete-unknown.v1", "service-delete-occupied-text.v1",
				"one-kind-per-service-text.v1-persistent", "one-kind-per-service-text.v1-ephemeral",
			),
		},
		{
			ID: "lifecycle.no-error-codes", Line: Line25, About: "All errors over v2 have one code.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.HTTP.ErrorCodes = false },
			Kills: lifecycle(
				"missing-parameter-text.v2", "weight-bounds-text.v2", "cluster-characters-text.v2",
				"service-create-existing.v2", "service-get-unknown.v2", "service-update-unknown.v2",
				"service-delete-unknown.v2", "service-delete-occupied-text.v2",
			),
		},
		{
			ID: "lifecycle.route-not-found", Line: Line25, About: "Unknown v1 routes are not found.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.HTTP.UnknownRouteStatus = 404 },
			Kills:  lifecycle("unknown-route.v1"),
		},
		{
			ID: "lifecycle.create-forgets", Line: Line25, About: "A service is created without its settings.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Services.CreateKeepsSettings = false },
			Kills:  lifecycle("service-create.v1", "service-create.v2", "service-metadata-outlives.v2"),
		},
		{
			ID: "lifecycle.create-again", Line: Line25, About: "A service can be created twice.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Services.CreateExistingFails = false },
			Kills:  lifecycle("service-create-existing.v1", "service-create-existing.v2"),
		},
		{
			ID: "lifecycle.update-merges", Line: Line25, About: "An update keeps old metadata.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Services.UpdateMerges = true },
			Kills:  lifecycle("service-update.v1", "service-update.v2"),
		},
		{
			ID: "lifecycle.update-creates", Line: Line25, About: "Updating an unknown service creates it.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Services.UpdateUnknownFails = false },
			Kills: lifecycle(
				"service-update-unknown.v1", "service-update-unknown.v2", "service-delete-unknown.v1",
				"service-delete-unknown.v2",
			),
		},
		{
			ID: "lifecycle.get-unknown", Line: Line25, About: "Unknown services have settings.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Services.GetUnknownFails = false },
			Kills:  lifecycle("service-delete.v1", "service-delete.v2", "service-get-unknown.v1", "service-get-unknown.v2"),
		},
		{
			ID: "lifecycle.delete-unknown", Line: Line25, About: "Deleting an unknown service succeeds.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Services.DeleteUnknownFails = false },
			Kills:  lifecycle("service-delete-unknown.v1", "service-delete-unknown.v2"),
		},
		{
			ID: "lifecycle.delete-keeps", Line: Line25, About: "A deleted service stays.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Services.DeleteRemoves = false },
			Kills: lifecycle(
				"service-delete.v1", "service-delete.v2", "service-delete-emptied.v1", "service-delete-emptied.v2",
			),
		},
		{
			ID: "lifecycle.delete-occupied", Line: Line25, About: "A service with instances can be deleted, as in line 1.4.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Services.DeleteNeedsEmpty = false },
			Kills: lifecycle(
				"service-delete-occupied.v1", "service-delete-occupied.v2", "service-delete-occupied-text.v1",
				"service-delete-occupied-text.v2",
			),
		},
		{
			ID: "lifecycle.mixed-kinds", Line: Line25, About: "A service holds both kinds, as in line 1.4.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Registration.ExclusiveKinds = false },
			Kills: lifecycle(
				"one-kind-per-service.v1-persistent", "one-kind-per-service.v2-persistent",
				"one-kind-per-service.v1-ephemeral", "one-kind-per-service.v2-ephemeral",
				"one-kind-per-service.grpc",
			),
		},
		{
			ID: "lifecycle.kinds-unnamed", Line: Line25, About: "The refusal of a kind does not say of which kind the service is.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.NamesKinds = false },
			Kills: lifecycle(
				"one-kind-per-service-text.v1-persistent", "one-kind-per-service-text.v1-ephemeral",
				"one-kind-per-service-text.v2-persistent", "one-kind-per-service-text.v2-ephemeral",
				"one-kind-per-service-text.grpc-register", "one-kind-per-service-text.grpc-batch",
			),
		},
		{
			ID: "lifecycle.kind-ignored", Line: Line25, About: "Services created over v2 are persistent.", Reason: "missing",
			Change: func(b *Behaviour) { b.Services.CreateTakesKind = false },
			Kills:  lifecycle("kind-chosen-at-creation.v2"),
		},
		{
			ID: "lifecycle.no-cleaning", Line: Line25, About: "Empty services stay.", Reason: "never",
			Change: func(b *Behaviour) { b.Cleaning.EmptyServices = false },
			Kills: lifecycle(
				"empty-service-cleaned.staggered",
				"empty-service-cleaned.emptied", "empty-service-cleaned.never-used",
				"subscribed-service-cleaned.grpc", "service-metadata-outlives.v2", "service-metadata-expires.v2",
				"nameless-service-stops-no-cleaning.v1",
			),
		},
		{
			ID: "lifecycle.spares-subscribed", Line: Line25, About: "Subscribed services stay.", Reason: "never",
			Change: func(b *Behaviour) { b.Cleaning.SparesSubscribed = true },
			Kills:  lifecycle("subscribed-service-cleaned.grpc"),
		},
		{
			ID: "lifecycle.short-memory", Line: Line25, About: "Metadata outlives its owner by five seconds.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Cleaning.MetadataExpiry = 5 * time.Second },
			Kills:  lifecycle("service-metadata-outlives.v2", "instance-metadata-outlives.v1"),
		},
		{
			ID: "lifecycle.return-unnoticed", Line: Line25, About: "Metadata of an instance expires although it is back.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Metadata.RegistrationCancelsExpiry = false },
			Kills:  lifecycle("instance-metadata-outlives.v1"),
		},
		{
			ID: "lifecycle.long-memory", Line: Line25, About: "Metadata outlives its owner by ten minutes.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Cleaning.MetadataExpiry = 10 * time.Minute },
			Kills:  lifecycle("service-metadata-expires.v2", "instance-metadata-expires.v1"),
		},
		{
			ID: "lifecycle.nameless", Line: Line25, About: "Services without group or name are accepted, as by a real 2.5.1.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Services.AcceptsNameless = true },
			Kills:  lifecycle("nameless-service-breaks-no-list.v1", "nameless-service-breaks-no-list.v2"),
		},
	}
}

// lifecycle are ids of checks of that area.
func lifecycle(checks ...string) []string {
	ids := make([]string, len(checks))
	for i, check := range checks {
		ids[i] = "naming.lifecycle." + check
	}
	return ids
}
