package coreapi_test

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/coreapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// crew is a loader that remembers what it was told.
type crew struct {
	connections []coreapi.Connection
	told        []string
}

func (c *crew) Connections() []coreapi.Connection { return c.connections }
func (c *crew) Reload(id, redirect string)        { c.told = append(c.told, "reload "+id+" "+redirect) }
func (c *crew) Shed(count int, redirect string) {
	c.told = append(c.told, "shed "+strconv.Itoa(count)+" "+redirect)
}

// loaderStory runs test in virtual time, which begins at 2000-01-01T00:00:00Z.
func loaderStory(t *testing.T, l *crew, test func(h *apitest.Handler)) {
	t.Helper()
	apitest.StoryWith(t, func(o *httpapi.Options) { o.Loader = l }, test)
}

const (
	core  = "/nacos/v2/core/loader"
	admin = "/nacos/v3/admin/core"
)

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
		"GET /reloadClient?connectionId=a":                               {200, apitest.Text, "success", []string{"reload a "}},
		"GET /reloadClient?connectionId=a&redirectAddress=10.0.0.9:8848": {200, apitest.Text, "success", []string{"reload a 10.0.0.9:8848"}},
		"GET /reloadClient":                                              {500, apitest.JSON, absent("connectionId", "String", "not present"), nil},
		"POST /reloadClient?connectionId=a":                              {500, apitest.JSON, failed("caused: Request method &#39;POST&#39; not supported;"), nil},
		"GET /reloadCurrent?count=1":                                     {200, apitest.Text, "success", []string{"shed 1 "}},
		"GET /reloadCurrent?count=-1&redirectAddress=noport":             {200, apitest.Text, "success", []string{"shed -1 noport"}},
		"GET /reloadCurrent":                                             {500, apitest.JSON, absent("count", "Integer", "not present"), nil},
		"GET /reloadCurrent?count=":                                      {500, apitest.JSON, absent("count", "Integer", "present but converted to null"), nil},
		"GET /reloadCurrent?count=x": {500, apitest.JSON, failed("caused: Failed to convert value of type &#39;java.lang.String&#39; to required type &#39;java.lang.Integer&#39;; " +
			"nested exception is java.lang.NumberFormatException: For input string: &quot;x&quot;;caused: For input string: &quot;x&quot;;"), nil},
		"GET /smartReloadCluster":                             {200, apitest.Text, "Ok", nil},
		"GET /smartReloadCluster?loaderFactor=0.2&force=true": {200, apitest.Text, "Ok", nil},
		"GET /smartReloadCluster?loaderFactor=x":              {400, apitest.Text, `caused: For input string: "x";`, nil},
	} {
		t.Run(request, func(t *testing.T) {
			l := &crew{}
			loaderStory(t, l, func(h *apitest.Handler) {
				method, target, _ := strings.Cut(request, " ")
				apitest.Expect(t, h, method+" "+core+target, want.status, want.kind, want.body)
			})
			if !slices.Equal(l.told, want.told) {
				t.Errorf("expected the loader to be told %q, found %q", want.told, l.told)
			}
		})
	}
}

func TestLoaderViews(t *testing.T) {
	at := time.Date(2000, 1, 1, 0, 0, 0, 5e6, time.UTC)
	l := &crew{connections: []coreapi.Connection{
		{
			ID: "1_10.0.0.1_5", ClientIP: "10.0.0.2", Version: "Test:v1", App: "-", SDK: true,
			Labels: map[string]string{"source": "sdk", "app_zone": "z"}, Abilities: map[string]bool{"b": true},
			Local: netip.MustParseAddrPort("10.0.0.3:9848"), Remote: netip.MustParseAddrPort("10.0.0.1:5"), Created: at, Active: at,
		},
	}}
	labels := `{"app_zone":"z","source":"sdk"}`
	own := `{"AppName":null,"ClientVersion":"Test:v1","zone":"z"}`
	loaderStory(t, l, func(h *apitest.Handler) {
		apitest.Expect(t, h, "GET "+core+"/current", 200, apitest.JSON, `{"1_10.0.0.1_5":{"traced":false,"abilityTable":{"b":true},"metaInfo":{`+
			`"connectType":"GRPC","clientIp":"10.0.0.2","remoteIp":"10.0.0.1","remotePort":5,"localPort":9848,"version":"Test:v1",`+
			`"connectionId":"1_10.0.0.1_5","createTime":"2000-01-01T00:00:00.005+00:00","lastActiveTime":946684800005,"appName":"-",`+
			`"tenant":null,"labels":`+labels+`,"tlsProtected":false,"tag":null,"appLabels":`+own+`,"sdkSource":true,"clusterSource":false},`+
			`"labels":`+labels+`,"appLabels":`+own+`,"connected":true}}`)
		l.connections = append(l.connections, coreapi.Connection{ID: "2"})
		apitest.Expect(t, h, "GET "+core+"/cluster", 200, apitest.JSON, `{"total":1,"min":1,"avg":1,"max":1,"memberCount":1,"metricsCount":1,`+
			`"completed":true,"threshold":1.1,"detail":[{"address":"127.0.0.1:8848","metric":{"conCount":"2","cpu":"0.0","load":"0.0","sdkConCount":"1"}}]}`)
	})
}

func TestNoLoaderHasNoConnections(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for target, body := range map[string]string{
			"/current": "{}", "/cluster": "*", "/reloadClient?connectionId=a": "success", "/reloadCurrent?count=1": "success",
		} {
			kind := apitest.JSON
			if body == "success" {
				kind = apitest.Text
			}
			apitest.Expect(t, h, "GET "+core+target, 200, kind, body)
		}
	})
}

func TestLoaderOfV3(t *testing.T) {
	l := &crew{connections: []coreapi.Connection{{ID: "1", SDK: true}, {ID: "2"}}}
	h := apitest.With(t, func(o *httpapi.Options) { o.Loader = l }, apitest.On(behaviour.Line30))
	for _, request := range []string{"/reloadClient?connectionId=1&redirectAddress=a:1", "/reloadCurrent?count=1", "/smartReloadCluster"} {
		apitest.Expect(t, h, "POST "+admin+"/loader"+request, 200, apitest.JSON, `{"code":0,"message":"success","data":null}`)
	}
	if len(l.told) != 2 || l.told[0] != "reload 1 a:1" || l.told[1] != "shed 1 " {
		t.Errorf("expected a client and the surplus to be reloaded, found %q", l.told)
	}
	apitest.Expect(t, h, "GET "+admin+"/loader/cluster", 200, apitest.JSON, `{"code":0,"message":"success","data":{"detail":[{"address":"127.0.0.1:8848","sdkConCount":1,"conCount":2,"load":"0.0","cpu":"0.0"}],"memberCount":1,"metricsCount":1,"completed":true,"max":1,"min":1,"avg":1,"threshold":"1.1","total":1}}`)
}
