package accounts

// cache is what checks know of the rows.
type cache struct {
	users       map[string]User
	roles       map[string][]string
	permissions map[string][]Permission
	// names are the roles that may get permissions; those added since are known at once.
	names map[string]bool
}

func newCache(r *rows) cache {
	c := cache{
		users: make(map[string]User, len(r.users)), roles: map[string][]string{},
		permissions: map[string][]Permission{}, names: map[string]bool{},
	}
	for _, u := range r.users {
		c.users[u.Name] = u
	}
	for _, role := range r.roles {
		c.roles[role.User] = append(c.roles[role.User], role.Name)
		c.names[role.Name] = true
	}
	for _, p := range r.permissions {
		if c.names[p.Role] {
			c.permissions[p.Role] = append(c.permissions[p.Role], p)
		}
	}
	for name := range c.names {
		if c.permissions[name] == nil {
			c.permissions[name] = []Permission{} // read, and found empty
		}
	}
	return c
}

// rolesOf are the roles of a user as checks know them. It is called with the lock held.
func (d *Directory) rolesOf(user string) []string {
	roles, known := d.read.roles[user]
	if !known && d.b.ReadsThrough {
		if roles = d.rows.rolesOf(user); len(roles) > 0 {
			d.read.roles[user] = roles
		}
	}
	return roles
}

// permissionsOf are the permissions of a role as checks know them. It is called with the lock held.
func (d *Directory) permissionsOf(role string) []Permission {
	all, known := d.read.permissions[role]
	if !known && d.b.ReadsThrough {
		if all = d.rows.permissionsOf(role); len(all) > 0 {
			d.read.permissions[role] = all
		}
	}
	return all
}
