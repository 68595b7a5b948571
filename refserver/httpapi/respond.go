package httpapi

import (
	"net/http"
	"strings"

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
func (c *Call) rest(data any) any { return c.restOf(http.StatusOK, "", data) }

// restOf is a result in the older envelope with a code and a message, empty for none.
func (c *Call) restOf(code int, message string, data any) any {
	r := restResult{Code: code, Message: orNull(message), Data: data}
	if !c.B.API.TellsRights {
		return r
	}
	return struct {
		restResult
		NoRight bool `json:"noRight"`
	}{restResult: r}
}

// ok is the result of a write.
func (c *Call) ok() plain {
	if c.route.enveloped {
		return "ok"
	}
	return plain(c.B.HTTP.SuccessText)
}

// succeed renders the result of a route.
func (c *Call) succeed(result any) {
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
			e.Code = c.B.HTTP.SuccessCode
		}
		result = e
	}
	if c.route.enveloped && !c.B.HTTP.AnswersEnvelopesAsJSON {
		c.text(http.StatusOK, string(encode(result)))
		return
	}
	if content, ok := result.(octets); ok {
		c.write(http.StatusOK, "application/octet-stream", content)
		return
	}
	if text, ok := result.(plain); ok && !c.B.HTTP.AnswersWritesAsText {
		c.write(http.StatusOK, "application/json", []byte(text))
		return
	}
	if text, ok := result.(plain); ok {
		c.text(http.StatusOK, string(text))
		return
	}
	c.json(http.StatusOK, result)
}

// unwrap is a result as JSON shows it.
func unwrap(result any) any {
	if text, ok := result.(plain); ok {
		return string(text)
	}
	return result
}

// text answers with text, in the type that the client prefers.
func (c *Call) text(status int, body string) {
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
func (c *Call) json(status int, body any) {
	kind := c.negotiate(false)
	switch {
	case kind != "":
		c.write(status, kind, encode(body))
	case c.B.Framework.ListsTypes:
		c.listTypes()
	case c.route != nil && c.route.v2Errors:
		c.errorPage(http.StatusNotAcceptable, "Could not find acceptable representation")
	default:
		c.text(http.StatusInternalServerError, "caused: Could not find acceptable representation;")
	}
}

// listTypes tells a client that takes no JSON what there is.
func (c *Call) listTypes() {
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
func (c *Call) unwritable(status int) {
	switch unreadable := c.B.HTTP.UnreadableAccept; {
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

// write answers with a body of a type.
func (c *Call) write(status int, kind string, body []byte) {
	if (c.B.HTTP.TellsCharset || c.inConfigs()) && !strings.Contains(kind, "charset=") {
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
func (c *Call) bare(status int) {
	c.unlabelled()
	c.w.WriteHeader(status)
}

// unlabelled leaves the type of the answer as it is before anything is written: none, but in configuration management.
func (c *Call) unlabelled() {
	c.w.Header()["Content-Type"] = nil
	if c.inConfigs() {
		c.w.Header()["Content-Type"] = []string{"application/json;charset=UTF-8"}
	}
}

// answered is the result of a route that has answered by itself.
type answered struct{}

// orNull is a text, or nil when it is empty.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// typed is a result with a type of its own, whatever the client accepts.
type typed struct {
	kind string
	body []byte
}

// configPath is what the paths of configuration management over v1 begin with. A filter there labels every answer as JSON.
const configPath = "/v1/cs/"

// inConfigs says whether a request is for configuration management over v1.
func (c *Call) inConfigs() bool { return strings.HasPrefix(c.path, configPath) }
