package namingapi_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// moments are the members of answers that no two runs have in common.
var moments = regexp.MustCompile(`"(lastRefTime|lastBeat|checksum|lastRefreshTime)":("[0-9a-f]{32}"|\d+)`)

// ask is the status and the body of an answer; agents follow the target after a space.
func ask(h *apitest.Handler, request string) (status int, body string) {
	method, target, _ := strings.Cut(request, " ")
	target, agent, _ := strings.Cut(target, " ")
	w := apitest.Send(h, method, apitest.NS1+target, "User-Agent", agent)
	return w.Code, moments.ReplaceAllString(w.Body.String(), `"$1":0`)
}

const (
	hostA  = `{"ip":"1.1.1.1","port":80,"valid":true,"healthy":true,"marked":false,"instanceId":"1.1.1.1#80#DEFAULT#DEFAULT_GROUP@@s","metadata":{},"enabled":true,"weight":1.0,"clusterName":"DEFAULT","serviceName":"s","ephemeral":true}`
	hostP  = `{"ip":"1.1.1.1","port":80,"valid":true,"healthy":true,"marked":false,"instanceId":"1.1.1.1#80#c1#DEFAULT_GROUP@@s","metadata":{"a":"1"},"enabled":true,"weight":1.0,"clusterName":"c1","serviceName":"s","ephemeral":false}`
	inList = `,"dom":"s","name":"DEFAULT_GROUP@@s","cacheMillis":3000,"lastRefTime":0,"checksum":0,"useSpecifiedURL":false,"clusters":"","env":"","metadata":{}}`
	a      = "POST /instance?serviceName=s&ip=1.1.1.1&port=80"
	p      = a + "&ephemeral=false&clusterName=c1&app=me&metadata=a%3D1"
	list   = "GET /instance/list?serviceName=s"
	agent  = " Nacos-Java-Client:v1.4.8"
)

