package web

import (
	"bytes"
	"io"
	"mime"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// ReadBody reads the JSON body that a controller needs. Refusals name the controller, with its result and the types that it
// takes, and the class that the body becomes.
func (c *Call) ReadBody(controller string, shape Shape, into any) error {
	given := c.Header.Get("Content-Type")
	kind, _, _ := mime.ParseMediaType(given)
	text, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Body, MaxForm))
	missing := UnusableBody("Required request body is missing: public " + controller)
	switch {
	case err != nil:
		return UnusableBody("I/O error while reading input message")
	case len(text) == 0 && (kind == "" || kind == "application/json"):
		return missing
	case kind != "application/json":
		return &badBody{c.unsupported(kind), http.StatusUnsupportedMediaType, naming.CodeMediaType, nil}
	case string(bytes.TrimSpace(text)) == "null":
		return missing
	}
	problem := shape.read(text)
	if problem == nil {
		return wire.Unmarshal(text, into)
	}
	message, causes := problem.tell(text, c.B.Framework.JSONSource)
	return UnusableBody(message, causes...)
}

// HasParts says whether the body is one of several parts.
func (c *Call) HasParts() bool {
	kind, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	return kind == "multipart/form-data"
}

// unsupported says that no body of a type is read.
func (c *Call) unsupported(kind string) string {
	if kind == "" {
		kind = "application/octet-stream"
	} else {
		kind += ";charset=UTF-8"
	}
	if c.B.Framework.NamesEndpoints {
		return "Content-Type '" + kind + "' is not supported"
	}
	return "Content type '" + kind + "' not supported"
}
