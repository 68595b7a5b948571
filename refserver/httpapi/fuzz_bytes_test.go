package httpapi_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// FuzzBytes sends requests as they are on the wire, to a face of any line: each that net/http can read gets an answer
// with a status and headers that can be sent, and the server goes on.
func FuzzBytes(f *testing.F) {
	const form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
	for n, seed := range []string{
		"GET /nacos/v1/ns/instance/list?serviceName=a HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST /nacos/v1/ns/instance?serviceName=a&ip=1.1.1.1&port=1 HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n",
		"PUT /nacos/v2/ns/instance HTTP/1.1\r\nHost: h\r\n" + form + "33\r\n\r\nserviceName=%E9&ip=1.1.1.1&port=1",
		"POST /nacos/v3/client/ns/instance HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" + form[:49] + "\r\n5\r\nip=%z\r\n0\r\n\r\n",
		"POST /nacos/v2/ns/instance HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\nzz\r\n",
		"GET /nacos/v1/ns/..%2f;a=b//%2e%00 HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "CONNECT h:1 HTTP/1.1\r\n\r\n",
		"GET http://h/nacos/v1/ns/operator/metrics HTTP/1.0\r\n\r\n", "BREW /nacos HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n",
		"GET /nacos/../../x HTTP/1.1\r\nHost: h\r\nOrigin: \xe9\r\n\r\n", "GET /v3/console/core/namespace/list HTTP/1.1\r\nHost: h\r\n\r\n",
		"DELETE /nacos/v2/ns/service?serviceName=%ff HTTP/1.1\r\nHost: h\r\nUser-Agent: Nacos-Server\r\nAccept: ;,*/;q=x\r\n\r\n",
		"PATCH /nacos/v1/ns/instance HTTP/1.1\r\nHost: h\r\n" + form + "9\r\n\r\n&=&%41=%",
	} {
		f.Add(byte(n), []byte(seed))
	}
	faces := everyFace(f)
	f.Fuzz(func(t *testing.T, which byte, sent []byte) {
		on := faces[int(which)%len(faces)]
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(string(sent))))
		if err != nil {
			return
		}
		r.RemoteAddr = "127.0.0.1:1"
		apitest.Answerable(t, on.handler, r)
	})
}

// FuzzAccept: whatever a client accepts, it gets an answer in a type that it names, or is told so.
func FuzzAccept(f *testing.F) {
	for n, seed := range []string{
		"", "*", "*/*", "text/html", "text/html;q=0.1,application/json", "application/json;charset=UTF-8", "application/*+json", "text/*;q=x",
		"a", "/", "a/", "/b", ";", ",,", "image/png, */*;q=0.8", "application/vnd.x+json;q=2", "text/plain;charset=\"", "\xff/\xfe",
	} {
		f.Add(byte(n), seed)
	}
	faces := everyFace(f)
	targets := []string{"/v1/ns/instance/list?serviceName=s", "/v1/ns/nope", "/v2/ns/instance/list", "/v3/admin/ns/service/list?pageNo=1&pageSize=1", "/v1/console/server/state"}
	f.Fuzz(func(t *testing.T, which byte, accept string) {
		on := faces[int(which)%len(faces)]
		for _, target := range targets {
			r := httptest.NewRequest(web.Get, on.ContextPath+target, nil)
			r.Header["Accept"] = []string{strings.NewReplacer("\r", "", "\n", "").Replace(accept)} // net/http lets none through
			apitest.Answerable(t, on.handler, r)
		}
	})
}
