package refserver_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// withFlags is line 2.5 as a real 2.5.1 is that was started with nacos.naming.expireInstance=false, .client.expired.time=20000,
// .clean.empty-service.interval=1000 and .expired-time=3000, .clean.expired-metadata.interval=1000 and .expired-time=5000,
// .push.pushTaskDelay=50. What the tests below expect was recorded on that server.
func withFlags(t *testing.T) refserver.Option {
	b, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		t.Fatal(err)
	}
	b.Heartbeat.Expires = false
	b.Push.Delay = 50 * time.Millisecond
	c := &b.Cleaning
	c.ClientExpiry = 20 * time.Second
	c.EmptyServicePeriod, c.EmptyServiceExpiry = time.Second, 3*time.Second
	c.MetadataPeriod, c.MetadataExpiry = time.Second, 5*time.Second
	return refserver.WithBehaviour(b)
}

// flagged runs a story on a server with these flags that has been up for a while.
func flagged(t *testing.T, story func(t *testing.T, s *flagStory)) {
	bubble(t, func(t *testing.T, s site) {
		time.Sleep(31*time.Second + 130*time.Millisecond)
		story(t, &flagStory{t, s.http()})
	}, withFlags(t))
}

type flagStory struct {
	t      *testing.T
	client *wire.HTTPClient
}

// do sends a request about service s, at port 8080 unless a pair says otherwise, and returns the body of its answer.
func (f *flagStory) do(method, path string, pairs ...string) string {
	f.t.Helper()
	form := url.Values{"serviceName": {"s"}, "ip": {"10.0.0.1"}, "port": {"8080"}, "pageNo": {"1"}, "pageSize": {"9"}, "key": {"public##DEFAULT_GROUP@@s"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	x := f.client.Do(f.t.Context(), wire.HTTPRequest{Method: method, Path: "/v1/ns" + path, Query: form})
	if x.Err != "" {
		f.t.Fatalf("%s %s: %s", method, path, x.Err)
	}
	return x.Body
}

func (f *flagStory) write(method, path string, pairs ...string) {
	f.t.Helper()
	if body := f.do(method, path, pairs...); body != "ok" {
		f.t.Errorf("%s %s %v: expected ok, found %s", method, path, pairs, body)
	}
}

// hosts are the ports of the list with the metadata of each.
func (f *flagStory) hosts() string {
	var list struct {
		Hosts []struct {
			Port     int
			Metadata map[string]string
		}
	}
	if err := json.Unmarshal([]byte(f.do("GET", "/instance/list")), &list); err != nil {
		f.t.Fatal(err)
	}
	text := map[int]string{}
	for _, h := range list.Hosts {
		text[h.Port] = strconv.Itoa(h.Port)
		if o := h.Metadata["o"]; o != "" {
			text[h.Port] += ":o=" + o
		}
	}
	return strings.Join(slices.DeleteFunc([]string{text[8080], text[8081], text[8099]}, func(s string) bool { return s == "" }), " ")
}

func (f *flagStory) expectHosts(want string) {
	f.t.Helper()
	if got := f.hosts(); got != want {
		f.t.Errorf("expected hosts %q, found %q", want, got)
	}
}

// awaits polls until a read shows want, and expects that in the span after its start.
func (f *flagStory) awaits(read func() string, want string, after, until time.Duration) {
	f.t.Helper()
	for start := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		switch since := time.Since(start); {
		case since > until:
			f.t.Fatalf("expected %q until %s, found %q", want, until, read())
		case read() != want:
		case since <= after:
			f.t.Fatalf("expected %q after %s, found it at %s", want, after, since)
		default:
			return
		}
	}
}

func TestUnexpiredInstancesGoWithTheirClient(t *testing.T) {
	flagged(t, func(_ *testing.T, f *flagStory) {
		start := time.Now()
		f.write("POST", "/instance")
		statuses := func() string { return f.do("GET", "/instance/statuses") }
		f.awaits(statuses, `{"ips":["10.0.0.1:8080_false"]}`, 15*time.Second, 21*time.Second)
		f.awaits(statuses, `{"ips":[]}`, 20*time.Second-time.Since(start), 26*time.Second-time.Since(start))
	})
}

func TestEmptyServicesGoSoonerWhenToldSo(t *testing.T) {
	flagged(t, func(_ *testing.T, f *flagStory) {
		f.write("POST", "/instance")
		time.Sleep(time.Second)
		f.write("DELETE", "/instance")
		list := func() string { return f.do("GET", "/service/list") }
		f.awaits(list, `{"count":0,"doms":[]}`, 2900*time.Millisecond, 4200*time.Millisecond)
	})
}

func TestOperationalMetadataGoesSoonerWhenToldSo(t *testing.T) {
	flagged(t, func(_ *testing.T, f *flagStory) {
		f.write("POST", "/instance", "port", "8099")
		f.write("POST", "/instance")
		time.Sleep(time.Second)
		f.write("PUT", "/instance", "metadata", "o=1")
		time.Sleep(time.Second)
		f.write("DELETE", "/instance")
		time.Sleep(3 * time.Second)
		f.write("POST", "/instance")
		time.Sleep(time.Second)
		f.expectHosts("8080:o=1 8099")
		f.write("DELETE", "/instance")
		time.Sleep(8 * time.Second)
		f.write("POST", "/instance")
		time.Sleep(time.Second)
		f.expectHosts("8080 8099")
	})
}

func TestViewsAreRenewedSoonerWhenToldSo(t *testing.T) {
	flagged(t, func(_ *testing.T, f *flagStory) {
		f.write("POST", "/instance")
		time.Sleep(time.Second)
		f.expectHosts("8080")
		f.write("POST", "/instance", "port", "8081")
		f.expectHosts("8080")
		time.Sleep(300 * time.Millisecond)
		f.expectHosts("8080 8081")
	})
}

func TestServiceMetadataOutlivesItsServiceAsToldTo(t *testing.T) {
	flagged(t, func(t *testing.T, f *flagStory) {
		threshold := func(want string) {
			t.Helper()
			if body := f.do("GET", "/service"); !strings.Contains(body, want) {
				t.Errorf("expected %s, found %s", want, body)
			}
		}
		f.write("POST", "/service", "protectThreshold", "0.5")
		time.Sleep(5500 * time.Millisecond)
		threshold("service not found")
		f.write("POST", "/service", "protectThreshold", "0.25")
		threshold(`"protectThreshold":0.25`)
		time.Sleep(4500 * time.Millisecond)
		f.write("POST", "/instance") // the service is gone, its kind free; its metadata waits
		time.Sleep(time.Second)
		threshold(`"protectThreshold":0.25`)
		f.expectHosts("8080")
	})
}
