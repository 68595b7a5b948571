package httpapi

import (
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// asLine30 makes a behaviour that of line 3.0.
func asLine30(b *behaviour.Behaviour) { *b, _ = behaviour.ForLine(behaviour.Line30) }

const (
	client3 = "/nacos/v3/client/ns"
	admin3  = "/nacos/v3/admin/ns"
	core3   = "/nacos/v3/admin/core"
	done3   = `{"code":0,"message":"success","data":"ok"}`
)

// exchange is a request with the answer that a real server gave.
type exchange struct {
	request string
	status  int
	kind    string
	body    string
}

func play(t *testing.T, play []exchange, changes ...func(*behaviour.Behaviour)) {
	t.Helper()
	story(t, func(h *Handler) {
		for _, x := range play {
			expect(t, h, x.request, x.status, x.kind, x.body)
		}
	}, append([]func(*behaviour.Behaviour){asLine30}, changes...)...)
}

func absent(name string) string {
	return `{"code":10000,"message":"parameter missing","data":"Required parameter '` + name + ` is not present"}`
}

func TestClientAPIOfV3(t *testing.T) {
	host := `{"ip":"1.1.1.1","port":1,"weight":2.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"DEFAULT",` +
		`"serviceName":"DEFAULT_GROUP@@g@@s","metadata":{},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,` +
		`"ipDeleteTimeout":30000,"instanceIdGenerator":"simple"}`
	one := client3 + "/instance?serviceName=g@@s&ip=1.1.1.1&port=1"
	play(t, []exchange{
		{"POST " + client3 + "/instance", 400, js, absent("serviceName' type String")},
		{"POST " + client3 + "/instance?serviceName=s", 400, js, absent("ip' type String")},
		{"POST " + client3 + "/instance?serviceName=s&ip=1.1.1.1", 400, js, absent("port' type Integer")},
		{"POST " + one + "&weight=-1", 400, js, `{"code":21001,"message":"weight error","data":"instance format invalid: The weights range from 0.0 to 10000.0"}`},
		{"POST " + one + "&clusterName=a_b", 400, js, `{"code":21004,"message":"instance error","data":"Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)"}`},
		{"POST " + one + "&heartBeat=maybe", 500, js, `{"code":30000,"message":"Method parameter 'heartBeat': Failed to convert value of type 'java.lang.String' to required type 'boolean'; Invalid boolean value [maybe]","data":null}`},
		{"POST " + one + "&heartBeat=true", 200, js, `{"code":21003,"message":"instance not found","data":null}`},
		{"POST " + one + "&weight=2", 200, js, done3},
		{"POST " + one + "&heartBeat=true&weight=-1", 200, js, done3},
		{"GET " + client3 + "/instance/list?serviceName=g@@s&healthyOnly=true", 200, js, `{"code":0,"message":"success","data":[` + host + `]}`},
		{"GET " + client3 + "/instance/list?serviceName=g@@s&clusterName=c", 200, js, `{"code":0,"message":"success","data":[]}`},
		{"POST " + one + "&ephemeral=false", 400, js, `{"code":30000,"message":"server error","data":"errCode: 400, errMsg: Current service DEFAULT_GROUP@@g@@s is ephemeral service, can't register persistent instance. "}`},
		{"DELETE " + one + "&ephemeral=false", 200, js, done3},
		{"GET " + client3 + "/instance/list?serviceName=g@@s", 200, js, `{"code":0,"message":"success","data":[` + host + `]}`},
		{"DELETE " + one + "&weight=-1", 200, js, done3},
		{"POST " + one + "&heartBeat=true", 200, js, `{"code":21003,"message":"instance not found","data":null}`},
		{"PATCH " + one, 405, js, "*"},
	})
}

func TestAdminAPIOfV3(t *testing.T) {
	unknown := "PUT " + admin3 + "/cluster?serviceName=s&clusterName=c&checkPort=1&useInstancePort4Check=true&healthChecker=%7B%22type%22:%22NONE%22%7D"
	play(t, []exchange{
		{"PUT " + admin3 + "/instance?serviceName=s&ip=1.1.1.1&port=1", 400, js, `{"code":21004,"message":"instance error","data":"service not found, namespace: public, service: Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0}"}`},
		{"PUT " + admin3 + "/instance/partial?serviceName=s&ip=1.1.1.1&port=1", 404, js, `{"code":20004,"message":"resource not found","data":"no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s"}`},
		{"GET " + admin3 + "/instance/list?serviceName=s", 404, js, `{"code":30000,"message":"server error","data":"service DEFAULT_GROUP@@s is not found!"}`},
		{"GET " + admin3 + "/service?serviceName=s", 400, js, `{"code":21008,"message":"service not exist","data":"service not found, namespace: public, serviceName: DEFAULT_GROUP@@s"}`},
		{unknown, 400, js, `{"code":30000,"message":"server error","data":"service not found groupName: DEFAULT_GROUP,serviceName: s"}`},
		{"PUT " + admin3 + "/cluster?serviceName=s&clusterName=c&checkPort=1", 400, js, absent("useInstancePort4Check' type Boolean")},
		{"GET " + admin3 + "/service/list?pageNo=0", 400, js, `{"code":20002,"message":"parameter validate error","data":"Required parameter 'pageNo' should be positive integer, current is 0"}`},
		{"POST " + admin3 + "/service?serviceName=s&ephemeral=true&protectThreshold=0.5", 200, js, done3},
		{"GET " + admin3 + "/service?serviceName=s", 200, js, `{"code":0,"message":"success","data":{"namespaceId":"public","serviceName":"s","groupName":"DEFAULT_GROUP","clusterMap":{},"metadata":{},"protectThreshold":0.5,"selector":{"type":"NoneSelector","type":"none","contextType":"NONE"},"ephemeral":true}}`},
		{unknown, 200, js, done3},
		{"GET " + admin3 + "/service/list?pageNo=2&pageSize=1", 200, js, `{"code":0,"message":"success","data":{"totalCount":1,"pageNumber":2,"pagesAvailable":2,"pageItems":[]}}`},
		{"GET " + admin3 + "/service/list?groupNameParam=none", 200, js, `{"code":0,"message":"success","data":{"totalCount":0,"pageNumber":1,"pagesAvailable":0,"pageItems":[]}}`},
		{"PUT " + admin3 + "/instance?serviceName=s&ip=1.1.1.1&port=1&metadata=%7B%22b%22:null%7D", 200, js, done3},
		{"PUT " + admin3 + "/instance?serviceName=s&ip=1.1.1.1&port=1&metadata=null", 500, js, `{"code":30000,"message":"Cannot invoke \"java.util.Map.entrySet()\" because \"metadata\" is null","data":null}`},
		{"GET " + admin3 + "/client", 400, js, `{"code":10000,"message":"parameter missing","data":"Required request parameter 'clientId' for method parameter type String is not present"}`},
		{"GET " + admin3 + "/client?clientId=x", 404, js, `{"code":20004,"message":"resource not found","data":"clientId [ x ] not exist"}`},
		{"PUT " + admin3 + "/ops/switches?entry=pushCacheMillis&value=1", 500, js, `{"code":30000,"message":"server error","data":"min cache time for http or tcp is too small(<10000)"}`},
		{"GET " + admin3 + "/ops/metrics", 200, js, `{"code":0,"message":"success","data":{"status":"UP"}}`},
		{"GET " + admin3 + "/health/checkers", 200, js, `{"code":0,"message":"success","data":{"TCP":{},"HTTP":{"path":"","headers":"","expectedResponseCode":200},"MYSQL":{"user":null,"pwd":null,"cmd":null},"NONE":{}}}`},
		{"DELETE " + admin3 + "/service?serviceName=s", 200, js, done3},
		{"GET " + core3 + "/state/readiness", 200, js, done3},
		{"GET " + core3 + "/cluster/node/list?state=x", 400, js, `{"code":23000,"message":"illegal state","data":"Illegal state: x"}`},
		{"GET " + core3 + "/cluster/node/list?state=down", 200, js, `{"code":0,"message":"success","data":[]}`},
		{"PUT " + core3 + "/cluster/lookup", 400, js, `{"code":10000,"message":"parameter missing","data":"required parameter 'type' is missing"}`},
		{"PUT " + core3 + "/cluster/lookup?type=none", 400, js, `{"code":20002,"message":"parameter validate error","data":"The addressing mode exists : none, just support : [[file, address-server]]"}`},
		{"PUT " + core3 + "/ops/log?logName=core-auth&logLevel=INFO", 400, js, `{"code":10000,"message":"parameter missing","data":"Required request body is missing: public com.alibaba.nacos.api.model.v2.Result<java.lang.Void> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.updateLog(com.alibaba.nacos.core.model.request.LogUpdateRequest)"}`},
		{"POST " + core3 + "/loader/reloadCurrent", 400, js, `{"code":10000,"message":"parameter missing","data":"Required request parameter 'count' for method parameter type Integer is not present"}`},
		{"POST " + core3 + "/loader/reloadClient?connectionId=x", 200, js, `{"code":0,"message":"success","data":null}`},
		{"GET " + core3 + "/loader/cluster", 200, js, `{"code":0,"message":"success","data":{"detail":[{"address":"127.0.0.1:8848","sdkConCount":0,"conCount":0,"load":"0.0","cpu":"0.0"}],"memberCount":1,"metricsCount":1,"completed":true,"max":0,"min":0,"avg":0,"threshold":"0.0","total":0}}`},
	})
}

func TestHealthOverV3(t *testing.T) {
	story(t, func(h *Handler) {
		send(h, "POST", client3+"/instance?serviceName=s&ip=1.1.1.1&port=1")
		send(h, "POST", client3+"/instance?serviceName=s&ip=1.1.1.2&port=1")
		for range 4 {
			time.Sleep(5 * time.Second)
			send(h, "POST", client3+"/instance?serviceName=s&ip=1.1.1.2&port=1&heartBeat=true")
		}
		time.Sleep(time.Second)
		for target, hosts := range map[string]int{
			client3 + "/instance/list?serviceName=s&healthyOnly=true": 2, // not obeyed
			admin3 + "/instance/list?serviceName=s":                   2,
			admin3 + "/instance/list?serviceName=s&healthyOnly=true":  1,
		} {
			if found := countText(send(h, "GET", target).Body.String(), `"ip":`); found != hosts {
				t.Errorf("%s: expected %d hosts, found %d", target, hosts, found)
			}
		}
	}, asLine30)
}

func TestFrameworkOfLine30(t *testing.T) {
	list := client3 + "/instance/list?serviceName=s"
	story(t, func(h *Handler) {
		for request, want := range map[string]struct {
			status  int
			message string
		}{
			"GET /nacos/v3/none": {404, "No endpoint GET /nacos/v3/none."},
			"GET " + client3 + "/instance/list/?serviceName=s": {404, "No endpoint GET /nacos/v3/client/ns/instance/list/."},
			"GET /nacos/v1/ns/instance/list/?serviceName=s":    {404, "No endpoint GET /nacos/v1/ns/instance/list/."},
			"PUT " + list:                        {405, "Method 'PUT' is not supported."},
			"POST /nacos/v1/ns/operator/metrics": {501, "no such api:POST:/nacos/v1/ns/operator/metrics"},
			"GET /nacos//v3":                     {400, "No message available"},
			"POST " + client3 + "/instance?serviceName=s&metadata=x": {500, "ErrCode:400, ErrMsg:metadata format incorrect:x"},
		} {
			expectPage(t, h, request, want.status, want.message)
		}
		answer := send(h, "GET", list).Result()
		for header, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
			"Vary": "", "Content-Security-Policy": "",
		} {
			if found := answer.Header.Get(header); found != value {
				t.Errorf("%s: expected %q, found %q", header, value, found)
			}
		}
		if w := send(h, "GET", list, "Accept", "text/plain"); w.Code != 406 || w.Header().Get("Accept") != "application/json, application/*+json" || w.Body.Len() > 0 {
			t.Errorf("expected an empty 406 that lists the types, found %d %v %s", w.Code, w.Header(), w.Body)
		}
		if w := send(h, "TRACE", list); w.Code != 400 || w.Header().Get("Allow") == "" {
			t.Errorf("expected 400 with the methods that there are, found %d %v", w.Code, w.Header())
		}
		if w := send(h, "GET", "/nacos"); w.Code != 302 || w.Header().Get("Location") != "http://example.com/nacos/" {
			t.Errorf("expected to be sent to /nacos/, found %d %v", w.Code, w.Header())
		}
		expect(t, h, "GET /nacos/", 200, text, "Nacos Console default port is 8080, and the path is /.")
	}, asLine30)
}

