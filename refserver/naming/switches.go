package naming

import (
	"encoding/json"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Switches are the settings that operators may change while the server runs, in the order in which they are shown.
// Those whose effect is not noted have none.
type Switches struct {
	Masters     []string           `json:"masters"`
	AdWeightMap map[string]float64 `json:"adWeightMap"`
	// DefaultPushCacheMillis is the cacheMillis of views, and how long address clients stay subscribed.
	DefaultPushCacheMillis int64 `json:"defaultPushCacheMillis"`
	// ClientBeatInterval is the interval that answers to beats ask for.
	ClientBeatInterval  int64       `json:"clientBeatInterval"`
	DefaultCacheMillis  int64       `json:"defaultCacheMillis"`
	DistroThreshold     wire.Double `json:"distroThreshold"`
	HealthCheckEnabled  bool        `json:"healthCheckEnabled"` // beats are checked
	AutoChangeCheck     bool        `json:"autoChangeHealthCheckEnabled"`
	DistroEnabled       bool        `json:"distroEnabled"`
	EnableStandalone    bool        `json:"enableStandalone"`
	PushEnabled         bool        `json:"pushEnabled"` // views are renewed and pushed
	CheckTimes          int         `json:"checkTimes"`
	HTTPHealthParams    ProbePace   `json:"httpHealthParams"`
	TCPHealthParams     ProbePace   `json:"tcpHealthParams"`
	MySQLHealthParams   ProbePace   `json:"mysqlHealthParams"`
	IncrementalList     []string    `json:"incrementalList"`
	ServerStatusPeriod  int64       `json:"serverStatusSynchronizationPeriodMillis"`
	ServiceStatusPeriod int64       `json:"serviceStatusSynchronizationPeriodMillis"`
	DisableAddIP        bool        `json:"disableAddIP"`
	SendBeatOnly        bool        `json:"sendBeatOnly"`
	LightBeatEnabled    bool        `json:"lightBeatEnabled"` // told to beating clients
	// DoubleWriteEnabled is told by lines that can be upgraded from 1.x.
	DoubleWriteEnabled *bool `json:"doubleWriteEnabled,omitempty"`
	// LimitedURLMap holds the status with which paths of v1 are refused.
	LimitedURLMap        map[string]int `json:"limitedUrlMap"`
	DistroServerExpired  int64          `json:"distroServerExpiredMillis"`
	PushGoVersion        string         `json:"pushGoVersion"`
	PushJavaVersion      string         `json:"pushJavaVersion"`
	PushPythonVersion    string         `json:"pushPythonVersion"`
	PushCVersion         string         `json:"pushCVersion"`
	PushCSharpVersion    string         `json:"pushCSharpVersion"`
	EnableAuthentication bool           `json:"enableAuthentication"`
	OverriddenStatus     *string        `json:"overriddenServerStatus"`   // the status that v1 reports and obeys
	DefaultEphemeral     bool           `json:"defaultInstanceEphemeral"` // the kind of registrations that name none
	HealthCheckWhiteList []string       `json:"healthCheckWhiteList"`
	Name                 string         `json:"name"`
	Checksum             *string        `json:"checksum"`
}

// ProbePace bounds the time between two probes, in milliseconds.
type ProbePace struct {
	Max    int         `json:"max"`
	Min    int         `json:"min"`
	Factor wire.Double `json:"factor"`
}

func (s *Switches) pushCache() time.Duration { return millis(s.DefaultPushCacheMillis) }

func defaultSwitches(b behaviour.Behaviour) Switches {
	s := Switches{
		AdWeightMap: map[string]float64{}, DefaultPushCacheMillis: b.View.CacheMillis.Milliseconds(),
		ClientBeatInterval: b.Heartbeat.DefaultInterval.Milliseconds(), DefaultCacheMillis: 3000, DistroThreshold: 0.7,
		HealthCheckEnabled: true, AutoChangeCheck: true, DistroEnabled: true, EnableStandalone: true, PushEnabled: true,
		CheckTimes: 3, HTTPHealthParams: ProbePace{5000, 500, 0.85}, TCPHealthParams: ProbePace{5000, 1000, 0.75},
		MySQLHealthParams: ProbePace{3000, 2000, 0.65}, IncrementalList: []string{}, ServerStatusPeriod: 2000,
		ServiceStatusPeriod: 5000, LightBeatEnabled: true, LimitedURLMap: map[string]int{}, DistroServerExpired: 10000,
		PushGoVersion: "0.1.0", PushJavaVersion: "0.1.0", PushPythonVersion: "0.4.3", PushCVersion: "1.0.12",
		PushCSharpVersion: "0.9.0", DefaultEphemeral: b.Registration.DefaultEphemeral, HealthCheckWhiteList: []string{},
		Name: "00-00---000-NACOS_SWITCH_DOMAIN-000---00-00",
	}
	if b.V1.DoubleWriteSwitch {
		s.DoubleWriteEnabled = new(true)
	}
	return s
}

// Switches are the settings now. The maps and lists are shared and must not be changed.
func (r *Registry) Switches() Switches {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.switches
}

// SetSwitch changes one setting, with debug on this server alone and until it ends. An unknown entry changes nothing.
func (r *Registry) SetSwitch(entry, value string, debug bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(switchesTurn{})()
	set := r.switchEntries()[entry]
	if set == nil {
		return nil
	}
	next := r.switches
	if err := set(&next, value); err != nil {
		return err
	}
	if debug {
		r.useSwitches(next)
		return nil
	}
	return r.commit(SwitchesPut{next})
}

func (r *Registry) useSwitches(next Switches) {
	resumed := next.PushEnabled && !r.switches.PushEnabled
	r.switches = next
	if resumed {
		r.resumePushes()
	}
}

type setter func(s *Switches, value string) error

// switchEntries are the settings that can be written.
func (r *Registry) switchEntries() map[string]setter {
	entries := switchEntries()
	if !r.b.V1.ProbeSwitches {
		maps.DeleteFunc(entries, func(name string, _ setter) bool { return strings.HasSuffix(name, "HealthParams") })
	}
	if r.b.V1.BatchSwitch {
		entries["batch"] = r.setAll
	}
	if !r.b.V1.CSharpSwitch {
		set := entries["pushVersion"]
		entries["pushVersion"] = func(s *Switches, v string) error {
			version := s.PushCSharpVersion
			if err := set(s, v); err != nil {
				return err
			}
			if kind, _, _ := strings.Cut(v, ":"); kind == "csharp" {
				s.PushCSharpVersion = version
				return unsupportedClient(kind)
			}
			return nil
		}
	}
	return entries
}

// setAll replaces all settings; those that the value leaves out get their start values.
func (r *Registry) setAll(s *Switches, v string) error {
	next := defaultSwitches(r.b)
	if err := json.Unmarshal([]byte(v), &next); err != nil {
		return unexpected("errCode: 101, errMsg: Nacos deserialize for class [com.alibaba.nacos.naming.misc.SwitchDomain] failed, cause error[%v].  ", err)
	}
	next.EnableStandalone = s.EnableStandalone
	for _, p := range []ProbePace{next.HTTPHealthParams, next.TCPHealthParams} {
		if err := p.check(); err != nil {
			return err
		}
	}
	*s = next
	return nil
}

func unsupportedClient(kind string) error {
	return InvalidArgument("unsupported client type: %s", kind)
}

// switchEntries are the settings that can be written on some line, by the names under which they are.
func switchEntries() map[string]setter {
	return map[string]setter{
		"distroThreshold":    setDistroThreshold,
		"clientBeatInterval": whole(func(s *Switches) *int64 { return &s.ClientBeatInterval }, nil),
		"pushVersion":        setPushVersion,
		"pushCacheMillis": whole(func(s *Switches) *int64 { return &s.DefaultPushCacheMillis },
			atLeast(10000, "min cache time for http or tcp is too small(<10000)")),
		"defaultCacheMillis": whole(func(s *Switches) *int64 { return &s.DefaultCacheMillis },
			atLeast(1000, "min default cache time  is too small(<1000)")),
		"masters":     func(s *Switches, v string) error { s.Masters = strings.Split(v, ","); return nil },
		"distro":      flag(func(s *Switches) *bool { return &s.DistroEnabled }),
		"check":       flag(func(s *Switches) *bool { return &s.HealthCheckEnabled }),
		"pushEnabled": flag(func(s *Switches) *bool { return &s.PushEnabled }),
		"serviceStatusSynchronizationPeriodMillis": whole(func(s *Switches) *int64 { return &s.ServiceStatusPeriod },
			atLeast(5000, "serviceStatusSynchronizationPeriodMillis is too small(<5000)")),
		"serverStatusSynchronizationPeriodMillis": whole(func(s *Switches) *int64 { return &s.ServerStatusPeriod },
			atLeast(1000, "serverStatusSynchronizationPeriodMillis is too small(<15000)")),
		"healthCheckTimes":             setCheckTimes,
		"disableAddIP":                 flag(func(s *Switches) *bool { return &s.DisableAddIP }),
		"sendBeatOnly":                 flag(func(s *Switches) *bool { return &s.SendBeatOnly }),
		"limitedUrlMap":                setLimitedURLs,
		"overriddenServerStatus":       setOverriddenStatus,
		"defaultInstanceEphemeral":     flag(func(s *Switches) *bool { return &s.DefaultEphemeral }),
		"distroServerExpiredMillis":    whole(func(s *Switches) *int64 { return &s.DistroServerExpired }, nil),
		"lightBeatEnabled":             lenientFlag(func(s *Switches) *bool { return &s.LightBeatEnabled }),
		"autoChangeHealthCheckEnabled": lenientFlag(func(s *Switches) *bool { return &s.AutoChangeCheck }),
		"httpHealthParams":             pace(func(s *Switches) *ProbePace { return &s.HTTPHealthParams }, true),
		"tcpHealthParams":              pace(func(s *Switches) *ProbePace { return &s.TCPHealthParams }, true),
		"mysqlHealthParams":            pace(func(s *Switches) *ProbePace { return &s.MySQLHealthParams }, false),
	}
}

func flag(field func(*Switches) *bool) setter {
	return func(s *Switches, v string) error {
		*field(s) = strings.EqualFold(v, "true")
		return nil
	}
}

func lenientFlag(field func(*Switches) *bool) setter {
	return func(s *Switches, v string) error {
		*field(s) = TruthyText(v)
		return nil
	}
}

func whole(field func(*Switches) *int64, check func(int64) error) setter {
	return func(s *Switches, v string) error {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return notANumber(v)
		}
		if check != nil {
			if err := check(n); err != nil {
				return err
			}
		}
		*field(s) = n
		return nil
	}
}

