package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// passParameterCheck refuses names, addresses and metadata that break the rules, and says whether to go on.
func (c *Call) passParameterCheck() bool {
	if c.route == nil || c.route.check == nil || !c.B.HTTP.ChecksParameters || c.Method == http.MethodHead || c.route.method == every && c.Method != get {
		return true
	}
	all, err := c.route.check(c)
	switch {
	case err != nil && c.swallows():
		c.bare(http.StatusOK)
		return false
	case err != nil:
		c.errorPage(http.StatusInternalServerError, c.hidden(c.checkFailure(err)))
		return false
	}
	for _, p := range all {
		p.MaxMetadata, p.MaxPort = c.B.Metadata.MaxLength, c.B.Registration.MaxPort
		if text := paramcheck.Check(p); text != "" {
			c.forbidCaching()
			c.unlabelled()
			c.w.WriteHeader(http.StatusBadRequest)
			_, _ = c.w.Write([]byte(text + "\r\n"))
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
	if strings.HasPrefix(c.path, "/v1/ns/") {
		return "Server failed, " + causes(append([]string{e.Message}, e.Causes...))
	}
	if c.access.behind {
		return c.B.Auth.FailurePrefix + e.Message
	}
	return e.Message
}
