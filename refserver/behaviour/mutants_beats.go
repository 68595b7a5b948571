package behaviour

// beatMutants get what beats do wrong, and what they are answered.
func beatMutants() []Mutant {
	return []Mutant{
		{
			ID: "heartbeat.no-recovery", Line: Line25, About: "Beats do not make instances healthy.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.BeatRestoresHealth = false },
			Kills: append(overHTTP("beat-restores-health.light-", "beat-restores-health.full-", "first-beat-makes-healthy.",
				"light-beat-ignores-cluster.", "full-beat-with-plain-service-name."), heartbeat("recovery-is-pushed.grpc")...),
			Spoils: heartbeat("beat-renews-one-service", "recovery-restarts-silence"),
		},
		{
			ID: "heartbeat.idle-beats", Line: Line25, About: "Silence goes on through beats.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.BeatRefreshes = false },
			Kills: append(overHTTP("beats-keep-healthy.light-", "late-beats-keep-healthy.", "silence-concerns-one-instance.", "recovery-restarts-silence."),
				heartbeat("beats-keep-client.v1")...),
			Spoils: overHTTP("known-instance-answer.light-"),
		},
		{
			ID: "heartbeat.idle-full-beats", Line: Line25, About: "Full beats renew nothing.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.FullBeatRenews = false },
			Kills:  overHTTP("beats-keep-healthy.full-", "recovery-restarts-silence."),
			Spoils: overHTTP("beat-restores-health.full-"),
		},
		{
			ID: "heartbeat.client-forgotten", Line: Line25, About: "Beats are no sign of life of their client.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.RefreshesClient = false },
			Kills:  heartbeat("beats-keep-client.v1"),
		},
		{
			ID: "heartbeat.client-renewed", Line: Line25, About: "A beat renews all instances at its address.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.BeatRenewsClient = true },
			Kills:  append(overHTTP("beat-renews-one-service.places-"), heartbeat("beat-renews-one-service.v1")...),
		},
		{
			ID: "heartbeat.namesakes-renewed", Line: Line25, About: "A beat renews its address in all groups and namespaces.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.BeatRenewsNamesakes = true },
			Kills:  overHTTP("beat-renews-one-service.places-"),
		},
		{
			ID: "heartbeat.brief-recovery", Line: Line25, About: "A beat restores health, but the silence goes on.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.RecoveryRefreshes = false },
			Kills:  overHTTP("recovery-restarts-silence."),
		},
		{
			ID: "heartbeat.light-beat-resets", Line: Line25, About: "A light beat sets weight and metadata back.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.LightBeatResets = true },
			Kills:  overHTTP("light-beat-changes-no-data.", "custom-interval.", "custom-interval.full-"),
		},
		{
			ID: "heartbeat.update-renews", Line: Line25, About: "Updates are signs of life, as in line 1.4.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.UpdateRefreshes = true },
			Kills:  overHTTP("update-does-not-renew."),
		},
		{
			ID: "heartbeat.registration-renews-not", Line: Line25, About: "Registering again is no sign of life.", Reason: "gone",
			Change: func(b *Behaviour) { b.Registration.Refreshes = false },
			Kills:  overHTTP("registration-renews."),
		},
		{
			ID: "heartbeat.registration-keeps-health", Line: Line25, About: "Registering again does not change health, as in line 1.4.", Reason: "never",
			Change: func(b *Behaviour) { b.Registration.KeepsHealth = true },
			Kills:  overHTTP("registration-resets-health.", "registration-sets-health."),
		},
		{
			ID: "heartbeat.born-healthy", Line: Line25, About: "Every instance registers as healthy.", Reason: "gone",
			Change: func(b *Behaviour) { b.Registration.TakesHealth = false },
			Kills:  append(overHTTP("initial-health."), heartbeat("grpc-keeps-registered-health.grpc")...),
			Spoils: heartbeat("beat-renews-one-service"),
		},
		{
			ID: "heartbeat.full-beat-updates", Line: Line25, About: "A full beat replaces weight and metadata.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.BeatChangesMetadata = true },
			Kills:  overHTTP("full-beat-changes-no-data.", "custom-interval.full-"),
			Spoils: heartbeat("renewal-is-not-pushed"),
		},
		{
			ID: "heartbeat.cluster-compared", Line: Line25, About: "A beat must name the cluster of its instance, as in line 1.4.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Heartbeat.ComparesCluster = true },
			Kills:  overHTTP("light-beat-ignores-cluster.", "light-beat-changes-no-data."),
			Spoils: heartbeat("full-beat-changes-no-data"),
		},
		{
			ID: "heartbeat.service-of-request", Line: Line25, About: "A full beat renews the service of its request, as in line 1.4.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.FullBeatUsesOwnService = false },
			Kills:  heartbeat("full-beat-renews-the-service-it-names.v1"),
		},
		{
			ID: "heartbeat.recovery-not-pushed", Line: Line25, About: "Subscribers are not told that a beat made an instance healthy.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.OnRecovery = false },
			Kills:  heartbeat("recovery-is-pushed.grpc"),
		},
		{
			ID: "heartbeat.renewal-pushed", Line: Line25, About: "Every beat is pushed.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Push.OnRenewal = true },
			Kills:  heartbeat("renewal-is-not-pushed.grpc"),
		},
		{
			ID: "heartbeat.full-beat-unknown", Line: Line25, About: "A full beat of an unknown instance does not register it.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Heartbeat.FullBeatRegisters = false },
			Kills:  overHTTP("full-beat-registers.unknown-", "full-beat-registers.removed-", "full-beat-in-form."),
			Spoils: heartbeat("full-beat-registers-its-data", "full-beat-cluster-wins"),
		},
		{
			ID: "heartbeat.full-beat-bare", Line: Line25, About: "A full beat registers neither weight nor metadata.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.FullBeatCarriesData = false },
			Kills:  overHTTP("full-beat-registers-its-data."),
			Spoils: heartbeat("full-beat-in-form"),
		},
		{
			ID: "heartbeat.full-beat-cluster", Line: Line25, About: "The cluster in the JSON of a full beat has no effect.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.FullBeatClusterWins = false },
			Kills:  overHTTP("full-beat-cluster-wins.", "full-beat-registers-its-data."),
		},
		{
			ID: "heartbeat.full-beat-weight", Line: Line25, About: "A full beat without weight registers weight 1.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.FullBeatWeight = 1 },
			Kills:  overHTTP("full-beat-without-weight."),
		},
		{
			ID: "heartbeat.kinds-mixed", Line: Line25, About: "A service may hold instances of both kinds, as in line 1.4.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Registration.ExclusiveKinds = false },
			Kills:  overHTTP("full-beat-persistent-service."),
			Spoils: lifecycle("one-kind-per-service"),
		},
		{
			ID: "heartbeat.light-beat-registers", Line: Line25, About: "A light beat of an unknown instance registers it, as in r-nacos.", Reason: "unexpected",
			Change: func(b *Behaviour) { b.Heartbeat.LightBeatRegisters = true },
			Kills: overHTTP("light-beat-creates-nothing.service-", "light-beat-creates-nothing.address-",
				"light-beat-creates-nothing.removed-", "light-beat-creates-nothing.deregistered-"),
			Spoils: heartbeat("light-beat-unknown-instance"),
		},
	}
}

