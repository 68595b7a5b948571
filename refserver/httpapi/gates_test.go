package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// expectPage expects an error page with a message.
func expectPage(t *testing.T, h http.Handler, request string, status int, message string) {
	t.Helper()
	method, target, _ := strings.Cut(request, " ")
	w := apitest.Send(h, method, target)
	var page struct {
		Status  int
		Message string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != status || page.Status != status || page.Message != message {
		t.Errorf("%s:\nexpected the page %d %s\nfound    %d %s", request, status, message, w.Code, w.Body)
	}
}

// farewell is the message of a closed route.
func farewell(kind, successor string) string {
	flag := "set `nacos.core.api.compatibility." + kind + ".enabled=true` in application.properties."
	if successor == "" {
		return `{"code":40000,"message":"Current API will be deprecated, If wanted continue to use, please ` + flag + `"}`
	}
	return `{"code":40000,"message":"Current API will be deprecated, please use API(s) ` + "`" + successor + "` instead, or " + flag + `"}`
}

func TestGates(t *testing.T) {
	const c = "${contextPath:nacos}"
	closed := map[string]string{
		"GET /nacos/v1/ns/instance?serviceName=s":         farewell("admin", "GET "+c+"/v3/admin/ns/instance"),
		"GET /nacos/v1/ns/instance/?serviceName=@@":       farewell("admin", "GET "+c+"/v3/admin/ns/instance"),
		"PATCH /nacos/v2/ns/instance":                     farewell("admin", "PUT "+c+"/v3/admin/ns/instance/partial"),
		"PUT /nacos/v2/ns/instance/beat":                  farewell("admin", ""),
		"GET /nacos/v1/ns/operator/push/state":            farewell("admin", ""),
		"GET /nacos/v2/core/loader/current":               farewell("admin", "GET {contextPath:nacos}/v3/admin/core/loader/current"),
		"GET /nacos/v1/ns/catalog/services":               farewell("console", "GET "+c+"/v3/console/ns/service/list"),
		"GET /nacos/v1/console/namespaces?show=all":       farewell("console", "GET "+c+"/v3/console/core/namespace"),
		"GET /nacos/v1/console/namespaces":                farewell("console", "GET "+c+"/v3/console/core/namespace/list"),
		"POST /nacos/v1/core/cluster/report":              `{"code":40000,"message":"Old Inner API /nacos/v1/core/cluster/report is deprecated"}`,
		"DELETE /nacos/v1/cs/configs?delType=ids&dataId=": farewell("console", "GET "+c+"/v3/console/cs/config/batchDelete"),
	}
	apitest.Story(t, func(h *apitest.Handler) {
		for request, message := range closed {
			expectPage(t, h, request, http.StatusGone, message)
		}
		for request, status := range map[string]int{
			"GET /nacos/v1/ns/instance/list?serviceName=s":  200,
			"POST /nacos/v1/ns/instance?serviceName=s":      400,
			"GET /nacos/v2/ns/instance/statuses/g@@s":       200,
			"HEAD /nacos/v1/ns/instance":                    501,
			"POST /nacos/v2/ns/instance/beat":               405,
			"GET /nacos/v1/cs/configs?show=all&search=blur": 500, // which one is asked for?
			"GET /nacos/v1/console/health/liveness?x=1":     410,
			"DELETE /nacos/v1/console/health/liveness":      404,
		} {
			method, target, _ := strings.Cut(request, " ")
			if w := apitest.Send(h, method, target); w.Code != status {
				t.Errorf("%s: expected %d, found %d %s", request, status, w.Code, w.Body)
			}
		}
	}, apitest.On(behaviour.Line30))
}

func TestOpenedGates(t *testing.T) {
	opening := func(kinds ...string) func(*behaviour.Behaviour) {
		return func(b *behaviour.Behaviour) {
			apitest.On(behaviour.Line30)(b)
			api, err := b.API.Opening(kinds...)
			if err != nil {
				t.Fatal(err)
			}
			b.API = api
		}
	}
	for _, c := range []struct {
		open   []string
		status map[string]int
	}{
		{nil, map[string]int{"GET /nacos/v1/ns/instance/list?serviceName=s": 410, "GET /nacos/v2/ns/client/list": 410, "GET /nacos/v1/ns/catalog/service?serviceName=s": 410}},
		{[]string{"client", "admin"}, map[string]int{"GET /nacos/v1/ns/instance/list?serviceName=s": 200, "GET /nacos/v2/ns/client/list": 200, "GET /nacos/v1/ns/catalog/service?serviceName=s": 410}},
		{[]string{"console"}, map[string]int{"GET /nacos/v2/ns/client/list": 410, "GET /nacos/v1/ns/catalog/service?serviceName=s": 404, "GET /nacos/v1/console/server/state": 404}},
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			for request, status := range c.status {
				method, target, _ := strings.Cut(request, " ")
				if w := apitest.Send(h, method, target); w.Code != status {
					t.Errorf("with %q open, %s: expected %d, found %d %s", c.open, request, status, w.Code, w.Body)
				}
			}
		}, opening(c.open...))
	}
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h.Console(), "GET /v1/console/health/liveness", 200, apitest.Text, "OK")
	}, opening("console"))
}
