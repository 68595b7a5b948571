package httpapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestFilters(t *testing.T) {
	story(t, func(h *Handler) {
		expect(t, h, "GET "+ns1+"/nope", 501, js, "*")
		expect(t, h, "HEAD "+ns1+"/instance/list?serviceName=s", 501, js, "*")
		expect(t, h, "GET "+ns2+"/nope", 404, js, "*")
		expect(t, h, "GET /v1/ns/instance/list", 404, "text/html;charset=utf-8", "*")
		expect(t, h, "GET "+ns1+"/instance/list?serviceName=%40%40x", 400, js, "*")
		expect(t, h, "GET "+ns1+"/instance/list?serviceName=a%20b", 400, "", "Param 'serviceName' is illegal, illegal characters should not appear in the param.\r\n")
		expect(t, h, "POST "+ns1+"/instance?serviceName=s&ip=1&port=65536", 400, "", "Param 'port' is illegal, the value should be between 0 and 65535.\r\n")
		expect(t, h, "POST "+ns1+"/instance?serviceName=s&ip=1&port=1&metadata=abc", 500, js, "*")
		expect(t, h, "PUT "+ns1+"/instance/beat?serviceName=s&beat=%7Bbad", 500, js, "*")
		expect(t, h, "PUT "+ns1+"/cluster?serviceName=s&clusterName=c&checkPort=1&useInstancePort4Check=true&healthChecker=x", 101, "", "")
		if names := h.registry.Services("public"); len(names) != 0 {
			t.Errorf("refused requests must make no service, found %v", names)
		}
		raw := httptest.NewRequest(http.MethodGet, ns1+"/instance/list", nil)
		raw.RequestURI = ns1 + "/instance/list?serviceName={a}"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, raw)
		if w.Code != 400 || !strings.Contains(w.Body.String(), "HTTP Status 400") {
			t.Errorf("a raw brace in the request line: expected the page of the web server, found %d %s", w.Code, w.Body)
		}
	})
}

func TestFirewall(t *testing.T) {
	story(t, func(h *Handler) {
		const suspects = "The request was rejected because the URL contained a potentially malicious String"
		for target, want := range map[string]string{
			"/nacos//v1/ns/service/list":      suspects + ` \"//\"`,
			ns1 + "/instance;x=1":             suspects + ` \";\"`,
			ns2 + "/nope%2e":                  suspects + ` \"%2e\"`,
			ns2 + "/./nope":                   "The request was rejected because the URL was not normalized.",
			ns1 + "/nope?serviceName=%40%40x": "Cannot call sendError() after the response has been committed",
		} {
			if w := send(h, http.MethodGet, target); w.Code != 500 || !strings.Contains(w.Body.String(), `"message":"`+want+`"`) {
				t.Errorf("%s: expected 500 %s, found %d %s", target, want, w.Code, w.Body)
			}
		}
		expect(t, h, "TRACE "+ns1+"/instance", 405, "text/html;charset=utf-8", "*")
		expect(t, h, "FOO "+ns1+"/instance", 500, "text/html;charset=utf-8", "*")
		expect(t, h, "GET "+ns1+"/instance%2Flist", 400, "text/html;charset=utf-8", "*")
		expect(t, h, "GET "+ns1, 501, js, "*")
		expect(t, h, "GET "+ns1+"/%69nstance", 400, text, "Param 'serviceName' is required.")
		if w := send(h, http.MethodOptions, ns2+"/client"); w.Code != 200 || w.Header().Get("Allow") != "GET,HEAD,OPTIONS" {
			t.Errorf("OPTIONS: %d %v", w.Code, w.Header())
		}
		if w := send(h, http.MethodPut, ns2+"/client", "Accept", "image/png"); w.Code != 405 || w.Header().Get("Allow") != "GET" {
			t.Errorf("a method that is not served: %d %v", w.Code, w.Header())
		}
		expect(t, h, "DELETE "+ns2+"/catalog/instances?clusterName=a%20b", 400, text, "Parameter 'serviceName' is missing")
		expect(t, h, "PATCH "+ns2+"/instance/statuses/x", 400, js, "*")
		expect(t, h, "HEAD "+ns2+"/instance/list?serviceName=a%20b", 200, js, "*")
	})
}
