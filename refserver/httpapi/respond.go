package httpapi

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// plain is a result that is text.
type plain string

// octets is a result that has no type.
type octets []byte

// nothing is a result without type and content.
type nothing struct{}

// raw is a result that v2 does not put into its envelope.
type raw struct{ value any }

// envelope is what v2 answers.
type envelope struct {
	Code    int     `json:"code"`
	Message *string `json:"message"`
	Data    any     `json:"data"`
}

// restResult is the older envelope that a few routes use.
type restResult struct {
	Code    int     `json:"code"`
	Message *string `json:"message"`
	Data    any     `json:"data"`
}

// rest is a result in the older envelope.
func (c *call) rest(data any) any { return c.restOf(http.StatusOK, "", data) }

// restOf is a result in the older envelope with a code and a message, empty for none.
func (c *call) restOf(code int, message string, data any) any {
	r := restResult{Code: code, Message: orNull(message), Data: data}
	if !c.h.b.API.TellsRights {
		return r
	}
	return struct {
		restResult
		NoRight bool `json:"noRight"`
	}{restResult: r}
}

// missing is the error of a parameter that was not given.
type missing struct {
	name string
	// kind is the Java type in the text.
	kind string
	// form says that it belongs to a form rather than to the method.
	form bool
	// empty says that it was given, but as nothing.
	empty bool
}

func (m *missing) Error() string {
	if m.form {
		return "Required parameter '" + m.name + "' type " + m.kind + " is not present"
	}
	text := "Required request parameter '" + m.name + "' for method parameter type " + m.kind
	if m.empty {
		return text + " is present but converted to null"
	}
	return text + " is not present"
}

// unreadable is the error of JSON that cannot be read inside a controller. Its code is no HTTP status, yet it becomes
// one.
type unreadable struct {
	status int
	// class is the Java class that it should have become, empty for none in particular; reason says why it could not.
	class, reason string
}

func (u *unreadable) Error() string {
	text := "errCode: " + strconv.Itoa(u.status) + ", errMsg: Nacos deserialize "
	if u.class != "" {
		text += "for class [" + u.class + "] "
	}
	return text + "failed.  "
}

// ok is the result of a write.
func (c *call) ok() plain {
	if c.route.enveloped {
		return "ok"
	}
	return plain(c.h.b.HTTP.SuccessText)
}

// succeed renders the result of a route.
func (c *call) succeed(result any) {
	if _, ok := result.(answered); ok {
		return
	}
	if t, ok := result.(typed); ok {
		c.write(http.StatusOK, t.kind, t.body)
		return
	}
	if _, none := result.(nothing); none {
		c.bare(http.StatusOK)
		return
	}
	if r, ok := result.(raw); ok {
		result = r.value
	} else if c.route.enveloped {
		e := envelope{Message: new("success"), Data: unwrap(result)}
		if _, written := result.(plain); written {
			e.Code = c.h.b.HTTP.SuccessCode
		}
		result = e
	}
	if c.route.enveloped && !c.h.b.HTTP.AnswersEnvelopesAsJSON {
		c.text(http.StatusOK, string(encode(result)))
		return
	}
	if content, ok := result.(octets); ok {
		c.write(http.StatusOK, "application/octet-stream", content)
		return
	}
	if text, ok := result.(plain); ok && !c.h.b.HTTP.AnswersWritesAsText {
		c.write(http.StatusOK, "application/json", []byte(text))
		return
	}
	if text, ok := result.(plain); ok {
		c.text(http.StatusOK, string(text))
		return
	}
	c.json(http.StatusOK, result)
}

func unwrap(result any) any {
	if text, ok := result.(plain); ok {
		return string(text)
	}
	return result
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
	case c.route.accountErrors:
		c.failAccount(err)
	case unwritable:
		c.failUnwritable(err)
	case c.route.v2Errors:
		c.failV2(err)
	case c.route.configErrors:
		c.failConfig(err)
	case c.route.coreErrors:
		c.failCore(err)
	case c.route.consoleErrors:
		c.failConsole(err)
	case c.route.plainErrors:
		c.failPlain(err)
	default:
		c.failV1(err)
	}
}

func (c *call) failV1(err error) {
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

func (c *call) failV2(err error) {
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
func (c *call) failUnwritable(err error) {
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

// text answers with text, in the type that the client prefers.
func (c *call) text(status int, body string) {
	kind := c.negotiate(true)
	if kind == "" {
		c.unwritable(status)
		return
	}
	if !strings.Contains(kind, "charset=") && !strings.HasSuffix(kind, "json") {
		kind += ";charset=UTF-8"
	}
	c.write(status, kind, []byte(body))
}

// json answers with JSON, unless the client does not take it.
func (c *call) json(status int, body any) {
	kind := c.negotiate(false)
	switch {
	case kind != "":
		c.write(status, kind, encode(body))
	case c.h.b.Framework.ListsTypes:
		c.listTypes()
	case c.route != nil && c.route.v2Errors:
		c.errorPage(http.StatusNotAcceptable, "Could not find acceptable representation")
	default:
		c.text(http.StatusInternalServerError, "caused: Could not find acceptable representation;")
	}
}

// listTypes tells a client that takes no JSON what there is.
func (c *call) listTypes() {
	if c.route == nil || !c.route.v2Errors {
		c.text(http.StatusInternalServerError, "caused: No acceptable representation;")
		return
	}
	if _, readable := c.accepted(); !readable {
		c.bare(http.StatusBadRequest)
		return
	}
	const types = "application/json, application/*+json"
	c.w.Header().Set("Accept", types)
	c.errorPage(http.StatusNotAcceptable, "Acceptable representations: ["+types+"].")
}

// unwritable answers when the accepted types cannot be read: the status of errors, and an error instead of a success.
func (c *call) unwritable(status int) {
	switch unreadable := c.h.b.HTTP.UnreadableAccept; {
	case unreadable != 0:
		status = unreadable
	case status == http.StatusOK:
		status = http.StatusInternalServerError
	}
	c.bare(status)
}

// encode is JSON without the escapes that browsers need.
func encode(body any) []byte {
	text, err := wire.Marshal(body)
	if err != nil {
		return []byte("null")
	}
	return text
}

// usualTypes are the values of the header of most answers.
var usualTypes = map[string][]string{
	"application/json":               {"application/json"},
	"application/json;charset=UTF-8": {"application/json;charset=UTF-8"},
	"text/plain;charset=UTF-8":       {"text/plain;charset=UTF-8"},
}

func (c *call) write(status int, kind string, body []byte) {
	if (c.h.b.HTTP.TellsCharset || c.inConfigs()) && !strings.Contains(kind, "charset=") {
		kind += ";charset=UTF-8"
	}
	if values := usualTypes[kind]; values != nil {
		c.w.Header()["Content-Type"] = values
	} else {
		c.w.Header().Set("Content-Type", kind)
	}
	c.w.WriteHeader(status)
	_, _ = c.w.Write(body) // the client is gone when this fails
}

// bare answers with a status and nothing else.
func (c *call) bare(status int) {
	c.unlabelled()
	c.w.WriteHeader(status)
}

// unlabelled leaves the type of the answer as it is before anything is written: none, but in configuration management.
func (c *call) unlabelled() {
	c.w.Header()["Content-Type"] = nil
	if c.inConfigs() {
		c.w.Header()["Content-Type"] = []string{"application/json;charset=UTF-8"}
	}
}
