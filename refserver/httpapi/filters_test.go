package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestFilters(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "GET "+apitest.NS1+"/nope", 501, apitest.JSON, "*")
		apitest.Expect(t, h, "HEAD "+apitest.NS1+"/instance/list?serviceName=s", 501, apitest.JSON, "*")
		apitest.Expect(t, h, "GET "+apitest.NS2+"/nope", 404, apitest.JSON, "*")
		apitest.Expect(t, h, "GET /v1/ns/instance/list", 404, "text/html;charset=utf-8", "*")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/instance/list?serviceName=%40%40x", 400, apitest.JSON, "*")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/instance/list?serviceName=a%20b", 400, "", "Param 'serviceName' is illegal, illegal characters should not appear in the param.\r\n")
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?serviceName=s&ip=1&port=65536", 400, "", "Param 'port' is illegal, the value should be between 0 and 65535.\r\n")
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?serviceName=s&ip=1&port=1&metadata=abc", 500, apitest.JSON, "*")
		apitest.Expect(t, h, "PUT "+apitest.NS1+"/instance/beat?serviceName=s&beat=%7Bbad", 500, apitest.JSON, "*")
		apitest.Expect(t, h, "PUT "+apitest.NS1+"/cluster?serviceName=s&clusterName=c&checkPort=1&useInstancePort4Check=true&healthChecker=x", 101, "", "")
		if names := h.Registry.Services("public"); len(names) != 0 {
			t.Errorf("refused requests must make no service, found %v", names)
		}
		raw := httptest.NewRequest(http.MethodGet, apitest.NS1+"/instance/list", nil)
		raw.RequestURI = apitest.NS1 + "/instance/list?serviceName={a}"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, raw)
		if w.Code != 400 || !strings.Contains(w.Body.String(), "HTTP Status 400") {
			t.Errorf("a raw brace in the request line: expected the page of the web server, found %d %s", w.Code, w.Body)
		}
	})
}

func TestFirewall(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		const suspects = "The request was rejected because the URL contained a potentially malicious String"
		for target, want := range map[string]string{
			"/nacos//v1/ns/service/list":              suspects + ` \"//\"`,
			apitest.NS1 + "/instance;x=1":             suspects + ` \";\"`,
			apitest.NS2 + "/nope%2e":                  suspects + ` \"%2e\"`,
			apitest.NS2 + "/./nope":                   "The request was rejected because the URL was not normalized.",
			apitest.NS1 + "/nope?serviceName=%40%40x": "Cannot call sendError() after the response has been committed",
		} {
			if w := apitest.Send(h, http.MethodGet, target); w.Code != 500 || !strings.Contains(w.Body.String(), `"message":"`+want+`"`) {
				t.Errorf("%s: expected 500 %s, found %d %s", target, want, w.Code, w.Body)
			}
		}
		apitest.Expect(t, h, "TRACE "+apitest.NS1+"/instance", 405, "text/html;charset=utf-8", "*")
		apitest.Expect(t, h, "FOO "+apitest.NS1+"/instance", 500, "text/html;charset=utf-8", "*")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/instance%2Flist", 400, "text/html;charset=utf-8", "*")
		apitest.Expect(t, h, "GET "+apitest.NS1, 501, apitest.JSON, "*")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/%69nstance", 400, apitest.Text, "Param 'serviceName' is required.")
		if w := apitest.Send(h, http.MethodOptions, apitest.NS2+"/client"); w.Code != 200 || w.Header().Get("Allow") != "GET,HEAD,OPTIONS" {
			t.Errorf("OPTIONS: %d %v", w.Code, w.Header())
		}
		if w := apitest.Send(h, http.MethodPut, apitest.NS2+"/client", "Accept", "image/png"); w.Code != 405 || w.Header().Get("Allow") != "GET" {
			t.Errorf("a method that is not served: %d %v", w.Code, w.Header())
		}
		apitest.Expect(t, h, "DELETE "+apitest.NS2+"/catalog/instances?clusterName=a%20b", 400, apitest.Text, "Parameter 'serviceName' is missing")
		apitest.Expect(t, h, "PATCH "+apitest.NS2+"/instance/statuses/x", 400, apitest.JSON, "*")
		apitest.Expect(t, h, "HEAD "+apitest.NS2+"/instance/list?serviceName=a%20b", 200, apitest.JSON, "*")
	})
}
