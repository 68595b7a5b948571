package refserver_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// ask sends a request without body and returns status and body.
func ask(t *testing.T, method, address, token string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func logIn(t *testing.T, server *refserver.Server, user, password string) string {
	t.Helper()
	status, body := ask(t, http.MethodPost, server.URL()+"/v1/auth/login?"+url.Values{"username": {user}, "password": {password}}.Encode(), "")
	var answer struct{ AccessToken string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK {
		t.Fatalf("expected %s to log in, found %d %s", user, status, body)
	}
	return answer.AccessToken
}

// TestAuthentication: who shows nothing is refused in the words of the line, administrators may all, others what their
// roles may. The texts were measured, but for line 2.0.
func TestAuthentication(t *testing.T) {
	const list = "/v1/ns/instance/list?serviceName=orders"
	for line, refusal := range map[behaviour.Line]string{
		"1.4": "unknown user!", "2.0": "unknown user!", "2.5": "user not found!",
		"3.0": "Code: 401, Message: User not found! Please check user exist or password is right!.",
	} {
		t.Run(string(line), func(t *testing.T) {
			server := refserver.RunT(t, refserver.WithLine(line), refserver.WithAuthentication(refserver.AuthenticationFor("pw")))
			if status, body := ask(t, http.MethodGet, server.URL()+list, ""); status != http.StatusForbidden || !strings.Contains(body, `"message":"`+refusal+`"`) {
				t.Errorf("expected 403 with %q, found %d %s", refusal, status, body)
			}
			if err := server.PutUser("reader", "r", "readers"); err != nil {
				t.Fatal(err)
			}
			if err := server.PutPermission(accounts.Permission{Role: "readers", Resource: ":*:*", Action: "r"}); err != nil {
				t.Fatal(err)
			}
			administrator, reader := logIn(t, server, "nacos", "pw"), logIn(t, server, "reader", "r")
			for _, c := range []struct {
				token, method, path string
				status              int
			}{
				{administrator, http.MethodGet, list, http.StatusOK},
				{administrator, http.MethodPost, "/v1/ns/instance?serviceName=orders&ip=10.0.0.1&port=80", http.StatusOK},
				{reader, http.MethodGet, list, http.StatusOK},
				{reader, http.MethodGet, list + "&namespaceId=other", http.StatusForbidden},
				{reader, http.MethodPost, "/v1/ns/instance?serviceName=orders&ip=10.0.0.2&port=80", http.StatusForbidden},
			} {
				if status, body := ask(t, c.method, server.URL()+c.path, c.token); status != c.status {
					t.Errorf("%s %s: expected %d, found %d %s", c.method, c.path, c.status, status, body)
				}
			}
			if n := len(server.Instances(server.Key("orders"))); n != 1 {
				t.Errorf("expected the registration of the administrator alone, found %d instances", n)
			}
		})
	}
}

// TestAccountsSurviveRestart: in the data directory, with passwords and rights.
func TestAccountsSurviveRestart(t *testing.T) {
	server := refserver.RunT(t, refserver.WithData(t.TempDir()), refserver.WithAuthentication(refserver.AuthenticationFor("pw")))
	if err := server.PutUser("reader", "r", "readers"); err != nil {
		t.Fatal(err)
	}
	if err := server.PutPermission(accounts.Permission{Role: "readers", Resource: "*", Action: "r"}); err != nil {
		t.Fatal(err)
	}
	token := logIn(t, server, "reader", "r")
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	if users := server.Users(); len(users) != 2 || users[1].Name != "reader" || len(server.Permissions()) != 1 || len(server.Roles()) != 2 {
		t.Errorf("expected nacos and reader with a role each and a permission, found %v %v %v", users, server.Roles(), server.Permissions())
	}
	logIn(t, server, "reader", "r")
	if status, body := ask(t, http.MethodGet, server.URL()+"/v1/ns/instance/list?serviceName=orders", token); status != http.StatusOK {
		t.Errorf("expected the token to be good after the restart, found %d %s", status, body)
	}
}

// TestHardenedServersLeaveNothingOpen that their lines do.
func TestHardenedServersLeaveNothingOpen(t *testing.T) {
	for line, path := range map[behaviour.Line]string{
		"1.4": "/v1/ns/operator/switches", "2.0": "/v2/ns/service/orders", "2.5": "/v1/ns/operator/push/state",
	} {
		for _, hardened := range []bool{false, true} {
			a := refserver.AuthenticationFor("pw")
			a.Hardened = hardened
			server := refserver.RunT(t, refserver.WithLine(line), refserver.WithAuthentication(a))
			status, body := ask(t, http.MethodGet, server.URL()+path, "")
			if refused := status == http.StatusForbidden; refused != hardened {
				t.Errorf("line %s, hardened %t: expected %s to be refused: %t, found %d %s", line, hardened, path, hardened, status, body)
			}
			logIn(t, server, "nacos", "pw")
		}
	}
}

// TestLoginFloods leave the server to others.
func TestLoginFloods(t *testing.T) {
	server := refserver.RunT(t, refserver.WithAuthentication(refserver.AuthenticationFor("pw")))
	token := logIn(t, server, "nacos", "pw")
	var flood sync.WaitGroup
	for range 12 {
		flood.Go(func() {
			if status, _ := ask(t, http.MethodPost, server.URL()+"/v1/auth/login?username=nacos&password=wrong", ""); status != http.StatusForbidden {
				t.Errorf("expected a wrong password to be refused, found %d", status)
			}
		})
	}
	for range 20 {
		if status, body := ask(t, http.MethodGet, server.URL()+"/v1/ns/instance/list?serviceName=orders", token); status != http.StatusOK {
			t.Errorf("expected reads to go on, found %d %s", status, body)
		}
	}
	flood.Wait()
}

// TestSettingsThatNoLineStartsWith are refused before anything listens.
func TestSettingsThatNoLineStartsWith(t *testing.T) {
	if _, err := refserver.New(refserver.WithAuthentication(refserver.Authentication{Settings: accounts.Settings{Open: true, Secret: "short"}})); err == nil || !strings.Contains(err.Error(), "WithAuthentication") {
		t.Errorf("expected a short secret to be refused by name, found %v", err)
	}
}

// TestGapsAreToldAtTheStart: what a line leaves open, in one line of the log each, and nothing of hardened servers.
func TestGapsAreToldAtTheStart(t *testing.T) {
	for line, expected := range map[behaviour.Line][]string{
		"1.4": {"routes are open", "answer HEAD"},
		"2.0": {"routes are open", "answer HEAD", "a password is changed although"},
		"2.5": {"routes are open", "answer HEAD", "whoever comes first"},
		"3.0": {"routes are open", "answer HEAD", "failures behind a guard look like successes", "a token is enough", "whoever comes first", "LockOperationRequest"},
	} {
		for _, hardened := range []bool{false, true} {
			a := refserver.AuthenticationFor("")
			a.Hardened = hardened
			var out strings.Builder
			log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn}))
			server := refserver.RunT(t, refserver.WithLine(line), refserver.WithAuthentication(a), refserver.WithLogger(log))
			if err := server.Close(); err != nil {
				t.Fatal(err)
			}
			if hardened {
				expected = nil
			}
			if found := strings.Count(out.String(), "leaves a gap"); found != len(expected) {
				t.Errorf("line %s, hardened %t: expected %d gaps, found %s", line, hardened, len(expected), out.String())
			}
			for _, gap := range expected {
				if !strings.Contains(out.String(), gap) {
					t.Errorf("line %s: expected to be told that %s, found %s", line, gap, out.String())
				}
			}
		}
	}
}

