package metrics

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// scrape reads what meters of a line write, as Prometheus does.
func scrape(t *testing.T, m *Meters) map[string]*dto.MetricFamily {
	t.Helper()
	var text strings.Builder
	if err := m.Write(&text, State{Gauges: ones(m), NamingSubscribers: [2]int{3, 4}, Serving: 2}); err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text.String()))
	if err != nil {
		t.Fatalf("expected text that Prometheus reads: %v\n%s", err, text.String())
	}
	return families
}

// ones are 1 for each gauge.
func ones(m *Meters) map[string]float64 {
	values := map[string]float64{}
	for name := range strings.FieldsSeq(m.b.Gauges) {
		values[name] = 1
	}
	return values
}

func onLine(t *testing.T, line behaviour.Line, now func() time.Time) *Meters {
	t.Helper()
	b, err := behaviour.ForLine(line)
	if err != nil {
		t.Fatal(err)
	}
	return New(b.Metrics, now)
}

// The families of nacos_* and grpc_* that real servers of each line showed after one publication and one read of a
// configuration and one gRPC call.
func TestFamiliesAreThoseOfTheLine(t *testing.T) {
	common := "http_server_requests_seconds http_server_requests_seconds_max nacos_monitor"
	later := common + " grpc_server_executor grpc_server_requests_seconds grpc_server_requests_seconds_max nacos_config_subscriber nacos_naming_publisher " +
		"nacos_naming_subscriber nacos_timer_seconds nacos_timer_seconds_max"
	for line, want := range map[behaviour.Line]string{
		behaviour.Line14: common + " nacos_timer_seconds nacos_timer_seconds_max",
		behaviour.Line20: common,
		behaviour.Line25: later + " nacos_monitor_count nacos_monitor_max nacos_monitor_sum nacos_monitor_seconds_count nacos_monitor_seconds_max nacos_monitor_seconds_sum",
		behaviour.Line30: later + " nacos_monitor_summary_count nacos_monitor_summary_max nacos_monitor_summary_sum " +
			"nacos_monitor_summary_seconds_count nacos_monitor_summary_seconds_max nacos_monitor_summary_seconds_sum",
	} {
		m := onLine(t, line, time.Now)
		m.HTTP(Request{Method: "POST", Status: 200, Route: configRoute})
		m.HTTP(Request{Method: "GET", Status: 200, Route: configRoute})
		m.GRPC(Call{Type: "InstanceRequest", Module: "naming", Success: true})
		expected := strings.Fields(want)
		slices.Sort(expected)
		if got := slices.Sorted(maps.Keys(scrape(t, m))); !slices.Equal(got, expected) {
			t.Errorf("line %s:\nexpected %v\nfound    %v", line, expected, got)
		}
	}
}

func TestGaugesAreAsManyAsOnRealServers(t *testing.T) {
	for line, want := range map[behaviour.Line]int{behaviour.Line14: 16, behaviour.Line20: 21, behaviour.Line25: 26, behaviour.Line30: 26} {
		if got := len(scrape(t, onLine(t, line, time.Now))["nacos_monitor"].Metric); got != want {
			t.Errorf("line %s: expected %d gauges of nacos_monitor, found %d", line, want, got)
		}
	}
}

func TestModulesAreShownOnceTheyHadConnections(t *testing.T) {
	m := onLine(t, behaviour.Line30, time.Now)
	for _, step := range []struct {
		connected map[string]int
		want      string
	}{{nil, ""}, {map[string]int{"naming": 2}, "naming 2"}, {map[string]int{"config": 1}, "config 1,naming 0"}} {
		f, err := m.monitor(State{Gauges: ones(m), Modules: step.connected})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, one := range f.Metric {
			if module := one.Label[0].GetValue(); one.Label[1].GetValue() == "longConnection" && module != "core" {
				got = append(got, module+" "+strconv.Itoa(int(one.Gauge.GetValue())))
			}
		}
		if joined := strings.Join(got, ","); joined != step.want {
			t.Errorf("with %v: expected %q, found %q", step.connected, step.want, joined)
		}
	}
}

func TestRequestsAreCountedByTheirLabels(t *testing.T) {
	for line, want := range map[behaviour.Line][]string{
		behaviour.Line25: {
			"IllegalArgumentException POST CLIENT_ERROR 400 /v1/ns/instance", "None GET CLIENT_ERROR 404 /**", "None GET SERVER_ERROR 501 root",
		},
		behaviour.Line30: {
			"none none GET CLIENT_ERROR 404 NOT_FOUND", "none none GET SERVER_ERROR 501 UNKNOWN", "none none POST CLIENT_ERROR 400 /v1/ns/instance",
		},
	} {
		m := onLine(t, line, time.Now)
		m.HTTP(Request{Method: "POST", Status: 400, Route: "/v1/ns/instance", Exception: "IllegalArgumentException", Took: time.Second})
		m.HTTP(Request{Method: "GET", Status: 404, Unknown: true})
		m.HTTP(Request{Method: "GET", Status: 501})
		var got []string
		for _, one := range scrape(t, m)["http_server_requests_seconds"].Metric {
			var values []string
			for _, label := range one.Label {
				values = append(values, label.GetValue())
			}
			got = append(got, strings.Join(values, " "))
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("line %s:\nexpected %v\nfound    %v", line, want, got)
		}
	}
}

func TestMaximaAreForgotten(t *testing.T) {
	now := time.Unix(1000, 0)
	m := onLine(t, behaviour.Line25, func() time.Time { return now })
	m.GRPC(Call{Type: "InstanceRequest", Module: "naming", Success: true, Took: 2 * time.Second})
	most := func() float64 {
		return scrape(t, m)["grpc_server_requests_seconds_max"].Metric[0].GetGauge().GetValue()
	}
	if got := most(); got != 2 {
		t.Errorf("expected a maximum of 2 s, found %v", got)
	}
	if now = now.Add(window); most() != 2 {
		t.Errorf("expected the maximum to be shown for %s at least, found %v", window, most())
	}
	if now = now.Add(2 * window); most() != 0 {
		t.Errorf("expected the maximum to be forgotten, found %v", most())
	}
	if got := scrape(t, m)["grpc_server_requests_seconds"].Metric[0].GetSummary(); got.GetSampleCount() != 1 || got.GetSampleSum() != 2 {
		t.Errorf("expected the sum of one call to stay, found %v", got)
	}
}

func TestGaugesWithoutValuesAreRefused(t *testing.T) {
	err := onLine(t, behaviour.Line14, time.Now).Write(new(strings.Builder), State{})
	if err == nil || !strings.Contains(err.Error(), "config.configCount") {
		t.Errorf("expected an error that names the first gauge without a value, found %v", err)
	}
}
