package drive

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Switch is a setting of the whole server. Only exclusive timelines may change one.
type Switch struct {
	// Entry is its name in requests, Property its name in the object that the server shows.
	Entry, Property string
}

// Switches that stories change.
var (
	HealthCheck      = Switch{Entry: "check", Property: "healthCheckEnabled"}
	BeatInterval     = Switch{Entry: "clientBeatInterval", Property: "clientBeatInterval"}
	LightBeatEnabled = Switch{Entry: "lightBeatEnabled", Property: "lightBeatEnabled"}
)

// Turn sets the switch on this server alone and sees to it that it gets its former value back when the session closes.
func (s *Session) Turn(name string, w Switch, value string) error {
	path := V1.Path("operator/switches")
	x := s.Do("switches", wire.HTTPRequest{Method: http.MethodGet, Path: path})
	var shown map[string]json.RawMessage
	if err := json.Unmarshal([]byte(x.Body), &shown); err != nil || shown[w.Property] == nil {
		return engine.Untestable("the switch %s is needed: GET %s answers %d %q %s", w.Property, path, x.Status, x.Body, x.Err)
	}
	turn := func(value string) wire.HTTPRequest {
		return wire.HTTPRequest{Method: http.MethodPut, Path: path, Query: url.Values{"entry": {w.Entry}, "value": {value}, "debug": {"true"}}}
	}
	s.cleanupOnce("turn "+w.Entry, func(ctx context.Context) {
		s.do(ctx, reports.KindRequest, "cleanup", turn(string(shown[w.Property])))
	})
	if x := s.Do(name, turn(value)); x.Status != http.StatusOK {
		return engine.Untestable("the switch %s is needed: setting it to %s is answered %d %q %s", w.Entry, value, x.Status, x.Body, x.Err)
	}
	return nil
}
