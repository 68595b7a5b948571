package accounts

import (
	"slices"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Directory holds users, roles and permissions. Its methods may be called from any goroutine.
type Directory struct {
	b        behaviour.Auth
	clock    *clock.Clock
	settings Settings
	tokens   *tokens
	// hashing bounds how many passwords are hashed at once, so that floods of logins leave the machine to others.
	hashing chan struct{}

	mu   sync.Mutex
	log  durable.Log // nil without
	rows rows
	// read is what checks know: the rows as they were read last.
	read cache
	next time.Time
	// writing is held while a write is on its way, so that what was checked still holds when it takes effect.
	writing sync.Mutex
}

// rows are the tables: users and permissions in the order in which they were made, roles in that of their fields.
type rows struct {
	users       []User
	roles       []Role
	permissions []Permission
}

func (r *rows) user(name string) int {
	return slices.IndexFunc(r.users, func(u User) bool { return same(u.Name, name) })
}

func (r *rows) rolesOf(user string) []string {
	var names []string
	for _, role := range r.roles {
		if same(role.User, user) {
			names = append(names, role.Name)
		}
	}
	return names
}

func (r *rows) permissionsOf(role string) []Permission {
	var all []Permission
	for _, p := range r.permissions {
		if same(p.Role, role) {
			all = append(all, p)
		}
	}
	return all
}

// seeded is the administrator of lines that have one from the start, with the hash of the scripts that make the tables:
// the password is nacos. Source: nacos 1.4.8 distribution/conf/nacos-mysql.sql:216.
var seeded = User{Administrator, "$2a$10$EuWPZHzz32dJN7jexM34MOeYirDdFAZm2kuWj7VEOJhhZkDrxfvUu"}

// hashers is how many passwords are hashed at once; each takes a processor for about 50 ms.
const hashers = 2

// New makes a directory. The error says which setting the line does not start with.
func New(b behaviour.Auth, s Settings, c *clock.Clock) (*Directory, error) {
	if err := s.Check(b); err != nil {
		return nil, err
	}
	d := &Directory{b: b, clock: c, settings: s, tokens: newTokens(b, s, c), hashing: make(chan struct{}, hashers)}
	if b.SeedsAdministrator {
		d.rows.users = []User{seeded}
		d.rows.roles = []Role{{AdministratorRole, Administrator}}
	}
	d.load()
	return d, nil
}

// Settings are those that the directory was made with.
func (d *Directory) Settings() Settings { return d.settings }

// settle reads the rows again for each time that was due since the last call. Every access comes after it, so that
// checks see what a server sees that reads at these times.
func (d *Directory) settle() {
	if now := d.clock.Now(); !now.Before(d.next) {
		d.load()
		if behind := now.Sub(d.next); behind >= 0 {
			d.next = d.next.Add(behind.Truncate(d.b.CachePeriod) + d.b.CachePeriod)
		}
	}
}

func (d *Directory) load() {
	d.read = newCache(&d.rows)
	if d.next.IsZero() {
		d.next = d.clock.Now().Add(d.b.CachePeriod)
	}
}

// Refresh makes all that was written known to checks at once.
func (d *Directory) Refresh() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settle()
	d.load()
}

// Users are all users, in the order in which they were made.
func (d *Directory) Users() []User {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.rows.users)
}

// Roles are all roles, by user and name.
func (d *Directory) Roles() []Role {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.rows.roles)
}

// Permissions are all permissions, by role, resource and action.
func (d *Directory) Permissions() []Permission {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.SortedFunc(slices.Values(d.rows.permissions), comparePermissions)
}

// permissions are all permissions as a list of those of a role has them: in the order of their fields, or as they were made
// when no role is named. Source: measured 2.5.1; the database looks into its index for a role alone.
func (d *Directory) permissions(role string) []Permission {
	if !java.IsBlank(role) {
		return d.Permissions()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.rows.permissions)
}
