package refserver_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
)

// raw opens a connection to the HTTP port.
func (s site) raw() net.Conn {
	s.t.Helper()
	conn, err := s.net.Dial(s.t.Context(), s.Addr())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	return conn
}

func say(t *testing.T, conn net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
}

// hear reads one answer.
func hear(t *testing.T, conn net.Conn) (*http.Response, string) {
	t.Helper()
	w, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w, string(body)
}

const (
	health    = "GET /nacos/v1/console/health/liveness HTTP/1.1\r\nHost: h\r\n\r\n"
	formBegin = "POST /nacos/v2/ns/instance HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 38\r\n\r\n"
)

// until is how long a connection stays open when its client says something from time to time.
func until(t *testing.T, conn net.Conn, every time.Duration, bytes string) time.Duration {
	t.Helper()
	begin := time.Now()
	ended := make(chan time.Duration, 1)
	go func() {
		_, _ = io.Copy(io.Discard, conn) // ends when the server ends the connection
		ended <- time.Since(begin)
	}()
	for _, b := range bytes {
		select {
		case after := <-ended:
			return after
		case <-time.After(every):
			if _, err := io.WriteString(conn, string(b)); err != nil {
				return <-ended
			}
		}
	}
	return <-ended
}

// TestSlowClientsAreCut: those that take for ever over a request line, over headers, over a body, or say nothing.
func TestSlowClientsAreCut(t *testing.T) {
	for name, c := range map[string]struct {
		first, drops string
		every, after time.Duration
	}{
		"says nothing":              {"", "", 0, time.Minute},
		"a byte of headers at once": {"GET /nacos/", strings.Repeat("x", 100), 10 * time.Second, time.Minute},
		"stops in its body":         {formBegin + "serviceName=s", "", 0, time.Minute},
		"is idle":                   {health, "", 0, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s site) {
				conn := s.raw()
				if c.first != "" {
					say(t, conn, c.first)
				}
				if found := until(t, conn, c.every, c.drops); found != c.after {
					t.Errorf("expected the connection to end after %v, found %v", c.after, found)
				}
			})
		})
	}
}

// TestSlowBodiesArePossible: each byte begins the time of silence anew.
func TestSlowBodiesArePossible(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		conn := s.raw()
		say(t, conn, formBegin)
		for _, b := range "serviceName=slow&ip=10.0.0.1&port=8080" {
			time.Sleep(50 * time.Second)
			say(t, conn, string(b))
		}
		if w, body := hear(t, conn); w.StatusCode != http.StatusOK {
			t.Errorf("expected the registration to be taken, found %d %s", w.StatusCode, body)
		}
	})
}

// TestDeafClientsAreCut: the answer is not written for ever.
func TestDeafClientsAreCut(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		conn := s.raw()
		say(t, conn, health)
		time.Sleep(time.Minute + time.Second)
		synctest.Wait()
		if _, err := io.ReadAll(conn); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("expected the end of the connection, found %v", err)
		}
	})
}

// TestConnectionsAreBounded: one too many waits until another ends.
func TestConnectionsAreBounded(t *testing.T) {
	limits := refserver.DefaultHTTPLimits()
	limits.Connections = 2
	bubble(t, func(t *testing.T, s site) {
		first, second, third := s.raw(), s.raw(), s.raw()
		for _, conn := range []net.Conn{first, second} {
			say(t, conn, health)
			hear(t, conn)
		}
		if err := third.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(third, health); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("expected nobody to listen to the third connection, found %v", err)
		}
		first.Close()
		fourth := s.raw()
		third.Close()
		say(t, fourth, health)
		hear(t, fourth)
	}, refserver.WithHTTPLimits(limits))
}

func TestConnectionsServeSoManyRequests(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		conn := s.raw()
		for n := 1; n <= 100; n++ {
			say(t, conn, health)
			if w, _ := hear(t, conn); w.Close != (n == 100) {
				t.Fatalf("request %d: the connection ends: %v", n, w.Close)
			}
		}
		if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Errorf("expected the end of the connection, found %v", err)
		}
	})
}

