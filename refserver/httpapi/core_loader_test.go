package httpapi

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// crew is a loader that remembers what it was told.
type crew struct {
	connections []Connection
	told        []string
}

func (c *crew) Connections() []Connection  { return c.connections }
func (c *crew) Reload(id, redirect string) { c.told = append(c.told, "reload "+id+" "+redirect) }
func (c *crew) Shed(count int, redirect string) {
	c.told = append(c.told, "shed "+strconv.Itoa(count)+" "+redirect)
}

// loaderStory runs test in virtual time, which begins at 2000-01-01T00:00:00Z.
func loaderStory(t *testing.T, l *crew, test func(h *Handler)) {
	t.Helper()
	synctest.Test(t, func(*testing.T) {
		b, err := behaviour.ForLine(behaviour.Line25)
		if err != nil {
			t.Fatal(err)
		}
		c := clock.New(nil)
		r := naming.New(b, c)
		h := New(Options{Registry: r, Loader: l})
		test(h)
		h.Close()
		r.Close()
		c.Close()
	})
}

const core = "/nacos/v2/core/loader"

func TestLoaderCommands(t *testing.T) {
	failed := func(causes string) string { return `{"code":500,"message":"` + causes + `","data":null}` }
	absent := func(name, java, what string) string {
		return failed("caused: Required request parameter &#39;" + name + "&#39; for method parameter type " + java + " is " + what + ";")
	}
	for request, want := range map[string]struct {
		status     int
		kind, body string
		told       []string
	}{
		"GET /reloadClient?connectionId=a":                               {200, text, "success", []string{"reload a "}},
		"GET /reloadClient?connectionId=a&redirectAddress=10.0.0.9:8848": {200, text, "success", []string{"reload a 10.0.0.9:8848"}},
		"GET /reloadClient":                                              {500, js, absent("connectionId", "String", "not present"), nil},
		"POST /reloadClient?connectionId=a":                              {500, js, failed("caused: Request method &#39;POST&#39; not supported;"), nil},
		"GET /reloadCurrent?count=1":                                     {200, text, "success", []string{"shed 1 "}},
		"GET /reloadCurrent?count=-1&redirectAddress=noport":             {200, text, "success", []string{"shed -1 noport"}},
		"GET /reloadCurrent":                                             {500, js, absent("count", "Integer", "not present"), nil},
		"GET /reloadCurrent?count=":                                      {500, js, absent("count", "Integer", "present but converted to null"), nil},
		"GET /reloadCurrent?count=x": {500, js, failed("caused: Failed to convert value of type &#39;java.lang.String&#39; to required type &#39;java.lang.Integer&#39;; " +
			"nested exception is java.lang.NumberFormatException: For input string: &quot;x&quot;;caused: For input string: &quot;x&quot;;"), nil},
		"GET /smartReloadCluster":                             {200, text, "Ok", nil},
		"GET /smartReloadCluster?loaderFactor=0.2&force=true": {200, text, "Ok", nil},
		"GET /smartReloadCluster?loaderFactor=x":              {400, text, `caused: For input string: "x";`, nil},
	} {
		t.Run(request, func(t *testing.T) {
			l := &crew{}
			loaderStory(t, l, func(h *Handler) {
				method, target, _ := strings.Cut(request, " ")
				expect(t, h, method+" "+core+target, want.status, want.kind, want.body)
			})
			if !slices.Equal(l.told, want.told) {
				t.Errorf("expected the loader to be told %q, found %q", want.told, l.told)
			}
		})
	}
}

func TestLoaderViews(t *testing.T) {
	at := time.Date(2000, 1, 1, 0, 0, 0, 5e6, time.UTC)
	l := &crew{connections: []Connection{
		{
			ID: "1_10.0.0.1_5", ClientIP: "10.0.0.2", Version: "Test:v1", App: "-", SDK: true,
			Labels: map[string]string{"source": "sdk", "app_zone": "z"}, Abilities: map[string]bool{"b": true},
			Local: netip.MustParseAddrPort("10.0.0.3:9848"), Remote: netip.MustParseAddrPort("10.0.0.1:5"), Created: at, Active: at,
		},
	}}
	labels := `{"app_zone":"z","source":"sdk"}`
	own := `{"AppName":null,"ClientVersion":"Test:v1","zone":"z"}`
	loaderStory(t, l, func(h *Handler) {
		expect(t, h, "GET "+core+"/current", 200, js, `{"1_10.0.0.1_5":{"traced":false,"abilityTable":{"b":true},"metaInfo":{`+
			`"connectType":"GRPC","clientIp":"10.0.0.2","remoteIp":"10.0.0.1","remotePort":5,"localPort":9848,"version":"Test:v1",`+
			`"connectionId":"1_10.0.0.1_5","createTime":"2000-01-01T00:00:00.005+00:00","lastActiveTime":946684800005,"appName":"-",`+
			`"tenant":null,"labels":`+labels+`,"tlsProtected":false,"tag":null,"appLabels":`+own+`,"sdkSource":true,"clusterSource":false},`+
			`"labels":`+labels+`,"appLabels":`+own+`,"connected":true}}`)
		l.connections = append(l.connections, Connection{ID: "2"})
		expect(t, h, "GET "+core+"/cluster", 200, js, `{"total":1,"min":1,"avg":1,"max":1,"memberCount":1,"metricsCount":1,`+
			`"completed":true,"threshold":1.1,"detail":[{"address":"127.0.0.1:8848","metric":{"conCount":"2","cpu":"0.0","load":"0.0","sdkConCount":"1"}}]}`)
	})
}

func TestNoLoaderHasNoConnections(t *testing.T) {
	story(t, func(h *Handler) {
		for target, body := range map[string]string{
			"/current": "{}", "/cluster": "*", "/reloadClient?connectionId=a": "success", "/reloadCurrent?count=1": "success",
		} {
			kind := js
			if body == "success" {
				kind = text
			}
			expect(t, h, "GET "+core+target, 200, kind, body)
		}
	})
}
