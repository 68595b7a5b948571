package main

import "slices"

// profile is the set-up of the server that a scenario was recorded with, by the name that the scenario gives it.
type profile struct {
	name string
	// args are those of serve, beside the ports and the line.
	args []string
	// own tells that each scenario changes its server and gets one of its own.
	own bool
	// unknown tells that the reference server cannot be set up like this.
	unknown bool
}

// Profiles of scenarios that name none: plain, and own in the folder of such scenarios.
const (
	plain = "plain"
	own   = "own"
)

var allProfiles = []profile{
	{name: plain},
	{name: own, own: true},
	{name: "compat", args: []string{"--compat", "client,admin,console"}},
}

func findProfile(name string) profile {
	i := slices.IndexFunc(allProfiles, func(p profile) bool { return p.name == name })
	if i < 0 {
		return profile{name: name, unknown: true}
	}
	return allProfiles[i]
}
