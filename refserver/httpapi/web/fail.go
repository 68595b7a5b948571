package web

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// FailPlain renders an error as text, as v3 does for what clients ask.
func FailPlain(c *Call, err error) {
	status := http.StatusInternalServerError
	var m *Missing
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		status = http.StatusBadRequest
	case errors.As(err, &e):
		status = e.Status
	}
	c.Text(status, Causes([]string{err.Error()}))
}

// FailCore renders an error as routes do that have no handler of errors of their own: refused arguments as text, all
// else in the older envelope, made harmless for browsers.
// Source: nacos 2.5.1 console/src/main/java/com/alibaba/nacos/console/exception/ConsoleExceptionHandler.java:44-73; measured.
func FailCore(c *Call, err error) {
	if c.B.Framework.PagesErrors {
		PageCore(c, err)
		return
	}
	messages := []string{err.Error()}
	if m := (*Missing)(nil); errors.As(err, &m) {
		messages = []string{c.MissingText(m)}
	}
	if u := (*Unreadable)(nil); errors.As(err, &u) {
		messages = append(messages, u.Reason)
	}
	if b := (*badBody)(nil); errors.As(err, &b) {
		messages = append(messages, b.causes...)
	}
	if e := (*failure.Error)(nil); errors.As(err, &e) {
		if e.Flavour == failure.Argument {
			c.Text(http.StatusBadRequest, Causes(messages))
			return
		}
		messages = append(messages, e.Causes...)
	}
	text := c.Harmless(Causes(messages))
	if !strings.HasPrefix(c.Path, "/v2/") {
		c.Text(http.StatusInternalServerError, text)
		return
	}
	c.JSON(http.StatusInternalServerError, RestResult{Code: http.StatusInternalServerError, Message: &text})
}

// PageCore answers with the page of the framework, or with that of the gate which the failure passes on its way out.
func PageCore(c *Call, err error) {
	var m *Missing
	var u *Unconverted
	var b *badBody
	switch {
	case errors.As(err, &b):
		c.ErrorPage(b.status, b.reason)
	case errors.As(err, &m):
		c.ErrorPage(http.StatusBadRequest, "Required parameter '"+m.Name+"' is not present.")
	case errors.As(err, &u):
		c.ErrorPage(http.StatusBadRequest, u.named().Error())
	case c.Swallows():
		c.Bare(http.StatusOK)
	default:
		c.ErrorPage(http.StatusInternalServerError, c.Hidden(err.Error()))
	}
}

// Hidden is the message of a failure, or what the gates say instead.
func (c *Call) Hidden(message string) string {
	behind := strings.HasPrefix(c.Path, "/v2/") || strings.HasPrefix(c.Path, "/v1/") && !strings.HasPrefix(c.Path, "/v1/ns/")
	if behind && c.B.API.HidesFailures {
		return GateFailed
	}
	return message
}

// Harmless is a text as browsers may see it.
func (c *Call) Harmless(text string) string {
	if !c.B.HTTP.EscapesErrors {
		return text
	}
	return htmlEscapes.Replace(text)
}

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// GateFailed is what the gates say of a failure.
const GateFailed = "Handle API Compatibility failed, please see log for detail."

// FailConsole renders an error as the oldest routes of the console do: a failure of the server, whatever it is.
// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/exception/ConsoleExceptionHandler.java:55-65; measured 1.4.8, 2.5.1.
func FailConsole(c *Call, err error) {
	text := err.Error()
	if m := (*Missing)(nil); errors.As(err, &m) && !c.B.HTTP.NamesMethodParameters {
		text = "Required " + m.Kind + " parameter '" + m.Name + "' is not present"
	}
	messages := []string{text}
	if e := (*failure.Error)(nil); errors.As(err, &e) {
		messages = append(messages, e.Causes...)
	}
	text = Causes(messages)
	if c.B.Namespaces.EscapesErrors {
		text = htmlEscapes.Replace(text)
	}
	c.Text(http.StatusInternalServerError, text)
}

// fail renders an error in the way of the API that the route belongs to.
func (c *Call) fail(err error) {
	if u := (*Unreadable)(nil); errors.As(err, &u) && c.B.HTTP.FailureStatus == 0 {
		c.Bare(u.Status)
		return
	}
	unwritable := c.Route.V2Errors && c.Negotiate(false) == ""
	if u := (interface{ named() error })(nil); errors.As(err, &u) && c.B.Framework.NamesArguments && !unwritable {
		err = u.named()
	}
	switch {
	case unwritable:
		failUnwritable(c, err)
	case c.Route.Fail != nil:
		c.Route.Fail(c, err)
	case c.Route.V2Errors:
		failV2(c, err)
	default:
		failV1(c, err)
	}
}

func failV1(c *Call, err error) {
	var m *Missing
	var u *Unreadable
	var b *badBody
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		c.failMissing(m)
	case errors.As(err, &b):
		c.Text(http.StatusInternalServerError, Causes(append([]string{b.reason}, b.causes...)))
	case errors.As(err, &u):
		c.Text(http.StatusInternalServerError, Causes([]string{u.Error(), u.Reason}))
	case errors.As(err, &e) && e.Flavour != failure.Unexpected:
		text := e.Error()
		if c.B.HTTP.WrapsErrors {
			text = Causes([]string{text})
		}
		c.Text(c.statusV1(e), text)
	case errors.As(err, &e):
		c.Text(http.StatusInternalServerError, Causes(append([]string{e.Message}, e.Causes...)))
	default:
		c.Text(http.StatusInternalServerError, Causes([]string{err.Error()}))
	}
}

