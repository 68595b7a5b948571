package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// PassParameterCheck refuses names, addresses and metadata that break the rules, and says whether to go on.
func (c *Call) PassParameterCheck() bool {
	if c.Route == nil || c.Route.Check == nil || !c.B.HTTP.ChecksParameters || c.Method == http.MethodHead || c.Route.Method == Every && c.Method != Get {
		return true
	}
	all, err := c.Route.Check(c)
	switch {
	case err != nil && c.Swallows():
		c.Bare(http.StatusOK)
		return false
	case err != nil:
		c.ErrorPage(http.StatusInternalServerError, c.Hidden(c.checkFailure(err)))
		return false
	}
	for _, p := range all {
		p.MaxMetadata, p.MaxPort = c.B.Metadata.MaxLength, c.B.Registration.MaxPort
		if text := paramcheck.Check(p); text != "" {
			c.ForbidCaching()
			c.unlabelled()
			c.Writer.WriteHeader(http.StatusBadRequest)
			_, _ = c.Writer.Write([]byte(text + "\r\n"))
			return false
		}
	}
	return true
}

// checkFailure is the text of the error page: v1 adds the chain of causes.
func (c *Call) checkFailure(err error) string {
	var e *failure.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if strings.HasPrefix(c.Path, "/v1/ns/") {
		return "Server failed, " + Causes(append([]string{e.Message}, e.Causes...))
	}
	if c.Access.Behind {
		return c.B.Auth.FailurePrefix + e.Message
	}
	return e.Message
}
