package accounts

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

const secret = "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg="

// Tokens of the recordings of real servers with this secret.
const (
	good         = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJuYWNvcyIsImV4cCI6NDEwMjQ0NDgwMH0.f1zl3RiDjLY_Pq5GTM-GPv7l2h_TXxGBVBfrDtSPrkg"
	expired      = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJuYWNvcyIsImV4cCI6MTUwMDAwMDAwMH0.edsP___0z0rc4lkh5qjgyKqfYKvc-Ofu0pl9Xm7a2hU"
	wrongKey     = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJuYWNvcyIsImV4cCI6NDEwMjQ0NDgwMH0.fEt7-HczESCsk2mIR6g589XZUlej6bFQZa0sgqnyO8I"
	algNone      = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJuYWNvcyIsImV4cCI6NDEwMjQ0NDgwMH0."
	otherAlg     = "eyJhbGciOiJIUzM4NCJ9.eyJzdWIiOiJuYWNvcyIsImV4cCI6NDEwMjQ0NDgwMH0.gMiBt3KBggJdsX684nY4B1-qMYL38x74uv-8bl1Zkd2wfuZt96xXa-x7p2o-mkok"
	endlessToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJuYWNvcyJ9.hMK_zhreNTBs9WbPveCKOcA3HPCIvuI6ISTSS6Jx3a0"
)

// newDirectory is a directory of a line with all switches on.
func newDirectory(t testing.TB, line behaviour.Line) (*Directory, *clock.Clock) {
	t.Helper()
	b, err := behaviour.ForLine(line)
	if err != nil {
		t.Fatal(err)
	}
	c := clock.New(nil)
	t.Cleanup(c.Close)
	d, err := New(b.Auth, Settings{Open: true, Admin: true, Console: true, Secret: secret, IdentityKey: "k", IdentityValue: "v"}, c)
	if err != nil {
		t.Fatal(err)
	}
	return d, c
}

// TestTokensAreReadAsRealServersDo: measured 1.4.8, 2.5.1, 3.0.3.
func TestTokensAreReadAsRealServersDo(t *testing.T) {
	older, _ := newDirectory(t, "1.4")
	newer, _ := newDirectory(t, "2.5")
	for _, c := range []struct{ name, token, older, newer string }{
		{"good", good, "", ""},
		{"without end", endlessToken, "", ""},
		{"expired", expired, "token expired!", "token expired!"},
		{"garbage", "garbage", "token invalid!", "token invalid!"},
		{"garbage with dots", "a.b.c", "token invalid!", "unsupported signature algorithm"},
		{"wrong key", wrongKey, "token invalid!", "Invalid signature"},
		{"algorithm none", algNone, "token invalid!", "token invalid!"},
		{"longer algorithm", otherAlg, "token invalid!", ""},
		{"empty signature", strings.TrimRight(good[:strings.LastIndex(good, ".")+1], "."), "token invalid!", "token invalid!"},
		{"huge", strings.Repeat("x", 1<<20), "token invalid!", "token invalid!"},
		{"many parts", strings.Repeat(".", 1<<20), "token invalid!", "token invalid!"},
		{"other header", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9." + good[len("eyJhbGciOiJIUzI1NiJ9."):], "token invalid!", "unsupported signature algorithm"},
	} {
		for _, side := range []struct {
			d        *Directory
			expected string
		}{{older, c.older}, {newer, c.newer}} {
			caller, err := side.d.Authenticate(Credentials{Token: c.token})
			switch {
			case side.expected == "" && (err != nil || caller.User != "nacos"):
				t.Errorf("%s: expected nacos, found %+v, %v", c.name, caller, err)
			case side.expected != "" && (err == nil || err.Error() != side.expected):
				t.Errorf("%s: expected %q, found %v", c.name, side.expected, err)
			}
		}
	}
}

// TestForgedTokensAreRefused: a good token with any one byte changed is nobody's.
func TestForgedTokensAreRefused(t *testing.T) {
	for _, line := range []behaviour.Line{"1.4", "3.0"} {
		d, _ := newDirectory(t, line)
		for i := range good {
			for _, other := range []byte{'A', '.', '_', 0} {
				forged := []byte(good)
				if forged[i] == other {
					continue
				}
				forged[i] = other
				if caller, err := d.Authenticate(Credentials{Token: string(forged)}); err == nil {
					t.Fatalf("line %s took a token with %q at %d, for %q", line, other, i, caller.User)
				}
			}
		}
	}
}

func TestFutureTokens(t *testing.T) {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{Subject: "nacos", NotBefore: jwt.NewNumericDate(time.Now().Add(time.Hour))})
	delete(token.Header, "typ")
	key := Settings{Secret: secret}.secret()
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	d, c := newDirectory(t, "1.4")
	if _, err := d.Authenticate(Credentials{Token: signed}); err == nil || err.Error() != tokenInvalid {
		t.Errorf("expected a token of the future to be refused, found %v", err)
	}
	c.Advance(2 * time.Hour)
	if _, err := d.Authenticate(Credentials{Token: signed}); err != nil {
		t.Errorf("expected the token to be good when its time has come, found %v", err)
	}
}

