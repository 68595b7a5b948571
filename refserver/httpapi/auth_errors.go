package httpapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// pageError is the failure of a route that asks for an error page itself.
type pageError struct {
	status  int
	message string
}

func (e *pageError) Error() string { return e.message }

// failAccount renders the errors of logins, users, roles and permissions. The main port of a server whose console has its
// own has no handler for them: they fall through to the guard, the gates and the framework.
func failAccount(c *Call, err error) {
	var p *pageError
	var refusal *accounts.Refusal
	var e *naming.Error
	unhandled := c.B.Framework.PagesErrors && !c.face.console
	switch {
	case errors.As(err, &p):
		c.errorPage(p.status, p.message)
	case unhandled:
		failUnhandled(c, err)
	case errors.As(err, &refusal):
		c.text(http.StatusForbidden, refusal.Reason)
	case errors.As(err, &e) && e.Flavour == naming.Argument:
		c.text(http.StatusBadRequest, causes([]string{e.Error()}))
	default:
		failConsole(c, err)
	}
}

func failUnhandled(c *Call, err error) {
	var m *missing
	var refusal *accounts.Refusal
	var unknown *accounts.UnknownUser
	switch {
	case errors.As(err, &m):
		pageCore(c, err)
	case c.swallows():
		c.bare(http.StatusOK)
	case errors.As(err, &refusal):
		c.errorPage(http.StatusInternalServerError, c.hidden(noMessage))
	case errors.As(err, &unknown) && c.hidden("") == "":
		c.errorPage(http.StatusForbidden, "Access Denied") // the framework takes it for a failure to log in to itself
	default:
		pageCore(c, err)
	}
}
