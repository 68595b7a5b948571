package behaviour

import "time"

// placeMutants mistake services, clients or instances for one another.
func placeMutants() []Mutant {
	return []Mutant{
		{
			ID: "lifecycle.statuses-of-default-group", Line: Line25, About: "Statuses are those of the default group.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.View.StatusesObeyGroup = false },
			Kills:  lifecycle("reads-of-one-service.v1", "reads-of-one-service.v2"),
			Spoils: []string{"naming.lifecycle.registration-visible", "naming.lifecycle.disabled-not-listed"},
		},
		{
			ID: "lifecycle.services-of-all-groups", Line: Line25, About: "A list of services names those of all groups.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Services.ListsAllGroups = true },
			Kills:  lifecycle("services-of-one-group.v1", "services-of-one-group.v2", "services-of-one-group.grpc"),
		},
		{
			ID: "lifecycle.namesakes-leave", Line: Line25, About: "A deregistration withdraws the address in all groups and namespaces.", Reason: "missing",
			Change: func(b *Behaviour) { b.Deregister.Namesakes = true },
			Kills:  lifecycle("deregistration-of-one-instance.v1", "deregistration-of-one-instance.v2"),
		},
		{
			ID: "lifecycle.any-connection", Line: Line25, About: "A connection withdraws what others publish at the address that it names.", Reason: "gone",
			Change: func(b *Behaviour) { b.Deregister.AnyConnection = true },
			Kills:  lifecycle("deregistration-of-others.grpc"),
		},
		{
			ID: "lifecycle.first-publication-ends", Line: Line25, About: "The close of a connection removes its first instance alone.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Connections.EndsEverything = false },
			Kills:  lifecycle("connection-close-removes-all.grpc"),
		},
		{
			ID: "lifecycle.one-subscriber", Line: Line25, About: "Of the subscribers of a service one is pushed.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.EverySubscriber = false },
			Kills:  lifecycle("every-subscriber-pushed.grpc"),
			Spoils: []string{"naming.lifecycle.push-names-service", "naming.lifecycle.subscriptions-add-up", "naming.lifecycle.unsubscription-of-one-client"},
		},
		{
			ID: "lifecycle.namesakes-pushed", Line: Line25, About: "Subscribers are pushed services of the same name in other groups and namespaces.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Push.Namesakes = true },
			Kills:  lifecycle("push-concerns-one-service.grpc"),
		},
		{
			ID: "lifecycle.one-subscription", Line: Line25, About: "A connection subscribes the last service alone.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.ManySubscriptions = false },
			Kills:  lifecycle("subscriptions-add-up.grpc"),
			Spoils: []string{"naming.lifecycle.every-subscriber-pushed", "naming.lifecycle.unsubscription-of-one-client"},
		},
		{
			ID: "lifecycle.unsubscribes-all", Line: Line25, About: "The end of one subscription ends those of all clients.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.EndsForAll = true },
			Kills:  lifecycle("unsubscription-of-one-client.grpc"),
		},
	}
}

// dataMutants lose what instances and views carry, or count instances for what they carry.
func dataMutants() []Mutant {
	return []Mutant{
		{
			ID: "lifecycle.bare-connections", Line: Line25, About: "Instances over gRPC carry nothing but their address.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.ConnectionsCarryData = false },
			Kills:  lifecycle("registration-keeps-data.grpc", "reregistration-replaces.grpc", "batch-keeps-data.grpc"),
			Spoils: []string{"naming.lifecycle.refused-without-effect", "naming.lifecycle.connection-close-spares-others"},
		},
		{
			ID: "lifecycle.lower-keys", Line: Line25, About: "Keys of metadata lose their capitals.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Registration.LowersKeys = true },
			Kills:  lifecycle("metadata-text-kept.v1", "metadata-text-kept.v2"),
		},
		{
			ID: "lifecycle.no-forms", Line: Line25, About: "Parameters in bodies are ignored.", Reason: "missing",
			Change: func(b *Behaviour) { b.HTTP.ReadsForms = false },
			Kills:  lifecycle("registration-in-form.v1", "registration-in-form.v2"),
			Spoils: []string{"naming.heartbeat.full-beat-in-form"},
		},
		{
			ID: "lifecycle.disabled-listed", Line: Line25, About: "Lists show disabled instances.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.View.HidesDisabled = false },
			Kills:  lifecycle("disabled-not-listed.v1", "disabled-not-listed.v2", "disabled-not-listed.grpc"),
			Spoils: []string{"naming.lifecycle.reregistration-replaces", "naming.heartbeat.light-beat-changes-no-data"},
		},
		{
			ID: "lifecycle.nameless-views", Line: Line25, About: "Views name neither their service nor its group.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.View.NamesService = false },
			Kills:  lifecycle("view-names-service.v1", "view-names-service.v2"),
			Spoils: lifecycle("push-names-service"),
		},
		{
			ID: "lifecycle.nameless-pushes", Line: Line25, About: "Pushes name neither their service nor its group.", Reason: "never",
			Change: func(b *Behaviour) { b.View.NamesService = false },
			Kills:  lifecycle("push-names-service.grpc"),
			Spoils: lifecycle("view-names-service"),
		},
		{
			ID: "lifecycle.writes-as-json", Line: Line25, About: "v1 writes are answered as JSON.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.HTTP.AnswersWritesAsText = false },
			Kills:  lifecycle("answer-type.v1"),
		},
		{
			ID: "lifecycle.envelopes-as-text", Line: Line25, About: "v2 answers are sent as text.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.HTTP.AnswersEnvelopesAsJSON = false },
			Kills:  lifecycle("answer-type.v2"),
		},
		{
			ID: "lifecycle.hasty-cleaning", Line: Line25, About: "Services are cleaned when they have been empty for 40 s.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Cleaning.EmptyServiceExpiry = 40 * time.Second },
			Kills:  lifecycle("empty-service-cleaned.staggered"),
		},
		{
			ID: "lifecycle.idle-cleaning", Line: Line25, About: "Services whose instances are disabled or unhealthy are cleaned.", Reason: "gone",
			Change: func(b *Behaviour) { b.Cleaning.CountsServing = true },
			Kills:  lifecycle("occupied-service-stays.disabled", "occupied-service-stays.unhealthy"),
		},
	}
}
