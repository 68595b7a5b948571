package heartbeat_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/conformance"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/suites/heartbeat"
	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
	"github.com/nacos-tck/nacos-tck/wire"
)

const line = "2.5"

// TestReferenceServerPasses runs the whole area in virtual time, the slow stories and the switches as well.
func TestReferenceServerPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source, err := fixtures.StartInMemory(fixtures.Embedding{Line: line})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		log, err := conformance.Run(t.Context(), conformance.Options{
			Source: source, Options: engine.Options{Select: []string{"naming.heartbeat"}, All: true, Destructive: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		verdicts := map[string]reports.Result{}
		for _, r := range log.Results {
			verdicts[r.Check] = r
		}
		for _, check := range heartbeat.Suite().Checks {
			if r := verdicts[check.ID]; r.Verdict != reports.Pass {
				t.Errorf("%s: %s: %s", check.ID, r.Verdict, r.Reason)
			}
		}
		for _, service := range services(t, source.Target()) {
			t.Errorf("the service %s was left behind", service)
		}
	})
}

// services are the names in the default group of the target.
func services(t *testing.T, target *fixtures.Target) []string {
	t.Helper()
	client := wire.NewHTTPClient(target.HTTPOptions())
	defer client.Close()
	x := client.Do(t.Context(), wire.HTTPRequest{
		Method: http.MethodGet, Path: "/v1/ns/service/list", Query: url.Values{"pageNo": {"1"}, "pageSize": {"500"}},
	})
	var list struct {
		Doms []string `json:"doms"`
	}
	if err := json.Unmarshal([]byte(x.Body), &list); err != nil {
		t.Fatalf("the list of services: %v in %q", err, x.Body)
	}
	return list.Doms
}

// TestDefaultRunIsShort keeps what a run without options waits for below a minute.
func TestDefaultRunIsShort(t *testing.T) {
	const longest, exclusive = 46 * time.Second, 25 * time.Second
	var alone time.Duration
	for _, timeline := range heartbeat.Suite().Timelines {
		switch {
		case timeline.Group != "":
		case timeline.Class == engine.Exclusive:
			alone += timeline.Lasts
		case timeline.Lasts > longest:
			t.Errorf("%s lasts %s, expected %s at most", timeline.ID, timeline.Lasts, longest)
		}
	}
	if alone > exclusive {
		t.Errorf("the exclusive timelines last %s together, expected %s at most", alone, exclusive)
	}
}
