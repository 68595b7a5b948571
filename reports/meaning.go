package reports

var verdictMeaning = map[Verdict]string{
	Pass:         "the requirement was demonstrated",
	Fail:         "the requirement was violated",
	Undeclared:   "the target claims a feature and does not answer for it",
	Untestable:   "a prerequisite was missing in the target or its set-up",
	Unsupported:  "the target declares that it lacks the feature",
	Inapplicable: "the requirement does not hold for the line of the target",
	Inconclusive: "the machine was too busy for its measurements of time to be trusted",
	HarnessError: "a defect of this tool",
	NotRun:       "left out by selection or budget, or the run ended before",
}

var exitMeaning = map[int]string{
	ExitExpected:     "all as expected",
	ExitFailed:       "a check failed that was not expected to",
	ExitInconclusive: "nothing failed, but a measurement of time cannot be trusted",
	ExitStale:        "an expectation no longer holds or matches nothing",
	ExitUsage:        "no check could run",
	ExitTarget:       "the target was lost",
	ExitDefect:       "a defect of this tool, no verdict can be believed",
	ExitInterrupted:  "the run is not complete",
}
