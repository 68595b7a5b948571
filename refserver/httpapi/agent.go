package httpapi

import (
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// canPush says whether a client of this name understands pushes over UDP: a known prefix and a version that is not
// below the one that the switches ask for.
func canPush(agent string, s naming.Switches) bool {
	if !s.PushEnabled {
		return false
	}
	for _, kind := range []struct{ prefix, least string }{
		{"Nacos-Java-Client", s.PushJavaVersion}, {"Nacos-DNS", s.PushPythonVersion}, {"Nacos-C-Client", s.PushCVersion},
		{"vip-client4cpp", s.PushCVersion}, {"Nacos-Go-Client", s.PushGoVersion}, {"Nacos-CSharp-Client", s.PushCSharpVersion},
	} {
		if rest, ok := strings.CutPrefix(agent, kind.prefix); ok {
			version := "0.0.0"
			if v, ok := strings.CutPrefix(rest, ":v"); ok {
				version = v
			}
			return !olderVersion(version, kind.least)
		}
	}
	return false
}

// olderVersion compares dotted numbers; what is no number counts as 0.
func olderVersion(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(as), len(bs)) {
		x, y := part(as, i), part(bs, i)
		if x != y {
			return x < y
		}
	}
	return false
}

func part(parts []string, i int) int {
	if i >= len(parts) {
		return 0
	}
	n, err := strconv.Atoi(parts[i])
	if err != nil {
		return 0
	}
	return n
}
