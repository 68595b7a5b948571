package refserver

import (
	"cmp"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// Authentication is how WithAuthentication sets authentication up.
type Authentication struct {
	accounts.Settings
	// Shipped sets the switches as the line is shipped, whatever Open, Admin and Console say: line 3.0 guards the API for
	// administrators and the console, the others nothing.
	Shipped bool
	// Administrator and Password are those of an administrator who is there from the start; none when the password is
	// empty. The name is nacos when it is empty.
	Administrator, Password string
}

// WithAuthentication makes the server ask for credentials as its line does: users log in, and what they may do depends
// on their roles. Without it nothing is guarded, as most lines are shipped. What a line leaves open stays open, and is
// logged as a warning, unless the settings are hardened.
//
//	refserver.WithAuthentication(refserver.AuthenticationFor("secret"))
//
// New fails when the line does not start with these settings. WithAuth is something else: a function that answers
// instead of the server.
func WithAuthentication(a Authentication) Option { return func(o *options) { o.authentication = a } }

// exampleSecret signs tokens where nobody chose a secret; it is the one that Nacos' documentation once gave.
const exampleSecret = "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg="

// AuthenticationFor guards everything, for an administrator nacos with this password. The secret and the identity of
// servers are known to everybody: it is for tests.
func AuthenticationFor(password string) Authentication {
	return Authentication{
		Settings: accounts.Settings{
			Open: true, Admin: true, Console: true, Secret: exampleSecret, IdentityKey: "serverIdentity", IdentityValue: "security",
		},
		Password: password,
	}
}

// resolve sets the switches that the line or Hardened decides.
func (a *Authentication) resolve(b *behaviour.Auth) {
	if a.Shipped {
		a.Settings = a.Settings.Shipped(*b)
	}
	if a.Hardened {
		a.Open, a.Admin, a.Console = true, true, true
		*b = b.Hardened()
	}
}

// bootstrap makes the administrator, who is known at once.
func (a Authentication) bootstrap(d *accounts.Directory) error {
	if a.Password == "" {
		return nil
	}
	name := cmp.Or(a.Administrator, accounts.Administrator)
	if err := d.PutUser(name, a.Password); err != nil {
		return err
	}
	if err := d.PutRole(accounts.AdministratorRole, name); err != nil {
		return err
	}
	d.Refresh()
	return nil
}

// Users are all users, in the order in which they were made. Their passwords are hashes.
func (s *Server) Users() []accounts.User { return s.current().accounts.Users() }

// Roles are the roles of all users.
func (s *Server) Roles() []accounts.Role { return s.current().accounts.Roles() }

// Permissions are the permissions of all roles.
func (s *Server) Permissions() []accounts.Permission { return s.current().accounts.Permissions() }

// PutUser makes a user with these roles, or changes its password and adds the roles. It is known at once. The error is
// that of a data directory that cannot be written.
func (s *Server) PutUser(name, password string, roles ...string) error {
	d := s.current().accounts
	if err := d.PutUser(name, password); err != nil {
		return err
	}
	for _, role := range roles {
		if err := d.PutRole(role, name); err != nil {
			return err
		}
	}
	d.Refresh()
	return nil
}

// PutPermission lets a role act on resources, known at once:
//
//	server.PutPermission(accounts.Permission{Role: "reader", Resource: "public:*:*", Action: "r"})
func (s *Server) PutPermission(p accounts.Permission) error {
	d := s.current().accounts
	if err := d.PutPermission(p); err != nil {
		return err
	}
	d.Refresh()
	return nil
}
