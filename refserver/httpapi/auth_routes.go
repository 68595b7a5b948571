package httpapi

import "github.com/nacos-tck/nacos-tck/refserver/behaviour"

// addAccounts adds the routes of logins, users, roles and permissions to the main port.
func (t routes) addAccounts(b behaviour.Behaviour) {
	t.addAccountsV1(b.Auth.SeedsAdministrator)
	if b.API.V3 {
		t.addAccountsV3()
	}
}

// addAccountsV1 adds the older routes. Users have two paths.
func (t routes) addAccountsV1(seeded bool) {
	add := func(method string, serve func(call) (any, error), paths ...string) {
		t.add(route{method: method, fail: failAccount}, nil, serve, paths...)
	}
	users := func(method, path string, serve func(call) (any, error)) {
		add(method, serve, "/v1/auth"+path, "/v1/auth/users"+path)
	}
	users(post, "/login", v1Login)
	if !seeded {
		users(post, "/admin", bootstrapV1)
	}
	users(post, "", createUserV1)
	users(del, "", deleteUser)
	users(put, "", changePassword)
	users(put, "/password", changeOwnPassword)
	users(get, "", listUsersV1)
	users(get, "/search", searchUsers)

	add(post, addRole, "/v1/auth/roles")
	add(del, deleteRole, "/v1/auth/roles")
	add(get, listRolesV1, "/v1/auth/roles")
	add(get, searchRoles, "/v1/auth/roles/search")

	add(post, addPermission, "/v1/auth/permissions")
	add(del, deletePermission, "/v1/auth/permissions")
	add(get, listPermissionsV1, "/v1/auth/permissions")
}

// addAccountsV3 adds the routes of v3, which both ports have.
func (t routes) addAccountsV3() {
	v3 := func(method, path string, serve func(call) (any, error)) {
		t.add(route{method: method, fail: failAccount, enveloped: true}, nil, serve, "/v3/auth"+path)
	}
	v3(post, "/user/login", v3Login)
	v3(post, "/user/admin", bootstrapV3)
	v3(post, "/user", createUser)
	v3(del, "/user", deleteUser)
	v3(put, "/user", changePassword)
	v3(get, "/user/list", listUsers)
	v3(get, "/user/search", searchUsers)

	v3(post, "/role", addRole)
	v3(del, "/role", deleteRole)
	v3(get, "/role/list", listRoles)
	v3(get, "/role/search", searchRoles)

	v3(post, "/permission", addPermission)
	v3(del, "/permission", deletePermission)
	v3(get, "/permission", hasPermission)
	v3(get, "/permission/list", listPermissions)
}
