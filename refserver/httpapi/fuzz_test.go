package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// FuzzRequest sends parameters to every route of a face of any line, in the query and in a form: no input may bring the server down, and
// every answer has a status.
func FuzzRequest(f *testing.F) {
	for n, seed := range []string{
		"", "serviceName=s&ip=10.0.0.1&port=80", "serviceName=g%40%40s&ip=1&port=1&ephemeral=false",
		"serviceName=%40%40&ip=%20&port=-1", "serviceName=s&beat=%7B%22ip%22%3A%221%22%2C%22port%22%3A1%2C%22serviceName%22%3A%22a%40%40b%22%7D",
		"serviceName=a%40%40b&beat=null", "serviceName=s&metadata=%7B%22a%22%3Anull%7D&ip=1&port=1&weight=NaN",
		"serviceName=s&metadata=a%3D1&instances=%5Bnull%5D", "serviceName=s&metadata=a%3D1&instances=%5B%7B%22ip%22%3A1%7D%5D",
		"serviceName=s&protectThreshold=NaN&selector=%7B%22type%22%3A%22label%22%7D", "key=%23%23a&clientId=%23",
		"entry=pushVersion&value=%3A", "entry=limitedUrlMap&value=a%3A1%2Cb%3A-1", "pageNo=-2147483648&pageSize=2147483647",
		"serviceName=s&pageNo=2147483647&pageSize=2147483647&clusterName=DEFAULT&healthyOnly=true", "expr=%28&serviceNameParam=%5B",
		"serviceName=s&clusterName=c&checkPort=1&useInstancePort4Check=1&healthChecker=%7B%22type%22%3A1%7D", "%zz=1&=&&a", "serviceName=%ff%fe",
		"serviceName=s&ip=1&port=1&udpPort=1&clientIP=",
		"serviceName=a&serviceName=b&ip=1&ip=2&port=1&port=x", "namespaceId=a%00b&serviceName=%E2%80%AE",
	} {
		f.Add(byte(n), seed)
	}
	faces := everyFace(f)
	f.Fuzz(func(t *testing.T, which byte, parameters string) {
		on := faces[int(which)%len(faces)]
		fuzzFace(t, on.handler, on.Face, parameters)
	})
}

// servedFace is a face with what serves it.
type servedFace struct {
	*web.Face
	handler http.Handler
}

// everyFace are the faces of all lines, and the console.
func everyFace(f *testing.F) (all []servedFace) {
	for _, line := range behaviour.Lines() {
		h := apitest.New(f, apitest.On(line))
		for _, face := range httpapi.Faces(h.Handler) {
			all = append(all, servedFace{face, handlerOf(h, face)})
		}
	}
	return all
}

// handlerOf is what serves a face.
func handlerOf(h *apitest.Handler, face *web.Face) http.Handler {
	if face.Console {
		return h.Console()
	}
	return h
}

// fuzzFace sends parameters to every route of a face.
func fuzzFace(t *testing.T, h http.Handler, on *web.Face, parameters string) {
	for i, r := range on.Routes.All() {
		target := on.ContextPath + strings.Replace(r.Path, "*", url.PathEscape(parameters), 1)
		var body *strings.Reader
		if i%2 == 0 {
			body = strings.NewReader(parameters)
		} else {
			body = strings.NewReader("")
		}
		request := httptest.NewRequest(r.Method, "/", body)
		request.URL = &url.URL{Path: web.Unescape(target), RawPath: target}
		if i%2 == 1 {
			request.URL.RawQuery = parameters
		}
		request.RequestURI = target
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request)
		if w.Code < 101 {
			t.Errorf("%s %s: status %d", r.Method, target, w.Code)
		}
	}
}

var _ http.Handler = (*apitest.Handler)(nil)
