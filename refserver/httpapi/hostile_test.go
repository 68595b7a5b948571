package httpapi_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// known are the parameters that any route reads, with values that most of them take.
var known = map[string]string{
	"serviceName": "g@@s", "groupName": "g", "namespaceId": "public", "ip": "10.0.0.1", "port": "80", "clusterName": "c", "clusters": "c",
	"weight": "1", "healthy": "true", "enabled": "true", "ephemeral": "true", "metadata": "a=b", "beat": `{"ip":"10.0.0.1","port":80,"serviceName":"g@@s"}`,
	"instances": `[{"ip":"10.0.0.1","port":80}]`, "protectThreshold": "0.5", "selector": `{"type":"none"}`, "pageNo": "1", "pageSize": "10",
	"entry": "checkTimes", "value": "3", "healthChecker": `{"type":"TCP"}`, "checkPort": "80", "useInstancePort4Check": "true",
	"clientId": "10.0.0.1:80#true", "key": "g@@s##10.0.0.1", "udpPort": "0", "clientIP": "10.0.0.1", "healthyOnly": "true",
	"hasIpCount": "true", "withInstances": "true", "logName": "naming-main", "logLevel": "INFO", "customNamespaceId": "ns", "namespaceName": "n",
	"namespaceDesc": "d", "heartBeat": "false", "expr": "a", "dom": "s", "count": "1", "redirectAddress": "10.0.0.2", "loaderFactor": "0.1",
}

// harms are what stands in place of a value. They are encoded already.
var harms = map[string]string{
	"empty": "", "blank": "%20", "long": strings.Repeat("x", 10_000), "escape": "%zz", "cut escape": "%", "no UTF-8": "%ff%fe", "NUL": "a%00b",
	"control": "%0d%0aX:%20y%1b", "separators": "%40%40%23%23%40%40", "number": "-99999999999999999999", "fraction": "1e999", "null": "null",
	"list": "%5B%5D", "object": "%7B%7D", "cut JSON": "%7B%22a%22:%5B", "deep JSON": strings.Repeat("%5B", 2000), "regexp": "(%5B*%2B", "direction": "%E2%80%AE",
}

// attack is a kind of requests that a route gets.
type attack struct {
	name string
	// query and body are what the request carries.
	query, kind string
	body        func() io.Reader
	method      string
}

// query is a query of all known parameters, with one put otherwise, left out, or added once more.
func query(name string, change func(pair string) string) string {
	var pairs []string
	for n, value := range known {
		pair := n + "=" + url.QueryEscape(value)
		if n == name {
			pair = change(pair)
		}
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, "&")
}

// attacks are all that a route gets: a fifth of the wrong values, another one for each
// route and parameter, in the parameters that most routes read and in an eighth of the others.
func attacks(method string, n int) (all []attack) {
	for i, name := range slices.Sorted(maps.Keys(known)) {
		if !slices.Contains([]string{"serviceName", "ip", "port", "namespaceId", "metadata"}, name) && (i+n)%8 != 0 {
			continue
		}
		add := func(what string, change func(string) string) {
			all = append(all, attack{name: name + " " + what, query: query(name, change), method: method})
		}
		add("missing", func(string) string { return "x=y" })
		add("twice", func(pair string) string { return pair + "&" + name + "=other" })
		for h, what := range slices.Sorted(maps.Keys(harms)) {
			if (h+i+n)%5 == 0 {
				add(what, func(string) string { return name + "=" + harms[what] })
			}
		}
	}
	return append(all, bodies(method, n%16 == 0)...)
}

// bodies are attacks of bodies and their types, with big ones or without.
func bodies(method string, withBig bool) (all []attack) {
	const form = "application/x-www-form-urlencoded"
	whole := query("", nil)
	text := func(s string) func() io.Reader { return func() io.Reader { return strings.NewReader(s) } }
	add := func(name, query, kind string, body func() io.Reader) {
		all = append(all, attack{name: name, query: query, kind: kind, body: body, method: method})
	}
	add("nothing", "", "", nil)
	add("form", "", form, text(whole))
	add("form of an unknown charset", "", form+";charset=nope", text(whole))
	add("form of another charset", "", form+";charset=ISO-8859-1", text("serviceName=%E9\xe9&"+whole))
	add("form as JSON", "", "application/json", text(whole))
	add("JSON", "", "application/json", text(`{"serviceName":"s"}`))
	add("JSON as form", "", form, text(`{"serviceName":"s"}`))
	add("form that is no text", "", form, text("\x00\xff=\xfe&=&&%&serviceName=\xff"))
	add("type that cannot be read", whole, ";;;", text("a=b"))
	add("parts without boundary", whole, "multipart/form-data", text("--"))
	add("parts cut off", whole, "multipart/form-data; boundary=B", text("--B\r\nContent-Disposition: form-data; name=\"ip\"\r\n\r\n1"))
	if !withBig {
		return all
	}
	add("11 MiB beside a query", whole, form, text(big))
	add("11 MiB", "", form, text(big))
	add("11 MiB of JSON", "", "application/json", text(big))
	add("11 MiB of parts", "", "multipart/form-data; boundary=B", text(big))
	add("huge query", strings.Repeat("a=1&", 100_000)+whole, "", nil)
	add("name of a million characters", "serviceName="+strings.Repeat("x", 1_000_000)+"&"+whole, "", nil)
	return all
}

// big is a form of 11 MiB.
var big = strings.Repeat("x=yyyyyy&", 11<<20/9)

