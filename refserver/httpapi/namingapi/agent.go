package namingapi

import (
	"regexp"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// subscribe makes a reader a subscriber when it can be pushed to, and says whether it can.
func (c call) subscribe(k naming.ServiceKey, sub naming.Subscriber, s naming.Switches) bool {
	if sub.Port <= 0 || !c.canPush(sub.Agent, s) {
		return false
	}
	if c.B.Datagrams.NeedsAddress {
		address, err := sub.Address()
		if err != nil {
			return false
		}
		sub.IP = address.Addr().String()
	}
	c.registry.SubscribeAddress(k, sub, c.attributes())
	return true
}

// canPush says whether a client of this name understands pushes over UDP: a known prefix and a version that is not
// below the one that the switches ask for.
func (a *API) canPush(agent string, s naming.Switches) bool {
	if !s.PushEnabled {
		return false
	}
	for _, kind := range []struct{ prefix, least string }{
		{"Nacos-Java-Client", s.PushJavaVersion}, {"Nacos-DNS", s.PushPythonVersion}, {"Nacos-C-Client", s.PushCVersion},
		{"vip-client4cpp", s.PushCVersion}, {"Nacos-Go-Client", s.PushGoVersion}, {"Nacos-CSharp-Client", s.PushCSharpVersion},
	} {
		if rest, ok := strings.CutPrefix(agent, kind.prefix); ok {
			_, text, _ := strings.Cut(rest, ":v")
			version := parseVersion(text)
			if len(version) < 2 && a.b.Datagrams.NeedsMinorVersion {
				return false
			}
			order := slices.Compare(canonical(version), canonical(parseVersion(kind.least)))
			return order > 0 || order == 0 && !(len(version) > 3 && a.b.Datagrams.SnapshotsAreOlder)
		}
	}
	return false
}

// parseVersion are the parts of a version; each counts as far as it is a number, and overflows as one does in Java.
func parseVersion(text string) []int32 {
	var parts []int32
	for _, part := range versionMarks.Split(strings.TrimRight(strings.TrimSpace(text), "-_./;:"), -1) {
		var n int32
		for _, digit := range part {
			if digit < '0' || digit > '9' {
				break
			}
			n = n*10 + digit - '0'
		}
		parts = append(parts, n)
	}
	return parts
}

var versionMarks = regexp.MustCompile(`[-_./;:]`)

// canonical are the three parts by which versions compare.
func canonical(version []int32) []int32 { return append(slices.Clone(version), 0, 0, 0)[:3] }

// compareVersions is below 0 when a is older than b, 0 when they are equal, and above 0 otherwise.
func compareVersions(a, b string) int {
	return slices.Compare(canonical(parseVersion(a)), canonical(parseVersion(b)))
}
