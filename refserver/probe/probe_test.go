package probe

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// checks are the health checks of a line.
func checks(t *testing.T, line behaviour.Line) behaviour.HealthChecks {
	t.Helper()
	b, err := behaviour.ForLine(line)
	if err != nil {
		t.Fatal(err)
	}
	return b.HealthChecks
}

const where = "10.0.0.1:8080"

// site is a network in memory with a prober.
type site struct {
	*testing.T
	network *memnet.Network
	prober  *Prober
}

func newSite(t *testing.T, b behaviour.HealthChecks) site {
	network := &memnet.Network{}
	s := site{t, network, New(b, func(ctx context.Context, _, address string) (net.Conn, error) { return network.Dial(ctx, address) })}
	t.Cleanup(s.prober.Close)
	return s
}

// serve lets talk answer the connections to where, one after another, until the test ends.
func (s site) serve(talk func(net.Conn)) {
	s.Helper()
	l, err := s.network.Listen(netip.MustParseAddrPort(where))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			talk(conn)
			conn.Close()
		}
	}()
}

func (s site) probe(t Target) Result {
	t.Host, t.Port = "10.0.0.1", 8080
	return s.prober.Probe(s.Context(), t)
}

// expect fails the test when the result is another one.
func (s site) expect(got Result, outcome Outcome, response Response) {
	s.Helper()
	if got.Outcome != outcome || got.Response != response {
		s.Errorf("expected outcome %d with response %d, found %d with %d: %s", outcome, response, got.Outcome, got.Response, got.Reason)
	}
}

// answerWith reads a request and answers it.
func answerWith(text string) func(net.Conn) {
	return func(conn net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			io.WriteString(conn, text)
		}
	}
}

func TestTCP(t *testing.T) {
	cases := map[string]struct {
		dial     Dial
		change   func(*behaviour.HealthChecks)
		outcome  Outcome
		response Response
	}{
		"open":    {func(context.Context, string, string) (net.Conn, error) { near, _ := net.Pipe(); return near, nil }, nil, Passed, Measured},
		"refused": {fails(os.NewSyscallError("connect", syscall.ECONNREFUSED)), nil, FailedAtOnce, Longest},
		"refused, which counts": {
			fails(syscall.ECONNREFUSED), func(b *behaviour.HealthChecks) { b.RefusedAtOnce = false }, Failed, Longest,
		},
		"deaf":                {func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() }, nil, Failed, Doubled},
		"no such host":        {fails(&net.DNSError{Err: "no such host", IsNotFound: true}), nil, Failed, Longest},
		"network unreachable": {fails(syscall.ENETUNREACH), nil, Failed, Longest},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := checks(t, behaviour.Line25)
				if c.change != nil {
					c.change(&b)
				}
				p := New(b, c.dial)
				site{T: t}.expect(p.Probe(t.Context(), Target{Kind: TCP, Host: "10.0.0.1", Port: 80}), c.outcome, c.response)
			})
		})
	}
}

func fails(err error) Dial {
	return func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: err}
	}
}

// TestHTTPStatuses holds what real servers of the lines did with endpoints of these statuses.
func TestHTTPStatuses(t *testing.T) {
	type verdict struct {
		Outcome
		Response
	}
	pass, busy, broken, dead := verdict{Passed, Measured}, verdict{Failed, Doubled}, verdict{Failed, Longest}, verdict{FailedAtOnce, Longest}
	cases := []struct {
		head           string
		old, line30    verdict
		requests, on30 int
	}{
		{"200 OK", pass, pass, 1, 1},
		{"201 Created", dead, dead, 1, 1},
		{"204 No Content", broken, broken, 1, 1},
		{"205 Reset Content", broken, dead, 1, 1},
		{"206 Partial", dead, dead, 1, 1},
		{"301 Moved\r\nLocation: /other", broken, broken, 1, 2},
		{"302 Found", busy, busy, 1, 1},
		{"302 Found\r\nLocation: /other", broken, broken, 1, 2},
		{"303 See Other", broken, dead, 1, 1},
		{"304 Not Modified", broken, broken, 1, 1},
		{"307 Temporary\r\nLocation: http://10.0.0.1:8080/other", broken, broken, 1, 2},
		{"308 Permanent", broken, dead, 1, 1},
		{"404 Not Found", dead, dead, 1, 1},
		{"429 Too Many", dead, dead, 1, 2},
		{"500 Error", dead, dead, 1, 1},
		{"503 Unavailable", busy, busy, 1, 2},
		{"503 Unavailable\r\nRetry-After: 3", busy, busy, 1, 2},
		{"599 Odd", dead, dead, 1, 1},
	}
	for _, line := range behaviour.Lines() {
		for _, c := range cases {
			t.Run(fmt.Sprintf("%s/%.40q", line, c.head), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s, requests := newSite(t, checks(t, line)), 0
					s.serve(func(conn net.Conn) {
						requests++
						answerWith("HTTP/1.1 " + c.head + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")(conn)
					})
					want, expected := c.old, c.requests
					if line == behaviour.Line30 {
						want, expected = c.line30, c.on30
					}
					s.expect(s.probe(Target{Kind: HTTP, Path: "/health"}), want.Outcome, want.Response)
					if requests != expected {
						t.Errorf("expected %d requests, found %d", expected, requests)
					}
				})
			})
		}
	}
}

func TestRedirectIsFollowedToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, checks(t, behaviour.Line30))
		s.serve(func(conn net.Conn) {
			req, err := http.ReadRequest(bufio.NewReader(conn))
			if err != nil {
				return
			}
			head := "302 Found\r\nLocation: /alive"
			if req.URL.Path == "/alive" {
				head = "200 OK"
			}
			io.WriteString(conn, "HTTP/1.1 "+head+"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		})
		s.expect(s.probe(Target{Kind: HTTP, Path: "/health"}), Passed, Measured)
	})
}

func TestHTTPAnswersThatAreNone(t *testing.T) {
	hang := func(conn net.Conn) { io.Copy(io.Discard, conn) }
	cases := map[string]struct {
		talk     func(net.Conn)
		outcome  Outcome
		response Response
	}{
		"hangs":            {hang, Failed, Doubled},
		"closes":           {func(net.Conn) {}, Failed, Longest},
		"speaks otherwise": {answerWith("SSH-2.0-x\r\n\r\n"), Failed, Longest},
		"stops half-way":   {answerWith("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), Failed, Longest},
		"body hangs": {func(conn net.Conn) {
			answerWith("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na")(conn)
			hang(conn)
		}, Failed, Doubled},
		"without end": {func(conn net.Conn) {
			answerWith("HTTP/1.1 200 OK\r\n\r\n")(conn)
			for {
				if _, err := conn.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}, Failed, Longest},
		"slow but steady": {func(conn net.Conn) {
			answerWith("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n")(conn)
			for range 4 {
				time.Sleep(700 * time.Millisecond)
				io.WriteString(conn, "x")
			}
		}, Passed, Measured},
		"old and open-ended": {answerWith("HTTP/1.0 200 OK\r\n\r\nhello"), Passed, Measured},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, checks(t, behaviour.Line25))
				s.serve(c.talk)
				s.expect(s.probe(Target{Kind: HTTP}), c.outcome, c.response)
			})
		})
	}
}

func TestHTTPUnreachable(t *testing.T) {
	deaf := func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() }
	reset := fails(syscall.ECONNRESET)
	for line, want := range map[behaviour.Line]Outcome{behaviour.Line25: FailedAtOnce, behaviour.Line30: Failed} {
		synctest.Test(t, func(t *testing.T) {
			got := New(checks(t, line), deaf).Probe(t.Context(), Target{Kind: HTTP, Host: "10.0.0.1", Port: 1})
			if got.Outcome != want {
				t.Errorf("line %s: a deaf endpoint: expected outcome %d, found %d: %s", line, want, got.Outcome, got.Reason)
			}
		})
	}
	calls := 0
	counted := func(ctx context.Context, network, address string) (net.Conn, error) {
		calls++
		return reset(ctx, network, address)
	}
	site{T: t}.expect(New(checks(t, behaviour.Line30), counted).Probe(t.Context(), Target{Kind: HTTP}), Failed, Longest)
	if calls != 2 {
		t.Errorf("expected a second attempt after a reset, found %d attempts", calls)
	}
	refused := New(checks(t, behaviour.Line25), fails(syscall.ECONNREFUSED))
	site{T: t}.expect(refused.Probe(t.Context(), Target{Kind: HTTP}), FailedAtOnce, Longest)
}

func TestExpectedCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := checks(t, behaviour.Line25)
		b.ObeysExpectedCode = true
		s := newSite(t, b)
		s.serve(answerWith("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))
		s.expect(s.probe(Target{Kind: HTTP, ExpectedCode: 204}), Passed, Measured)
	})
}

func TestConnectionIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, connections := newSite(t, checks(t, behaviour.Line25)), 0
		s.serve(func(conn net.Conn) {
			connections++
			r := bufio.NewReader(conn)
			for range 2 {
				if _, err := http.ReadRequest(r); err != nil {
					return
				}
				io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
			}
		})
		for range 3 { // the third finds its connection closed, and tries again
			s.expect(s.probe(Target{Kind: HTTP}), Passed, Measured)
		}
		if connections != 2 {
			t.Errorf("expected two connections for three probes, found %d", connections)
		}
		s.prober.Close()
	})
}

// TestRequest holds what real servers sent.
func TestRequest(t *testing.T) {
	plain := "Accept-Charset: UTF-8\r\nContent-Type: application/json;charset=UTF-8\r\nHost: 10.0.0.1:8080\r\nConnection: Keep-Alive\r\nUser-Agent: VIPServer\r\n\r\n"
	cases := []struct {
		line                behaviour.Line
		path, headers, want string
	}{
		{behaviour.Line25, "", "", "GET / HTTP/1.1\r\n" + plain},
		{behaviour.Line25, "health", "", "GET /health HTTP/1.1\r\n" + plain},
		{behaviour.Line25, "?x=1", "", "GET /?x=1 HTTP/1.1\r\n" + plain},
		{behaviour.Line25, "/a/../b/./c#frag", "", "GET /a/../b/./c HTTP/1.1\r\n" + plain},
		{behaviour.Line25, "/a%20b", "", "GET /a%20b HTTP/1.1\r\n" + plain},
		{behaviour.Line30, "/", "", strings.Replace("GET / HTTP/1.1\r\n"+plain, "Keep-Alive", "keep-alive", 1)},
		{
			behaviour.Line25, "/", "a:1|b:2:3|c:|:d|nocolon| e : 5 |f: |user-agent:me|content-type:text/x|accept-charset:gbk",
			"GET / HTTP/1.1\r\na: 1\r\nAccept-Charset: gbk\r\nContent-Type: text/x\r\ne: 5\r\nf: \r\nuser-agent: me\r\nHost: 10.0.0.1:8080\r\nConnection: Keep-Alive\r\n\r\n",
		},
		{
			behaviour.Line14, "/", "Host:my.host|Connection:close|A:1|a:2|Content-Length:5",
			"GET / HTTP/1.1\r\nA: 2\r\nAccept-Charset: UTF-8\r\nAccept-Encoding: gzip\r\nConnection: close\r\nContent-Length: 5\r\nContent-Type: application/json;charset=UTF-8\r\nHost: my.host\r\nUser-Agent: VIPServer\r\n\r\n",
		},
	}
	for _, c := range cases {
		p := New(checks(t, c.line), nil)
		_, got, err := p.request(Target{Host: "10.0.0.1", Port: 8080, Path: c.path, Headers: c.headers})
		if err != nil || string(got) != c.want {
			t.Errorf("path %q, headers %q: expected\n%s\nfound %v\n%s", c.path, c.headers, c.want, err, got)
		}
	}
}

func TestPathMayNameAnotherHost(t *testing.T) {
	for path, want := range map[string]string{
		"//10.0.0.9/x": "10.0.0.9:80 /x", "http://10.0.0.9:81": "10.0.0.9:81 /", "http:/x": "10.0.0.1:8080 /x", "/ü": "10.0.0.1:8080 /%C3%BC",
	} {
		host, target, err := resolve(Target{Host: "10.0.0.1", Port: 8080, Path: path})
		if got := host + " " + target; err != nil || got != want {
			t.Errorf("%s: expected %s, found %s, %v", path, want, got, err)
		}
	}
	for _, path := range []string{"/a b", "/%zz", "/%", "foo:bar", "https://x/", "/<", "http:///x", "/\r\nX: y"} {
		if host, target, err := resolve(Target{Host: "10.0.0.1", Port: 8080, Path: path}); err == nil {
			t.Errorf("%q: expected a refusal, found %s %s", path, host, target)
		}
	}
}

func TestUnknownKindIsNoSuccess(t *testing.T) {
	if got := New(checks(t, behaviour.Line25), nil).Probe(t.Context(), Target{Kind: "NONE"}); got.Outcome == Passed {
		t.Errorf("expected no success, found %+v", got)
	}
}

func TestTimedOut(t *testing.T) {
	if !timedOut(fmt.Errorf("read: %w", os.ErrDeadlineExceeded)) || timedOut(errors.New("other")) {
		t.Error("deadlines are time-outs, other errors are none")
	}
}
