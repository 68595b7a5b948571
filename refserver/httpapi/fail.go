package httpapi

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// failPlain renders an error as text, as v3 does for what clients ask.
func failPlain(c *call, err error) {
	status := http.StatusInternalServerError
	var m *missing
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		status = http.StatusBadRequest
	case errors.As(err, &e):
		status = e.Status
	}
	c.text(status, causes([]string{err.Error()}))
}

// failCore renders an error as routes do that have no handler of errors of their own: refused arguments as text, all
// else in the older envelope, made harmless for browsers.
// Source: nacos 2.5.1 console/src/main/java/com/alibaba/nacos/console/exception/ConsoleExceptionHandler.java:44-73; measured.
func failCore(c *call, err error) {
	if c.h.b.Framework.PagesErrors {
		pageCore(c, err)
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
func pageCore(c *call, err error) {
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

// gateFailed is what the gates say of a failure.
const gateFailed = "Handle API Compatibility failed, please see log for detail."

// failConsole renders an error as the oldest routes of the console do: a failure of the server, whatever it is.
// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/exception/ConsoleExceptionHandler.java:55-65; measured 1.4.8, 2.5.1.
func failConsole(c *call, err error) {
	text := err.Error()
	if m := (*missing)(nil); errors.As(err, &m) && !c.h.b.HTTP.NamesMethodParameters {
		text = "Required " + m.kind + " parameter '" + m.name + "' is not present"
	}
	text = causes([]string{text})
	if c.h.b.Namespaces.EscapesErrors {
		text = htmlEscapes.Replace(text)
	}
	c.text(http.StatusInternalServerError, text)
}

// fail renders an error in the way of the API that the route belongs to.
func (c *call) fail(err error) {
	if u := (*unreadable)(nil); errors.As(err, &u) && c.h.b.HTTP.FailureStatus == 0 {
		c.bare(u.status)
		return
	}
	unwritable := c.route.v2Errors && c.negotiate(false) == ""
	if u := (interface{ named() error })(nil); errors.As(err, &u) && c.h.b.Framework.NamesArguments && !unwritable {
		err = u.named()
	}
	switch {
	case unwritable:
		failUnwritable(c, err)
	case c.route.fail != nil:
		c.route.fail(c, err)
	case c.route.v2Errors:
		failV2(c, err)
	default:
		failV1(c, err)
	}
}

func failV1(c *call, err error) {
	var m *missing
	var u *unreadable
	var e *naming.Error
	switch {
	case errors.As(err, &m):
		c.failMissing(m)
	case errors.As(err, &u):
		c.text(http.StatusInternalServerError, causes([]string{u.Error(), u.reason}))
	case errors.As(err, &e) && e.Flavour != naming.Unexpected:
		text := e.Error()
		if c.h.b.HTTP.WrapsErrors {
			text = causes([]string{text})
		}
		c.text(c.statusV1(e), text)
	case errors.As(err, &e):
		c.text(http.StatusInternalServerError, causes(append([]string{e.Message}, e.Causes...)))
	default:
		c.text(http.StatusInternalServerError, causes([]string{err.Error()}))
	}
}

// failMissing answers when a parameter is missing that the framework wants.
func (c *call) failMissing(m *missing) {
	status := c.h.b.HTTP.MissingStatus
	if status == http.StatusBadRequest {
		c.text(status, "Parameter '"+m.name+"' is missing")
		return
	}
	c.text(status, causes([]string{c.missingText(m)}))
}

// missingText is the framework's text about a parameter that is missing.
func (c *call) missingText(m *missing) string {
	if c.h.b.HTTP.NamesMethodParameters {
		return m.Error()
	}
	return "Required " + m.kind + " parameter '" + m.name + "' is not present"
}

// statusV1 is the status of a foreseen error over v1.
func (c *call) statusV1(e *naming.Error) int {
	if e.Flavour == naming.Argument {
		return c.h.b.HTTP.RefusalStatus
	}
	return cmp.Or(c.h.b.HTTP.FailureStatus, e.Status)
}

// causes are the messages of a chain of errors; it ends at the first that has none.
func causes(messages []string) string {
	var b strings.Builder
	for _, m := range messages {
		if m == "" {
			break
		}
		b.WriteString("caused: " + m + ";")
	}
	return b.String()
}

func failV2(c *call, err error) {
	var m *missing
	var b *badBody
	var e *naming.Error
	switch {
	case errors.As(err, &m):
		c.refuse(http.StatusBadRequest, c.errorCode(naming.CodeParameterMissing), m.Error())
	case errors.As(err, &b):
		c.refuse(http.StatusBadRequest, c.errorCode(b.code), b.reason)
	case errors.As(err, &e) && e.Flavour != naming.Unexpected:
		c.refuse(clampStatus(e.Status), c.errorCode(e.Code), e.Error())
	default:
		text := err.Error()
		result := envelope{Code: naming.CodeServerError, Message: &text}
		if text == "" {
			result.Message = nil
		}
		c.json(http.StatusInternalServerError, result)
	}
}

// failUnwritable answers when even the error cannot be written as the client wants it: the handler of the error fails
// too, and the framework falls back on its page.
func failUnwritable(c *call, err error) {
	var m *missing
	var e *naming.Error
	var u *unbound
	var p *unconverted
	_, readable := c.accepted()
	switch {
	case c.h.b.Framework.ListsTypes && !readable && (errors.As(err, &u) || errors.As(err, &p)):
		c.bare(http.StatusInternalServerError)
	case errors.As(err, &u):
		c.errorPage(http.StatusBadRequest, "Validation failed for object='"+u.object+"'. Error count: 1")
	case c.h.b.Framework.NamesArguments && errors.As(err, &p):
		c.errorPage(http.StatusBadRequest, p.named().Error())
	case errors.As(err, &e) && len(e.Causes) > 0: // a value that could not be converted
		c.errorPage(http.StatusBadRequest, err.Error())
	case errors.As(err, &m) && !m.form && c.h.b.Framework.NamesArguments:
		c.errorPage(http.StatusBadRequest, "Required parameter '"+m.name+"' is not present.")
	case errors.As(err, &m) && !m.form:
		c.errorPage(http.StatusBadRequest, err.Error())
	case errors.As(err, &e) && !readable:
		c.bare(e.Status)
	case m != nil && !readable:
		c.bare(http.StatusBadRequest)
	default:
		c.errorPage(http.StatusInternalServerError, c.hidden(err.Error()))
	}
}

// errorCode is the code that an error shows.
func (c *call) errorCode(code int) int {
	if !c.h.b.HTTP.ErrorCodes {
		return naming.CodeServerError
	}
	return code
}

// refuse answers with an error code of v2; the reason is the data.
func (c *call) refuse(status, code int, reason string) {
	c.json(status, envelope{Code: code, Message: new(codeText(code)), Data: reason})
}

func codeText(code int) string {
	switch code {
	case naming.CodeParameterMissing:
		return "parameter missing"
	case codeAccessDenied:
		return "access denied"
	case naming.CodeParameterInvalid:
		return "parameter validate error"
	case naming.CodeMediaType:
		return "MediaType Error"
	case naming.CodeResourceNotFound:
		return "resource not found"
	case failure.CodeResourceConflict:
		return "resource conflict"
	case config.CodeGrayOverLimit:
		return "config gray version version over max count"
	case naming.CodeWeight:
		return "weight error"
	case naming.CodeInstanceMetadata:
		return "instance metadata error"
	case naming.CodeInstanceNotFound:
		return "instance not found"
	case naming.CodeInstance:
		return "instance error"
	case naming.CodeSelector:
		return "selector error"
	case naming.CodeServiceExists:
		return "service already exist"
	case naming.CodeServiceNotFound:
		return "service not exist"
	case naming.CodeServiceNotDeleted:
		return "service delete failure"
	case naming.CodeNamespaceIllegal:
		return "illegal namespace"
	case naming.CodeNamespaceUnknown:
		return "namespace not exist"
	case naming.CodeNamespaceTaken:
		return "namespace already exist"
	case naming.CodeIllegalState:
		return "illegal state"
	}
	return "server error"
}

// codeAccessDenied is the code of what the asker may not see.
const codeAccessDenied = 10001

// clampStatus is a status that net/http can send.
func clampStatus(status int) int {
	if status < 101 || status > 999 {
		return http.StatusInternalServerError
	}
	return status
}
