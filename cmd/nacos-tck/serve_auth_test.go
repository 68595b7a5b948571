package main

import (
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/reports"
)

// TestWrongAuthentication: what a line insists on is asked for by the name of its flag.
func TestWrongAuthentication(t *testing.T) {
	for args, says := range map[string]string{
		"--auth on":                          "--auth-secret: expected base64 of at least 32 bytes",
		"--auth on --auth-secret c2hvcnQ=":   "found 5 bytes",
		"--line 1.4 --auth on":               "--auth-identity: expected a header name and a value",
		"--line 3.0 --auth shipped":          "--auth-identity: expected a header name and a value",
		"--auth maybe":                       `--auth: expected on, shipped or off, found "maybe"`,
		"--auth on --auth-identity name":     `--auth-identity: expected header:value, found "name"`,
		"--auth on --auth-admin nacos":       "--auth-admin: expected name:password",
		"--hardened":                         "expected --auth on or shipped beside them",
		"--auth-secret c2hvcnQ= --line 2.0":  "expected --auth on or shipped beside them",
		"--auth off --auth-identity a:b":     "expected --auth on or shipped beside them",
		"--auth on --auth-admin :secret":     "--auth-admin: expected name:password, neither of them empty",
		"--auth on --auth-cache=perhaps":     "--auth-cache",
		"--line 2.0 --auth on --auth-secret": "--auth-secret",
	} {
		run(t, append([]string{"serve", "--port", "0"}, strings.Fields(args)...)...).check(t, reports.ExitUsage, says)
	}
}
