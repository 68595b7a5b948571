package web

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Plain is a result that is text.
type Plain string

// Octets is a result that has no type.
type Octets []byte

// Nothing is a result without type and content.
type Nothing struct{}

// Raw is a result that v2 does not put into its envelope.
type Raw struct{ Value any }

// Envelope is what v2 answers.
type Envelope struct {
	Code    int     `json:"code"`
	Message *string `json:"message"`
	Data    any     `json:"data"`
}

// RestResult is the older envelope that a few routes use.
type RestResult struct {
	Code    int     `json:"code"`
	Message *string `json:"message"`
	Data    any     `json:"data"`
}

// Rest is a result in the older envelope.
func (c *Call) Rest(data any) any { return c.RestOf(http.StatusOK, "", data) }

// RestOf is a result in the older envelope with a code and a message, empty for none.
func (c *Call) RestOf(code int, message string, data any) any {
	r := RestResult{Code: code, Message: OrNull(message), Data: data}
	if !c.B.API.TellsRights {
		return r
	}
	return struct {
		RestResult
		NoRight bool `json:"noRight"`
	}{RestResult: r}
}

// OK is the result of a write.
func (c *Call) OK() Plain {
	if c.Route.Enveloped {
		return "ok"
	}
	return Plain(c.B.HTTP.SuccessText)
}

// succeed renders the result of a route.
func (c *Call) succeed(result any) {
	if _, ok := result.(Answered); ok {
		return
	}
	if t, ok := result.(Typed); ok {
		c.Send(http.StatusOK, t.Kind, t.Body)
		return
	}
	if _, none := result.(Nothing); none {
		c.Bare(http.StatusOK)
		return
	}
	if r, ok := result.(Raw); ok {
		result = r.Value
	} else if c.Route.Enveloped {
		e := Envelope{Message: new("success"), Data: Unwrap(result)}
		if _, written := result.(Plain); written {
			e.Code = c.B.HTTP.SuccessCode
		}
		result = e
	}
	if c.Route.Enveloped && !c.B.HTTP.AnswersEnvelopesAsJSON {
		c.Text(http.StatusOK, string(Encode(result)))
		return
	}
	if content, ok := result.(Octets); ok {
		c.Send(http.StatusOK, "application/octet-stream", content)
		return
	}
	if text, ok := result.(Plain); ok && !c.B.HTTP.AnswersWritesAsText {
		c.Send(http.StatusOK, "application/json", []byte(text))
		return
	}
	if text, ok := result.(Plain); ok {
		c.Labelled(http.StatusOK, string(text))
		return
	}
	c.JSON(http.StatusOK, result)
}

// Unwrap is a result as JSON shows it.
func Unwrap(result any) any {
	if text, ok := result.(Plain); ok {
		return string(text)
	}
	return result
}

// Text answers with text, in the type that the client prefers.
func (c *Call) Text(status int, body string) {
	kind := c.Negotiate(true)
	if kind == "" {
		c.unwritable(status)
		return
	}
	if !strings.Contains(kind, "charset=") && !strings.HasSuffix(kind, "json") {
		kind += ";charset=UTF-8"
	}
	c.Send(status, kind, []byte(body))
}

// JSON answers with JSON, unless the client does not take it.
func (c *Call) JSON(status int, body any) {
	kind := c.Negotiate(false)
	switch {
	case kind != "":
		c.Send(status, kind, java.StreamedJSON(marshal(body)))
	case c.B.Framework.ListsTypes:
		c.listTypes()
	case c.Route != nil && c.Route.V2Errors:
		c.ErrorPage(http.StatusNotAcceptable, "Could not find acceptable representation")
	default:
		c.Text(http.StatusInternalServerError, "caused: Could not find acceptable representation;")
	}
}

// listTypes tells a client that takes no JSON what there is.
func (c *Call) listTypes() {
	if c.Route == nil || !c.Route.V2Errors {
		c.Text(http.StatusInternalServerError, "caused: No acceptable representation;")
		return
	}
	if _, readable := c.accepted(); !readable {
		c.Bare(http.StatusBadRequest)
		return
	}
	const types = "application/json, application/*+json"
	c.Writer.Header().Set("Accept", types)
	c.ErrorPage(http.StatusNotAcceptable, "Acceptable representations: ["+types+"].")
}

// Labelled answers with text that configuration management over v1 may call JSON.
func (c *Call) Labelled(status int, text string) {
	if c.inConfigs() && c.B.ConfigHTTP.LabelsTextAsJSON {
		c.Send(status, "application/json", []byte(text))
		return
	}
	c.Text(status, text)
}

// unwritable answers when the accepted types cannot be read: the status of errors, and an error instead of a success.
func (c *Call) unwritable(status int) {
	switch unreadable := c.B.HTTP.UnreadableAccept; {
	case unreadable != 0:
		status = unreadable
	case status == http.StatusOK:
		status = http.StatusInternalServerError
	}
	c.Bare(status)
}

// Encode is JSON as servers write it into a text.
func Encode(body any) []byte { return java.JSON(marshal(body)) }

// marshal is JSON before it is written as servers do.
func marshal(body any) []byte {
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

// Send answers with a body of a type.
func (c *Call) Send(status int, kind string, body []byte) {
	if (c.B.HTTP.TellsCharset || c.inConfigs()) && !strings.Contains(kind, "charset=") {
		kind += ";charset=UTF-8"
	}
	if values := usualTypes[kind]; values != nil {
		c.Writer.Header()["Content-Type"] = values
	} else {
		c.Writer.Header().Set("Content-Type", kind)
	}
	c.Writer.WriteHeader(status)
	_, _ = c.Writer.Write(body) // the client is gone when this fails
}

// Bare answers with a status and nothing else.
func (c *Call) Bare(status int) {
	c.unlabelled()
	c.Writer.WriteHeader(status)
}

// unlabelled leaves the type of the answer as it is before anything is written: none, but in configuration management.
func (c *Call) unlabelled() {
	c.Writer.Header()["Content-Type"] = nil
	if c.inConfigs() {
		c.Writer.Header()["Content-Type"] = []string{"application/json;charset=UTF-8"}
	}
}

// Answered is the result of a route that has answered by itself.
type Answered struct{}

// OrNull is a text, or nil when it is empty.
func OrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Typed is a result with a type of its own, whatever the client accepts.
type Typed struct {
	Kind string
	Body []byte
}

// configPath is what the paths of configuration management over v1 begin with. A filter there labels every answer as JSON.
const configPath = "/v1/cs/"

// inConfigs says whether a request is for configuration management over v1.
func (c *Call) inConfigs() bool { return strings.HasPrefix(c.Path, configPath) }
