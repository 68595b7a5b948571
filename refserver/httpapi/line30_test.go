package httpapi_test

import (
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

const (
	client3 = "/nacos/v3/client/ns"
	admin3  = "/nacos/v3/admin/ns"
	core3   = "/nacos/v3/admin/core"
	done3   = `{"code":0,"message":"success","data":"ok"}`
)

func TestFrameworkOfLine30(t *testing.T) {
	list := client3 + "/instance/list?serviceName=s"
	apitest.Story(t, func(h *apitest.Handler) {
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
		answer := apitest.Send(h, "GET", list).Result()
		for header, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
			"Vary": "", "Content-Security-Policy": "",
		} {
			if found := answer.Header.Get(header); found != value {
				t.Errorf("%s: expected %q, found %q", header, value, found)
			}
		}
		if w := apitest.Send(h, "GET", list, "Accept", "text/plain"); w.Code != 406 || w.Header().Get("Accept") != "application/json, application/*+json" || w.Body.Len() > 0 {
			t.Errorf("expected an empty 406 that lists the types, found %d %v %s", w.Code, w.Header(), w.Body)
		}
		if w := apitest.Send(h, "TRACE", list); w.Code != 400 || w.Header().Get("Allow") == "" {
			t.Errorf("expected 400 with the methods that there are, found %d %v", w.Code, w.Header())
		}
		if w := apitest.Send(h, "GET", "/nacos"); w.Code != 302 || w.Header().Get("Location") != "http://example.com/nacos/" {
			t.Errorf("expected to be sent to /nacos/, found %d %v", w.Code, w.Header())
		}
		apitest.Expect(t, h, "GET /nacos/", 200, apitest.Text, "Nacos Console default port is 8080, and the path is /.")
	}, apitest.On(behaviour.Line30))
}

func TestConsole(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		c := h.Console()
		for _, x := range []apitest.Exchange{
			{"GET /v3/console/health/readiness", 200, apitest.JSON, done3},
			{"GET /v3/console/server/announcement?language=xx", 200, apitest.JSON, `{"code":30000,"message":"Unsupported language: xx","data":null}`},
			{"GET /v3/console/core/namespace/list", 200, apitest.JSON, `{"code":0,"message":"success","data":[{"namespace":"public","namespaceShowName":"public","namespaceDesc":"Default Namespace","quota":200,"configCount":0,"type":0}]}`},
			{"GET /v3/console/core/cluster/nodes?keyword=9.9", 200, apitest.JSON, `{"code":0,"message":"success","data":[]}`},
			{"GET /v3/console/ns/service?serviceName=s", 404, apitest.JSON, `{"code":30000,"message":"server error","data":"service DEFAULT_GROUP@@s is not found!"}`},
			{"PUT /v3/console/ns/service?serviceName=s", 404, apitest.JSON, `{"code":21008,"message":"service not exist","data":"service Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0} is not exist."}`},
			{"POST /v3/console/ns/service?serviceName=s", 200, apitest.JSON, done3},
			{"POST /v3/console/ns/instance/list?serviceName=s", 404, apitest.JSON, `{"code":30000,"message":"server error","data":"cluster DEFAULT is not found!"}`},
			{"GET /v3/none", 500, apitest.Text, "caused: No static resource v3/none.;"},
			{"GET /v3/console/health/liveness/", 500, apitest.Text, "caused: No static resource v3/console/health/liveness.;"},
			{"POST /v3/console/server/state", 500, apitest.Text, "caused: Request method &#39;POST&#39; is not supported;"},
			{"GET /v1/ns/instance/list", 500, apitest.Text, "caused: No static resource v1/ns/instance/list.;"},
			{"GET /", 200, "text/html;charset=UTF-8", "*"},
		} {
			apitest.Expect(t, c, x.Request, x.Status, x.Kind, x.Body)
		}
		expectPage(t, c, "GET /v1/console/server/state", 410, `{"code":40000,"message":"Current API will be deprecated, please use API(s) `+
			"`GET ${contextPath:nacos}/v3/console/server/state` instead, or set `nacos.core.api.compatibility.console.enabled=true` in application.properties.\"}")
		if found := apitest.Send(c, "GET", "/v3/console/server/state").Header().Get("Content-Security-Policy"); found == "" {
			t.Error("expected the headers for browsers, found none")
		}
		apitest.Send(h, "PUT", admin3+"/ops/switches?entry=overriddenServerStatus&value=DOWN")
		time.Sleep(6 * time.Second)
		down := `{"code":30000,"message":"naming not in readiness","data":null}`
		apitest.Expect(t, h, "GET "+core3+"/state/readiness", 200, apitest.JSON, down)
		apitest.Expect(t, c, "GET /v3/console/health/readiness", 500, apitest.JSON, down)
	}, apitest.On(behaviour.Line30))
}