// answerMutants answer beats wrongly.
func answerMutants() []Mutant {
	return []Mutant{
		{
			ID: "heartbeat.known-code", Line: Line25, About: "Beats are answered with code 200.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Heartbeat.CodeOK = 200 },
			Kills: append(overHTTP("known-instance-answer.light-", "known-instance-answer.full-", "default-interval.", "custom-interval.", "custom-interval.full-", "light-beat-changes-no-data.", "beat-renews-one-service.places-",
				"updated-interval.", "full-beat-registers.unknown-", "full-beat-registers.removed-", "full-beat-in-form.", "full-beat-changes-no-data.",
				"full-beat-with-plain-service-name.", "full-beat-without-service-name.", "light-beat-ignores-cluster."),
				heartbeat("interval-switch.v1", "light-beat-switch.v1", "renewal-is-not-pushed.grpc")...),
		},
		{
			ID: "heartbeat.unknown-code", Line: Line25, About: "Beats of unknown instances are answered like those of known ones.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.Heartbeat.CodeUnknown = 10200 },
			Kills: append(overHTTP("light-beat-unknown-instance.service-", "light-beat-unknown-instance.address-",
				"light-beat-unknown-instance.removed-", "light-beat-unknown-instance.deregistered-", "light-beat-unknown-instance.place-", "light-beat-without-address.",
				"light-beat-persistent-service.", "light-beat-persistent-instance."), heartbeat("light-beat-for-grpc-instance.grpc")...),
		},
		{
			ID: "heartbeat.no-light-flag", Line: Line25, About: "Answers do not tell whether light beats are enabled.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.LightBeatFlag = false },
			Kills:  append(overHTTP("answer-fields.", "answer-fields.full-", "unknown-answer-fields."), heartbeat("light-beat-switch.v1")...),
		},
		{
			ID: "heartbeat.no-light-flag-on-unknown", Line: Line25, About: "Only answers to known instances tell whether light beats are enabled, as in line 1.4.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.LightBeatFlagOnUnknown = false },
			Kills:  overHTTP("unknown-answer-fields."),
		},
		{
			ID: "heartbeat.terse-answer", Line: Line25, About: "The answer to a full beat has neither the interval of the instance nor lightBeatEnabled.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.FullAnswer = false },
			Kills:  overHTTP("answer-fields.full-", "custom-interval.full-"),
		},
		{
			ID: "heartbeat.no-light-switch", Line: Line25, About: "The switch lightBeatEnabled has no effect.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.ObeysLightBeatSwitch = false },
			Kills:  heartbeat("light-beat-switch.v1"),
		},
		{
			ID: "heartbeat.malformed-accepted", Line: Line25, About: "A beat whose JSON cannot be read counts as a light one.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Heartbeat.RefusesMalformed = false },
			Kills:  overHTTP("malformed-beat.text-", "malformed-beat.array-"),
		},
		{
			ID: "heartbeat.beats-unchecked", Line: Line25, About: "Names and addresses in beats are not checked.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.ChecksParameters = false },
			Kills:  overHTTP("beat-port-out-of-range."),
		},
		{
			ID: "heartbeat.plain-name-accepted", Line: Line25, About: "Beats over v2 may name their service without the group.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Heartbeat.NeedsGroupedName = false },
			Kills:  heartbeat("beat-needs-grouped-name.v2"),
		},
		{
			ID: "heartbeat.refusal-status", Line: Line25, About: "v1 answers 500 to refused parameters.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.HTTP.RefusalStatus = 500 },
			Kills:  heartbeat("beat-needs-service-name.v1"),
		},
		{
			ID: "heartbeat.no-error-codes", Line: Line25, About: "All errors over v2 have one code.", Reason: "wrong-code",
			Change: func(b *Behaviour) { b.HTTP.ErrorCodes = false },
			Kills:  heartbeat("beat-needs-service-name.v2", "beat-needs-grouped-name.v2"),
			Spoils: lifecycle("service-create-existing", "service-delete-unknown", "service-get-unknown", "service-update-unknown"),
		},
	}
}
