package configapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// failConfig renders an error of configuration management over v1.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/exception/GlobalExceptionHandler.java; measured
// 1.4.8, 2.5.1, 3.0.3.
func failConfig(c *web.Call, err error) {
	b := c.B.ConfigHTTP
	var m *web.Missing
	var u *web.Unconverted
	var e *failure.Error
	foreseen := errors.As(err, &e) && e.Flavour != failure.Unexpected
	switch {
	case foreseen && e.Flavour == failure.Argument:
		configText(c, http.StatusBadRequest, web.Causes([]string{e.Message}))
	case foreseen && b.FailureStatus != 0:
		configText(c, b.FailureStatus, web.Causes([]string{e.Error()}))
	case foreseen:
		configText(c, web.ClampStatus(e.Status), web.Causes([]string{e.Error()}))
	case b.RefusesCauses && errors.As(err, &u) && e != nil:
		configText(c, http.StatusBadRequest, web.Causes(append([]string{e.Message}, e.Causes...)))
	case c.B.Framework.PagesErrors:
		web.PageCore(c, err)
	case errors.As(err, &m):
		configText(c, http.StatusInternalServerError, c.Harmless(web.Causes([]string{c.MissingText(m)})))
	case e == nil:
		configText(c, http.StatusInternalServerError, c.Harmless(web.Causes([]string{err.Error()})))
	case b.RefusesCauses && len(e.Causes) > 0:
		configText(c, http.StatusBadRequest, web.Causes(append([]string{e.Message}, e.Causes...)))
	default:
		configText(c, http.StatusInternalServerError, c.Harmless(web.Causes(append([]string{e.Message}, e.Causes...))))
	}
}

// configText answers with an error in text.
func configText(c *web.Call, status int, text string) {
	c.Labelled(web.ClampStatus(status), text)
}
