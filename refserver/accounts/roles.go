package accounts

import (
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// AddRole gives a role to a user. That of administrators is given to nobody.
func (d *Directory) AddRole(role, user string) error {
	return d.write(func() ([]durable.Change, error) {
		_, bound := slices.BinarySearchFunc(d.rows.roles, Role{role, user}, compareRoles)
		switch {
		case d.rows.user(user) < 0:
			return nil, failure.NewArgument("user '%s' not found!", user)
		case role == AdministratorRole:
			return nil, failure.NewArgument("role '%s' is not permitted to create!", role)
		case bound && d.b.RefusesBoundRole:
			return nil, failure.NewArgument("user '%s' already bound to the role '%s'!", user, role)
		}
		return []durable.Change{RolePut{Role{role, user}}}, nil
	})
}

// DeleteRole takes a role from a user, from all who have it when the user is blank.
func (d *Directory) DeleteRole(role, user string) error {
	return d.write(func() (changes []durable.Change, _ error) {
		for _, r := range d.rows.roles {
			if r.Name == role && (java.IsBlank(user) || r.User == user) {
				changes = append(changes, RoleRemoved{r})
			}
		}
		return changes, nil
	})
}

// RolePage is a page of the roles of a user with a name; blank ones stand for all.
func (d *Directory) RolePage(user, role string, number, size int) (Page[Role], error) {
	return page(d.Roles(), func(r Role) bool {
		return (java.IsBlank(user) || r.User == user) && (java.IsBlank(role) || r.Name == role)
	}, number, size)
}

// FindRoles is a page of the roles whose users and names match patterns with *; blank ones stand for all.
func (d *Directory) FindRoles(user, role string, number, size int) (Page[Role], error) {
	return page(d.Roles(), func(r Role) bool { return like(user, r.User) && like(role, r.Name) }, number, size)
}

// RoleNames are the names of roles that contain a text, once for each user who has it.
func (d *Directory) RoleNames(part string) []string {
	names := []string{}
	for _, r := range d.Roles() {
		if strings.Contains(r.Name, part) {
			names = append(names, r.Name)
		}
	}
	return names
}

// AddPermission gives a permission to a role that somebody has. What the texts say is not looked at.
func (d *Directory) AddPermission(p Permission) error {
	return d.write(func() ([]durable.Change, error) {
		if !d.read.names[p.Role] {
			return nil, failure.NewArgument("role %s not found!", p.Role)
		}
		return []durable.Change{PermissionPut{p}}, nil
	})
}

// DeletePermission takes a permission from a role, whether it has it or not.
func (d *Directory) DeletePermission(p Permission) error {
	return d.write(func() ([]durable.Change, error) { return []durable.Change{PermissionRemoved{p}}, nil })
}

// HasPermission says whether a role is known to have a permission for this very resource that covers an action.
func (d *Directory) HasPermission(p Permission) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settle()
	return slices.ContainsFunc(d.permissionsOf(p.Role), func(has Permission) bool {
		return has.Resource == p.Resource && (has.Action == p.Action || has.Action == "rw")
	})
}

// PermissionPage is a page of the permissions of a role, of all when it is blank.
func (d *Directory) PermissionPage(role string, number, size int) (Page[Permission], error) {
	return page(d.Permissions(), func(p Permission) bool { return java.IsBlank(role) || p.Role == role }, number, size)
}

// FindPermissions is a page of the permissions of roles that match a pattern with *, of all when it is blank.
func (d *Directory) FindPermissions(role string, number, size int) (Page[Permission], error) {
	return page(d.Permissions(), func(p Permission) bool { return like(role, p.Role) }, number, size)
}
