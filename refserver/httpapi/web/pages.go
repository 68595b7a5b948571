package web

import (
	"html"
	"net/http"
	"strconv"
	"strings"
)

// ErrorPage answers as the framework does for errors outside the controllers: JSON, or a page for browsers.
func (c *Call) ErrorPage(status int, message string) {
	now := c.Now().UTC()
	if c.PrefersHTML() {
		page := "<html><body><h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error, so you are seeing this as a fallback.</p><div id='created'>" +
			now.Format("Mon Jan 02 15:04:05 UTC 2006") + "</div><div>There was an unexpected error (type=" + http.StatusText(status) +
			", status=" + strconv.Itoa(status) + ").</div><div>" + strings.ReplaceAll(html.EscapeString(message), "&#34;", "&quot;") + "</div></body></html>"
		c.Writer.Header().Set("Content-Language", "en")
		c.Send(status, "text/html;charset=UTF-8", []byte(page))
		return
	}
	kind := c.Negotiate(false)
	if kind == "" && c.B.HTTP.ExplainsUnacceptable {
		c.Text(http.StatusInternalServerError, "caused: Could not find acceptable representation;")
		return
	}
	if kind == "" {
		c.Bare(status)
		return
	}
	c.Send(status, kind, Encode(struct {
		Timestamp string `json:"timestamp"`
		Status    int    `json:"status"`
		Error     string `json:"error"`
		Message   string `json:"message"`
		Path      string `json:"path"`
	}{now.Format("2006-01-02T15:04:05.000+00:00"), status, http.StatusText(status), message, c.URI}))
}

// connectorPage answers as the web server in front of the framework does.
func (c *Call) connectorPage(status int, text string) {
	c.Writer.Header().Set("Content-Language", "en")
	c.Send(status, "text/html;charset=utf-8", ConnectorPage(status, text))
}

// ConnectorPage is the page of an error that the web server in front of the framework finds.
func ConnectorPage(status int, text string) []byte {
	title := "HTTP Status " + strconv.Itoa(status) + " – " + text
	return []byte(`<!doctype html><html lang="en"><head><title>` + title +
		`</title><style type="text/css">body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;} .line {height:1px;background-color:#525D76;border:none;}</style></head><body><h1>` +
		title + `</h1></body></html>`)
}

// ForbidCaching marks an answer that is different the next time.
func (c *Call) ForbidCaching() {
	header := c.Writer.Header()
	header.Set("Pragma", "no-cache")
	header.Set("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
	header.Set("Cache-Control", "no-cache,no-store")
}

// HasConsole says whether the console knows the older routes of a path.
func HasConsole(path string) bool {
	for _, prefix := range []string{"/v1/auth", "/v1/console", "/v2/console"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}
