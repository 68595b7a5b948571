// Package accounts is the domain of users, roles, permissions and tokens: who a caller is and what he may do. What a
// request needs, and how a refusal is written, is the business of the transports.
package accounts

import (
	"cmp"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// AdministratorRole is the role that may do everything, Administrator the user whom servers give it first.
const (
	AdministratorRole = "ROLE_ADMIN"
	Administrator     = "nacos"
)

// User is a user. Password is the bcrypt hash of the password.
type User struct {
	Name     string `json:"username"`
	Password string `json:"password"`
}

// Role is a role of a user.
type Role struct {
	Name string `json:"role"`
	User string `json:"username"`
}

// The longest texts that the tables of real servers take, in characters. What does not fit is reported as done and not kept.
// Source: nacos 2.5.1 distribution/conf/derby-schema.sql:205-222; measured 2.5.1.
const (
	longestName     = 50
	longestResource = 512
	longestAction   = 8
)

func fits(text string, longest int) bool { return java.Length(text) <= longest }

// Permission lets a role act on resources. The resource is a pattern over the texts of Resource, the action holds the
// letters r and w, or others that mean nothing.
type Permission struct {
	Role     string `json:"role"`
	Resource string `json:"resource"`
	Action   string `json:"action"`
}

// same says whether two permissions are one to the database.
func (p Permission) same(q Permission) bool {
	return same(p.Role, q.Role) && same(p.Resource, q.Resource) && same(p.Action, q.Action)
}

// Page is part of a list.
type Page[T any] struct {
	Total     int `json:"totalCount"`
	Number    int `json:"pageNumber"`
	Available int `json:"pagesAvailable"`
	Items     []T `json:"pageItems"`
}

func compareRoles(a, b Role) int {
	return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Name, b.Name))
}

func comparePermissions(a, b Permission) int {
	return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Action, b.Action))
}
