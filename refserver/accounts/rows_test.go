package accounts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// TestTextsAreComparedAsTheDatabaseDoes: blanks at the end do not count, what is too long is done and forgotten.
// Measured 2.5.1.
func TestTextsAreComparedAsTheDatabaseDoes(t *testing.T) {
	d, _ := newDirectory(t, "2.5")
	long := strings.Repeat("x", 51)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.CreateUser("u", "p"))
	must(d.CreateUser(long[:50], "p"))
	must(d.CreateUser(long, "p"))
	must(d.CreateUser(long, "p"))
	must(d.CreateUser("", "p"))
	for _, taken := range []string{"u", "u ", " "} {
		if err := d.CreateUser(taken, "p"); err == nil || err.Error() != "user '"+taken+"' already exist!" {
			t.Errorf("expected %q to be taken, found %v", taken, err)
		}
	}
	must(d.AddRole("r", "u"))
	must(d.AddRole(long, "u"))
	if err := d.AddRole("r ", "u "); err == nil || err.Error() != "user 'u ' already bound to the role 'r '!" {
		t.Errorf("expected the role to be bound, found %v", err)
	}
	for _, p := range []Permission{
		{"r", "b", "r"}, {"r", "a", "r"}, {"r", "a", "r"}, {"r", "a ", "r "}, {"r", strings.Repeat("y", 513), "r"}, {"r", "c", "rrrrrrrrr"}, {"r", "c", "rrrrrrrr"},
	} {
		must(d.AddPermission(p))
	}
	if n := len(d.Users()); n != 3 {
		t.Errorf("expected 3 users, found %v", d.Users())
	}
	if expected := []Role{{"r", "u"}}; !slices.Equal(d.Roles(), expected) {
		t.Errorf("expected %v, found %v", expected, d.Roles())
	}
	made := []Permission{{"r", "b", "r"}, {"r", "a", "r"}, {"r", "c", "rrrrrrrr"}}
	sorted := []Permission{{"r", "a", "r"}, {"r", "b", "r"}, {"r", "c", "rrrrrrrr"}}
	for _, c := range []struct {
		role     string
		expected []Permission
	}{{"", made}, {"r", sorted}, {"r ", sorted}} {
		if found, err := d.PermissionPage(c.role, 1, 10); err != nil || !slices.Equal(found.Items, c.expected) {
			t.Errorf("role %q: expected %v, found %v, %v", c.role, c.expected, found.Items, err)
		}
	}
	must(d.DeletePermission(Permission{"r ", "a ", "r"}))
	must(d.DeleteRole("r ", ""))
	must(d.DeleteUser("u "))
	must(d.PutRole(AdministratorRole, Administrator))
	if err := d.DeleteUser(" "); err == nil || err.Error() != "cannot delete admin:  " {
		t.Errorf("expected who has no name to stay, found %v", err)
	}
	must(d.DeleteRole(AdministratorRole, Administrator))
	if len(d.Roles()) != 0 || len(d.Permissions()) != 2 || len(d.Users()) != 2 {
		t.Errorf("expected all but one of each to be gone, found %v %v %v", d.Users(), d.Roles(), d.Permissions())
	}
}

// TestLongPasswords: measured 2.5.1, 3.0.3.
func TestLongPasswords(t *testing.T) {
	for line, expected := range map[behaviour.Line]map[string]string{
		"2.5": {strings.Repeat("a", 73): "", strings.Repeat("ü", 37): ""},
		"3.0": {strings.Repeat("a", 73): "Password length must not exceed 72 characters", strings.Repeat("ü", 37): "password cannot be more than 72 bytes", strings.Repeat("ü", 36): ""},
	} {
		d, _ := newDirectory(t, line)
		for password, refusal := range expected {
			err := d.CreateUser(password[:40], password)
			if found := fmt.Sprint(err); refusal == "" && err != nil || refusal != "" && found != refusal {
				t.Errorf("line %s, %d bytes: expected %q, found %v", line, len(password), refusal, err)
			}
		}
	}
}

// TestNamesAreFoundAsStatementsFindThem: measured 2.5.1; the escape alone differs on older lines.
func TestNamesAreFoundAsStatementsFindThem(t *testing.T) {
	names := []string{"ab", "a_b", "a%b", `a\b`, "axb", "AB", "a*"}
	for _, c := range []struct {
		line     behaviour.Line
		part     string
		expected string
	}{
		{"2.5", "ab", "ab"},
		{"2.5", "a_b", `a%b a\b a_b axb`},
		{"2.5", "a%b", `a%b a\b a_b ab axb`},
		{"2.5", `a\_b`, "a_b"},
		{"2.5", `a\%`, "a%b"},
		{"2.0", `a\_b`, ""},
		{"2.0", `a\`, `a\b`},
		{"2.5", "b", `a%b a\b a_b ab axb`},
		{"2.5", "*", "a*"},
	} {
		d, _ := newDirectory(t, c.line)
		for _, name := range names {
			d.Apply(durable.Entry{Changes: []durable.Change{UserPut{User{Name: name}}}})
		}
		if found := strings.Join(d.UserNames(c.part), " "); found != c.expected {
			t.Errorf("line %s, %q: expected %s, found %s", c.line, c.part, c.expected, found)
		}
	}
	for pattern, expected := range map[string]string{"a_b": "a_b", "a*": `a%b a* a\b a_b ab axb`, "*b": `a%b a\b a_b ab axb`, "a%b": `a%b a\b a_b ab axb`, "ab": "ab", "a**b": `a%b a\b a_b ab axb`} {
		var found []string
		for _, name := range names {
			if looksLike(pattern, name) {
				found = append(found, name)
			}
		}
		if slices.Sort(found); strings.Join(found, " ") != expected {
			t.Errorf("%q: expected %s, found %v", pattern, expected, found)
		}
	}
}
