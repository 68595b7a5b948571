package refserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// HTTPLimits bound what the clients of an HTTP port, or of the console, can take of the server. Real servers of all lines
// have these values, from the Tomcat that they ship and the script that starts them; DefaultHTTPLimits has them too.
//
// Limits on what one request says (100 headers, 10,000 parameters, forms of 2 MiB, parts of 1 MiB) are decisions of the
// line instead: see behaviour.Framework. Those of gRPC are ConnectionLimits and behaviour.Connections.
type HTTPLimits struct {
	// Connections are open at most at once; those beyond wait, unanswered, until one ends.
	// Source: Spring Boot server.tomcat.max-connections.
	Connections int
	// HeaderBytes are at most the bytes of a request line with all headers; a longer one is answered with 400, and the
	// connection ends. Source: nacos 2.5.1 distribution/bin/startup.sh (--server.max-http-header-size=524288).
	HeaderBytes int
	// Silence is how long a connection may be without a request, a body or an answer without a byte, and a request line
	// with its headers incomplete. The connection ends then. Source: Tomcat connectionTimeout; Tomcat begins anew with
	// each byte of the headers, which lets a client hold a connection for days.
	Silence time.Duration
	// Requests are answered on one connection, the last of them with Connection: close.
	// Source: Tomcat maxKeepAliveRequests.
	Requests int
}

// DefaultHTTPLimits are those of a server that is told nothing else.
func DefaultHTTPLimits() HTTPLimits {
	return HTTPLimits{Connections: 8192, HeaderBytes: 512 << 10, Silence: time.Minute, Requests: 100}
}

// leastHeaderBytes is what the headers of any client fit into.
const leastHeaderBytes = 8 << 10

// Check says what is wrong with limits.
func (l HTTPLimits) Check() error {
	switch {
	case l.Connections < 1:
		return fmt.Errorf("expected at least 1 connection, found %d", l.Connections)
	case l.HeaderBytes < leastHeaderBytes:
		return fmt.Errorf("expected at least %d bytes for headers, found %d", leastHeaderBytes, l.HeaderBytes)
	case l.Silence <= 0:
		return fmt.Errorf("expected a time of silence above 0, found %v", l.Silence)
	case l.Requests < 1:
		return fmt.Errorf("expected at least 1 request for each connection, found %d", l.Requests)
	}
	return nil
}

// WithHTTPLimits bounds the HTTP port and the console otherwise than DefaultHTTPLimits.
func WithHTTPLimits(l HTTPLimits) Option { return func(o *options) { o.http = l } }

// slop is what net/http reads of headers beyond what it is told to.
const slop = 4096

// server is an HTTP server within the limits.
func (l HTTPLimits) server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: l.bounded(h), MaxHeaderBytes: l.HeaderBytes - slop, ReadHeaderTimeout: l.Silence, IdleTimeout: l.Silence,
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, servedKey{}, new(atomic.Int64))
		},
	}
}

// listener is one within the limits, whose connections tell in Nacos' way of requests that net/http cannot read.
func (l HTTPLimits) listener(on net.Listener) net.Listener {
	return netutil.LimitListener(&connector{on, l.Silence}, l.Connections)
}

// servedKey is the key of the count of requests of a connection.
type servedKey struct{}

// bounded ends connections that served enough requests, or whose client sends its body too slowly.
func (l HTTPLimits) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if served, ok := r.Context().Value(servedKey{}).(*atomic.Int64); ok && served.Add(1) >= int64(l.Requests) {
			w.Header().Set("Connection", "close")
		}
		if r.Body != http.NoBody {
			body := &patient{ReadCloser: r.Body, writer: w, silence: l.Silence}
			defer body.wait() // for what the handler did not read
			r.Body = body
		}
		next.ServeHTTP(w, r)
	})
}

// patient is a body that fails when the client is silent for too long.
type patient struct {
	io.ReadCloser
	writer  http.ResponseWriter
	silence time.Duration
	ended   bool
}

func (p *patient) Read(b []byte) (int, error) {
	p.wait()
	n, err := p.ReadCloser.Read(b)
	if err == io.EOF && !p.ended {
		p.expect(time.Time{}) // nobody owes anything now
	}
	p.ended = p.ended || err != nil
	return n, err
}

// wait begins the time of silence anew. A connection without deadlines has no such time.
func (p *patient) wait() {
	if !p.ended {
		p.expect(time.Now().Add(p.silence))
	}
}

func (p *patient) expect(deadline time.Time) {
	if conn, ok := p.writer.(interface{ SetReadDeadline(time.Time) error }); ok {
		_ = conn.SetReadDeadline(deadline)
	}
}

// connector accepts connections that answer as Tomcat does where net/http answers by itself.
type connector struct {
	net.Listener
	silence time.Duration
}

func (c *connector) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &connected{conn, c.silence}, nil
}

// connected is a connection whose client must take what it is sent.
type connected struct {
	net.Conn
	silence time.Duration
}

// ownHeaders follow the status line where net/http answers to a request that no handler sees.
var ownHeaders = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

func (c *connected) Write(b []byte) (int, error) {
	_ = c.SetWriteDeadline(time.Now().Add(c.silence)) // a connection without deadlines waits
	line, _, _ := bytes.Cut(b[:min(len(b), 256)], []byte("\r\n"))
	if !bytes.HasPrefix(b[len(line):], ownHeaders) {
		return c.Conn.Write(b)
	}
	if _, err := c.Conn.Write(unread(string(line))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// CloseWrite lets net/http end its side first, so that the client reads the answer.
func (c *connected) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return errors.ErrUnsupported
}

// unread is Tomcat's answer to a request that cannot be read. It knows no 431.
func unread(line string) []byte {
	status := http.StatusBadRequest
	if fields := strings.Fields(line); len(fields) > 1 {
		if n, err := strconv.Atoi(fields[1]); err == nil && n >= http.StatusInternalServerError {
			status = n
		}
	}
	page := web.ConnectorPage(status, http.StatusText(status))
	return fmt.Appendf(nil, "HTTP/1.1 %d \r\nContent-Type: text/html;charset=utf-8\r\nContent-Language: en\r\nContent-Length: %d\r\nDate: %s\r\nConnection: close\r\n\r\n%s",
		status, len(page), time.Now().UTC().Format(http.TimeFormat), page)
}

// endsConnection says whether Tomcat ends the connection after an answer: it no longer trusts what follows.
// Source: Tomcat 9.0.98 java/org/apache/coyote/http11/Http11Processor.java statusDropsConnection; measured 1.4.8, 2.5.1, 3.0.3.
func endsConnection(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusRequestTimeout, http.StatusLengthRequired, http.StatusRequestEntityTooLarge,
		http.StatusRequestURITooLong, http.StatusInternalServerError, http.StatusNotImplemented, http.StatusServiceUnavailable:
		return true
	}
	return false
}
