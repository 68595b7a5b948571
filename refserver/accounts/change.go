package accounts

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// Change is one change of what a server keeps of users, roles and permissions. The kinds are those of this file.
type Change interface {
	durable.Change
	apply(d *Directory)
}

// UserPut is a user, in place of the one of that name.
type UserPut struct{ User User }

func (c UserPut) apply(d *Directory) {
	if i := d.rows.user(c.User.Name); i >= 0 {
		d.rows.users[i] = c.User
		return
	}
	d.rows.users = append(d.rows.users, c.User)
}

// UserRemoved ends a user. Its roles stay.
type UserRemoved struct{ Name string }

func (c UserRemoved) apply(d *Directory) {
	if i := d.rows.user(c.Name); i >= 0 {
		d.rows.users = slices.Delete(d.rows.users, i, i+1)
	}
}

// RolePut gives a role to a user.
type RolePut struct{ Role Role }

func (c RolePut) apply(d *Directory) {
	d.rows.roles = with(d.rows.roles, c.Role, compareRoles)
	d.read.names[c.Role.Name] = true
}

// RoleRemoved takes a role from a user. Its permissions stay.
type RoleRemoved struct{ Role Role }

func (c RoleRemoved) apply(d *Directory) { d.rows.roles = without(d.rows.roles, c.Role, compareRoles) }

// PermissionPut is a permission of a role.
type PermissionPut struct{ Permission Permission }

func (c PermissionPut) apply(d *Directory) {
	if !slices.Contains(d.rows.permissions, c.Permission) {
		d.rows.permissions = append(d.rows.permissions, c.Permission)
	}
}

// PermissionRemoved ends a permission of a role.
type PermissionRemoved struct{ Permission Permission }

func (c PermissionRemoved) apply(d *Directory) {
	d.rows.permissions = slices.DeleteFunc(d.rows.permissions, func(p Permission) bool { return p == c.Permission })
}

// with is a list in order, with v in it once; without is the list without v.
func with[T any](list []T, v T, compare func(a, b T) int) []T {
	i, there := slices.BinarySearchFunc(list, v, compare)
	if there {
		return list
	}
	return slices.Insert(list, i, v)
}

func without[T any](list []T, v T, compare func(a, b T) int) []T {
	if i, there := slices.BinarySearchFunc(list, v, compare); there {
		return slices.Delete(list, i, i+1)
	}
	return list
}
