package store_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// accountsWriter writes a few users, their roles and the permissions of one role.
type accountsWriter int

func (w accountsWriter) name(what string, n int) string {
	return fmt.Sprint(what, "-", int(w), "-", n%4)
}

func (w accountsWriter) user(n int) accounts.User {
	return accounts.User{Name: w.name("user", n), Password: fmt.Sprint("hash-", n)}
}

// role is one that the first user of the writer has from its first write on.
func (w accountsWriter) role() accounts.Role {
	return accounts.Role{Name: fmt.Sprint("role-", int(w)), User: w.user(0).Name}
}

func (w accountsWriter) permission(n int) accounts.Permission {
	return accounts.Permission{Role: w.role().Name, Resource: fmt.Sprint("n", n%7, ":*:*"), Action: "rw"}
}

// change is what the n-th write is expected to do.
func (w accountsWriter) change(n int) []durable.Change {
	u := w.user(n)
	switch {
	case n == 0:
		return []durable.Change{accounts.UserPut{User: u}, accounts.RolePut{Role: w.role()}}
	case n%7 == 6 && u.Name != w.user(0).Name:
		return []durable.Change{accounts.UserRemoved{Name: u.Name}}
	case n%7 < 3 || n%7 == 6:
		return []durable.Change{accounts.UserPut{User: u}}
	case n%7 == 3:
		return []durable.Change{accounts.PermissionPut{Permission: w.permission(n / 7)}}
	case n%7 == 4:
		return []durable.Change{accounts.RolePut{Role: accounts.Role{Name: w.name("other", n/7), User: u.Name}}}
	case n%2 == 0:
		return []durable.Change{accounts.PermissionRemoved{Permission: w.permission(n / 11)}}
	}
	return []durable.Change{accounts.RoleRemoved{Role: accounts.Role{Name: w.name("other", n/11), User: u.Name}}}
}

// write asks the directory where that takes no time; the hash of a password takes more than a child lives.
func (w accountsWriter) write(d *domains, n int) error {
	changes := w.change(n)
	switch c := changes[0].(type) {
	case accounts.UserRemoved:
		return d.accounts.DeleteUser(c.Name)
	case accounts.RolePut:
		return d.accounts.PutRole(c.Role.Name, c.Role.User)
	case accounts.RoleRemoved:
		return d.accounts.DeleteRole(c.Role.Name, c.Role.User)
	case accounts.PermissionPut:
		return d.accounts.AddPermission(c.Permission)
	case accounts.PermissionRemoved:
		return d.accounts.DeletePermission(c.Permission)
	}
	return d.log.Propose(durable.Entry{Changes: changes})
}

func (w accountsWriter) after(n int) (lines []string) {
	var users []accounts.User
	others := map[string]bool{}
	at := func(name string) int {
		return slices.IndexFunc(users, func(u accounts.User) bool { return u.Name == name })
	}
	for i := range n {
		for _, change := range w.change(i) {
			switch c := change.(type) {
			case accounts.UserPut:
				if k := at(c.User.Name); k >= 0 {
					users[k] = c.User
				} else {
					users = append(users, c.User)
				}
			case accounts.UserRemoved:
				if k := at(c.Name); k >= 0 {
					users = slices.Delete(users, k, k+1)
				}
			case accounts.RolePut:
				others[fmt.Sprintln(c.Role)] = true
			case accounts.RoleRemoved:
				delete(others, fmt.Sprintln(c.Role))
			case accounts.PermissionPut:
				others[fmt.Sprintln(c.Permission)] = true
			case accounts.PermissionRemoved:
				delete(others, fmt.Sprintln(c.Permission))
			}
		}
	}
	for _, u := range users {
		lines = append(lines, fmt.Sprintln(u))
	}
	rest := []string{}
	for line := range others {
		rest = append(rest, line)
	}
	slices.Sort(rest)
	return append(lines, rest...)
}

func (w accountsWriter) found(d *domains) (lines []string) {
	for _, u := range d.accounts.Users() {
		if strings.HasPrefix(u.Name, w.name("user", 0)[:len("user-0")]) {
			lines = append(lines, fmt.Sprintln(u))
		}
	}
	rest := []string{}
	for _, r := range d.accounts.Roles() {
		if strings.HasPrefix(r.User, w.name("user", 0)[:len("user-0")]) {
			rest = append(rest, fmt.Sprintln(r))
		}
	}
	for _, p := range d.accounts.Permissions() {
		if p.Role == w.role().Name {
			rest = append(rest, fmt.Sprintln(p))
		}
	}
	slices.Sort(rest)
	return append(lines, rest...)
}