// TestTokensAreSignedByTheLengthOfTheSecret: the header of HS256 alone on older lines. Source: nacos 2.5.1
// NacosJwtParser.java.
func TestTokensAreSignedByTheLengthOfTheSecret(t *testing.T) {
	for line, headers := range map[behaviour.Line][3]string{
		"1.4": {"eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9"},
		"2.5": {"eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzM4NCJ9", "eyJhbGciOiJIUzUxMiJ9"},
	} {
		b, _ := behaviour.ForLine(line)
		c := clock.New(nil)
		t.Cleanup(c.Close)
		for i, length := range []int{32, 48, 64} {
			tokens := newTokens(b.Auth, Settings{Open: true, Secret: strings.Repeat("AAAA", length/3) + []string{"", "AA==", "AAA="}[length%3]}, c)
			if len(tokens.secret) != length {
				t.Fatalf("expected a secret of %d bytes, found %d", length, len(tokens.secret))
			}
			token, err := tokens.create("nacos")
			if err != nil || !strings.HasPrefix(token, headers[i]+".") {
				t.Errorf("line %s, %d bytes: expected the header %s, found %s, %v", line, length, headers[i], token, err)
			}
			if user, left, err := tokens.verify(token); user != "nacos" || err != nil || left > 18000 || left < 17990 {
				t.Errorf("line %s, %d bytes: expected nacos for 5 hours, found %q for %d s, %v", line, length, user, left, err)
			}
		}
	}
}