// TestUncachedUsersAreKnownAtOnce: with nacos.core.auth.caching.enabled=false.
func TestUncachedUsersAreKnownAtOnce(t *testing.T) {
	for _, uncached := range []bool{false, true} {
		a := refserver.AuthenticationFor("pw")
		a.Uncached = uncached
		server := refserver.RunT(t, refserver.WithAuthentication(a))
		administrator := logIn(t, server, "nacos", "pw")
		if status, body := ask(t, http.MethodPost, server.URL()+"/v1/auth/users?username=new&password=p", administrator); status != http.StatusOK {
			t.Fatalf("expected a new user, found %d %s", status, body)
		}
		expected := map[bool]int{false: http.StatusInternalServerError, true: http.StatusOK}[uncached]
		if status, body := ask(t, http.MethodPost, server.URL()+"/v1/auth/login?username=new&password=p", ""); status != expected {
			t.Errorf("uncached %t: expected %d, found %d %s", uncached, expected, status, body)
		}
	}
}

// TestPasswordsBehindRefusals: line 2.0 refuses to change a password and does it, as measured on 2.0.4; 2.5 and hardened
// servers do not.
func TestPasswordsBehindRefusals(t *testing.T) {
	for _, c := range []struct {
		line              behaviour.Line
		hardened, changes bool
	}{{"2.0", false, true}, {"2.0", true, false}, {"2.5", false, false}} {
		a := refserver.AuthenticationFor("pw")
		a.Hardened, a.Uncached = c.hardened, true
		server := refserver.RunT(t, refserver.WithLine(c.line), refserver.WithAuthentication(a))
		if err := server.PutUser("weak", "p"); err != nil {
			t.Fatal(err)
		}
		if status, body := ask(t, http.MethodPut, server.URL()+"/v1/auth/users?username=nacos&newPassword=stolen", logIn(t, server, "weak", "p")); status != http.StatusForbidden {
			t.Errorf("%+v: expected a refusal, found %d %s", c, status, body)
		}
		status, _ := ask(t, http.MethodPost, server.URL()+"/v1/auth/login?username=nacos&password=stolen", "")
		if changed := status == http.StatusOK; changed != c.changes {
			t.Errorf("%+v: expected the password to be changed: %t, found %d at the login", c, c.changes, status)
		}
	}
}
