package httpapi

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestFormBodies(t *testing.T) {
	story(t, func(h *Handler) {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			form := url.Values{"serviceName": {"s"}, "ip": {"10.0.0.1"}, "port": {"80"}, "weight": {"2"}}
			r := httptest.NewRequest(method, ns1+"/instance", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != 200 || w.Body.String() != "ok" {
				t.Errorf("%s: expected 200 ok, found %d %s", method, w.Code, w.Body)
			}
			time.Sleep(time.Second)
		}
	})
}

func TestBadEscapes(t *testing.T) {
	story(t, func(h *Handler) {
		for body, want := range map[string]string{
			"a=%zz":    `Illegal hex characters in escape (%) pattern - Error at index 0 in: \"zz\"`,
			"a=%41%1z": `Illegal hex characters in escape (%) pattern - Error at index 1 in: \"1z\"`,
			"a=%4":     "Incomplete trailing escape (%) pattern",
		} {
			r := httptest.NewRequest(http.MethodPut, ns1+"/service", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != 500 || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: expected %s, found %d %s", body, want, w.Code, w.Body)
			}
		}
		expect(t, h, "POST "+ns1+"/service?serviceName=s&selector=%25zz", 400, text, `URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz"`)
	})
}

func TestMultipartForm(t *testing.T) {
	story(t, func(h *Handler) {
		const body = "--x\r\nContent-Disposition: form-data; name=\"ip\"\r\n\r\n10.0.0.1\r\n--x--\r\n"
		r := httptest.NewRequest(http.MethodPost, ns1+"/instance?serviceName=s&port=80", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 {
			t.Errorf("found %d %s", w.Code, w.Body)
		}
	})
}

func TestMetadataThatIsNull(t *testing.T) {
	story(t, func(h *Handler) {
		expect(t, h, "POST "+ns1+"/instance?serviceName=s&ip=1&port=1&metadata=null", 200, text, "ok")
		for _, request := range []string{"PUT " + ns1 + "/instance", "PUT " + ns1 + "/instance/metadata/batch"} {
			expect(t, h, request+"?serviceName=s&ip=1&port=1&metadata=null", 500, text, `caused: Cannot invoke "java.util.Map.size()" because "m" is null;`)
		}
		batch := ns1 + "/instance/metadata/batch?serviceName=s&metadata="
		expect(t, h, "DELETE "+batch+"null", 500, text, `caused: Cannot invoke "java.util.Map.keySet()" because "metadata" is null;`)
		expect(t, h, "PUT "+batch+"%7B%22a%22:null%7D", 500, text, "")
		expect(t, h, "DELETE "+batch+"%7B%22a%22:null%7D", 200, js, `{"updated":["1:1:unknown:DEFAULT:ephemeral"]}`)
		expect(t, h, "POST "+ns1+"/instance?serviceName=n&ip=1&port=1&metadata=%7B%22a%22:null,%22b%22:%221%22%7D", 200, text, "ok")
		for target, want := range map[string]string{
			ns1 + "/instance/list?serviceName=n":                             `"metadata":{"a":null,"b":"1"}`,
			ns2 + "/instance/list?serviceName=n":                             `"metadata":{"a":null,"b":"1"}`,
			ns1 + "/instance?serviceName=n&ip=1&port=1":                      `"metadata":{"b":"1"}`,
			ns1 + "/catalog/services?withInstances=true&pageNo=1&pageSize=9": `"metadata":{"a":null,"b":"1"}`,
		} {
			if w := send(h, http.MethodGet, target); !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: expected %s in %s", target, want, w.Body)
			}
		}
		expect(t, h, "POST "+ns1+"/service?serviceName=p&metadata=null", 200, text, "ok")
		expect(t, h, "GET "+ns1+"/service?serviceName=p", 200, js, `{"namespaceId":"public","groupName":"DEFAULT_GROUP","name":"p","protectThreshold":0.0,"metadata":null,"selector":{"type":"none","contextType":"NONE"},"clusters":[]}`)
	})
}

func TestExpressions(t *testing.T) {
	story(t, func(h *Handler) {
		expect(t, h, "GET "+ns1+"/service/names?namespaceId=n&expr=(", 200, js, `{"META-INF/services":{"n":[]},"count":0}`)
		expect(t, h, "POST "+ns1+"/instance?namespaceId=n&serviceName=s&ip=1&port=1", 200, text, "ok")
		expect(t, h, "GET "+ns1+"/service/names?namespaceId=n&expr=(", 400, text, "Unclosed group near index 5\n.*(.*")
	})
}
