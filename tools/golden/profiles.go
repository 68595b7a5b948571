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
	{name: "auth", args: authenticated("--auth", "on", "--auth-admin", "nacos:nacos")},
	{name: "auth-fresh", args: authenticated("--auth", "on")},
	{name: "auth-shipped", args: authenticated("--auth", "shipped", "--auth-admin", "nacos:nacos")},
}

// authenticated are the arguments of a server with the secret and the identity that the recorded ones had: tokens in the
// scenarios are signed with that secret.
func authenticated(args ...string) []string {
	return append(args, "--auth-secret", "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=", "--auth-identity", "serverIdentity:tck")
}

func findProfile(name string) profile {
	i := slices.IndexFunc(allProfiles, func(p profile) bool { return p.name == name })
	if i < 0 {
		return profile{name: name, unknown: true}
	}
	return allProfiles[i]
}
