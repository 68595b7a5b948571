package naming

import "testing"

func TestSwitchesRefuse(t *testing.T) {
	story(t, func(s *server) {
		for _, c := range []struct{ entry, value, text string }{
			{"pushCacheMillis", "9999", "min cache time for http or tcp is too small(<10000)"},
			{"defaultCacheMillis", "999", "min default cache time  is too small(<1000)"},
			{"distroThreshold", "0", "distroThreshold can not be zero or negative: 0.0"},
			{"clientBeatInterval", "abc", `For input string: "abc"`},
			{"pushVersion", "java:1", `illegal version, must match: [0-9]+\.[0-9]+\.[0-9]+`},
			{"pushVersion", "rust:1.0.0", "unsupported client type: rust"},
			{"serviceStatusSynchronizationPeriodMillis", "1", "serviceStatusSynchronizationPeriodMillis is too small(<5000)"},
			{"serverStatusSynchronizationPeriodMillis", "1", "serverStatusSynchronizationPeriodMillis is too small(<15000)"},
			{"limitedUrlMap", "abc", "invalid input for limited urls"},
			{"limitedUrlMap", "/x:0", "illegal normal status code: 0"},
			{"httpHealthParams", `{"max":1,"min":1,"factor":0.5}`, "min check time for http or tcp is too small(<500)"},
			{"tcpHealthParams", `{"max":2999,"min":500,"factor":0.5}`, "max check time for http or tcp is too small(<3000)"},
			{"tcpHealthParams", `{"max":5000,"min":1000,"factor":1.5}`, "malformed factor"},
			{"tcpHealthParams", "bad", "json param invalid."},
		} {
			refuses(t, s.SetSwitch(c.entry, c.value, false), Argument, 400, c.text)
		}
		refuses(t, s.SetSwitch("pushVersion", "java", false), Unexpected, 500, "Index 1 out of bounds for length 1")
	})
}

func TestSwitchesChange(t *testing.T) {
	story(t, func(s *server) {
		before := s.Switches()
		if err := s.SetSwitch("nope", "1", false); err != nil {
			t.Errorf("an unknown entry must change nothing: %v", err)
		}
		for entry, value := range map[string]string{
			"check": "false", "overriddenServerStatus": "DOWN", "limitedUrlMap": "/x:200", "pushVersion": "go:1.2.3",
			"defaultInstanceEphemeral": "no", "lightBeatEnabled": "1", "distroThreshold": "0.5", "masters": "a,b",
			"mysqlHealthParams": "{}", "healthCheckTimes": "5",
		} {
			if err := s.SetSwitch(entry, value, false); err != nil {
				t.Errorf("%s=%s: %v", entry, value, err)
			}
		}
		after := s.Switches()
		if after.HealthCheckEnabled || after.Status("UP") != "DOWN" || after.LimitedURLMap["/x"] != 200 || after.PushGoVersion != "1.2.3" ||
			after.DefaultEphemeral || after.LightBeatEnabled || after.DistroThreshold != 0.5 || len(after.Masters) != 2 || after.CheckTimes != 5 {
			t.Errorf("not all changes arrived: %+v", after)
		}
		if before.Status("DOWN") != "UP" || !before.HealthCheckEnabled {
			t.Errorf("the start values differ: %+v", before)
		}
		if err := s.SetSwitch("overriddenServerStatus", "odd", false); err != nil || s.Switches().Status("READ_ONLY") != "READ_ONLY" {
			t.Errorf("what is no status must change none: %v, %s", err, s.Switches().Status("READ_ONLY"))
		}
		if err := s.SetSwitch("overriddenServerStatus", "null", false); err != nil || s.Switches().Status("DOWN") != "UP" {
			t.Errorf("null must clear the status: %v, %s", err, s.Switches().Status("DOWN"))
		}
	})
}