// failMissing answers when a parameter is missing that the framework wants.
func (c *Call) failMissing(m *Missing) {
	status := c.B.HTTP.MissingStatus
	if status == http.StatusBadRequest {
		c.Text(status, "Parameter '"+m.Name+"' is missing")
		return
	}
	c.Text(status, Causes([]string{c.MissingText(m)}))
}

// MissingText is the framework's text about a parameter that is missing.
func (c *Call) MissingText(m *Missing) string {
	if c.B.HTTP.NamesMethodParameters {
		return m.Error()
	}
	return "Required " + m.Kind + " parameter '" + m.Name + "' is not present"
}

// statusV1 is the status of a foreseen error over v1.
func (c *Call) statusV1(e *failure.Error) int {
	if e.Flavour == failure.Argument {
		return c.B.HTTP.RefusalStatus
	}
	return cmp.Or(c.B.HTTP.FailureStatus, e.Status)
}

// Causes are the messages of a chain of errors; it ends at the first that has none.
func Causes(messages []string) string {
	var b strings.Builder
	for _, m := range messages {
		if m == "" {
			break
		}
		b.WriteString("caused: " + m + ";")
	}
	return b.String()
}

func failV2(c *Call, err error) {
	var m *Missing
	var b *badBody
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		c.refuse(http.StatusBadRequest, c.errorCode(failure.CodeParameterMissing), m.Error())
	case errors.As(err, &b):
		c.refuse(http.StatusBadRequest, c.errorCode(b.code), b.reason)
	case errors.As(err, &e) && e.Status > maxStatus && c.B.Framework.PagesStatuses:
		c.ErrorPage(http.StatusInternalServerError, c.Hidden(e.Message))
	case errors.As(err, &e) && e.Flavour != failure.Unexpected:
		c.refuse(ClampStatus(e.Status), c.errorCode(e.Code), e.Error())
	default:
		text := err.Error()
		result := Envelope{Code: failure.CodeServerError, Message: &text}
		if text == "" {
			result.Message = nil
		}
		c.JSON(http.StatusInternalServerError, result)
	}
}

// failUnwritable answers when even the error cannot be written as the client wants it: the handler of the error fails
// too, and the framework falls back on its page.
func failUnwritable(c *Call, err error) {
	var m *Missing
	var e *failure.Error
	var u *unbound
	var p *Unconverted
	_, readable := c.accepted()
	switch {
	case c.B.Framework.ListsTypes && !readable && (errors.As(err, &u) || errors.As(err, &p)):
		c.Bare(http.StatusInternalServerError)
	case errors.As(err, &u):
		c.ErrorPage(http.StatusBadRequest, "Validation failed for object='"+u.object+"'. Error count: 1")
	case c.B.Framework.NamesArguments && errors.As(err, &p):
		c.ErrorPage(http.StatusBadRequest, p.named().Error())
	case errors.As(err, &e) && len(e.Causes) > 0: // a value that could not be converted
		c.ErrorPage(http.StatusBadRequest, err.Error())
	case errors.As(err, &m) && !m.Form && c.B.Framework.NamesArguments:
		c.ErrorPage(http.StatusBadRequest, "Required parameter '"+m.Name+"' is not present.")
	case errors.As(err, &m) && !m.Form:
		c.ErrorPage(http.StatusBadRequest, err.Error())
	case errors.As(err, &e) && !readable:
		c.Bare(e.Status)
	case m != nil && !readable:
		c.Bare(http.StatusBadRequest)
	default:
		c.ErrorPage(http.StatusInternalServerError, c.Hidden(err.Error()))
	}
}

// errorCode is the code that an error shows.
func (c *Call) errorCode(code int) int {
	if !c.B.HTTP.ErrorCodes {
		return failure.CodeServerError
	}
	return code
}

// refuse answers with an error code of v2; the reason is the data.
func (c *Call) refuse(status, code int, reason string) {
	c.JSON(status, Envelope{Code: code, Message: new(CodeText(code)), Data: reason})
}

// CodeText is the message in the envelope for a code.
func CodeText(code int) string {
	switch code {
	case failure.CodeParameterMissing:
		return "parameter missing"
	case CodeAccessDenied:
		return "access denied"
	case failure.CodeParameterInvalid:
		return "parameter validate error"
	case naming.CodeMediaType:
		return "MediaType Error"
	case failure.CodeResourceNotFound:
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
	case CodeDisabled:
		return "API function disabled."
	case CodeMCPUnknown:
		return "MCP server not found"
	}
	return "server error"
}

// CodeAccessDenied is the code of what the asker may not see.
const CodeAccessDenied = 10001

// maxStatus is the greatest status that can be sent.
const maxStatus = 999

// ClampStatus is a status that net/http can send. Real servers send some that are none, such as 5031 to 5034 for limits of
// capacity before 3.0; clients of the standard library do not take these either.
func ClampStatus(status int) int {
	if status < 101 || status > maxStatus {
		return http.StatusInternalServerError
	}
	return status
}

// Swallows says whether a failure that nobody handles ends in an empty success.
func (c *Call) Swallows() bool { return c.Access.Behind && c.B.Auth.SwallowsFailures }

// CodeMCPUnknown is the code of an MCP server that is not there, CodeDisabled that of what the server does not do.
const (
	CodeMCPUnknown = 50000
	CodeDisabled   = 40001
)
