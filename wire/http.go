package wire

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Dialer opens the transport of a client: TCP, or a connection in memory.
type Dialer func(ctx context.Context, address string) (net.Conn, error)

// TCP dials over the network.
func TCP(ctx context.Context, address string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", address)
}

// HTTPClient sends requests to one server and keeps what came back, byte for byte.
type HTTPClient struct {
	origin string
	token  string
	client *http.Client
}

// HTTPOptions say how an HTTPClient reaches its server.
type HTTPOptions struct {
	// Address is host:port.
	Address string
	// ContextPath is put before every path.
	ContextPath string
	// Dial is TCP when nil.
	Dial Dialer
	// Token is sent as bearer token and never recorded; empty where authentication is off.
	Token string
}

// maxIdlePerHost keeps the connections of all timelines that poll at once.
const maxIdlePerHost = 256

// NewHTTPClient makes a client; Close gives its connections back.
func NewHTTPClient(o HTTPOptions) *HTTPClient {
	dial := o.Dial
	if dial == nil {
		dial = TCP
	}
	transport := &http.Transport{
		DialContext:         func(ctx context.Context, _, address string) (net.Conn, error) { return dial(ctx, address) },
		MaxIdleConnsPerHost: maxIdlePerHost,
		DisableCompression:  true,
	}
	return &HTTPClient{
		origin: "http://" + o.Address + o.ContextPath,
		token:  o.Token,
		client: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Close gives the idle connections back.
func (c *HTTPClient) Close() { c.client.CloseIdleConnections() }

// HTTPRequest is what to send.
type HTTPRequest struct {
	Method string
	// Path follows the context path: "/v1/ns/instance".
	Path  string
	Query url.Values
	// Form is sent as an urlencoded body, Body as it is. Only one of them may be set.
	Form   url.Values
	Body   string
	Header map[string]string
}

// Do sends the request. It always returns an exchange: when no answer came, its Status is 0 and Err says why.
func (c *HTTPClient) Do(ctx context.Context, r HTTPRequest) HTTPExchange {
	target := c.origin + r.Path
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	header := maps.Clone(r.Header)
	body := r.Body
	if r.Form != nil {
		body = r.Form.Encode()
		if header == nil {
			header = map[string]string{}
		}
		header["Content-Type"] = "application/x-www-form-urlencoded"
	}
	x := HTTPExchange{Method: r.Method, URL: target, Header: header, RequestBody: body, Sent: time.Now()}
	c.exchange(ctx, &x)
	x.Received = time.Now()
	return x
}

func (c *HTTPClient) exchange(ctx context.Context, x *HTTPExchange) {
	req, err := http.NewRequestWithContext(ctx, x.Method, x.URL, strings.NewReader(x.RequestBody))
	if err != nil {
		x.Err = err.Error()
		return
	}
	for k, v := range x.Header {
		req.Header.Set(k, v)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		x.Err = err.Error()
		return
	}
	defer resp.Body.Close()
	x.Status = resp.StatusCode
	x.ResponseHeader = map[string]string{}
	for _, k := range slices.Sorted(maps.Keys(resp.Header)) {
		x.ResponseHeader[k] = strings.Join(resp.Header[k], ", ")
	}
	b, err := io.ReadAll(resp.Body)
	x.Body = string(b)
	if err != nil {
		x.Err = fmt.Sprintf("read the body: %v", err)
	}
}