// The answers below are those of a real 1.4.8, and what they become once a decision is that of line 2.5.
func TestDecisionsOfLine14(t *testing.T) {
	for name, row := range map[string]struct {
		before  []string
		request string
		status  int
		body    string
		// undo takes a decision back; other is the answer then, status included.
		undo  func(*behaviour.Behaviour)
		other string
	}{
		"an unknown service": {
			nil, list + "&clusters=c1", 200, `{"name":"DEFAULT_GROUP@@s","clusters":"c1","cacheMillis":3000,"hosts":[]}`,
			func(b *behaviour.Behaviour) { b.View.ReadersCacheLess = false }, `200 {"name":"DEFAULT_GROUP@@s","clusters":"c1","cacheMillis":10000,"hosts":[]}`,
		},
		"both kinds and several clusters": {
			[]string{a, p}, list, 200, `{"hosts":[` + hostA + "," + hostP + "]" + inList,
			func(b *behaviour.Behaviour) { b.Registration.ExclusiveKinds = true }, `200 {"hosts":[` + hostA + "]" + inList,
		},
		"names for Java clients": {
			[]string{a}, list + agent, 200, strings.ReplaceAll(`{"hosts":[`+hostA+"]"+inList, `:"s",`, `:"DEFAULT_GROUP@@s",`), nil, "",
		},
		"a Java client with half a version": {[]string{a}, list + " Nacos-Java-Client:v2", 500, "*", nil, ""},
		"a check of a service":              {[]string{a}, list + "&isCheck=true", 200, "{}", nil, ""},
		"all unhealthy": {
			[]string{a + "&healthy=false"}, list + "&healthyOnly=true", 200, `{"hosts":[` + hostA + "]" + inList,
			func(b *behaviour.Behaviour) { b.View.ProtectionNeedsMetadata = true }, `200 {"hosts":[]` + inList,
		},
		"a negative threshold": {
			[]string{a + "&healthy=false", "PUT /service?serviceName=s&protectThreshold=-1"}, list + "&healthyOnly=true", 200, `{"hosts":[]` + inList,
			func(b *behaviour.Behaviour) { b.View.NegativeThresholdIsZero = true }, `200 {"hosts":[` + hostA + "]" + inList,
		},
		"a weight that is too small": {
			[]string{a + "&weight=0.001"}, "GET /instance?serviceName=s&ip=1.1.1.1&port=80", 200,
			`{"service":"DEFAULT_GROUP@@s","ip":"1.1.1.1","port":80,"clusterName":"DEFAULT","weight":0.01,"healthy":true,"instanceId":"1.1.1.1#80#DEFAULT#DEFAULT_GROUP@@s","metadata":{}}`,
			func(b *behaviour.Behaviour) { b.Registration.LeastWeight = 0 },
			`200 {"service":"DEFAULT_GROUP@@s","ip":"1.1.1.1","port":80,"clusterName":"DEFAULT","weight":0.001,"healthy":true,"instanceId":"1.1.1.1#80#DEFAULT#DEFAULT_GROUP@@s","metadata":{}}`,
		},
		"a patch out of bounds is in force": {
			[]string{a, "PATCH /instance?serviceName=s&ip=1.1.1.1&port=80&weight=20000&enabled=false"}, "GET /catalog/instances?serviceName=s&clusterName=DEFAULT&pageNo=1&pageSize=1", 200,
			`{"list":[{"instanceId":"1.1.1.1#80#DEFAULT#DEFAULT_GROUP@@s","ip":"1.1.1.1","port":80,"weight":20000.0,"healthy":true,"enabled":false,"ephemeral":true,"clusterName":"DEFAULT","serviceName":"DEFAULT_GROUP@@s","metadata":{},"lastBeat":0,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000,"instanceIdGenerator":"simple"}],"count":1}`, nil, "",
		},
		"the wrong cluster withdraws nothing": {
			[]string{a, "DELETE /instance?serviceName=s&ip=1.1.1.1&port=80&clusterName=c9"}, list, 200, `{"hosts":[` + hostA + "]" + inList,
			func(b *behaviour.Behaviour) { b.Deregister.ComparesCluster = false }, `200 {"hosts":[]` + inList,
		},
		"clusters stay": {
			[]string{a, "DELETE /instance?serviceName=s&ip=1.1.1.1&port=80"}, "GET /service?serviceName=s", 200,
			`{"namespaceId":"public","groupName":"DEFAULT_GROUP","name":"s","protectThreshold":0.0,"metadata":{},"selector":{"type":"none"},"clusters":[{"name":"DEFAULT","healthChecker":{"type":"TCP"},"metadata":{}}]}`,
			func(b *behaviour.Behaviour) { b.Services.KeepsClusters = false },
			`200 {"namespaceId":"public","groupName":"DEFAULT_GROUP","name":"s","protectThreshold":0.0,"metadata":{},"selector":{"type":"none"},"clusters":[]}`,
		},
		"a beat in the wrong cluster": {
			[]string{a}, "PUT /instance/beat?serviceName=s&ip=1.1.1.1&port=80&clusterName=c1", 200, `{"clientBeatInterval":5000,"code":20404}`,
			func(b *behaviour.Behaviour) { b.Heartbeat.ComparesCluster = false }, `200 {"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}`,
		},
		"the beat of a persistent instance": {
			[]string{p}, "PUT /instance/beat?serviceName=s&ip=1.1.1.1&port=80&clusterName=c1", 200, `{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}`,
			func(b *behaviour.Behaviour) { b.Heartbeat.KnowsPersistent = false }, `200 {"clientBeatInterval":5000,"code":20404}`,
		},
		"an update by anybody creates": {
			[]string{"PUT /instance?serviceName=s&ip=1.1.1.1&port=80"}, list, 200, `{"hosts":[` + hostA + "]" + inList,
			func(b *behaviour.Behaviour) { b.V1.ClassicWrites = false }, `200 {"name":"DEFAULT_GROUP@@s","clusters":"","cacheMillis":3000,"hosts":[]}`,
		},
		"an update by a Java client": {
			[]string{a}, "PUT /instance?serviceName=s&ip=1.1.1.1&port=81" + agent, 500, "caused: instance not exist: 1.1.1.1:81:unknown:DEFAULT_1.0_true_false_DEFAULT;", nil, "",
		},
		"a batch without targets": {
			[]string{a}, "PUT /instance/metadata/batch?serviceName=s&metadata=x%3D1", 200, `{"updated":[]}`,
			func(b *behaviour.Behaviour) { b.V1.BatchNeedsTargets = false; b.Metadata.Operational = true }, `200 {"updated":["1.1.1.1:80:unknown:DEFAULT:ephemeral"]}`,
		},
		"a batch of a kind": {
			[]string{a, p}, "PUT /instance/metadata/batch?serviceName=s&metadata=x%3D1&consistencyType=persist", 200, `{"updated":["1.1.1.1:80:unknown:c1:persist"]}`, nil, "",
		},
		"a service goes with its instances": {
			[]string{a, "DELETE /service?serviceName=s"}, list, 200, `{"name":"DEFAULT_GROUP@@s","clusters":"","cacheMillis":3000,"hosts":[]}`,
			func(b *behaviour.Behaviour) { b.Services.DeleteNeedsEmpty = true }, `200 {"hosts":[` + hostA + "]" + inList,
		},
		"a failed update of a service": {
			[]string{a, "PUT /service?serviceName=s&protectThreshold=0.5&metadata=abc"}, "GET /catalog/service?serviceName=s", 200,
			`{"service":{"name":"s","groupName":"DEFAULT_GROUP","protectThreshold":0.5,"selector":{"type":"none"},"metadata":{}},"clusters":[{"serviceName":"DEFAULT_GROUP@@s","name":"DEFAULT","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{},"sitegroup":"","defCkport":80,"empty":false,"defIPPort":80}]}`, nil, "",
		},
		"statuses of nobody": {
			nil, "GET /instance/statuses?key=DEFAULT_GROUP@@s", 500, "caused: service: DEFAULT_GROUP@@s not found.;",
			func(b *behaviour.Behaviour) { b.V1.StatusesNeedService = false }, `200 {"ips":[]}`,
		},
		"names": {
			[]string{a}, "GET /service/names?namespaceId=public&expr=s", 200, `{"count":1,"services":{"public":["s"]}}`,
			func(b *behaviour.Behaviour) { b.V1.NamesAreGrouped = true }, `200 {"count":1,"services":{"public":["DEFAULT_GROUP@@s"]}}`,
		},
		"names of all groups": {
			[]string{a, "POST /instance?serviceName=g@@r&ip=1.1.1.1&port=80"}, "GET /service/list?pageNo=1&pageSize=9&groupName=*", 200, `{"count":2,"doms":["DEFAULT_GROUP@@s","g@@r"]}`,
			func(b *behaviour.Behaviour) { b.V1.ClassicServiceLists = false }, `200 {"count":0,"doms":[]}`,
		},
		"names by metadata": {
			[]string{p, "POST /instance?serviceName=r&ip=1.1.1.1&port=80"}, "GET /service/list?pageNo=1&pageSize=9&selector=%7B%22type%22:%22label%22,%22expression%22:%22INSTANCE.metadata.a='1'%22%7D", 200,
			`{"count":1,"doms":["s"]}`, nil, "",
		},
		"metrics": {
			[]string{a}, "GET /operator/metrics", 200, "*",
			func(b *behaviour.Behaviour) { b.V1.MetricsOfClients = true }, `200 {"status":"UP"}`,
		},
		"the leader query": {
			nil, "GET /raft/leader", 500, "caused: old raft protocol already stop;",
			func(b *behaviour.Behaviour) { b.V1.PeerRoutes = false }, "501",
		},
		"what peers are given": {
			[]string{p}, "GET /distro/datums", 200, "{}", nil, "",
		},
		"the oldest list": {
			[]string{a}, "GET /api/srvIPXT?dom=s", 200, `{"hosts":[` + hostA + "]" + inList,
			func(b *behaviour.Behaviour) { b.V1.DomRoutes = false }, "501",
		},
		"the oldest names": {[]string{a}, "GET /api/allDomNames", 200, `{"count":1,"doms":{"public":["s"]}}`, nil, ""},
		"checkers":         {nil, "GET /health/checkers", 501, "*", func(b *behaviour.Behaviour) { b.V1.Checkers = true }, "200"},
		"health by hand": {
			[]string{a, "PUT /cluster?serviceName=s&clusterName=DEFAULT&checkPort=80&useInstancePort4Check=true&healthChecker=%7B%22type%22:%22NONE%22%7D", "PUT /health?serviceName=s&ip=1.1.1.1&port=80&healthy=false"},
			"GET /instance/statuses?key=DEFAULT_GROUP@@s", 200, `{"ips":["1.1.1.1:80_false"]}`,
			func(b *behaviour.Behaviour) { b.Services.ManualHealth = false }, `200 {"ips":["1.1.1.1:80_true"]}`,
		},
		"all switches at once": {
			[]string{"PUT /operator/switches?entry=batch&value=%7B%22clientBeatInterval%22:7000%7D"}, "PUT /instance/beat?serviceName=s&ip=1.1.1.1&port=80", 200, `{"clientBeatInterval":7000,"code":20404}`,
			func(b *behaviour.Behaviour) { b.V1.BatchSwitch = false }, `200 {"clientBeatInterval":5000,"code":20404}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			apitest.Story(t, func(h *apitest.Handler) {
				for _, request := range row.before {
					ask(h, request)
				}
				if status, body := ask(h, row.request); status != row.status || row.body != "*" && body != row.body {
					t.Errorf("%s:\nexpected %d %s\nfound    %d %s", row.request, row.status, row.body, status, body)
				}
			}, apitest.On(behaviour.Line14))
			if row.undo == nil {
				return
			}
			apitest.Story(t, func(h *apitest.Handler) {
				for _, request := range row.before {
					ask(h, request)
				}
				status, body := ask(h, row.request)
				expected, text, told := strings.Cut(row.other, " ")
				if expected != statusText(status) || told && body != text {
					t.Errorf("%s with the decision undone:\nexpected %s\nfound    %d %s", row.request, row.other, status, body)
				}
			}, apitest.On(behaviour.Line14), row.undo)
		})
	}
}

func statusText(status int) string {
	w := httptest.ResponseRecorder{Code: status}
	text, _, _ := strings.Cut(w.Result().Status, " ")
	return text
}

// The answers below are those of a real 1.4.8.
func TestErrorsOfLine14(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for request, want := range map[string]struct {
			status int
			body   string
		}{
			"POST /instance":   {400, "caused: Param 'serviceName' is required.;"},
			"DELETE /instance": {400, "caused: Param 'ip' is required.;"},
			"POST /instance?serviceName=%20&ip=1&port=1":                                    {400, "caused: Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName';"},
			"POST /instance?serviceName=@@s&ip=1&port=1":                                    {400, "caused: Param 'serviceName' is illegal, groupName can't be empty;"},
			"POST /instance?serviceName=a/b&ip=1&port=1":                                    {400, "caused: dom name can only have these characters: 0-9a-zA-Z-._:, current: DEFAULT_GROUP@@a/b;"},
			"POST /instance?serviceName=s&ip=1&port=1&clusterName=a_b":                      {400, "caused: cluster name can only have these characters: 0-9a-zA-Z-, current: a_b;"},
			"POST /instance?serviceName=s&ip=1&port=1&weight=-1":                            {500, "caused: instance format invalid: The weights range from 0.0 to 10000.0;"},
			"POST /instance?serviceName=s&ip=1&port=1&metadata=a":                           {500, "caused: metadata format incorrect:a;"},
			"GET /instance?serviceName=n&ip=1&port=1":                                       {500, "caused: no service DEFAULT_GROUP@@n found!;"},
			"PATCH /instance?serviceName=n&ip=1&port=1&metadata=a":                          {400, "caused: instance not found;"},
			"GET /instance/statuses":                                                        {500, "caused: Required request parameter 'key' for method parameter type String is not present;"},
			"GET /service?serviceName=n":                                                    {500, "caused: service DEFAULT_GROUP@@n is not found!;"},
			"DELETE /service?serviceName=n":                                                 {400, "caused: specified service not exist, serviceName : DEFAULT_GROUP@@n;"},
			"PUT /service?serviceName=n&protectThreshold=x":                                 {500, "caused: service DEFAULT_GROUP@@n not found!;"},
			"POST /service?serviceName=n&selector=%7B%22type%22:%22x%22%7D":                 {400, "caused: No enum constant com.alibaba.nacos.api.selector.SelectorType.x;"},
			"POST /service?serviceName=%20":                                                 {400, "caused: dom name can only have these characters: 0-9a-zA-Z-._:, current:  ;"},
			"PUT /cluster?serviceName=n&clusterName=c&checkPort=1":                          {500, "caused: service not found:DEFAULT_GROUP@@n;"},
			"GET /catalog/rt/service?serviceName=n":                                         {400, "caused: request service doesn't exist;"},
			"GET /operator/distro/server?serviceName=n":                                     {400, "caused: service not found;"},
			"PUT /operator/switches?entry=httpHealthParams&value=x":                         {200, "ok"},
			"PUT /operator/switches?entry=pushVersion&value=csharp:1.0.0":                   {400, "caused: unsupported client type: csharp;"},
			"GET /catalog/services?namespaceId=none&pageNo=1&pageSize=1&groupNameParam=%5B": {200, `{"count":0,"serviceList":[]}`},
		} {
			method, target, _ := strings.Cut(request, " ")
			kind := apitest.Text
			if strings.HasPrefix(want.body, "{") {
				kind = apitest.JSON
			}
			apitest.Expect(t, h, method+" "+apitest.NS1+target, want.status, kind, want.body)
		}
		for _, path := range []string{apitest.NS2 + "/instance/list?serviceName=s", "/nacos/v2/core/loader/current", "/nacos/v3/client/ns/instance/list"} {
			if w := apitest.Send(h, web.Get, path); w.Code != 404 {
				t.Errorf("%s: expected 404, found %d", path, w.Code)
			}
		}
		apitest.Expect(t, h, "GET /nacos/v1/console/server/state", 200, apitest.JSON, `{"function_mode":null,"standalone_mode":"standalone","version":"1.4.8"}`)
	}, apitest.On(behaviour.Line14))
}

// TestFormsOfPostAreIgnored: a real 1.4.8 reads the body of a POST before it looks for parameters.
func TestFormsOfPostAreIgnored(t *testing.T) {
	form := func(h *apitest.Handler, method string) int {
		r := httptest.NewRequest(method, apitest.NS1+"/instance", strings.NewReader("serviceName=s&ip=1.1.1.1&port=80"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RequestURI = apitest.NS1 + "/instance"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for _, row := range []struct {
		method   string
		undo     func(*behaviour.Behaviour)
		expected int
	}{
		{web.Post, func(*behaviour.Behaviour) {}, 400},
		{web.Post, func(b *behaviour.Behaviour) { b.HTTP.ReadsPostForms = true }, 200},
		{web.Put, func(*behaviour.Behaviour) {}, 200},
		{web.Delete, func(*behaviour.Behaviour) {}, 200},
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			if found := form(h, row.method); found != row.expected {
				t.Errorf("%s: expected %d, found %d", row.method, row.expected, found)
			}
		}, apitest.On(behaviour.Line14), row.undo)
	}
}
