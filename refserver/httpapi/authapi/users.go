package authapi

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// outcome is the result of a write in the envelope of its API.
func (c call) outcome(text string) any {
	switch {
	case c.Route.Enveloped:
		return text
	case c.B.Auth.ReportsAsData:
		return c.Rest(text)
	}
	return web.RestResult{Code: http.StatusOK, Message: &text}
}

func createUser(c call) (any, error) {
	v, err := c.Params.All("username", "password")
	if err != nil {
		return nil, err
	}
	return c.outcome("create user ok!"), c.accounts.CreateUser(v[0], v[1])
}

// reserved tells how the first administrator is made instead.
const reserved = "User `nacos` is default admin user. Please use `/nacos/v1/auth/users/admin` API to init `nacos` users. " +
	"Detail see `https://nacos.io/docs/latest/manual/admin/auth/#31-%E8%AE%BE%E7%BD%AE%E7%AE%A1%E7%90%86%E5%91%98%E5%AF%86%E7%A0%81`"

func createUserV1(c call) (any, error) {
	v, err := c.Params.All("username", "password")
	if err == nil && c.B.Auth.ReservesAdministrator && v[0] == accounts.Administrator {
		return web.RestResult{Code: http.StatusConflict, Data: reserved}, nil
	}
	return createUser(c)
}

func deleteUser(c call) (any, error) {
	name, err := c.Params.Present("username")
	if err != nil {
		return nil, err
	}
	return c.outcome("delete user ok!"), c.accounts.DeleteUser(name)
}

func changePassword(c call) (any, error) {
	v, err := c.Params.All("username", "newPassword")
	if err != nil {
		return nil, err
	}
	if refused, err := c.refusesPassword(v[0]); refused != nil || err != nil {
		if c.B.Auth.Passwords == behaviour.PasswordsDespiteRefusal {
			_ = c.accounts.ChangePassword(v[0], v[1]) // whatever becomes of it, the refusal has been answered
		}
		return refused, err
	}
	return c.outcome("update user ok!"), c.accounts.ChangePassword(v[0], v[1])
}

// refusesPassword is the answer to callers who may not change the password of a user: a result or an error.
func (c call) refusesPassword(user string) (any, error) {
	const unauthorized = "authorization failed!"
	rule := c.B.Auth.Passwords
	switch caller := c.Access.User; {
	case !c.authenticates():
		return nil, nil
	case rule == behaviour.PasswordsBySession:
		known := c.sessions.continued(c)
		if known == user && known != "" || known != "" && c.accounts.IsAdministrator(known) {
			return nil, nil
		}
		return web.RestResult{Code: http.StatusForbidden, Message: new(unauthorized)}, nil
	case rule == behaviour.PasswordsDespiteRefusal:
	case caller == nil:
		return nil, &pageError{http.StatusUnauthorized, "session expired!"}
	case *caller == user, rule == behaviour.PasswordsByAdministrator && c.accounts.IsAdministrator(*caller):
		return nil, nil
	}
	return nil, &pageError{http.StatusForbidden, unauthorized}
}

// changeOwnPassword fails for everybody: it looks for its caller where no server that logs users in by itself puts him.
// Source: nacos 2.5.1 AP/controller/UserController.java:311; measured 1.4.8, 2.5.1 with and without credentials.
func changeOwnPassword(c call) (any, error) {
	if _, err := c.Params.All("oldPassword", "newPassword"); err != nil {
		return nil, err
	}
	return nil, web.Unexpected(`Cannot invoke "org.springframework.security.core.Authentication.getPrincipal()" because the return value of "org.springframework.security.core.context.SecurityContext.getAuthentication()" is null`)
}

// pageNumbers are the number and size of the page that a list is to show.
func (c call) pageNumbers() (number, size int, err error) {
	read := func(name string) (int, error) {
		if _, given := c.Params[name]; !given {
			return 0, &web.Missing{Name: name, Kind: "int"}
		}
		return web.BoundInt("int").Given(c.Params, name, 0)
	}
	if number, err = read("pageNo"); err == nil {
		size, err = read("pageSize")
	}
	return number, size, err
}

// blurred says whether a list of v3 is to show what looks like the parameters.
func (c call) blurred() bool { return strings.EqualFold(c.Params["search"], "blur") }

func listUsers(c call) (any, error) {
	number, size, err := c.pageNumbers()
	switch {
	case err != nil:
		return nil, err
	case c.blurred():
		return c.accounts.FindUsers(c.Params["username"], number, size)
	}
	return c.accounts.UserPage(c.Params["username"], number, size)
}

// listUsersV1 shows all where it does not want to be told how to search.
func listUsersV1(c call) (any, error) {
	if err := c.wantsKind("accurate", "blur"); err != nil {
		return nil, err
	}
	if c.B.Auth.SearchNeedsKind {
		return listUsers(c)
	}
	number, size, err := c.pageNumbers()
	if err != nil {
		return nil, err
	}
	return c.accounts.UserPage("", number, size)
}

func searchUsers(c call) (any, error) {
	part, err := c.Params.Present("username")
	return c.accounts.UserNames(part), err
}

// wantsKind refuses lists that do not say how to search.
func (c call) wantsKind(kinds ...string) error {
	search := c.Params["search"]
	if !c.B.Auth.SearchNeedsKind || search == kinds[0] || search == kinds[1] {
		return nil
	}
	if c.B.Framework.PagesErrors && !c.Face.Console {
		return &pageError{http.StatusBadRequest, "Invalid request parameters."}
	}
	var given []string
	for pair := range strings.SplitSeq(c.URL.RawQuery, "&") {
		if name, value, _ := strings.Cut(pair, "="); name != "" {
			value, _ = url.QueryUnescape(value)
			given = append(given, name+"={"+value+"}")
		}
	}
	return web.Unexpected(`Parameter conditions "search=` + kinds[0] + `" OR "search=` + kinds[1] +
		`" not met for actual request parameters: ` + strings.Join(given, ", "))
}
