package namingapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// The answers below are those of a real 2.0.4.
func TestErrorsOfLine20(t *testing.T) {
	const page = apitest.JSON + ";charset=UTF-8"
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+apitest.NS1+"/service?serviceName=p", 200, apitest.Text, "ok")
		for request, want := range map[string]struct {
			status     int
			kind, body string
		}{
			"POST /instance": {400, apitest.Text, "caused: Param 'serviceName' is required.;"},
			"POST /instance?serviceName=s&ip=1&port=x":            {400, apitest.Text, `caused: For input string: "x";`},
			"POST /instance?serviceName=p&ip=1&port=1":            {500, apitest.Text, "caused: errCode: 400, errMsg: Current service DEFAULT_GROUP@@p is persistent service, can't register ephemeral instance. ;"},
			"POST /instance?serviceName=s&ip=1&port=1&metadata=a": {500, apitest.Text, "caused: metadata format incorrect:a;"},
			"POST /instance?serviceName=@@s&ip=1&port=1":          {400, apitest.Text, "caused: Param 'serviceName' is illegal, groupName can't be empty;"},
			"GET /instance?serviceName=s&ip=1&port=1":             {500, apitest.Text, "caused: no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s;"},
			"GET /instance/statuses":                              {500, apitest.Text, "caused: Required String parameter 'key' is not present;"},
			"GET /service?serviceName=s":                          {500, apitest.Text, "caused: service not found, namespace: public, serviceName: DEFAULT_GROUP@@s;"},
			"POST /service?serviceName=p":                         {500, apitest.Text, "caused: specified service DEFAULT_GROUP@@p already exists!;"},
			"GET /nope":                                           {501, page, "*"},
			"GET /service/names?namespaceId=n":                    {200, page, `{"count":0,"services":{"n":[]}}`},
			"GET /raft/leader":                                    {500, apitest.Text, "caused: old raft protocol already stop;"},
			"GET /distro/datums":                                  {200, "application/octet-stream;charset=UTF-8", "{}"},
			"GET /operator/distro/server?serviceName=p":           {500, apitest.Text, "caused: service not found, namespace: public, serviceName: DEFAULT_GROUP@@p;"},
			"GET /operator/server/status":                         {500, apitest.Text, "caused: Required String parameter 'serverStatus' is not present;"},
			"GET /ops/server/status?serverStatus=x":               {200, apitest.Text, "ok"},
			"GET /catalog/rt/service":                             {400, apitest.Text, "caused: Param 'serviceName' is required.;"},
			"PUT /service/checksum?serviceName=p":                 {500, apitest.Text, "caused: service not found, namespace: public, serviceName: DEFAULT_GROUP@@p;"},
			"GET /upgrade/ops/metrics":                            {200, apitest.Text, "*"},
			"GET /upgrade/ops/service/list?pageNo=1&pageSize=2":   {200, page, `{"count":1,"doms":["p"]}`},
			"PUT /instance/beat?serviceName=s&beat=%7Bbad":        {500, apitest.Text, "*"},
			"PUT /distro/datum": {500, apitest.Text, "caused: Required request body is missing: public org.springframework.http.ResponseEntity com.alibaba.nacos.naming.controllers.DistroController." +
				"onSyncDatum(java.util.Map<java.lang.String, com.alibaba.nacos.naming.consistency.Datum<com.alibaba.nacos.naming.core.Instances>>) throws java.lang.Exception;"},
			"POST /instance?serviceName=g@@o&ip=1&port=70000&metadata=preserved.instance.id.generator%3Dx&clusterName=a_b": {200, apitest.Text, "ok"},
		} {
			method, target, _ := strings.Cut(request, " ")
			apitest.Expect(t, h, method+" "+apitest.NS1+target, want.status, want.kind, want.body)
		}
	}, apitest.On(behaviour.Line20))
}