// TestErrorsEndConnections: where Tomcat no longer trusts what follows. Measured 2.5.1.
func TestErrorsEndConnections(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		for target, ends := range map[string]bool{
			"/nacos/v1/ns/instance/list": true, "/nacos/v1/ns/nope": true, "/nacos/../x": true, // 400, 501, 500
			"/nope": false, "/nacos/v1/ns/instance?serviceName=s&ip=1&port=1": false, "/nacos": false, // 404, 404, 302
		} {
			conn := s.raw()
			say(t, conn, "GET "+target+" HTTP/1.1\r\nHost: h\r\n\r\n")
			if w, _ := hear(t, conn); w.Close != ends {
				t.Errorf("%s: %d, expected the connection to end: %v", target, w.StatusCode, ends)
			}
			conn.Close()
		}
	})
}

// TestUnreadableRequests get Tomcat's page. Measured 1.4.8, 2.5.1 and 3.0.3, except for the host without a name.
func TestUnreadableRequests(t *testing.T) {
	const list = "GET /nacos/v1/ns/instance/list?serviceName=s HTTP/1.1\r\nHost: h\r\n"
	for name, c := range map[string]struct {
		request string
		status  int
	}{
		"no HTTP":              {"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400},
		"no host":              {"GET /nacos/ HTTP/1.1\r\n\r\n", 400},
		"two hosts":            {list + "Host: i\r\n\r\n", 400},
		"no colon":             {list + "Xyb\r\n\r\n", 400},
		"blank in name":        {list + "X y: b\r\n\r\n", 400},
		"NUL":                  {list + "X: a\x00b\r\n\r\n", 400},
		"raw NUL":              {"GET /nacos/\x00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
		"bad escape":           {"GET /nacos/%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
		"no length":            {list + "Content-Length: x\r\n\r\n", 400},
		"two lengths":          {list + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
		"99 headers":           {list + strings.Repeat("X: y\r\n", 98) + "\r\n", 200},
		"100 headers":          {list + strings.Repeat("X: y\r\n", 99) + "\r\n", 200},
		"101 headers":          {list + strings.Repeat("X: y\r\n", 100) + "\r\n", 400},
		"3000 headers":         {list + strings.Repeat("X: y\r\n", 3000) + "\r\n", 400},
		"500,000 bytes":        {list + "X: " + strings.Repeat("y", 500_000) + "\r\n\r\n", 200},
		"530,000 bytes":        {list + "X: " + strings.Repeat("y", 530_000) + "\r\n\r\n", 400},
		"a query as long":      {"GET /nacos/v1/ns/instance/list?x=" + strings.Repeat("y", 530_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 400},
		"unknown coding":       {list + "Transfer-Encoding: foo\r\n\r\n", 501},
		"a tunnel":             {"CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\n\r\n", 501},
		"unknown version":      {"GET /nacos/ HTTP/3.0\r\nHost: h\r\n\r\n", 505},
		"chunks that are none": {"POST /nacos/v2/ns/instance HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s site) {
				conn := s.raw()
				go func() { _, _ = io.WriteString(conn, c.request) }() // the server may not read it all
				w, body := hear(t, conn)
				if w.StatusCode != c.status {
					t.Errorf("expected %d, found %d %.200s", c.status, w.StatusCode, body)
				}
				kind := w.Header.Get("Content-Type")
				if c.status != http.StatusOK && kind != "application/json" && (kind != "text/html;charset=utf-8" || !strings.HasPrefix(body, "<!doctype html>") || !w.Close) {
					t.Errorf("expected Tomcat's page and the end of the connection, found %s %v %.100s", kind, w.Close, body)
				}
			})
		})
	}
}

func TestLimitsAreChecked(t *testing.T) {
	for says, change := range map[string]func(*refserver.HTTPLimits){
		"at least 1 connection, found 0":                   func(l *refserver.HTTPLimits) { l.Connections = 0 },
		"at least 8192 bytes for headers, found 1":         func(l *refserver.HTTPLimits) { l.HeaderBytes = 1 },
		"a time of silence above 0, found 0s":              func(l *refserver.HTTPLimits) { l.Silence = 0 },
		"at least 1 request for each connection, found -1": func(l *refserver.HTTPLimits) { l.Requests = -1 },
	} {
		l := refserver.DefaultHTTPLimits()
		change(&l)
		if _, err := refserver.New(refserver.WithHTTPLimits(l)); err == nil || !strings.Contains(err.Error(), "WithHTTPLimits: expected "+says) {
			t.Errorf("expected %q, found %v", says, err)
		}
	}
}
