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
func failPlain(c *Call, err error) {
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
func failCore(c *Call, err error) {
	if c.B.Framework.PagesErrors {
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
	if e := (*failure.Error)(nil); errors.As(err, &e) {
		if e.Flavour == failure.Argument {
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
func pageCore(c *Call, err error) {
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
func (c *Call) hidden(message string) string {
	behind := strings.HasPrefix(c.path, "/v2/") || strings.HasPrefix(c.path, "/v1/") && !strings.HasPrefix(c.path, "/v1/ns/")
	if behind && c.B.API.HidesFailures {
		return gateFailed
	}
	return message
}

// harmless is a text as browsers may see it.
func (c *Call) harmless(text string) string {
	if !c.B.HTTP.EscapesErrors {
		return text
	}
	return htmlEscapes.Replace(text)
}

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// gateFailed is what the gates say of a failure.
const gateFailed = "Handle API Compatibility failed, please see log for detail."

// failConsole renders an error as the oldest routes of the console do: a failure of the server, whatever it is.
// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/exception/ConsoleExceptionHandler.java:55-65; measured 1.4.8, 2.5.1.
func failConsole(c *Call, err error) {
	text := err.Error()
	if m := (*missing)(nil); errors.As(err, &m) && !c.B.HTTP.NamesMethodParameters {
		text = "Required " + m.kind + " parameter '" + m.name + "' is not present"
	}
	text = causes([]string{text})
	if c.B.Namespaces.EscapesErrors {
		text = htmlEscapes.Replace(text)
	}
	c.text(http.StatusInternalServerError, text)
}

// fail renders an error in the way of the API that the route belongs to.
func (c *Call) fail(err error) {
	if u := (*unreadable)(nil); errors.As(err, &u) && c.B.HTTP.FailureStatus == 0 {
		c.bare(u.status)
		return
	}
	unwritable := c.route.v2Errors && c.negotiate(false) == ""
	if u := (interface{ named() error })(nil); errors.As(err, &u) && c.B.Framework.NamesArguments && !unwritable {
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

func failV1(c *Call, err error) {
	var m *missing
	var u *unreadable
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		c.failMissing(m)
	case errors.As(err, &u):
		c.text(http.StatusInternalServerError, causes([]string{u.Error(), u.reason}))
	case errors.As(err, &e) && e.Flavour != failure.Unexpected:
		text := e.Error()
		if c.B.HTTP.WrapsErrors {
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
func (c *Call) failMissing(m *missing) {
	status := c.B.HTTP.MissingStatus
	if status == http.StatusBadRequest {
		c.text(status, "Parameter '"+m.name+"' is missing")
		return
	}
	c.text(status, causes([]string{c.missingText(m)}))
}

// missingText is the framework's text about a parameter that is missing.
func (c *Call) missingText(m *missing) string {
	if c.B.HTTP.NamesMethodParameters {
		return m.Error()
	}
	return "Required " + m.kind + " parameter '" + m.name + "' is not present"
}

// statusV1 is the status of a foreseen error over v1.
func (c *Call) statusV1(e *failure.Error) int {
	if e.Flavour == failure.Argument {
		return c.B.HTTP.RefusalStatus
	}
	return cmp.Or(c.B.HTTP.FailureStatus, e.Status)
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

func failV2(c *Call, err error) {
	var m *missing
	var b *badBody
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		c.refuse(http.StatusBadRequest, c.errorCode(failure.CodeParameterMissing), m.Error())
	case errors.As(err, &b):
		c.refuse(http.StatusBadRequest, c.errorCode(b.code), b.reason)
	case errors.As(err, &e) && e.Flavour != failure.Unexpected:
		c.refuse(clampStatus(e.Status), c.errorCode(e.Code), e.Error())
	default:
		text := err.Error()
		result := envelope{Code: failure.CodeServerError, Message: &text}
		if text == "" {
			result.Message = nil
		}
		c.json(http.StatusInternalServerError, result)
	}
}

// failUnwritable answers when even the error cannot be written as the client wants it: the handler of the error fails
// too, and the framework falls back on its page.
func failUnwritable(c *Call, err error) {
	var m *missing
	var e *failure.Error
	var u *unbound
	var p *unconverted
	_, readable := c.accepted()
	switch {
	case c.B.Framework.ListsTypes && !readable && (errors.As(err, &u) || errors.As(err, &p)):
		c.bare(http.StatusInternalServerError)
	case errors.As(err, &u):
		c.errorPage(http.StatusBadRequest, "Validation failed for object='"+u.object+"'. Error count: 1")
	case c.B.Framework.NamesArguments && errors.As(err, &p):
		c.errorPage(http.StatusBadRequest, p.named().Error())
	case errors.As(err, &e) && len(e.Causes) > 0: // a value that could not be converted
		c.errorPage(http.StatusBadRequest, err.Error())
	case errors.As(err, &m) && !m.form && c.B.Framework.NamesArguments:
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
func (c *Call) errorCode(code int) int {
	if !c.B.HTTP.ErrorCodes {
		return failure.CodeServerError
	}
	return code
}

// refuse answers with an error code of v2; the reason is the data.
func (c *Call) refuse(status, code int, reason string) {
	c.json(status, envelope{Code: code, Message: new(codeText(code)), Data: reason})
}

// codeText is the message in the envelope for a code.
func codeText(code int) string {
	switch code {
	case failure.CodeParameterMissing:
		return "parameter missing"
	case codeAccessDenied:
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

// swallows says whether a failure that nobody handles ends in an empty success.
func (c *Call) swallows() bool { return c.access.behind && c.B.Auth.SwallowsFailures }
