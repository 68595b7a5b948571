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
	messages := []string{err.Error()}
	if e := (*naming.Error)(nil); errors.As(err, &e) {
		if e.Flavour == naming.Argument {
			c.text(http.StatusBadRequest, causes(messages))
			return
		}
		messages = append(messages, e.Causes...)
	}
	text := htmlEscapes.Replace(causes(messages))
	c.json(http.StatusInternalServerError, restResult{Code: http.StatusInternalServerError, Message: &text})
}

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")
