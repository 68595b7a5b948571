package behaviour

import "time"

// silenceMutants get the silence of instances wrong: when it makes them unhealthy, when it removes them, and which of
// them it concerns.
func silenceMutants() []Mutant {
	sinceRegistration := append(overHTTP("unhealthy-after-timeout.", "health-in-statuses.", "health-in-detail."),
		heartbeat("health-in-query.grpc", "unhealthy-is-pushed.grpc")...)
	unhealthy := append(overHTTP("silence-counts-from-last-beat.", "silence-counts-from-last-beat.early-"), sinceRegistration...)
	removed := append(overHTTP("removed-after-delete-timeout.", "removal-counts-from-last-beat.", "removal-counts-from-last-beat.early-", "disabled-instances-expire."),
		heartbeat("removal-is-pushed.grpc")...)
	return []Mutant{
		{
			ID: "heartbeat.hasty-health", Line: Line25, About: "8 s of silence make an instance unhealthy.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Heartbeat.Timeout = 8 * time.Second },
			Kills:  append(overHTTP("checked-every-5s.", "update-does-not-renew."), unhealthy...),
			Spoils: heartbeat("healthy-until-timeout", "late-beats-keep-healthy", "recovery-restarts-silence", "registration-replaces-timeouts"),
		},
		{
			ID: "heartbeat.impatience", Line: Line25, About: "9 s of silence make an instance unhealthy.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.Timeout = 9 * time.Second },
			Kills:  overHTTP("healthy-until-timeout.", "late-beats-keep-healthy.", "registration-replaces-timeouts."),
			Spoils: unhealthy,
		},
		{
			ID: "heartbeat.late-health", Line: Line25, About: "It takes 22 s of silence to make an instance unhealthy.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Heartbeat.Timeout = 22 * time.Second },
			Kills:  append(overHTTP("checked-every-5s."), unhealthy...),
			Spoils: heartbeat("listed-while-unhealthy"),
		},
		{
			ID: "heartbeat.a-second-early", Line: Line25, About: "14 s of silence make an instance unhealthy.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Heartbeat.Timeout = 14 * time.Second },
			Kills:  overHTTP("silence-counts-from-last-beat.early-"),
		},
		{
			ID: "heartbeat.a-second-late", Line: Line25, About: "It takes 16 s of silence to make an instance unhealthy.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Heartbeat.Timeout = 16 * time.Second },
			Kills:  overHTTP("checked-every-5s.late-"),
		},
		{
			ID: "heartbeat.first-service-checked", Line: Line25, About: "Of the services of a client only the first is checked.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.ChecksAllServices = false },
			Kills:  overHTTP("silence-counts-from-last-beat.early-", "checked-every-5s.late-"),
			Spoils: heartbeat("removal-counts-from-last-beat", "removal-is-final"),
		},
		{
			ID: "heartbeat.no-health", Line: Line25, About: "Silence does not make instances unhealthy.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.MarksUnhealthy = false },
			Kills: append(overHTTP("checked-every-5s.", "update-does-not-renew.", "custom-timeout.", "updated-timeout.",
				"invalid-timeout-is-zero.text-", "invalid-timeout-is-zero.negative-"), unhealthy...),
			Spoils: heartbeat("listed-while-unhealthy", "unhealthy-listed-by-default", "beat-restores-health", "recovery-restarts-silence", "recovery-is-pushed"),
		},
		{
			ID: "heartbeat.hasty-removal", Line: Line25, About: "22 s of silence remove an instance.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Heartbeat.DeleteTimeout = 22 * time.Second },
			Kills:  removed,
			Spoils: heartbeat("listed-until-delete-timeout", "listed-while-unhealthy"),
		},
		{
			ID: "heartbeat.brief-illness", Line: Line25, About: "21 s of silence remove an instance.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.DeleteTimeout = 21 * time.Second },
			Kills:  overHTTP("listed-until-delete-timeout.", "listed-while-unhealthy."),
			Spoils: removed,
		},
		{
			ID: "heartbeat.late-removal", Line: Line25, About: "It takes 40 s of silence to remove an instance.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.DeleteTimeout = 40 * time.Second },
			Kills:  removed,
			Spoils: heartbeat("removal-is-final"),
		},
		{
			ID: "heartbeat.removal-a-second-early", Line: Line25, About: "29 s of silence remove an instance.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Heartbeat.DeleteTimeout = 29 * time.Second },
			Kills:  overHTTP("removal-counts-from-last-beat.early-"),
		},
		{
			ID: "heartbeat.removal-a-second-late", Line: Line25, About: "It takes 31 s of silence to remove an instance.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Heartbeat.DeleteTimeout = 31 * time.Second },
			Kills:  overHTTP("removal-checked-every-5s."),
		},
		{
			ID: "heartbeat.late-end", Line: Line25, About: "It takes 36 s of silence to remove an instance.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.DeleteTimeout = 36 * time.Second },
			Kills:  overHTTP("removal-is-final."),
			Spoils: removed,
		},
		{
			ID: "heartbeat.no-removal", Line: Line25, About: "Silence does not remove instances.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.Expires = false },
			Kills: append(overHTTP("custom-delete-timeout.", "both-limits-in-one-check.", "updated-delete-timeout.",
				"invalid-delete-timeout-is-zero.text-", "invalid-delete-timeout-is-zero.negative-"),
				append(heartbeat("check-switch-resumes.v1"), removed...)...),
			Spoils: overHTTP("light-beat-unknown-instance.removed-", "light-beat-creates-nothing.removed-", "full-beat-registers.removed-",
				"removal-is-final."),
		},
		{
			ID: "heartbeat.fine-grid", Line: Line25, About: "Clients are checked every second.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Heartbeat.CheckPeriod = time.Second },
			Kills:  overHTTP("checked-every-5s."),
		},
		{
			ID: "heartbeat.coarse-grid", Line: Line25, About: "Clients are checked every 10 s.", Reason: "too-late",
			Change: func(b *Behaviour) { b.Heartbeat.CheckPeriod = 10 * time.Second },
			Kills:  append(overHTTP("checked-every-5s.", "updated-timeout."), sinceRegistration...),
			Spoils: heartbeat("listed-while-unhealthy", "silence-counts-from-last-beat"),
		},
		{
			ID: "heartbeat.no-switch", Line: Line25, About: "The switch check has no effect.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.ObeysCheckSwitch = false },
			Kills:  heartbeat("check-switch-stops.v1"),
			Spoils: heartbeat("check-switch-resumes"),
		},
		{
			ID: "heartbeat.no-exemption", Line: Line25, About: "No metadata takes instances out of the check.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.SkipKey = "" },
			Kills: append(overHTTP("exempt-from-check.registered-", "exempt-from-check.updated-"),
				heartbeat("exempt-service.v2")...),
		},
		{
			ID: "heartbeat.no-exempt-service", Line: Line25, About: "The metadata of services takes no instances out of the check.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.ServiceExempts = false },
			Kills:  heartbeat("exempt-service.v2"),
		},
		{
			ID: "heartbeat.grpc-beats", Line: Line25, About: "Instances of gRPC connections need beats.", Reason: "gone",
			Change: func(b *Behaviour) { b.Heartbeat.ChecksConnections = true },
			Kills: append(heartbeat("grpc-needs-no-beat.grpc", "grpc-ignores-timeouts.grpc", "grpc-keeps-registered-health.grpc"),
				lifecycle("health-checks-keep.grpc", "active-client-not-questioned.grpc")...),
		},
		{
			ID: "heartbeat.hasty-client-expiry", Line: Line25, About: "Clients are dropped after a minute of silence.", Reason: "too-early",
			Change: func(b *Behaviour) { b.Cleaning.ClientExpiry = time.Minute },
			Kills:  append(overHTTP("silent-client-expires."), heartbeat("silent-client-expires.exempt-v1")...),
		},
		{
			ID: "heartbeat.late-client-expiry", Line: Line25, About: "Clients are dropped after 10 min of silence.", Reason: "never",
			Change: func(b *Behaviour) { b.Cleaning.ClientExpiry = 10 * time.Minute },
			Kills:  append(overHTTP("silent-client-expires."), heartbeat("silent-client-expires.exempt-v1")...),
		},
		{
			ID: "heartbeat.illness-hidden", Line: Line25, About: "Lists show unhealthy instances on demand only.", Reason: "missing",
			Change: func(b *Behaviour) { b.View.HealthyOnlyByDefault = true },
			Kills:  overHTTP("unhealthy-listed-by-default."),
		},
		{
			ID: "heartbeat.illness-not-pushed", Line: Line25, About: "Subscribers are not told that an instance turned unhealthy.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.OnUnhealthy = false },
			Kills:  heartbeat("unhealthy-is-pushed.grpc"),
		},
		{
			ID: "heartbeat.removal-not-pushed", Line: Line25, About: "Subscribers are not told that silence removed an instance.", Reason: "never",
			Change: func(b *Behaviour) { b.Push.OnExpiry = false },
			Kills:  heartbeat("removal-is-pushed.grpc"),
		},
	}
}