// TestHostileRequests sends to every route of every line parameters that are missing, given twice and wrong in all ways,
// and bodies of all wrong kinds. Nothing may bring the server down or show what it is made of, errors have
// the shape of the line, and what is refused changes nothing.
func TestHostileRequests(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b, err := behaviour.ForLine(line)
				if err != nil {
					t.Fatal(err)
				}
				h := apitest.New(t, apitest.On(line))
				victim := &victim{t: t, h: h, keepsRefused: !b.V1.ClassicWrites}
				for _, face := range httpapi.Faces(h.Handler) {
					victim.attack(face, handlerOf(h, face))
				}
			})
		})
	}
}

// victim is a server under attack.
type victim struct {
	t *testing.T
	h *apitest.Handler
	// keepsRefused says that refused requests change nothing.
	keepsRefused bool
}

func (v *victim) attack(on *web.Face, h http.Handler) {
	for n, r := range on.Routes.All() {
		method := r.Method
		if method == web.Every {
			method = web.Get
		}
		for _, a := range attacks(method, n) {
			v.send(h, on.ContextPath+strings.Replace(r.Path, "*", "c", 1), a)
		}
		for _, wrong := range []string{web.Get, web.Post, web.Put, web.Patch, web.Delete, http.MethodHead, http.MethodOptions, http.MethodTrace, "BREW", "get"} {
			v.send(h, on.ContextPath+strings.Replace(r.Path, "*", "c", 1), attack{name: "method " + wrong, method: wrong})
		}
		if strings.HasSuffix(r.Path, "*") {
			for what, harm := range harms {
				v.send(h, on.ContextPath+strings.Replace(r.Path, "*", strings.ReplaceAll(harm, "%zz", "zz"), 1), attack{name: "path " + what, method: method})
			}
		}
	}
	for _, path := range []string{"/..", "/../..", "/a/../..", "/%2e%2e/a", "//", "/;a=b", "/v1;a=b/ns", "/%2f", "/v1/ns%2finstance", "/%5c", "/%00", "/%0d%0aX:y", "/" + strings.Repeat("x", 10_000), strings.Repeat("/a", 10_000), "/%25%32%66", "/%ff", "*"} {
		for _, method := range []string{web.Get, web.Post, web.Delete, http.MethodOptions, http.MethodConnect} {
			v.send(h, on.ContextPath+path, attack{name: "path", method: method})
		}
	}
}

// send makes one request and judges it.
func (v *victim) send(h http.Handler, path string, a attack) {
	v.t.Helper()
	var body io.Reader = http.NoBody
	if a.body != nil {
		body = a.body()
	}
	r := httptest.NewRequest(web.Post, "/", body)
	r.Method, r.RequestURI = a.method, path+"?"+a.query
	r.URL = &url.URL{Path: web.Unescape(path), RawPath: path, RawQuery: a.query}
	if a.kind != "" {
		r.Header.Set("Content-Type", a.kind)
	}
	before := v.state()
	w := httptest.NewRecorder()
	func() {
		defer func() {
			if p := recover(); p != nil {
				v.t.Fatalf("%s %.100s, %s: panic: %v", a.method, path, a.name, p)
			}
		}()
		h.ServeHTTP(w, r)
	}()
	if problem := misshapen(a.method, path, w); problem != "" {
		v.t.Errorf("%s %.100s, %s: %d %q %.300s: %s", a.method, path, a.name, w.Code, w.Header().Get("Content-Type"), w.Body, problem)
	}
	if w.Code >= http.StatusBadRequest && v.keepsRefused && v.state() != before {
		v.t.Errorf("%s %.100s, %s: answered %d %.300s, and still changed\n%s\nto\n%s", a.method, path, a.name, w.Code, w.Body, before, v.state())
	}
	v.restore()
}

// misshapen says what is wrong with an answer, empty for nothing. A filter of real servers calls all JSON that comes from
// the oldest routes of configurations, whatever it is.
func misshapen(method, path string, w *httptest.ResponseRecorder) string {
	kind, body := w.Header().Get("Content-Type"), w.Body.String()
	for _, inside := range []string{"goroutine", "runtime error", ".go:", "invalid memory"} {
		if strings.Contains(body, inside) {
			return "expected nothing of the inside, found " + inside
		}
	}
	switch {
	case w.Code < 101 || w.Code > 599:
		return "expected a status"
	case w.Code >= http.StatusInternalServerError && body == "" && kind == "" && method != http.MethodHead:
		return "expected a body, if only an empty text, which is how errors without a message look"
	case strings.HasPrefix(kind, "application/json") && !strings.Contains(path, "/v1/cs/") && !json.Valid([]byte(body)) && body != "ok":
		return "expected JSON"
	case strings.HasPrefix(kind, "text/html") && !strings.Contains(body, "</html>"):
		return "expected a page"
	}
	return ""
}

// state is what the server keeps, in text.
func (v *victim) state() string {
	var b strings.Builder
	for _, service := range v.h.Registry.ServiceStates() {
		fmt.Fprintf(&b, "%.100v\n", service)
	}
	return b.String() + strconv.Itoa(len(v.h.Registry.Clients()))
}

// restore lets every request in again, whatever switches were turned.
func (v *victim) restore() {
	if len(v.h.Registry.Switches().LimitedURLMap) > 0 {
		_ = v.h.Registry.SetSwitch("limitedUrlMap", "", false)
	}
}