func TestConsole(t *testing.T) {
	story(t, func(h *Handler) {
		c := h.Console()
		for _, x := range []exchange{
			{"GET /v3/console/health/readiness", 200, js, done3},
			{"GET /v3/console/server/announcement?language=xx", 200, js, `{"code":30000,"message":"Unsupported language: xx","data":null}`},
			{"GET /v3/console/core/namespace/list", 200, js, `{"code":0,"message":"success","data":[{"namespace":"public","namespaceShowName":"public","namespaceDesc":"Default Namespace","quota":200,"configCount":0,"type":0}]}`},
			{"GET /v3/console/core/cluster/nodes?keyword=9.9", 200, js, `{"code":0,"message":"success","data":[]}`},
			{"GET /v3/console/ns/service?serviceName=s", 404, js, `{"code":30000,"message":"server error","data":"service DEFAULT_GROUP@@s is not found!"}`},
			{"PUT /v3/console/ns/service?serviceName=s", 404, js, `{"code":21008,"message":"service not exist","data":"service Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0} is not exist."}`},
			{"POST /v3/console/ns/service?serviceName=s", 200, js, done3},
			{"POST /v3/console/ns/instance/list?serviceName=s", 404, js, `{"code":30000,"message":"server error","data":"cluster DEFAULT is not found!"}`},
			{"GET /v3/none", 500, text, "caused: No static resource v3/none.;"},
			{"GET /v3/console/health/liveness/", 500, text, "caused: No static resource v3/console/health/liveness.;"},
			{"POST /v3/console/server/state", 500, text, "caused: Request method &#39;POST&#39; is not supported;"},
			{"GET /v1/ns/instance/list", 500, text, "caused: No static resource v1/ns/instance/list.;"},
			{"GET /", 200, "text/html;charset=UTF-8", landingPage},
		} {
			expect(t, c, x.request, x.status, x.kind, x.body)
		}
		expectPage(t, c, "GET /v1/console/server/state", 410, `{"code":40000,"message":"Current API will be deprecated, please use API(s) `+
			"`GET ${contextPath:nacos}/v3/console/server/state` instead, or set `nacos.core.api.compatibility.console.enabled=true` in application.properties.\"}")
		if found := send(c, "GET", "/v3/console/server/state").Header().Get("Content-Security-Policy"); found == "" {
			t.Error("expected the headers for browsers, found none")
		}
		send(h, "PUT", admin3+"/ops/switches?entry=overriddenServerStatus&value=DOWN")
		time.Sleep(6 * time.Second)
		down := `{"code":30000,"message":"naming not in readiness","data":null}`
		expect(t, h, "GET "+core3+"/state/readiness", 200, js, down)
		expect(t, c, "GET /v3/console/health/readiness", 500, js, down)
	}, asLine30)
}