// TestNewUsersAreUnknownUntilTheNextRead: measured, all lines.
func TestNewUsersAreUnknownUntilTheNextRead(t *testing.T) {
	for line, refusal := range map[behaviour.Line]string{"1.4": "unknown user!", "2.5": "User u not found", "3.0": "User u not found"} {
		d, c := newDirectory(t, line)
		if err := d.CreateUser("u", "p"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Authenticate(Credentials{User: "u", Password: "p"}); err == nil || err.Error() != refusal {
			t.Errorf("line %s: expected %q, found %v", line, refusal, err)
		}
		c.Advance(15 * time.Second)
		if caller, err := d.Authenticate(Credentials{User: "u", Password: "p"}); err != nil || caller.User != "u" {
			t.Errorf("line %s: expected the user to be known after 15 s, found %v", line, err)
		}
		if err := d.ChangePassword("u", "q"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Authenticate(Credentials{User: "u", Password: "p"}); err != nil {
			t.Errorf("line %s: expected the old password to be good until the next read, found %v", line, err)
		}
	}
}

// TestPermissions: the matrix that was measured on all lines.
func TestPermissions(t *testing.T) {
	for _, line := range []behaviour.Line{"1.4", "2.0", "2.5", "3.0"} {
		d, _ := newDirectory(t, line)
		for _, err := range []error{
			d.PutUser("u", "p"), d.PutRole("r", "u"),
			d.PutPermission(Permission{"r", "ns:g:config/read", "r"}),
			d.PutPermission(Permission{"r", "ns:DEFAULT_GROUP:naming/sw", "w"}),
			d.PutPermission(Permission{"r", "all:*:*", "rw"}),
			d.PutPermission(Permission{"r", ":*:naming/default", "r"}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		d.Refresh()
		for _, c := range []struct {
			resource Resource
			action   string
			may      bool
		}{
			{Resource{Kind: "config", Namespace: "ns", Group: "g", Name: "read"}, "r", true},
			{Resource{Kind: "config", Namespace: "ns", Group: "g", Name: "read"}, "w", false},
			{Resource{Kind: "config", Namespace: "ns", Group: "g", Name: "readx"}, "r", false},
			{Resource{Kind: "config", Namespace: "ns", Group: "h", Name: "read"}, "r", false},
			{Resource{Kind: "config", Namespace: "zz", Group: "g", Name: "read"}, "r", false},
			{Resource{Kind: "config", Namespace: "", Group: "g", Name: "read"}, "r", false},
			{Resource{Kind: "naming", Namespace: "ns", Group: "DEFAULT_GROUP", Name: "sw"}, "w", true},
			{Resource{Kind: "naming", Namespace: "ns", Group: "DEFAULT_GROUP", Name: "sw"}, "r", false},
			{Resource{Kind: "naming", Namespace: "all", Group: "", Name: ""}, "r", true},
			{Resource{Kind: "naming", Namespace: "ns", Group: "", Name: ""}, "r", false},
			{Resource{Kind: "naming", Namespace: "", Group: "g", Name: "default"}, "r", true},
			{Resource{Kind: "naming", Namespace: "public", Group: "g", Name: "default"}, "r", true},
			{Resource{Name: "console/users"}, "r", false},
			{Resource{Name: "nacos/admin"}, "r", false},
		} {
			err := d.Authorize("u", c.resource, c.action)
			var refusal *Refusal
			if c.may != (err == nil) || err != nil && !errors.As(err, &refusal) {
				t.Errorf("line %s, %s on %+v: expected %t, found %v", line, c.action, c.resource, c.may, err)
			}
		}
	}
}

// TestPatternsThatAreNone refuse and do no harm.
func TestPatternsThatAreNone(t *testing.T) {
	d, _ := newDirectory(t, "2.5")
	if err := errors.Join(d.PutUser("u", "p"), d.PutRole("r", "u")); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"(", "[", "a{2,1}", "\xff", "(?<=x)", "\\", "(((((((((((x+)+)+)+)+)+", strings.Repeat("(a*", 2000)} {
		if err := d.PutPermission(Permission{"r", pattern, "rw"}); err != nil {
			t.Fatal(err)
		}
		d.Refresh()
		if err := d.Authorize("u", Resource{Kind: "config", Namespace: "ns", Group: "g", Name: strings.Repeat("x", 1000)}, "r"); err == nil {
			t.Errorf("the pattern %.20q lets a user pass", pattern)
		}
		if err := d.DeletePermission(Permission{"r", pattern, "rw"}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAdministrators: the first is made once, and stays.
func TestAdministrators(t *testing.T) {
	d, _ := newDirectory(t, "2.5")
	for i, expected := range []bool{true, false} {
		if done, err := d.Bootstrap("p"); done != expected || err != nil {
			t.Errorf("call %d: expected %t, found %t, %v", i+1, expected, done, err)
		}
	}
	if err := d.DeleteUser("nacos"); err == nil || err.Error() != "cannot delete admin: nacos" {
		t.Errorf("expected the administrator to stay, found %v", err)
	}
	seeded, _ := newDirectory(t, "1.4")
	if caller, err := seeded.Authenticate(Credentials{User: "nacos", Password: "nacos"}); err != nil || !seeded.IsAdministrator(caller.User) {
		t.Errorf("expected line 1.4 to have an administrator nacos, found %v", err)
	}
}

// TestStartIsRefused: measured texts of 2.5.1 and 3.0.3 in their beginnings.
func TestStartIsRefused(t *testing.T) {
	for _, c := range []struct {
		line     behaviour.Line
		settings Settings
		says     string
	}{
		{"1.4", Settings{Open: true, Secret: secret}, "expected a header name and a value"},
		{"1.4", Settings{Open: true, IdentityKey: "k", IdentityValue: "v"}, ""},
		{"2.5", Settings{Open: true, Secret: secret}, ""},
		{"2.5", Settings{Open: true, Secret: "c2hvcnQ="}, "the length of secret key must great than or equal 32 bytes"},
		{"3.0", Settings{Console: true, Secret: secret}, "expected a header name and a value"},
		{"3.0", Settings{Admin: true, IdentityKey: "k", IdentityValue: "v"}, "the length of secret key"},
		{"3.0", Settings{}, ""},
	} {
		b, _ := behaviour.ForLine(c.line)
		err := c.settings.Check(b.Auth)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("line %s, %+v: expected %q, found %v", c.line, c.settings, c.says, err)
		}
	}
}

// TestChangesMakeTheSameDirectoryAgain: as a log would keep and restore them.
func TestChangesMakeTheSameDirectoryAgain(t *testing.T) {
	d, _ := newDirectory(t, "2.5")
	log := &memory{apply: d.Apply}
	d.Keep(log)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.CreateUser("a", "1"))
	must(d.CreateUser("b", strings.Repeat("long", 30)))
	must(d.AddRole("r", "a"))
	must(d.AddRole("r", "b"))
	must(d.AddPermission(Permission{"r", "x", "rw"}))
	must(d.AddPermission(Permission{"r", "x", "q"}))
	must(d.AddPermission(Permission{"r", "x", "q"}))
	must(d.DeleteRole("r", "b"))
	must(d.DeleteUser("a"))
	again, _ := newDirectory(t, "2.5")
	again.Restore(log.changes)
	if !slices.Equal(d.Users(), again.Users()) || !slices.Equal(d.Roles(), again.Roles()) || !slices.Equal(d.Permissions(), again.Permissions()) {
		t.Errorf("expected %v %v %v, found %v %v %v", d.Users(), d.Roles(), d.Permissions(), again.Users(), again.Roles(), again.Permissions())
	}
	if expected := []Permission{{"r", "x", "q"}, {"r", "x", "rw"}}; !slices.Equal(again.Permissions(), expected) {
		t.Errorf("expected %v, found %v", expected, again.Permissions())
	}
}

// memory is a log that forgets with the test.
type memory struct {
	changes []durable.Change
	apply   func(durable.Entry)
}

func (m *memory) Propose(e durable.Entry) error {
	m.changes = append(m.changes, e.Changes...)
	m.apply(e)
	return nil
}

// FuzzTokens: whatever comes, only tokens that were signed with the secret name a user.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{good, expired, wrongKey, algNone, otherAlg, endlessToken, "", ".", "..", "a.b.c", "eyJhbGciOiJIUzI1NiJ9..", good + ".", good + "=", " " + good} {
		f.Add(seed)
	}
	older, _ := newDirectory(f, "1.4")
	newer, _ := newDirectory(f, "3.0")
	genuine := []string{good, otherAlg, endlessToken}
	f.Fuzz(func(t *testing.T, token string) {
		for _, d := range []*Directory{older, newer} {
			user, _, err := d.tokens.verify(token)
			if err == nil && !slices.Contains(genuine, strings.TrimRight(java.Trim(token), ".=")) {
				t.Errorf("a token that nobody signed is good for %q: %q", user, token)
			}
		}
	})
}
