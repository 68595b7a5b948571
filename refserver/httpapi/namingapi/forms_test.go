package namingapi_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestFormBodies(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			form := url.Values{"serviceName": {"s"}, "ip": {"10.0.0.1"}, "port": {"80"}, "weight": {"2"}}
			r := httptest.NewRequest(method, apitest.NS1+"/instance", strings.NewReader(form.Encode()))
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
	apitest.Story(t, func(h *apitest.Handler) {
		for body, want := range map[string]string{
			"a=%zz":    `Illegal hex characters in escape (%) pattern - Error at index 0 in: \"zz\"`,
			"a=%41%1z": `Illegal hex characters in escape (%) pattern - Error at index 1 in: \"1z\"`,
			"a=%4":     "Incomplete trailing escape (%) pattern",
		} {
			r := httptest.NewRequest(http.MethodPut, apitest.NS1+"/service", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != 500 || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: expected %s, found %d %s", body, want, w.Code, w.Body)
			}
		}
		apitest.Expect(t, h, "POST "+apitest.NS1+"/service?serviceName=s&selector=%25zz", 400, apitest.Text, `URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz"`)
	})
}

func TestMultipartForm(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		const body = "--x\r\nContent-Disposition: form-data; name=\"ip\"\r\n\r\n10.0.0.1\r\n--x--\r\n"
		r := httptest.NewRequest(http.MethodPost, apitest.NS1+"/instance?serviceName=s&port=80", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 {
			t.Errorf("found %d %s", w.Code, w.Body)
		}
	})
}
