package authapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

func addRole(c call) (any, error) {
	v, err := c.Params.All("role", "username")
	if err != nil {
		return nil, err
	}
	return c.outcome("add role ok!"), c.accounts.AddRole(v[0], v[1])
}

// deleteRole takes a role from a user, or from all.
func deleteRole(c call) (any, error) {
	role, err := c.Params.Present("role")
	if err != nil {
		return nil, err
	}
	user := c.Params["username"]
	return c.outcome("delete role of user " + user + " ok!"), c.accounts.DeleteRole(role, user)
}

func listRoles(c call) (any, error) {
	number, size, err := c.pageNumbers()
	switch {
	case err != nil:
		return nil, err
	case c.blurred():
		return c.accounts.FindRoles(c.Params["username"], c.Params["role"], number, size)
	}
	return c.accounts.RolePage(c.Params["username"], c.Params["role"], number, size)
}

// listRolesV1 looks at the user alone where it does not want to be told how to search.
func listRolesV1(c call) (any, error) {
	if err := c.wantsKind("blur", "accurate"); err != nil {
		return nil, err
	}
	if c.B.Auth.SearchNeedsKind {
		return listRoles(c)
	}
	number, size, err := c.pageNumbers()
	if err != nil {
		return nil, err
	}
	return c.accounts.RolePage(c.Params["username"], "", number, size)
}

func searchRoles(c call) (any, error) {
	part, err := c.Params.Present("role")
	return c.accounts.RoleNames(part), err
}

// permission is the one that a request names.
func (c call) permission() (accounts.Permission, error) {
	v, err := c.Params.All("role", "resource", "action")
	if err != nil {
		return accounts.Permission{}, err
	}
	return accounts.Permission{Role: v[0], Resource: v[1], Action: v[2]}, nil
}

func addPermission(c call) (any, error) {
	p, err := c.permission()
	if err != nil {
		return nil, err
	}
	return c.outcome("add permission ok!"), c.accounts.AddPermission(p)
}

func deletePermission(c call) (any, error) {
	p, err := c.permission()
	if err != nil {
		return nil, err
	}
	return c.outcome("delete permission ok!"), c.accounts.DeletePermission(p)
}

func hasPermission(c call) (any, error) {
	p, err := c.permission()
	return c.accounts.HasPermission(p), err
}

func listPermissions(c call) (any, error) {
	number, size, err := c.pageNumbers()
	switch {
	case err != nil:
		return nil, err
	case c.blurred():
		return c.accounts.FindPermissions(c.Params["role"], number, size)
	}
	return c.accounts.PermissionPage(c.Params["role"], number, size)
}

// listPermissionsV1 says whether a role has a permission when it is not told how to search but wants to be; others always
// look for the very role.
func listPermissionsV1(c call) (any, error) {
	search := c.Params["search"]
	switch {
	case search == "accurate", search == "blur" && c.B.Auth.SearchNeedsKind:
		return listPermissions(c)
	case !c.B.Auth.SearchNeedsKind:
		number, size, err := c.pageNumbers()
		if err != nil {
			return nil, err
		}
		return c.accounts.PermissionPage(c.Params["role"], number, size)
	}
	p, err := c.permission()
	return web.Envelope{Message: new("success"), Data: c.accounts.HasPermission(p)}, err
}
