package namingapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestErrorsOfV1(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for request, want := range map[string]struct {
			status int
			body   string
		}{
			"POST /instance":                                           {400, "Param 'serviceName' is required."},
			"POST /instance?serviceName=s":                             {400, "Param 'ip' is required."},
			"POST /instance?serviceName=s&ip=1":                        {400, "Param 'port' is required."},
			"POST /instance?serviceName=s&ip=1&port=1&weight=x":        {400, `For input string: "x"`},
			"POST /instance?serviceName=s&ip=1&port=1&weight=-1":       {400, "instance format invalid: The weights range from 0.0 to 10000.0"},
			"POST /instance?serviceName=s&ip=1&port=1&clusterName=a_b": {400, "Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)"},
			"GET /instance?serviceName=s&ip=1&port=1":                  {404, "no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s"},
			"GET /instance/statuses":                                   {400, "Parameter 'key' is missing"},
			"GET /instance/statuses?key=%23%23":                        {500, "caused: Index 0 out of bounds for length 0;"},
			"PUT /service?serviceName=s":                               {400, "Param 'protectThreshold' is required."},
			"PUT /service?serviceName=s&protectThreshold=x":            {400, "service DEFAULT_GROUP@@s not found!"},
			"GET /service?serviceName=s":                               {400, "service not found, namespace: public, serviceName: DEFAULT_GROUP@@s"},
			"GET /service/list?pageNo=1":                               {400, "Param 'pageSize' is required."},
			"DELETE /service?serviceName=%20":                          {400, "Param 'serviceName' is illegal, serviceName is blank"},
			"PUT /health":                                              {400, "Param 'healthy' is required."},
			"GET /catalog/service":                                     {404, "service @@ is not found!"},
			"GET /catalog/services?pageNo=1&pageSize=1&withInstances=": {500, "caused: Failed to convert value of type 'java.lang.String' to required type 'boolean'; nested exception is java.lang.IllegalArgumentException: Invalid boolean value [];caused: Invalid boolean value [];"},
			"PUT /operator/switches?entry=x":                           {400, "Parameter 'value' is missing"},
			"POST /service?serviceName=s&selector=%7B%22type%22:%22label%22,%22expression%22:null%7D": {500, "Selector parses failed: parse expression failed!"},
			"PATCH /instance?serviceName=s&ip=1&port=1&weight=0x1p3":                                  {404, "no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s"},
			"PATCH /instance?serviceName=s&ip=1&port=1&weight=1d":                                     {404, "no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s"},
			"PATCH /instance?serviceName=s&ip=1&port=1&weight=inf":                                    {400, `For input string: "inf"`},
			"POST /service?serviceName=s&selector=%7B%7D":                                             {400, "not match any type of selector!"},
			"POST /service?serviceName=s&protectThreshold=x":                                          {500, `caused: Failed to convert value of type 'java.lang.String' to required type 'float'; nested exception is java.lang.NumberFormatException: For input string: "x";caused: For input string: "x";`},
			"POST /instance?serviceName=s&ip=1&port=1&metadata=preserved.instance.id.generator%3Dx":   {500, "caused: The InstanceIdGenerator type is not found ;"},
		} {
			method, target, _ := strings.Cut(request, " ")
			apitest.Expect(t, h, method+" "+apitest.NS1+target, want.status, apitest.Text, want.body)
		}
	})
}