func atLeast(bound int64, text string) func(int64) error {
	return func(n int64) error {
		if n < bound {
			return InvalidArgument("%s", text)
		}
		return nil
	}
}

func notANumber(v string) error { return InvalidArgument("%s", java.NotANumber(v)) }

func setDistroThreshold(s *Switches, v string) error {
	f, err := strconv.ParseFloat(v, 32)
	if err != nil {
		return notANumber(v)
	}
	if f <= 0 {
		text, _ := json.Marshal(wire.Double(f))
		return InvalidArgument("distroThreshold can not be zero or negative: %s", text)
	}
	s.DistroThreshold = wire.Double(f)
	return nil
}

func setCheckTimes(s *Switches, v string) error {
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil {
		return notANumber(v)
	}
	s.CheckTimes = int(n)
	return nil
}

var versionSyntax = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+$`)

func setPushVersion(s *Switches, v string) error {
	parts := strings.Split(v, ":")
	if len(parts) < 2 {
		return unexpected("Index 1 out of bounds for length 1")
	}
	if !versionSyntax.MatchString(parts[1]) {
		return InvalidArgument(`illegal version, must match: [0-9]+\.[0-9]+\.[0-9]+`)
	}
	fields := map[string]*string{
		"java": &s.PushJavaVersion, "python": &s.PushPythonVersion, "c": &s.PushCVersion,
		"go": &s.PushGoVersion, "csharp": &s.PushCSharpVersion,
	}
	field := fields[parts[0]]
	if field == nil {
		return unsupportedClient(parts[0])
	}
	*field = parts[1]
	return nil
}

// setLimitedURLs replaces the map; an empty value leaves it, so that it cannot be emptied again.
func setLimitedURLs(s *Switches, v string) error {
	if v == "" {
		return nil
	}
	limited := map[string]int{}
	for entry := range strings.SplitSeq(v, ",") {
		parts := strings.Split(entry, ":")
		if len(parts) < 2 {
			return InvalidArgument("invalid input for limited urls")
		}
		if parts[0] == "" {
			return InvalidArgument("url can not be empty, url: ")
		}
		status, err := strconv.ParseInt(parts[1], 10, 32)
		if err != nil {
			return notANumber(parts[1])
		}
		if status <= 0 {
			return InvalidArgument("illegal normal status code: %d", status)
		}
		limited[parts[0]] = int(status)
	}
	s.LimitedURLMap = limited
	return nil
}

func setOverriddenStatus(s *Switches, v string) error {
	if v == "null" {
		v = ""
	}
	s.OverriddenStatus = &v
	return nil
}

func pace(field func(*Switches) *ProbePace, checks bool) setter {
	return func(s *Switches, v string) error {
		var p ProbePace
		if err := json.Unmarshal([]byte(v), &p); err != nil {
			return InvalidArgument("json param invalid.")
		}
		if checks {
			if err := p.check(); err != nil {
				return err
			}
		}
		*field(s) = p
		return nil
	}
}

func (p ProbePace) check() error {
	switch {
	case p.Min < 500:
		return InvalidArgument("min check time for http or tcp is too small(<500)")
	case p.Max < 3000:
		return InvalidArgument("max check time for http or tcp is too small(<3000)")
	case p.Factor < 0 || p.Factor > 1:
		return InvalidArgument("malformed factor")
	}
	return nil
}

// Status is what the server reports of itself: UP, unless operators say otherwise. It stays as it was while they say what
// is no status: real servers then never look at the switch again.
// Source: nacos 2.5.1 N/cluster/ServerStatus.java, ServerStatusManager.java:60-74; measured.
func (s Switches) Status(was string) string {
	if s.OverriddenStatus == nil || *s.OverriddenStatus == "" {
		return "UP"
	}
	switch now := *s.OverriddenStatus; now {
	case "UP", "DOWN", "STARTING", "PAUSED", "WRITE_ONLY", "READ_ONLY":
		return now
	}
	return was
}

// String is the kind as operators know it.
func (k Kind) String() string {
	return [...]string{"connection", "ephemeral address", "persistent address", "poller"}[k]
}
