package behaviour

import "time"

// connectionMutants get gRPC connections, what they publish, or subscriptions wrong.
func connectionMutants() []Mutant {
	return []Mutant{
		{
			ID: "lifecycle.hasty-push", Line: Line25, About: "Every change is pushed at once.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Push.Delay = 0 },
			Kills:  lifecycle("registration-push-delayed.grpc"),
		},
		{
			ID: "lifecycle.silent-verb", Line: Line25, About: "Answers over gRPC do not repeat the verb.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Connections.EchoesVerb = false },
			Kills:  lifecycle("registration-answer.grpc", "deregistration-answer.grpc", "batch-answer.grpc"),
		},
		{
			ID: "lifecycle.subscribing-creates", Line: Line25, About: "Subscribing a service creates it.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Services.SubscriptionCreates = true },
			Kills:  lifecycle("subscribing-creates-nothing.grpc"),
		},
		{
			ID: "lifecycle.grpc-no-ids", Line: Line25, About: "gRPC makes no instance ids.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Connections.FillsInstanceID = false },
			Kills:  lifecycle("instance-id.grpc"),
		},
		{
			ID: "lifecycle.grpc-default-namespace", Line: Line25, About: "The empty namespace over gRPC means public.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Connections.DefaultsNamespace = true },
			Kills:  lifecycle("namespace-literal.grpc"),
		},
		{
			ID: "lifecycle.named-address-leaves", Line: Line25, About: "A connection withdraws only what is at the address that it names.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Deregister.WholePublication = false },
			Kills:  lifecycle("deregistration-ends-batch.grpc"),
		},
		{
			ID: "lifecycle.vain-withdrawal", Line: Line25, About: "Deregistering nothing over gRPC is an error.", Reason: "wrong-type",
			Change: func(b *Behaviour) { b.Connections.RefusesVainWithdrawal = true },
			Kills:  lifecycle("deregistration-of-others.grpc", "deregistration-of-nothing.grpc"),
		},
		{
			ID: "lifecycle.any-publisher", Line: Line25, About: "HTTP withdraws what connections publish.", Reason: "gone",
			Change: func(b *Behaviour) { b.Deregister.AnyPublisher = true },
			Kills:  lifecycle("http-cannot-deregister-grpc.v1", "http-cannot-deregister-grpc.v2"),
		},
		{
			ID: "lifecycle.grpc-unchecked", Line: Line25, About: "Names and lengths are not checked over gRPC.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Connections.ChecksParameters = false },
			Kills: lifecycle(
				"port-bounds-text.grpc", "name-characters-text.grpc", "metadata-length-text.grpc",
				"refused-without-effect.grpc",
			),
		},
		{
			ID: "lifecycle.thrown-500", Line: Line25, About: "Errors thrown over gRPC have result code 500, as in line 2.0.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Connections.ThrownCodeIsResult = false },
			Kills:  lifecycle("cluster-characters-text.grpc", "unknown-verb.grpc", "missing-instance.grpc"),
		},
		{
			ID: "lifecycle.blank-name-code", Line: Line25, About: "Blank names over gRPC are answered with code 400.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Connections.BlankNameCode = 400 },
			Kills:  lifecycle("missing-parameter-text.grpc"),
		},
		{
			ID: "lifecycle.strangers-read-nothing", Line: Line25, About: "Connections without label cannot read.", Reason: "wrong-type",
			Change: func(b *Behaviour) { b.Connections.StrangersRead = false },
			Kills:  lifecycle("reads-need-no-label.grpc"),
		},
		{
			ID: "lifecycle.no-connection-id", Line: Line25, About: "A server check does not name the connection.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Connections.NamesConnection = false },
			Kills:  lifecycle("server-check-before-set-up.grpc", "connection-id-stable.grpc"),
		},
		{
			ID: "lifecycle.no-set-up-needed", Line: Line25, About: "Connections are served before they are set up.", Reason: "wrong-type",
			Change: func(b *Behaviour) { b.Connections.NeedsSetup = false },
			Kills:  lifecycle("request-before-set-up.grpc", "open-stream-is-no-set-up.grpc"),
		},
		{
			ID: "lifecycle.open-is-set-up", Line: Line25, About: "Opening the stream sets up the connection.", Reason: "wrong-type",
			Change: func(b *Behaviour) { b.Connections.OpeningRegisters = true },
			Kills:  lifecycle("open-stream-is-no-set-up.grpc", "naming-label-needed.grpc"),
		},
		{
			ID: "lifecycle.unknown-type-code", Line: Line25, About: "Unknown request types have error code 501.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Connections.UnknownTypeCode = 501 },
			Kills:  lifecycle("unknown-request-type.grpc-before-set-up", "unknown-request-type.grpc"),
		},
		{
			ID: "lifecycle.set-up-before-type", Line: Line25, About: "Set-up is looked at before the request type.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Connections.TypeBeforeRegistration = false },
			Kills:  lifecycle("unknown-request-type.grpc-before-set-up"),
		},
		{
			ID: "lifecycle.health-check-code", Line: Line25, About: "Health checks are answered with code 500.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Connections.HealthCheckCode = 500 },
			Kills: lifecycle(
				"set-up.grpc", "no-abilities-no-acknowledgement.grpc", "half-closed-stream-serves.grpc",
				"health-checks-keep.grpc",
			),
		},
		{
			ID: "lifecycle.no-acknowledgement", Line: Line25, About: "Set-ups are not acknowledged.", Reason: "never",
			Change: func(b *Behaviour) { b.Connections.AcksSetup = false },
			Kills:  lifecycle("set-up-acknowledged.grpc", "set-up-twice.grpc"),
		},
		{
			ID: "lifecycle.no-negotiation", Line: Line25, About: "A server check does not offer to negotiate abilities.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Connections.NegotiatesAbilities = false },
			Kills:  lifecycle("set-up-acknowledged.grpc"),
		},
		{
			ID: "lifecycle.acknowledges-all", Line: Line25, About: "Set-ups without abilities are acknowledged too.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Connections.AcksEverySetup = true },
			Kills:  lifecycle("no-abilities-no-acknowledgement.grpc"),
		},
		{
			ID: "lifecycle.last-set-up", Line: Line25, About: "A second set-up replaces the first.", Reason: "wrong-type",
			Change: func(b *Behaviour) { b.Connections.KeepsFirstSetup = false },
			Kills:  lifecycle("set-up-stays.grpc"),
		},
		{
			ID: "lifecycle.strangers-ignored", Line: Line25, About: "Connections without label write without effect, as in line 2.0.", Reason: "wrong-type",
			Change: func(b *Behaviour) { b.Connections.RefusesStrangers = false },
			Kills:  lifecycle("naming-label-needed.grpc"),
		},
		{
			ID: "lifecycle.publications-add-up", Line: Line25, About: "A connection publishes any number of instances of a service.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Registration.ReplacesPublication = false },
			Kills:  lifecycle("reregistration-replaces.grpc", "one-publication-per-connection.grpc", "single-replaces-batch.grpc"),
		},
		{
			ID: "lifecycle.one-service", Line: Line25, About: "A connection publishes for one service alone.", Reason: "missing",
			Change: func(b *Behaviour) { b.Registration.ManyServices = false },
			Kills:  lifecycle("connection-close-removes-all.grpc", "publications-per-service.grpc"),
		},
		{
			ID: "lifecycle.batches-add-up", Line: Line25, About: "A batch adds to what was published.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Registration.BatchReplaces = false },
			Kills: lifecycle(
				"batch-answer.grpc", "batch-replaces.grpc", "empty-batch-withdraws.grpc", "deregistration-ends-batch.grpc",
			),
		},
		{
			ID: "lifecycle.one-host-per-address", Line: Line25, About: "Two publishers of an address show as one host.", Reason: "missing",
			Change: func(b *Behaviour) { b.View.OneHostPerAddress = true },
			Kills:  lifecycle("publishers-stand-apart.grpc"),
		},
		{
			ID: "lifecycle.close-ends-addresses", Line: Line25, About: "A closing connection takes other publishers of its addresses along.", Reason: "gone",
			Change: func(b *Behaviour) { b.Connections.EndsItsAddresses = true },
			Kills:  lifecycle("connection-close-spares-others.grpc"),
		},
		{
			ID: "lifecycle.close-unnoticed", Line: Line25, About: "The close of a connection goes unnoticed until it is idle.", Reason: "never",
			Change: func(b *Behaviour) { b.Connections.EndsOnClose = false },
			Kills: lifecycle(
				"connection-close-removes.query", "connection-close-removes.list", "connection-close-pushed.grpc",
				"connection-close-unsubscribes.grpc",
			),
			Spoils: []string{"naming.lifecycle.connection-close-removes-all"},
		},
		{
			ID: "lifecycle.half-close-ends", Line: Line25, About: "Ending the stream ends the connection.", Reason: "gone",
			Change: func(b *Behaviour) { b.Connections.EndsOnStreamEnd = true },
			Kills:  lifecycle("half-closed-stream-keeps.grpc"),
		},
		{
			ID: "lifecycle.health-checks-ignored", Line: Line25, About: "Health checks are no sign of life.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Connections.HealthCheckRefreshes = false },
			Kills:  lifecycle("active-client-not-questioned.grpc"),
		},
		{
			ID: "lifecycle.patient-detection", Line: Line25, About: "Silent clients are asked after a minute.", Reason: "never",
			Change: func(b *Behaviour) { b.Connections.IdleAfter = time.Minute },
			Kills:  lifecycle("silent-client-removed.grpc", "idle-client-questioned.grpc"),
		},
		{
			ID: "lifecycle.no-first-push", Line: Line25, About: "A first subscription is followed by no push.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Push.OnFirstSubscribe = false },
			Kills:  lifecycle("first-subscription-pushed.grpc"),
		},
		{
			ID: "lifecycle.every-push", Line: Line25, About: "Every subscription is followed by a push.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Push.OnEverySubscribe = true },
			Kills:  lifecycle("second-subscription-not-pushed.grpc"),
		},
		{
			ID: "lifecycle.no-push-of-registrations", Line: Line25, About: "Registrations are not pushed.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.OnRegistration = false },
			Kills:  lifecycle("every-subscriber-pushed.grpc", "push-names-service.grpc", "subscriptions-add-up.grpc", "registration-pushed.grpc"),
		},
		{
			ID: "lifecycle.no-empty-push", Line: Line25, About: "Empty views are not pushed.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.SendsEmpty = false },
			Kills:  lifecycle("unsubscription-of-one-client.grpc", "connection-close-pushed.grpc", "first-subscription-pushed.grpc", "deregistration-pushed.grpc"),
			Spoils: []string{"naming.heartbeat.removal-is-pushed"},
		},
		{
			ID: "lifecycle.deaf-to-unsubscribe", Line: Line25, About: "Subscriptions never end.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Push.EndsWithSubscription = false },
			Kills:  lifecycle("unsubscription-of-one-client.grpc", "unsubscription-silences.grpc"),
		},
	}
}
