package seed

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
)

func (d Domains) user(path string, u User) step {
	verified := false // a password is compared with its hash once: that takes long
	stands := func() bool {
		if u.PasswordHash != "" {
			return slices.Contains(d.Accounts.Users(), accounts.User{Name: u.Name, Password: u.PasswordHash})
		}
		verified = verified || d.Accounts.HasPassword(u.Name, u.Password)
		return verified
	}
	return step{path, stands, func() error {
		if u.PasswordHash != "" {
			return d.Accounts.PutUserHash(u.Name, u.PasswordHash)
		}
		verified = true
		return d.Accounts.PutUser(u.Name, u.Password)
	}}
}

func (d Domains) role(path string, r Role) step {
	return step{
		path, func() bool { return slices.Contains(d.Accounts.Roles(), accounts.Role{Name: r.Role, User: r.User}) },
		func() error { return d.Accounts.PutRole(r.Role, r.User) },
	}
}

func (d Domains) permission(path string, p Permission) step {
	wanted := accounts.Permission{Role: p.Role, Resource: p.Resource, Action: p.Action}
	return step{
		path, func() bool { return slices.Contains(d.Accounts.Permissions(), wanted) },
		func() error { return d.Accounts.PutPermission(wanted) },
	}
}

func (d Domains) collectAccounts(s *Seed) {
	for _, u := range d.Accounts.Users() {
		s.Users = append(s.Users, User{Name: u.Name, PasswordHash: u.Password})
	}
	for _, r := range d.Accounts.Roles() {
		s.Roles = append(s.Roles, Role{Role: r.Name, User: r.User})
	}
	for _, p := range d.Accounts.Permissions() {
		s.Permissions = append(s.Permissions, Permission{Role: p.Role, Resource: p.Resource, Action: p.Action})
	}
}