func TestPagesOfV3(t *testing.T) {
	all := []int{1, 2, 3, 4}
	for _, c := range []struct {
		no, size  int
		items     []int
		available int
		fails     bool
	}{
		{1, 3, []int{1, 2, 3}, 2, false},
		{2, 3, []int{4}, 2, false},
		{2, 2, []int{3, 4}, 3, false}, // one page more than there is
		{3, 2, nil, 3, false},
		{0, 2, []int{1, 2}, 3, false},
		{1, 0, nil, 0, true},
		{1, -1, nil, -3, true},
	} {
		page, err := web.PageOf(all, c.no, c.size)
		if (err != nil) != c.fails || err == nil && (len(page.Items) != len(c.items) || page.Available != c.available || page.Total != 4 || page.Number != c.no) {
			t.Errorf("page %d of %d: expected %v of %d pages (fails: %t), found %+v, %v", c.no, c.size, c.items, c.available, c.fails, page, err)
		}
	}
}

func TestLoaderOfV3(t *testing.T) {
	l := &crew{connections: []Connection{{ID: "1", SDK: true}, {ID: "2"}}}
	var b behaviour.Behaviour
	asLine30(&b)
	c := clock.New(nil)
	defer c.Close()
	r := naming.New(b, c)
	defer r.Close()
	h := New(Options{Registry: r, Loader: l})
	defer h.Close()
	for _, request := range []string{"/reloadClient?connectionId=1&redirectAddress=a:1", "/reloadCurrent?count=1", "/smartReloadCluster"} {
		expect(t, h, "POST "+core3+"/loader"+request, 200, js, `{"code":0,"message":"success","data":null}`)
	}
	if len(l.told) != 2 || l.told[0] != "reload 1 a:1" || l.told[1] != "shed 1 " {
		t.Errorf("expected a client and the surplus to be reloaded, found %q", l.told)
	}
	expect(t, h, "GET "+core3+"/loader/cluster", 200, js, `{"code":0,"message":"success","data":{"detail":[{"address":"127.0.0.1:8848","sdkConCount":1,"conCount":2,"load":"0.0","cpu":"0.0"}],"memberCount":1,"metricsCount":1,"completed":true,"max":1,"min":1,"avg":1,"threshold":"1.1","total":1}}`)
}
