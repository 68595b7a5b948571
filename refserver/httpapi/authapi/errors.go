package authapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
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
func failAccount(c *web.Call, err error) {
	var p *pageError
	var refusal *accounts.Refusal
	var e *naming.Error
	unhandled := c.B.Framework.PagesErrors && !c.Face.Console
	switch {
	case errors.As(err, &p):
		c.ErrorPage(p.status, p.message)
	case unhandled:
		failUnhandled(c, err)
	case errors.As(err, &refusal):
		c.Text(http.StatusForbidden, refusal.Reason)
	case errors.As(err, &e) && e.Flavour == naming.Argument:
		c.Text(http.StatusBadRequest, web.Causes([]string{e.Error()}))
	default:
		web.FailConsole(c, err)
	}
}

func failUnhandled(c *web.Call, err error) {
	var m *web.Missing
	var u *web.Unconverted
	var refusal *accounts.Refusal
	var unknown *accounts.UnknownUser
	switch {
	case errors.As(err, &m), errors.As(err, &u):
		web.PageCore(c, err)
	case c.Swallows():
		c.Bare(http.StatusOK)
	case errors.As(err, &refusal):
		c.ErrorPage(http.StatusInternalServerError, c.Hidden(web.NoMessage))
	case errors.As(err, &unknown) && c.Hidden("") == "":
		c.ErrorPage(http.StatusForbidden, "Access Denied") // the framework takes it for a failure to log in to itself
	default:
		web.PageCore(c, err)
	}
}
