package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// account is a user, as programs are given it.
type account struct{ name, password string }

func (a account) String() string { return a.name + ":" + a.password }

// Who takes part where the server asks for credentials.
var (
	// administrator is the one that lines 1.4 and 2.0 are shipped with; later lines have none before somebody asks.
	administrator = account{"nacos", "nacos"}
	// reader may read in the namespace of the story, and nothing else.
	reader = account{"story-reader", "reads"}
)

// storyNamespace is where a story is played that is not played in the public namespace.
const storyNamespace = "story"

// admissionPause is the time between two attempts to admit the accounts: each has the server hash passwords.
const admissionPause = time.Second

// routes are the addresses of what is not for clients: line 3.0 has moved it.
type routes struct{ administrator, user, role, permission, search, gray string }

var (
	routesV1 = routes{"/v1/auth/users/admin", "/v1/auth/users", "/v1/auth/roles", "/v1/auth/permissions", "/v1/cs/configs", "/v1/cs/configs"}
	routesV3 = routes{"/v3/auth/user/admin", "/v3/auth/user", "/v3/auth/role", "/v3/auth/permission", "/v3/admin/cs/config/list", "/v3/admin/cs/config/beta"}
)

func (s *server) routes() routes {
	if s.line == "3.0" {
		return routesV3
	}
	return routesV1
}

// admit sees to it that the server knows both accounts and what the reader may. It fails while that has not taken
// effect: a server reads users, roles and permissions anew every 15 s.
func (s *server) admit(ctx context.Context) error {
	if err := s.login(ctx); err != nil {
		s.token = ""
		_, refused := s.call(ctx, http.MethodPost, s.routes().administrator, url.Values{"password": {administrator.password}}, nil)
		return errors.Join(err, refused) // a first administrator that was made can log in later
	}
	if s.admitted(ctx) {
		return nil
	}
	// Each of these is refused when it was done already, and while the one before it has not taken effect.
	var refusals []error
	for _, grant := range []struct {
		route      string
		parameters url.Values
	}{
		{s.routes().user, url.Values{"username": {reader.name}, "password": {reader.password}}},
		{s.routes().role, url.Values{"username": {reader.name}, "role": {reader.name}}},
		{s.routes().permission, url.Values{"role": {reader.name}, "resource": {s.namespace + ":*:*"}, "action": {"r"}}},
	} {
		_, err := s.call(ctx, http.MethodPost, grant.route, grant.parameters, nil)
		refusals = append(refusals, err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(admissionPause):
	}
	return errors.Join(append(refusals, errors.New("the reader is not admitted yet"))...)
}

// login gets a token of the administrator.
func (s *server) login(ctx context.Context) error {
	s.token = ""
	body, err := s.call(ctx, http.MethodPost, "/v1/auth/login", credentials(administrator), nil)
	if err != nil {
		return err
	}
	var granted struct{ AccessToken string }
	if err := json.Unmarshal(body, &granted); err != nil || granted.AccessToken == "" {
		return fmt.Errorf("expected a login to give an access token, got %q: %w", body, err)
	}
	s.token = granted.AccessToken
	return nil
}

// admitted says whether the reader may ask for a configuration of the story's namespace that does not exist.
func (s *server) admitted(ctx context.Context) bool {
	asReader := *s
	asReader.token = ""
	parameters := credentials(reader)
	parameters.Set("dataId", "admitted")
	parameters.Set("group", group)
	parameters.Set("tenant", s.namespace)
	_, err := asReader.call(ctx, http.MethodGet, "/v1/cs/configs", parameters, nil)
	refused := new(refusal)
	return errors.As(err, &refused) && refused.status == http.StatusNotFound
}

func credentials(a account) url.Values {
	return url.Values{"username": {a.name}, "password": {a.password}}
}
