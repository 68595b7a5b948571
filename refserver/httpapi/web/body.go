package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// ReadBody reads the JSON body that a controller needs. Refusals name the controller, with its result and the types that it
// takes, and the class that the body becomes.
func (c *Call) ReadBody(controller, class string, into any) error {
	given := c.Header.Get("Content-Type")
	kind, _, _ := mime.ParseMediaType(given)
	text, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Body, MaxForm))
	switch {
	case err != nil:
		return UnusableBody("I/O error while reading input message")
	case len(text) == 0 && (kind == "" || kind == "application/json"):
		return UnusableBody("Required request body is missing: public " + controller)
	case kind != "application/json":
		return &badBody{c.unsupported(kind), http.StatusUnsupportedMediaType, naming.CodeMediaType}
	}
	if err := json.Unmarshal(text, into); err != nil {
		return UnusableBody("JSON parse error: " + unparsed(err, class))
	}
	return nil
}

// unsupported says that no body of a type is read.
func (c *Call) unsupported(kind string) string {
	if c.B.Framework.NamesEndpoints {
		return "Content-Type '" + kind + ";charset=UTF-8' is not supported"
	}
	return "Content type '" + kind + ";charset=UTF-8' not supported"
}

// unparsed says why JSON did not become what it should.
func unparsed(err error, class string) string {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return err.Error()
	}
	kind, token := "Object", "START_OBJECT"
	if strings.HasPrefix(wrong.Value, "array") {
		kind, token = "Array", "START_ARRAY"
	}
	return "Cannot deserialize value of type `" + class + "` from " + kind + " value (token `JsonToken." + token + "`)"
}