func TestAcceptedTypesOfLine20(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for _, c := range []struct {
			accept, target string
			status         int
			kind, body     string
		}{
			{"x", apitest.NS1 + "/instance/list?serviceName=a", 406, "", ""},
			{"application/xml", apitest.NS1 + "/nope", 500, "application/xml;charset=UTF-8", "caused: Could not find acceptable representation;"},
			{"application/json", apitest.NS1 + "/instance", 400, "application/json;charset=UTF-8", "caused: Param 'serviceName' is required.;"},
		} {
			w := apitest.Send(h, web.Get, c.target, "Accept", c.accept)
			if w.Code != c.status || w.Header().Get("Content-Type") != c.kind || w.Body.String() != c.body {
				t.Errorf("%s as %s: expected %d %q %q, found %d %q %q", c.target, c.accept, c.status, c.kind, c.body,
					w.Code, w.Header().Get("Content-Type"), w.Body)
			}
		}
		if vary := apitest.Send(h, web.Get, apitest.NS1+"/instance/list?serviceName=a").Header().Values("Vary"); len(vary) > 0 {
			t.Errorf("without an origin: expected no Vary, found %v", vary)
		}
		if w := apitest.Send(h, web.Get, apitest.NS1+"/instance/list?serviceName=a", "Origin", "http://a.b"); w.Header().Get("Access-Control-Allow-Origin") != "http://a.b" || len(w.Header().Values("Vary")) != 3 {
			t.Errorf("with an origin: expected it to be allowed, found %v", w.Header())
		}
	}, apitest.On(behaviour.Line20))
}

// TestNamelessServicesDoNoDamage: a real 2.0.4 makes them, and its lists fail from then on.
func TestNamelessServicesDoNoDamage(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for _, name := range []string{"", "%20", "@@x", "g@@"} {
			apitest.Expect(t, h, "POST "+apitest.NS1+"/service?serviceName="+name, 200, apitest.Text, "ok")
		}
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/list?pageNo=1&pageSize=9", 200, apitest.JSON+";charset=UTF-8", `{"count":0,"doms":[]}`)
	}, apitest.On(behaviour.Line20))
}

// TestReadersOfLine20AssumeEphemeral: what a change of operational metadata shows is not what a registration shows.
func TestReadersOfLine20AssumeEphemeral(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		kind := func() string {
			time.Sleep(time.Second)
			body := apitest.Send(h, web.Get, apitest.NS1+"/instance/list?serviceName=p").Body.String()
			_, rest, _ := strings.Cut(body, `"ephemeral":`)
			kind, _, _ := strings.Cut(rest, ",")
			return kind
		}
		const instance = apitest.NS1 + "/instance?serviceName=p&ip=1.1.1.1&ephemeral=false&port="
		apitest.Expect(t, h, "POST "+instance+"80", 200, apitest.Text, "ok")
		if got := kind(); got != "false" {
			t.Errorf("after a registration: expected ephemeral false, found %s", got)
		}
		apitest.Expect(t, h, "PUT "+instance+"80&weight=2", 200, apitest.Text, "ok")
		if got := kind(); got != "true" {
			t.Errorf("after a change of metadata: expected ephemeral true, found %s", got)
		}
		apitest.Expect(t, h, "POST "+instance+"80", 200, apitest.Text, "ok")
		if got := kind(); got != "false" {
			t.Errorf("after another registration: expected ephemeral false, found %s", got)
		}
	}, apitest.On(behaviour.Line20))
}

// TestMetadataOfPersistentInstancesStays: on 2.0, that of ephemeral ones alone is removed a minute after they left.
func TestMetadataOfPersistentInstancesStays(t *testing.T) {
	for _, c := range []struct{ ephemeral, weight string }{{"true", "1.0"}, {"false", "7.0"}} {
		apitest.Story(t, func(h *apitest.Handler) {
			instance := apitest.NS1 + "/instance?serviceName=p&ip=1.1.1.1&port=80&ephemeral=" + c.ephemeral
			for _, request := range []string{"POST " + instance, "PUT " + instance + "&weight=7", "DELETE " + instance} {
				apitest.Expect(t, h, request, 200, apitest.Text, "ok")
				time.Sleep(time.Second)
			}
			time.Sleep(70 * time.Second)
			apitest.Expect(t, h, "POST "+instance, 200, apitest.Text, "ok")
			time.Sleep(time.Second)
			if body := apitest.Send(h, web.Get, instance).Body.String(); !strings.Contains(body, `"weight":`+c.weight+",") {
				t.Errorf("ephemeral=%s: expected weight %s, found %s", c.ephemeral, c.weight, body)
			}
		}, apitest.On(behaviour.Line20))
	}
}