// timeoutMutants get the timeouts and intervals of instances wrong.
func timeoutMutants() []Mutant {
	invalid := overHTTP("invalid-timeout-is-zero.text-", "invalid-timeout-is-zero.negative-",
		"invalid-delete-timeout-is-zero.text-", "invalid-delete-timeout-is-zero.negative-")
	return []Mutant{
		{
			ID: "heartbeat.fixed-timeouts", Line: Line25, About: "Instances cannot have timeouts of their own.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.CustomTimeouts = false },
			Kills: append(overHTTP("custom-timeout.", "custom-delete-timeout.", "both-limits-in-one-check.", "updated-delete-timeout."),
				append(heartbeat("check-switch-resumes.v1"), invalid...)...),
		},
		{
			ID: "heartbeat.lasting-timeouts", Line: Line25, About: "Registering again without timeouts keeps the old ones.", Reason: "gone",
			Change: func(b *Behaviour) { b.Registration.KeepsMetadata = true },
			Kills:  overHTTP("registration-replaces-timeouts."),
			Spoils: lifecycle("reregistration-replaces"),
		},
		{
			ID: "heartbeat.registered-timeouts", Line: Line25, About: "Updates do not change timeouts.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.OperationalTimeouts = false },
			Kills:  overHTTP("updated-delete-timeout."),
		},
		{
			ID: "heartbeat.invalid-timeout-ignored", Line: Line25, About: "The default replaces an invalid timeout, as in line 1.4.", Reason: "never",
			Change: func(b *Behaviour) { b.Heartbeat.InvalidTimeoutIsZero = false },
			Kills:  invalid,
		},
		{
			ID: "heartbeat.unchecked-intervals", Line: Line25, About: "Timeouts may be below the beat interval, as in line 2.0.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Registration.ChecksIntervals = false },
			Kills: overHTTP("timeout-below-interval-refused.timeout-", "timeout-below-interval-refused.delete-",
				"timeout-below-interval-refused.interval-", "timeout-below-interval-refused.update-",
				"unreadable-interval-is-default.", "refused-registration-creates-nothing."),
		},
		{
			ID: "heartbeat.equal-intervals-refused", Line: Line25, About: "Timeouts must exceed the beat interval.", Reason: "wrong-status",
			Change: func(b *Behaviour) { b.Registration.EqualIntervals = false },
			Kills:  overHTTP("timeout-equal-to-interval-accepted."),
		},
		{
			ID: "heartbeat.default-interval", Line: Line25, About: "Clients are told to beat every 10 s.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.DefaultInterval = 10 * time.Second },
			Kills:  overHTTP("default-interval.", "unknown-answer-fields."),
		},
		{
			ID: "heartbeat.fixed-interval", Line: Line25, About: "Answers do not repeat the interval of the instance.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.CustomInterval = false },
			Kills:  overHTTP("custom-interval.", "custom-interval.full-"),
		},
		{
			ID: "heartbeat.registered-interval", Line: Line25, About: "Updates do not change the interval in answers.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.OperationalInterval = false },
			Kills:  overHTTP("updated-interval."),
		},
		{
			ID: "heartbeat.no-interval-switch", Line: Line25, About: "The switch clientBeatInterval has no effect.", Reason: "wrong-body",
			Change: func(b *Behaviour) { b.Heartbeat.ObeysIntervalSwitch = false },
			Kills:  heartbeat("interval-switch.v1"),
		},
	}
}

// heartbeat are ids of that area.
func heartbeat(names ...string) []string {
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = "naming.heartbeat." + name
	}
	return ids
}

// overHTTP are the checks of the area over v1 and over v2 whose ids begin so.
func overHTTP(beginnings ...string) []string {
	var ids []string
	for _, beginning := range heartbeat(beginnings...) {
		ids = append(ids, beginning+"v1", beginning+"v2")
	}
	return ids
}