func TestErrorsOfV2(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for request, want := range map[string]struct {
			status int
			body   string
		}{
			"POST /instance":                                                      {400, `{"code":10000,"message":"parameter missing","data":"Required parameter 'serviceName' type String is not present"}`},
			"POST /instance?serviceName=s&ip=1":                                   {400, `{"code":10000,"message":"parameter missing","data":"Required parameter 'port' type Integer is not present"}`},
			"POST /instance?serviceName=s&ip=1&port=1&weight=-1":                  {400, `{"code":21001,"message":"weight error","data":"instance format invalid: The weights range from 0.0 to 10000.0"}`},
			"GET /instance?serviceName=s&ip=1&port=":                              {400, `{"code":10000,"message":"parameter missing","data":"Required request parameter 'port' for method parameter type Integer is present but converted to null"}`},
			"PUT /health?serviceName=g@@s&ip=1&port=1&healthy=true":               {400, `{"code":30000,"message":"server error","data":"health check is still working, service: DEFAULT_GROUP@@g@@s, cluster: DEFAULT"}`},
			"DELETE /service?serviceName=@@":                                      {400, `{"code":21008,"message":"service not exist","data":"service DEFAULT_GROUP@@@@ not found!"}`},
			"PUT /instance?serviceName=s&ip=1&port=1&metadata=%7B%22a%22:null%7D": {400, `{"code":21004,"message":"instance error","data":"service not found, namespace: public, service: Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0}"}`},
			"PUT /instance?serviceName=@@&ip=1&port=1":                            {500, `{"code":30000,"message":"Index 1 out of bounds for length 1","data":null}`},
			"GET /instance/list":                                                  {400, `{"code":10000,"message":"parameter missing","data":"Required request parameter 'serviceName' for method parameter type String is not present"}`},
			"GET /instance/list?serviceName=":                                     {400, `{"code":20002,"message":"parameter validate error","data":"Param 'serviceName' is illegal, serviceName is blank"}`},
			"GET /instance/list?serviceName=s&port=x":                             {500, `{"code":30000,"message":"Failed to convert value of type 'java.lang.String' to required type 'java.lang.Integer'; nested exception is java.lang.NumberFormatException: For input string: \"x\"","data":null}`},
			"GET /instance?serviceName=s&ip=1&port=1":                             {404, `{"code":20004,"message":"resource not found","data":"no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s"}`},
			"PUT /instance/beat?serviceName=s&ip=1&port=1":                        {400, `{"code":20002,"message":"parameter validate error","data":"Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'"}`},
			"GET /client?clientId=x":                                              {404, `{"code":20004,"message":"resource not found","data":"clientId [ x ] not exist"}`},
			"DELETE /service?serviceName=s":                                       {400, `{"code":21008,"message":"service not exist","data":"service DEFAULT_GROUP@@s not found!"}`},
			"PUT /operator/switches?entry=clientBeatInterval&value=x":             {500, `{"code":30000,"message":"server error","data":"For input string: \"x\""}`},
			"POST /instance/list":                                                 {500, `{"code":500,"message":"caused: Request method &#39;POST&#39; not supported;","data":null}`},
			"PUT /instance?serviceName=s&ip=1&port=1":                             {400, `{"code":21004,"message":"instance error","data":"service not found, namespace: public, service: Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0}"}`},
		} {
			method, target, _ := strings.Cut(request, " ")
			apitest.Expect(t, h, method+" "+apitest.NS2+target, want.status, apitest.JSON, want.body)
		}
	})
}

func TestContentTypes(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for _, c := range []struct {
			target, accept string
			status         int
			kind           string
		}{
			{apitest.NS1 + "/instance/list?serviceName=s", "text/plain", 500, apitest.Text},
			{apitest.NS1 + "/instance/list?serviceName=s", "*/*", 200, apitest.JSON},
			{apitest.NS2 + "/instance/list?serviceName=s", "application/xml", 406, ""},
			{apitest.NS1 + "/instance/list", apitest.JSON, 400, apitest.JSON},
			{apitest.NS1 + "/instance/list", "text/html", 400, "text/html;charset=UTF-8"},
			{apitest.NS1 + "/nope", "text/html", 501, "text/html;charset=UTF-8"},
			{apitest.NS1 + "/nope", "image/png", 501, ""},
			{apitest.NS1 + "/instance/list", "bad", 400, ""},
			{apitest.NS1 + "/instance/list", "application/*", 400, apitest.JSON},
			{apitest.NS1 + "/instance/list", "text/plain;charset=ISO-8859-1", 400, "text/plain;charset=ISO-8859-1"},
			{apitest.NS2 + "/instance/list", "text/plain", 400, ""},
			{apitest.NS2 + "/service?serviceName=s", "text/plain", 500, ""},
			{apitest.NS2 + "/service?serviceName=s", "bad", 400, ""},
			{apitest.NS2 + "/instance/metadata/batch", "image/png", 405, ""},
			{apitest.NS2 + "/instance/list?serviceName=s&port=x", "text/plain", 400, ""},
			{apitest.NS2 + "/instance/list", "text/html;q=0.1", 400, "text/html;charset=UTF-8"},
			{apitest.NS2 + "/instance/list?serviceName=s", "application/json;charset=UTF-8", 200, "application/json;charset=UTF-8"},
			{apitest.NS2 + "/instance/list?serviceName=s", "text/plain;q=0.9,application/vnd.x+json;q=0.1", 200, "application/vnd.x+json"},
		} {
			w := apitest.Send(h, http.MethodGet, c.target, "Accept", c.accept)
			if w.Code != c.status || w.Header().Get("Content-Type") != c.kind {
				t.Errorf("%s as %s: expected %d %q, found %d %q", c.target, c.accept, c.status, c.kind, w.Code, w.Header().Get("Content-Type"))
			}
		}
		w := apitest.Send(h, http.MethodGet, apitest.NS1+"/instance/list?serviceName=s")
		if w.Header().Get("Content-Security-Policy") != "script-src 'self'" || len(w.Header()["Vary"]) != 3 {
			t.Errorf("headers behind the filters are missing: %v", w.Header())
		}
	})
}

