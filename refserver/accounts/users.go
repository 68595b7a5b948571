package accounts

import (
	"slices"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// CreateUser makes a user. A name that is taken is refused, one that is too long forgotten.
func (d *Directory) CreateUser(name, password string) error {
	if d.b.RefusesBlank {
		for _, field := range []struct{ what, value string }{{"username", name}, {"password", password}} {
			if java.IsBlank(field.value) {
				return failure.NewArgument("%s is blank", field.what)
			}
		}
	}
	hash, err := d.hash(password)
	if err != nil {
		return err
	}
	return d.write(func() ([]durable.Change, error) {
		if d.rows.user(name) >= 0 {
			return nil, failure.NewArgument("user '%s' already exist!", name)
		}
		if !fits(name, longestName) {
			return nil, nil
		}
		return []durable.Change{UserPut{User{name, hash}}}, nil
	})
}

// PutUser makes a user, or changes the password of the one of that name.
func (d *Directory) PutUser(name, password string) error {
	if d.HasPassword(name, password) {
		return nil
	}
	hash, err := d.hash(password)
	if err != nil {
		return err
	}
	return d.write(func() ([]durable.Change, error) { return []durable.Change{UserPut{User{name, hash}}}, nil })
}

// PutUserHash makes a user, or replaces the password of the one of that name, by the bcrypt hash of the password.
func (d *Directory) PutUserHash(name, hash string) error {
	if _, err := bcrypt.Cost([]byte(hash)); err != nil {
		return failure.NewArgument("expected a bcrypt hash such as $2a$10$…, found something else: %v", err)
	}
	return d.write(func() ([]durable.Change, error) {
		if i := d.rows.user(name); i >= 0 && d.rows.users[i].Password == hash {
			return nil, nil
		}
		return []durable.Change{UserPut{User{name, hash}}}, nil
	})
}

// PutRole gives a role to a user, whatever role it is.
func (d *Directory) PutRole(role, user string) error {
	return d.write(func() ([]durable.Change, error) {
		if slices.Contains(d.rows.roles, Role{role, user}) {
			return nil, nil
		}
		return []durable.Change{RolePut{Role{role, user}}}, nil
	})
}

// PutPermission gives a permission to a role, whether anybody has it or not.
func (d *Directory) PutPermission(p Permission) error {
	return d.write(func() ([]durable.Change, error) {
		if slices.Contains(d.rows.permissions, p) {
			return nil, nil
		}
		return []durable.Change{PermissionPut{p}}, nil
	})
}

// Bootstrap makes the first administrator with its password. It is refused, as not done, when there is one.
func (d *Directory) Bootstrap(password string) (done bool, err error) {
	if d.HasAdministrator() {
		return false, nil
	}
	hash, err := d.hash(password)
	if err != nil {
		return false, err
	}
	err = d.write(func() ([]durable.Change, error) {
		if d.hasAdministrator() {
			return nil, nil
		}
		done = true
		return []durable.Change{UserPut{User{Administrator, hash}}, RolePut{Role{AdministratorRole, Administrator}}}, nil
	})
	return done && err == nil, err
}

// HasAdministrator says whether somebody may do everything.
func (d *Directory) HasAdministrator() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.hasAdministrator()
}

func (d *Directory) hasAdministrator() bool {
	return slices.ContainsFunc(d.rows.roles, func(r Role) bool { return r.Name == AdministratorRole })
}

// DeleteUser ends a user, whether there is one or not. Administrators stay, and where roles are looked up so does who has no
// name: all roles are found for it. Source: measured 2.0.4, 2.5.1, 3.0.3.
func (d *Directory) DeleteUser(name string) error {
	return d.write(func() ([]durable.Change, error) {
		unnamed := java.IsBlank(name) && d.b.ReadsThrough && d.hasAdministrator()
		if unnamed || slices.Contains(d.rolesOf(name), AdministratorRole) {
			return nil, failure.NewArgument("cannot delete admin: %s", name)
		}
		return []durable.Change{UserRemoved{name}}, nil
	})
}

// ChangePassword gives a user another password.
func (d *Directory) ChangePassword(name, password string) error {
	hash, err := d.hash(password)
	if err != nil {
		return err
	}
	return d.write(func() ([]durable.Change, error) {
		if d.rows.user(name) < 0 {
			return nil, failure.NewArgument("user %s not exist!", name)
		}
		return []durable.Change{UserPut{User{name, hash}}}, nil
	})
}

// UserPage is a page of the users of a name, of all when it is blank.
func (d *Directory) UserPage(name string, number, size int) (Page[User], error) {
	return page(d.Users(), func(u User) bool { return java.IsBlank(name) || same(u.Name, name) }, number, size)
}

// FindUsers is a page of the users whose names match a pattern with *, by name; of all when it is blank.
func (d *Directory) FindUsers(pattern string, number, size int) (Page[User], error) {
	all := d.Users()
	if !java.IsBlank(pattern) {
		slices.SortFunc(all, func(a, b User) int { return strings.Compare(a.Name, b.Name) })
	}
	return page(all, func(u User) bool { return looksLike(pattern, u.Name) }, number, size)
}

// UserNames are the names of users that contain a text, or what a statement takes for one, by name.
func (d *Directory) UserNames(part string) []string {
	names := []string{}
	for _, u := range d.Users() {
		if like("%"+part+"%", u.Name, d.b.EscapesPatterns) {
			names = append(names, u.Name)
		}
	}
	slices.Sort(names)
	return names
}
