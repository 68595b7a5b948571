package authapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// addAccountsV1 adds the older routes. Users have two paths.
func (t routes) addAccountsV1(b behaviour.Behaviour) {
	add := func(method string, serve func(call) (any, error), paths ...string) {
		t.Add(web.Route{Method: method, Fail: failAccount, Joins: true}, nil, serve, paths...)
	}
	users := func(method, path string, serve func(call) (any, error)) {
		add(method, serve, "/v1/auth"+path, "/v1/auth/users"+path)
	}
	users(web.Post, "/login", v1Login)
	if !b.Auth.SeedsAdministrator {
		users(web.Post, "/admin", bootstrapV1)
	}
	users(web.Post, "", createUserV1)
	users(web.Delete, "", deleteUser)
	users(web.Put, "", changePassword)
	if !b.API.V3 {
		users(web.Put, "/password", changeOwnPassword)
	}
	users(web.Get, "", listUsersV1)
	users(web.Get, "/search", searchUsers)

	add(web.Post, addRole, "/v1/auth/roles")
	add(web.Delete, deleteRole, "/v1/auth/roles")
	add(web.Get, listRolesV1, "/v1/auth/roles")
	add(web.Get, searchRoles, "/v1/auth/roles/search")

	add(web.Post, addPermission, "/v1/auth/permissions")
	add(web.Delete, deletePermission, "/v1/auth/permissions")
	add(web.Get, listPermissionsV1, "/v1/auth/permissions")
}

// addAccountsV3 adds the routes of v3, which both ports have.
func (t routes) addAccountsV3() {
	v3 := t.Below("/v3/auth", web.Route{Fail: failAccount, Enveloped: true})
	v3(web.Post, "/user/login", v3Login)
	v3(web.Post, "/user/admin", bootstrapV3)
	v3(web.Post, "/user", createUser)
	v3(web.Delete, "/user", deleteUser)
	v3(web.Put, "/user", changePassword)
	v3(web.Get, "/user/list", listUsers)
	v3(web.Get, "/user/search", searchUsers)

	v3(web.Post, "/role", addRole)
	v3(web.Delete, "/role", deleteRole)
	v3(web.Get, "/role/list", listRoles)
	v3(web.Get, "/role/search", searchRoles)

	v3(web.Post, "/permission", addPermission)
	v3(web.Delete, "/permission", deletePermission)
	v3(web.Get, "/permission", hasPermission)
	v3(web.Get, "/permission/list", listPermissions)
}
