package httpapi

import (
	"cmp"
	"net"
	"net/http"
	"net/url"
	"strconv"
)

// dispatch runs the route and renders what it returns.
func (c *call) dispatch() {
	c.crossOrigin()
	if c.route == nil || c.misplaced() {
		c.route = nil
		c.observeNone()
		c.noRoute()
		return
	}
	if c.upload != nil {
		c.failUpload()
		return
	}
	c.joinRepeated()
	result, err := c.route.serve(c)
	c.observe(err)
	if err != nil {
		c.fail(err)
		return
	}
	c.succeed(result)
}

// agent is how the client names itself.
func (c *call) agent() string {
	return cmp.Or(c.Header.Get("User-Agent"), c.Header.Get("Client-Version"))
}

// unescape decodes a path.
func unescape(path string) string {
	text, err := url.PathUnescape(path)
	if err != nil {
		return path
	}
	return text
}

// self is the address of this server as it tells it to clients.
func (c *call) self() string {
	host := "127.0.0.1"
	if address, ok := c.Context().Value(http.LocalAddrContextKey).(interface{ String() string }); ok {
		host = hostOf(address.String(), host)
	}
	return host + ":" + strconv.Itoa(c.h.port())
}

// hostOf is the host of an address, or the fallback.
func hostOf(address, fallback string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return fallback
}
