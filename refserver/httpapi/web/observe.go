package web

import (
	"errors"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// Observer is a ResponseWriter that is told what serves a request. It is told nothing of requests that end before.
type Observer interface {
	// ServedBy names the path of the route, with variables as {key}, or nothing where the path is unknown, and the Java
	// exception that a controller of a real server throws then, or nothing.
	ServedBy(path, exception string)
}

// observe tells the observer what served the request, with what outcome.
func (c *Call) observe(err error) {
	if c.observer != nil {
		path := c.Route.Path
		if variable, ok := strings.CutSuffix(path, "/*"); ok {
			path = variable + "/{key}"
		}
		c.observer.ServedBy(path, exceptionOf(err))
	}
}

// observeNone tells the observer that nothing serves the path.
func (c *Call) observeNone() {
	if c.observer != nil && c.Face.Routes.anyMethod(c.Path) == nil {
		c.observer.ServedBy("", "")
	}
}

// exceptionOf is the exception that stands for an error in a Java server.
func exceptionOf(err error) string {
	if err == nil {
		return ""
	}
	var m *Missing
	var b *badBody
	var u *Unconverted
	var e *failure.Error
	switch {
	case errors.As(err, &m):
		return "MissingServletRequestParameterException"
	case errors.As(err, &b):
		return "HttpMessageNotReadableException"
	case errors.As(err, &u):
		return "MethodArgumentTypeMismatchException"
	case errors.As(err, &e) && e.Flavour == failure.Checked:
		return "NacosException"
	case errors.As(err, &e) && e.Flavour == failure.Argument:
		return "IllegalArgumentException"
	}
	return "IllegalStateException"
}
