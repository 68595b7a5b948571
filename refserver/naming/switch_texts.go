package naming

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// SwitchWrite is a setting as operators write it.
type SwitchWrite struct{ Entry, Value string }

// SwitchWrites are the writes that make the settings of a start those of now, by entry. What has no entry of its own on the
// line is not among them.
func (r *Registry) SwitchWrites() []SwitchWrite {
	r.mu.Lock()
	defer r.mu.Unlock()
	start, now := defaultSwitches(r.b).writes(), r.switches.writes()
	known := r.switchEntries()
	var writes []SwitchWrite
	for i, w := range now {
		if w != start[i] && known[w.Entry] != nil {
			writes = append(writes, w)
		}
	}
	return writes
}

// TrySwitch says whether a setting would change with a write, or why it is refused. One that there is not is refused too.
func (r *Registry) TrySwitch(entry, value string) (changes bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	set := r.switchEntries()[entry]
	if set == nil {
		return false, InvalidArgument("expected one of the switches %s, found %q",
			strings.Join(slices.Sorted(maps.Keys(r.switchEntries())), ", "), entry)
	}
	next := r.switches
	if err := set(&next, value); err != nil {
		return false, err
	}
	return !reflect.DeepEqual(next, r.switches), nil
}

// writes are all settings that can be written one by one, by entry. Those of the versions of clients share one.
func (s Switches) writes() []SwitchWrite {
	encode := func(p ProbePace) string {
		text, _ := json.Marshal(p) // numbers always have a text
		return string(text)
	}
	limited := make([]string, 0, len(s.LimitedURLMap))
	for _, url := range slices.Sorted(maps.Keys(s.LimitedURLMap)) {
		limited = append(limited, fmt.Sprintf("%s:%d", url, s.LimitedURLMap[url]))
	}
	status := ""
	if s.OverriddenStatus != nil {
		status = *s.OverriddenStatus
	}
	return []SwitchWrite{
		{"autoChangeHealthCheckEnabled", strconv.FormatBool(s.AutoChangeCheck)},
		{"check", strconv.FormatBool(s.HealthCheckEnabled)},
		{"clientBeatInterval", strconv.FormatInt(s.ClientBeatInterval, 10)},
		{"defaultCacheMillis", strconv.FormatInt(s.DefaultCacheMillis, 10)},
		{"defaultInstanceEphemeral", strconv.FormatBool(s.DefaultEphemeral)},
		{"disableAddIP", strconv.FormatBool(s.DisableAddIP)},
		{"distro", strconv.FormatBool(s.DistroEnabled)},
		{"distroServerExpiredMillis", strconv.FormatInt(s.DistroServerExpired, 10)},
		{"distroThreshold", strconv.FormatFloat(float64(s.DistroThreshold), 'g', -1, 32)},
		{"healthCheckTimes", strconv.Itoa(s.CheckTimes)},
		{"httpHealthParams", encode(s.HTTPHealthParams)},
		{"lightBeatEnabled", strconv.FormatBool(s.LightBeatEnabled)},
		{"limitedUrlMap", strings.Join(limited, ",")},
		{"masters", strings.Join(s.Masters, ",")},
		{"mysqlHealthParams", encode(s.MySQLHealthParams)},
		{"overriddenServerStatus", status},
		{"pushCacheMillis", strconv.FormatInt(s.DefaultPushCacheMillis, 10)},
		{"pushEnabled", strconv.FormatBool(s.PushEnabled)},
		{"pushVersion", "c:" + s.PushCVersion},
		{"pushVersion", "csharp:" + s.PushCSharpVersion},
		{"pushVersion", "go:" + s.PushGoVersion},
		{"pushVersion", "java:" + s.PushJavaVersion},
		{"pushVersion", "python:" + s.PushPythonVersion},
		{"sendBeatOnly", strconv.FormatBool(s.SendBeatOnly)},
		{"serverStatusSynchronizationPeriodMillis", strconv.FormatInt(s.ServerStatusPeriod, 10)},
		{"serviceStatusSynchronizationPeriodMillis", strconv.FormatInt(s.ServiceStatusPeriod, 10)},
		{"tcpHealthParams", encode(s.TCPHealthParams)},
	}
}
