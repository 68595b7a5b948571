package accounts

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// AddRole gives a role to a user. That of administrators is given to nobody.
func (d *Directory) AddRole(role, user string) error {
	return d.write(func() ([]durable.Change, error) {
		bound := slices.ContainsFunc(d.rows.roles, func(r Role) bool { return same(r.Name, role) && same(r.User, user) })
		switch {
		case d.rows.user(user) < 0:
			return nil, failure.NewArgument("user '%s' not found!", user)
		case role == AdministratorRole:
			return nil, failure.NewArgument("role '%s' is not permitted to create!", role)
		case bound && d.b.RefusesBoundRole:
			return nil, failure.NewArgument("user '%s' already bound to the role '%s'!", user, role)
		case bound, !fits(role, longestName):
			return nil, nil
		}
		return []durable.Change{RolePut{Role{role, user}}}, nil
	})
}

// DeleteRole takes a role from a user, from all who have it when the user is blank.
func (d *Directory) DeleteRole(role, user string) error {
	return d.write(func() (changes []durable.Change, _ error) {
		for _, r := range d.rows.roles {
			if same(r.Name, role) && (java.IsBlank(user) || same(r.User, user)) {
				changes = append(changes, RoleRemoved{r})
			}
		}
		return changes, nil
	})
}

// RolePage is a page of the roles of a user with a name; blank ones stand for all.
func (d *Directory) RolePage(user, role string, number, size int) (Page[Role], error) {
	return page(d.Roles(), func(r Role) bool {
		return (java.IsBlank(user) || same(r.User, user)) && (java.IsBlank(role) || same(r.Name, role))
	}, number, size)
}

// FindRoles is a page of the roles whose users and names match patterns with *; blank ones stand for all.
func (d *Directory) FindRoles(user, role string, number, size int) (Page[Role], error) {
	return page(d.Roles(), func(r Role) bool { return looksLike(user, r.User) && looksLike(role, r.Name) }, number, size)
}

// RoleNames are the names of roles that contain a text, once for each user who has it.
func (d *Directory) RoleNames(part string) []string {
	names := []string{}
	for _, r := range d.Roles() {
		if like("%"+part+"%", r.Name, d.b.EscapesPatterns) {
			names = append(names, r.Name)
		}
	}
	return names
}

// AddPermission gives a permission to a role that somebody has. What the texts say is not looked at; one that is there,
// or has a text that is too long, is forgotten.
func (d *Directory) AddPermission(p Permission) error {
	return d.write(func() ([]durable.Change, error) {
		if !d.read.names[p.Role] {
			return nil, failure.NewArgument("role %s not found!", p.Role)
		}
		there := slices.ContainsFunc(d.rows.permissions, p.same)
		if there || !fits(p.Role, longestName) || !fits(p.Resource, longestResource) || !fits(p.Action, longestAction) {
			return nil, nil
		}
		return []durable.Change{PermissionPut{p}}, nil
	})
}

// DeletePermission takes a permission from a role, whether it has it or not.
func (d *Directory) DeletePermission(p Permission) error {
	return d.write(func() (changes []durable.Change, _ error) {
		for _, has := range d.rows.permissions {
			if p.same(has) {
				changes = append(changes, PermissionRemoved{has})
			}
		}
		return changes, nil
	})
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

// PermissionPage is a page of the permissions of a role, of all as they were made when it is blank.
func (d *Directory) PermissionPage(role string, number, size int) (Page[Permission], error) {
	return page(d.permissions(role), func(p Permission) bool { return java.IsBlank(role) || same(p.Role, role) }, number, size)
}

// FindPermissions is a page of the permissions of roles that match a pattern with *, of all when it is blank.
func (d *Directory) FindPermissions(role string, number, size int) (Page[Permission], error) {
	return page(d.permissions(role), func(p Permission) bool { return looksLike(role, p.Role) }, number, size)
}
