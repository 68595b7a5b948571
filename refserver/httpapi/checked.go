package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// check takes the parameters out of a request that are checked before its route. It fails when what it must read to
// do so cannot be read.
type check func(*call) ([]paramcheck.Params, error)

// passParameterCheck refuses names, addresses and metadata that break the rules, and says whether to go on.
func (c *call) passParameterCheck() bool {
	if c.route.check == nil || !c.h.b.HTTP.ChecksParameters || c.Method == http.MethodHead || c.route.method == every && c.Method != get {
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
		p.MaxMetadata, p.MaxPort = c.h.b.Metadata.MaxLength, c.h.b.Registration.MaxPort
		if text := paramcheck.Check(p); text != "" {
			header := c.w.Header()
			header.Set("Pragma", "no-cache")
			header.Set("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
			header.Set("Cache-Control", "no-cache,no-store")
			c.unlabelled()
			c.w.WriteHeader(http.StatusBadRequest)
			_, _ = c.w.Write([]byte(text + "\r\n"))
			return false
		}
	}
	return true
}

// checkFailure is the text of the error page: v1 adds the chain of causes.
func (c *call) checkFailure(err error) string {
	var e *naming.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if strings.HasPrefix(c.path, "/v1/ns/") {
		return "Server failed, " + causes(append([]string{e.Message}, e.Causes...))
	}
	if c.access.behind {
		return c.h.b.Auth.FailurePrefix + e.Message
	}
	return e.Message
}