func TestServerStatus(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "PUT "+apitest.NS1+"/operator/switches?entry=overriddenServerStatus&value=DOWN", 200, apitest.Text, "ok")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/operator/metrics", 200, apitest.JSON, `{"status":"UP"}`)
		time.Sleep(6 * time.Second)
		apitest.Expect(t, h, "GET "+apitest.NS1+"/operator/metrics", 503, "", "server is DOWNnow, please try again later!")
		apitest.Expect(t, h, "GET "+apitest.NS2+"/operator/metrics", 200, apitest.JSON, `{"code":0,"message":"success","data":{"status":"DOWN"}}`)
		apitest.Expect(t, h, "GET /nacos/v1/console/health/readiness", 500, apitest.Text, "naming not in readiness")
		apitest.Expect(t, h, "GET /nacos/v2/console/health/readiness", 200, apitest.JSON, `{"code":30000,"message":"naming not in readiness","data":null}`)
		if w := apitest.Send(h, http.MethodGet, apitest.NS1+"/operator/metrics", "User-Agent", "Nacos-Server:v2.5.1"); w.Code != 200 {
			t.Errorf("a server must pass the gate, found %d", w.Code)
		}
		apitest.Expect(t, h, "PUT "+apitest.NS2+"/operator/switches?entry=overriddenServerStatus&value=READ_ONLY", 200, apitest.JSON, "*")
		time.Sleep(6 * time.Second)
		apitest.Expect(t, h, "GET "+apitest.NS1+"/operator/metrics", 200, apitest.JSON, `{"status":"READ_ONLY"}`)
		apitest.Expect(t, h, "PUT "+apitest.NS1+"/operator/log?logName=a&logLevel=b", 503, "", "*")
	})
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "PUT "+apitest.NS1+"/operator/switches?entry=limitedUrlMap&value=/nacos/v1/ns/instance:418", 200, apitest.Text, "ok")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/instance/list?serviceName=s", 418, "", "")
		apitest.Expect(t, h, "GET "+apitest.NS2+"/instance/list?serviceName=s", 200, apitest.JSON, "*")
	})
}

func TestBeatAnswers(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		beat := "PUT " + apitest.NS1 + "/instance/beat?serviceName=s&ip=10.0.0.1&port=80"
		apitest.Expect(t, h, beat, 200, apitest.JSON, `{"clientBeatInterval":5000,"code":20404,"lightBeatEnabled":true}`)
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?serviceName=s&ip=10.0.0.1&port=80&metadata=preserved.heart.beat.interval%3D2000", 200, apitest.Text, "ok")
		apitest.Expect(t, h, beat, 200, apitest.JSON, `{"clientBeatInterval":2000,"code":10200,"lightBeatEnabled":true}`)
	})
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "PUT "+apitest.NS1+"/instance/beat?serviceName=s&ip=1&port=80", 200, apitest.JSON, `{"clientBeatInterval":5000,"code":20404}`)
	}, func(b *behaviour.Behaviour) { b.Heartbeat.LightBeatFlagOnUnknown = false })
}

func TestNamelessServices(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+apitest.NS2+"/instance?serviceName=%40%40x&ip=1&port=1", 200, apitest.JSON, "*")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/names", 200, apitest.JSON, `{"META-INF/services":{},"count":0}`)
	})
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+apitest.NS1+"/service?serviceName=%40%40x", 400, apitest.JSON, "*")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/names", 400, apitest.Text, "Param 'groupName' is illegal, groupName is blank")
		apitest.Expect(t, h, "DELETE "+apitest.NS1+"/service?serviceName=%40%40x", 400, apitest.JSON, "*")
		apitest.Expect(t, h, "POST "+apitest.NS2+"/instance?serviceName=%40%40x&ip=1&port=1", 200, apitest.JSON, "*")
		apitest.Expect(t, h, "GET "+apitest.NS2+"/service/list", 400, apitest.JSON, `{"code":20002,"message":"parameter validate error","data":"Param 'serviceName' is illegal, serviceName is blank"}`)
	}, func(b *behaviour.Behaviour) { b.Services.AcceptsNameless = true })
}

func TestClientOfOddAddress(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+apitest.NS2+"/instance?serviceName=s&ip=%23&port=1", 200, apitest.JSON, "*")
		w := apitest.Send(h, http.MethodGet, apitest.NS2+"/client?clientId=%23%3A1%23true")
		if w.Code != 200 || !strings.Contains(w.Body.String(), `"clientIp":"#","clientPort":"1"`) {
			t.Errorf("expected the client of address #:1, found %d %s", w.Code, w.Body)
		}
	})
}