// The answers below are those of a real 2.0.4 to the first shape of v2.
func TestEarlyV2(t *testing.T) {
	const page = apitest.JSON + ";charset=UTF-8"
	failure := func(text string) string { return `{"code":500,"message":"caused: ` + text + `;","data":null}` }
	apitest.Story(t, func(h *apitest.Handler) {
		const instance = "/instance?serviceName=DEFAULT_GROUP@@a&ip=1.1.1.1&port=1"
		for _, c := range []struct {
			request    string
			status     int
			kind, body string
		}{
			{"POST /instance", 500, page, failure("Required String parameter 'serviceName' is not present")},
			{"POST " + instance, 500, page, failure("Required String parameter 'metadata' is not present")},
			{"POST " + instance + "&metadata=", 500, page, failure("Required Boolean parameter 'ephemeral' is not present")},
			{"POST /instance?serviceName=a&ip=1&port=1&metadata=&ephemeral=true", 400, apitest.Text, "caused: Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName';"},
			{"POST " + instance + "&metadata=&ephemeral=true&weight=-1", 500, page, failure("instance format invalid: The weights range from 0.0 to 10000.0")},
			{"POST " + instance + "&metadata=&ephemeral=true", 200, apitest.Text, "ok"},
			{"GET " + instance, 200, page, `{"service":"DEFAULT_GROUP@@a","ip":"1.1.1.1","port":1,"clusterName":"DEFAULT","weight":1.0,"healthy":true,"instanceId":null,"metadata":{}}`},
			{"PUT /instance/beat?serviceName=DEFAULT_GROUP@@a&ip=1.1.1.1&port=1", 200, page, `{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}`},
			{"GET /instance/statuses/DEFAULT_GROUP@@a", 200, page, `{"ips":["1.1.1.1:1_true"]}`},
			{"PATCH " + instance, 500, page, failure("Required Double parameter 'weight' is not present")},
			{"PATCH " + instance + "&weight=3&enabled=true&metadata=b%3D1", 200, apitest.Text, "ok"},
			{"PUT " + instance + "&metadata=c%3D1&ephemeral=", 200, apitest.Text, "ok"},
			{"PUT /instance/metadata/batch?serviceName=DEFAULT_GROUP@@a&metadata=d%3D1", 200, page, `{"updated":["1.1.1.1:1:unknown:DEFAULT:ephemeral"]}`},
			{"DELETE " + instance + "&metadata=&ephemeral=true", 200, apitest.Text, "ok"},
			{"GET /service/b", 500, page, failure("service not found, namespace: public, serviceName: DEFAULT_GROUP@@b")},
			{"POST /service/b?protectThreshold=0.5", 200, page, `{"code":200,"message":null,"data":"ok"}`},
			{"POST /service/b", 500, page, failure("specified service DEFAULT_GROUP@@b already exists!")},
			{"PUT /service/b?ephemeral=x", 200, page, `{"code":200,"message":null,"data":"ok"}`},
			{"GET /service/list", 400, apitest.Text, "caused: Param 'pageNo' is required.;"},
			{"GET /service/list?pageNo=1&pageSize=9&groupName=g", 200, page, `{"code":200,"message":null,"data":{"count":0,"services":[]}}`},
			{"DELETE /service/b", 200, page, `{"code":200,"message":null,"data":"ok"}`},
			{"DELETE /service/b", 500, page, failure("service DEFAULT_GROUP@@b not found!")},
			{"POST /service?serviceName=b", 404, page, "*"},
			{"GET /client", 404, page, "*"},
		} {
			method, target, _ := strings.Cut(c.request, " ")
			apitest.Expect(t, h, method+" "+apitest.NS2+target, c.status, c.kind, c.body)
		}
		apitest.Expect(t, h, "GET /nacos/v2/console/health/liveness", 404, page, "*")
		apitest.Expect(t, h, "POST /nacos/v2/core/loader/current", 500, page, failure("Request method 'POST' not supported"))
	}, apitest.On(behaviour.Line20))
}
