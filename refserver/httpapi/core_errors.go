package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// failCore renders an error as routes do that have no handler of errors of their own: refused arguments as text, all
// else in the older envelope, made harmless for browsers.
// Source: nacos 2.5.1 console/src/main/java/com/alibaba/nacos/console/exception/ConsoleExceptionHandler.java:44-73; measured.
func (c *call) failCore(err error) {
	if c.h.b.Framework.PagesErrors {
		c.pageCore(err)
		return
	}
	messages := []string{err.Error()}
	if m := (*missing)(nil); errors.As(err, &m) {
		messages = []string{c.missingText(m)}
	}
	if u := (*unreadable)(nil); errors.As(err, &u) {
		messages = append(messages, u.reason)
	}
	if e := (*naming.Error)(nil); errors.As(err, &e) {
		if e.Flavour == naming.Argument {
			c.text(http.StatusBadRequest, causes(messages))
			return
		}
		messages = append(messages, e.Causes...)
	}
	text := c.harmless(causes(messages))
	if !strings.HasPrefix(c.path, "/v2/") {
		c.text(http.StatusInternalServerError, text)
		return
	}
	c.json(http.StatusInternalServerError, restResult{Code: http.StatusInternalServerError, Message: &text})
}

// pageCore answers with the page of the framework, or with that of the gate which the failure passes on its way out.
func (c *call) pageCore(err error) {
	var m *missing
	var u *unconverted
	var b *badBody
	switch {
	case errors.As(err, &b):
		c.errorPage(b.status, b.reason)
	case errors.As(err, &m):
		c.errorPage(http.StatusBadRequest, "Required parameter '"+m.name+"' is not present.")
	case errors.As(err, &u):
		c.errorPage(http.StatusBadRequest, u.named().Error())
	case c.swallows():
		c.bare(http.StatusOK)
	default:
		c.errorPage(http.StatusInternalServerError, c.hidden(err.Error()))
	}
}

// hidden is the message of a failure, or what the gates say instead.
func (c *call) hidden(message string) string {
	behind := strings.HasPrefix(c.path, "/v2/") || strings.HasPrefix(c.path, "/v1/") && !strings.HasPrefix(c.path, "/v1/ns/")
	if behind && c.h.b.API.HidesFailures {
		return gateFailed
	}
	return message
}

// harmless is a text as browsers may see it.
func (c *call) harmless(text string) string {
	if !c.h.b.HTTP.EscapesErrors {
		return text
	}
	return htmlEscapes.Replace(text)
}

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")
