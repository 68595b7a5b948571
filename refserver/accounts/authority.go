package accounts

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Refusal says why a caller is not known or may not do what he wants.
type Refusal struct {
	// Status is 401 for callers who are not known, 403 for those who have no right.
	Status int
	Reason string
}

func (r *Refusal) Error() string { return r.Reason }

func refuse(reason string) error { return &Refusal{http.StatusUnauthorized, reason} }

// Credentials are what a caller shows. A token counts before a name.
type Credentials struct{ Token, User, Password string }

// Caller is who shows good credentials.
type Caller struct {
	User string
	// Token is the one that he showed, or a new one.
	Token string
	// Left is how many seconds the token is good.
	Left int64
}

// Authenticate says who shows these credentials. What is refused is a *Refusal, or an unforeseen failure where the line
// has it so.
func (d *Directory) Authenticate(c Credentials) (Caller, error) {
	if !java.IsBlank(c.Token) {
		user, left, err := d.tokens.verify(c.Token)
		return Caller{user, c.Token, left}, err
	}
	unknown := refuse(d.b.UnknownUserText)
	if d.b.UnknownUserFails && (java.IsBlank(c.User) || java.IsBlank(c.Password)) {
		return Caller{}, unknown
	}
	d.mu.Lock()
	d.settle()
	user, known := d.read.users[c.User]
	d.mu.Unlock()
	switch {
	case !known && d.b.UnknownUserFails:
		return Caller{}, &UnknownUser{c.User}
	case !known, !d.matches(user.Password, c.Password):
		return Caller{}, unknown
	}
	token, err := d.tokens.create(c.User)
	return Caller{c.User, token, int64(d.tokens.life / time.Second)}, err
}

// UnknownUser is the failure of servers that look for a user who is not there.
type UnknownUser struct{ Name string }

func (u *UnknownUser) Error() string { return "User " + u.Name + " not found" }

// Unwrap makes it an error that nobody foresaw.
func (u *UnknownUser) Unwrap() error { return failure.NewUnexpected("%s", u.Error()) }

// IsAdministrator says whether a user may do everything.
func (d *Directory) IsAdministrator(user string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settle()
	return slices.Contains(d.rolesOf(user), AdministratorRole)
}

// consolePrefix begins the resources that administrators alone may use.
const consolePrefix = "console/"

// denied is the refusal of callers who have no right.
var denied = &Refusal{http.StatusForbidden, "authorization failed!"}

// Authorize refuses, with a *Refusal, an action on a resource to users without a permission for it. The first pattern
// among the user's permissions that cannot be read refuses all that comes after it, with an argument error.
func (d *Directory) Authorize(user string, r Resource, action string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settle()
	roles := d.rolesOf(user)
	if slices.Contains(roles, AdministratorRole) {
		return nil
	}
	name := r.text(d.b.NamesDefaultNamespace, d.b.ClassicResources)
	if strings.HasPrefix(r.Name, consolePrefix) {
		return denied
	}
	for _, role := range roles {
		for _, p := range d.permissionsOf(role) {
			if !strings.Contains(p.Action, action) {
				continue
			}
			matches, err := d.covers(p.Resource, name)
			if matches || err != nil {
				return err
			}
		}
	}
	return denied
}

// covers says whether a pattern stands for a resource: a regular expression in which * stands for any text.
func (d *Directory) covers(pattern, resource string) (bool, error) {
	pattern = strings.ReplaceAll(pattern, "*", ".*")
	if d.b.NamesDefaultNamespace && strings.HasPrefix(pattern, ":") {
		pattern = defaultNamespace + pattern
	}
	expression, err := compile(pattern)
	if err != nil || expression == nil {
		return false, err
	}
	return expression.MatchString(resource), nil
}
