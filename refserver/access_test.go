package refserver_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

func TestAuthRefusesOverBothTransports(t *testing.T) {
	s := refserver.RunT(t, refserver.WithAuth(func(a refserver.Access) *refserver.Failure {
		if a.Value("accessToken") == "secret" {
			return nil
		}
		return &refserver.Failure{Status: http.StatusForbidden, Code: http.StatusForbidden, Message: "unknown user!"}
	}))
	h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
	defer h.Close()
	request := wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Query: url.Values{"serviceName": {"web"}, "ip": {"10.0.0.1"}, "port": {"80"}}}
	if x := h.Do(t.Context(), request); x.Status != http.StatusForbidden || x.Body != "unknown user!" {
		t.Errorf("without token: %+v", x)
	}
	request.Header = map[string]string{"accessToken": "secret"}
	if x := h.Do(t.Context(), request); x.Body != "ok" {
		t.Errorf("with a token in the header: %+v", x)
	}
	request.Header = nil
	request.Query.Set("accessToken", "secret")
	if x := h.Do(t.Context(), request); x.Body != "ok" {
		t.Errorf("with a token in the query: %+v", x)
	}

	c, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: s.GRPCAddr()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if x := c.Call(t.Context(), "ServerCheckRequest", []byte("{}"), nil); errorCode(x) != http.StatusForbidden || !strings.Contains(x.Body, "unknown user!") {
		t.Errorf("without token: %+v", x)
	}
	if x := c.Call(t.Context(), "ServerCheckRequest", []byte("{}"), map[string]string{"accessToken": "secret"}); errorCode(x) != 0 {
		t.Errorf("with a token: %+v", x)
	}
}

func TestAccessLogHasALineForEachAnswer(t *testing.T) {
	for _, line := range behaviour.Lines() {
		var log bytes.Buffer
		s, err := refserver.New(refserver.WithLine(line), refserver.WithAccessLog(&log))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
		s.FailNext(1, nil, refserver.Failure{Message: "broken"})
		h.Do(t.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/service/list", Query: url.Values{"pageNo": {"1"}}})
		h.Do(context.Background(), wire.HTTPRequest{
			Method: "GET", Path: "/v1/ns/instance/list", Query: url.Values{"serviceName": {"a:b"}},
			Header: map[string]string{"User-Agent": `a"b\c`, "Request-Source": "é"},
		})
		h.Close()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		expected := regexp.MustCompile(`^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "GET /nacos/v1/ns/service/list\?pageNo=1 HTTP/1\.1" 500 6 \d+ \S+ -
127\.0\.0\.1 - - \[[^]]+\] "GET /nacos/v1/ns/instance/list\?serviceName=a%3Ab HTTP/1\.1" 200 \d+ \d+ a\\"b\\\\c \\u00e9
$`)
		if !expected.Match(log.Bytes()) {
			t.Errorf("line %s: expected lines like %s, found\n%s", line, expected, log.String())
		}
	}
}
