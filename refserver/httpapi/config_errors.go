package httpapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// failConfig renders an error of configuration management over v1.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/exception/GlobalExceptionHandler.java; measured
// 1.4.8, 2.5.1, 3.0.3.
func failConfig(c *Call, err error) {
	b := c.B.ConfigHTTP
	var m *missing
	var u *unconverted
	var e *failure.Error
	foreseen := errors.As(err, &e) && e.Flavour != failure.Unexpected
	switch {
	case foreseen && e.Flavour == failure.Argument:
		configText(c, http.StatusBadRequest, causes([]string{e.Message}))
	case foreseen && b.FailureStatus != 0:
		configText(c, b.FailureStatus, causes([]string{e.Error()}))
	case foreseen:
		configText(c, clampStatus(e.Status), causes([]string{e.Error()}))
	case c.B.Framework.PagesErrors:
		pageCore(c, err)
	case errors.As(err, &m):
		configText(c, http.StatusInternalServerError, c.harmless(causes([]string{c.missingText(m)})))
	case e == nil:
		configText(c, http.StatusInternalServerError, c.harmless(causes([]string{err.Error()})))
	case b.RefusesCauses && (errors.As(err, &u) || len(e.Causes) > 0):
		configText(c, http.StatusBadRequest, causes(append([]string{e.Message}, e.Causes...)))
	default:
		configText(c, http.StatusInternalServerError, c.harmless(causes(append([]string{e.Message}, e.Causes...))))
	}
}

// configText answers with an error in text.
func configText(c *Call, status int, text string) {
	status = clampStatus(status)
	if c.B.ConfigHTTP.LabelsTextAsJSON {
		c.write(status, "application/json", []byte(text))
		return
	}
	c.text(status, text)
}
