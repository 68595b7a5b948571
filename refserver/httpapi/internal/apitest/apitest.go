// Package apitest plays requests to the whole HTTP API, for the tests of each of its areas.
package apitest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// Handler is a handler with the domains that it serves.
type Handler struct {
	*httpapi.Handler
	Registry *naming.Registry
	Configs  *config.Center
}

// On makes a server one of a line.
func On(line behaviour.Line) func(*behaviour.Behaviour) {
	return func(b *behaviour.Behaviour) {
		lined, err := behaviour.ForLine(line)
		if err != nil {
			panic(err)
		}
		*b = lined
	}
}

// New is a handler of line 2.5 with changes, on empty domains. It is closed when the test ends.
func New(t testing.TB, changes ...func(*behaviour.Behaviour)) *Handler {
	t.Helper()
	return With(t, func(*httpapi.Options) {}, changes...)
}

// With is as New, with options set.
func With(t testing.TB, set func(*httpapi.Options), changes ...func(*behaviour.Behaviour)) *Handler {
	t.Helper()
	var b behaviour.Behaviour
	for _, change := range append([]func(*behaviour.Behaviour){On(behaviour.Line25)}, changes...) {
		change(&b)
	}
	c := clock.New(nil)
	t.Cleanup(c.Close)
	registry, configs := naming.New(b, c), config.New(b.Config, config.DefaultSettings(), c)
	t.Cleanup(registry.Close)
	t.Cleanup(configs.Close)
	o := httpapi.Options{Registry: registry, Configs: configs}
	set(&o)
	h := httpapi.New(o)
	t.Cleanup(h.Close)
	return &Handler{h, registry, configs}
}

// Story runs a test on a handler in virtual time, which begins at 2000-01-01T00:00:00Z.
func Story(t *testing.T, test func(h *Handler), changes ...func(*behaviour.Behaviour)) {
	t.Helper()
	StoryWith(t, func(*httpapi.Options) {}, test, changes...)
}

// StoryWith is as Story, with options set.
func StoryWith(t *testing.T, set func(*httpapi.Options), test func(h *Handler), changes ...func(*behaviour.Behaviour)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(With(t, set, changes...)) })
}

// Send sends a request with pairs of headers.
func Send(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	r.RequestURI = target
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// SendBody sends a request with a JSON body.
func SendBody(h http.Handler, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", JSON)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Expect sends a request, a method and a target, and compares the answer; the body * stands for any.
func Expect(t *testing.T, h http.Handler, request string, status int, kind, body string) {
	t.Helper()
	method, target, _ := strings.Cut(request, " ")
	w := Send(h, method, target)
	if w.Code != status || w.Header().Get("Content-Type") != kind || body != "*" && w.Body.String() != body {
		t.Errorf("%s:\nexpected %d %q %s\nfound    %d %q %s", request, status, kind, body, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
}

// Types of answers, and the paths of naming.
const (
	Text     = "text/plain;charset=UTF-8"
	JSON     = "application/json"
	JSONUTF8 = "application/json;charset=UTF-8"
	NS1      = "/nacos/v1/ns"
	NS2      = "/nacos/v2/ns"
)

// Exchange is a request with the answer that a real server gave.
type Exchange = struct {
	Request    string
	Status     int
	Kind, Body string
}

// Play plays exchanges with a server of line 3.0 with changes.
func Play(t *testing.T, play []Exchange, changes ...func(*behaviour.Behaviour)) {
	t.Helper()
	Story(t, func(h *Handler) {
		for _, x := range play {
			Expect(t, h, x.Request, x.Status, x.Kind, x.Body)
		}
	}, append([]func(*behaviour.Behaviour){On(behaviour.Line30)}, changes...)...)
}

// Absent is the answer of v2 and v3 without a parameter.
func Absent(name string) string {
	return `{"code":10000,"message":"parameter missing","data":"Required parameter '` + name + ` is not present"}`
}

// Answerable sends a request and wants an answer with a status and headers that can be sent.
func Answerable(t *testing.T, h http.Handler, r *http.Request) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code < 101 || w.Code > 999 {
		t.Errorf("status %d", w.Code)
	}
	for name, values := range w.Header() {
		if strings.ContainsAny(name+strings.Join(values, ""), "\r\n") {
			t.Errorf("the header %s would end too early: %q", name, values)
		}
	}
}
