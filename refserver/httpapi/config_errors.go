package httpapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// failConfig renders an error of configuration management over v1.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/exception/GlobalExceptionHandler.java; measured
// 1.4.8, 2.5.1, 3.0.3.
func (c *call) failConfig(err error) {
	b := c.h.b.ConfigHTTP
	var m *missing
	var u *unconverted
	var e *failure.Error
	foreseen := errors.As(err, &e) && e.Flavour != failure.Unexpected
	switch {
	case foreseen && e.Flavour == failure.Argument:
		c.configText(http.StatusBadRequest, causes([]string{e.Message}))
	case foreseen && b.FailureStatus != 0:
		c.configText(b.FailureStatus, causes([]string{e.Error()}))
	case foreseen:
		c.configText(clampStatus(e.Status), causes([]string{e.Error()}))
	case c.h.b.Framework.PagesErrors:
		c.pageCore(err)
	case errors.As(err, &m):
		c.configText(http.StatusInternalServerError, c.harmless(causes([]string{c.missingText(m)})))
	case e == nil:
		c.configText(http.StatusInternalServerError, c.harmless(causes([]string{err.Error()})))
	case b.RefusesCauses && (errors.As(err, &u) || len(e.Causes) > 0):
		c.configText(http.StatusBadRequest, causes(append([]string{e.Message}, e.Causes...)))
	default:
		c.configText(http.StatusInternalServerError, c.harmless(causes(append([]string{e.Message}, e.Causes...))))
	}
}

// configText answers with an error in text.
func (c *call) configText(status int, text string) {
	status = clampStatus(status)
	if c.h.b.ConfigHTTP.LabelsTextAsJSON {
		c.write(status, "application/json", []byte(text))
		return
	}
	c.text(status, text)
}
