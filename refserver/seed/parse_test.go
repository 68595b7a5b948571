package seed

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestMistakesAreNamed: each with its line, what was expected, what was found and what to do.
func TestMistakesAreNamed(t *testing.T) {
	config := func(more string) string { return "configs:\n  - dataId: a\n    content: x\n" + more }
	service := func(more string) string { return "services:\n  - name: s\n" + more }
	for _, c := range []struct{ yaml, says string }{
		{"", "data.yaml:1: expected lists such as namespaces, services, configs and users, the file is empty: add some"},
		{"# nothing\n", "data.yaml:1: expected lists"},
		{"hello", `data.yaml:1: expected keys with values, found the text "hello"`},
		{"- a", "data.yaml:1: expected keys with values, found a list"},
		{"configs: {}", "data.yaml:1: configs: expected a list, found keys with values: begin each item with -"},
		{"configs:\n", "data.yaml:1: configs: expected a list, found nothing"},
		{"configs: []\n---\nusers: []\n", "data.yaml:2: expected one document, found a second one"},
		{"config: []", `data.yaml:1: expected one of the keys capacities, configs, namespaces, permissions, roles, services, switches, users, found "config": correct it`},
		{"configs: [", "data.yaml:1: expected YAML, found a mistake"},
		{"configs:\n\t- a", "data.yaml:2: expected YAML, found a mistake"},
		{"a\nb: \xff", "data.yaml:2: expected UTF-8, found other bytes"},
		{config("    dataid: b\n"), `data.yaml:4: configs[0]: expected one of the keys`},
		{config("    content: y\n"), `data.yaml:4: configs[0]: expected the key "content" once, found it again after line 3: take one out`},
		{config("    type: 5\n"), "data.yaml:4: configs[0].type: expected a text, found the number 5: put it in quotes"},
		{config("    tags: a,b\n"), `data.yaml:4: configs[0].tags: expected a list, found the text "a,b"`},
		{config("    desc:\n"), "data.yaml:4: configs[0].desc: expected a text, found nothing: put it in quotes"},
		{config("    desc: true\n"), "expected a text, found the truth value true"},
		{config("    desc: [a]\n"), "expected a text, found a list"},
		{config("    desc: !!binary x\n"), "expected base64 after !!binary"},
		{config("    desc: !!str x\n"), "found the tag !!str"},
		{config("    desc: &a x\n"), "data.yaml:4: configs[0].desc: expected a value, found an anchor"},
		{config("    desc: *a\n"), "data.yaml:4:"},
		{config("  - dataId: a\n    content: y\n"), `data.yaml:4: configs[1]: expected configuration "" "DEFAULT_GROUP" "a" "" "" once, found it again after data.yaml:2: configs[0]: take one out`},
		{config("  - dataId: a\n    group: DEFAULT_GROUP\n    content: y\n"), "found it again after data.yaml:2: configs[0]"},
		{config("    file: x\n"), "data.yaml:2: configs[0]: expected content or file, found both: take one out"},
		{"configs:\n  - dataId: a\n", `data.yaml:2: configs[0]: expected the key "content" or "file", found neither: add one`},
		{"configs:\n  - content: a\n", `data.yaml:2: configs[0]: expected the key "dataId", found none: add it`},
		{"configs:\n  - dataId: ' '\n    content: a\n", `data.yaml:2: configs[0]: expected dataId to have a value, found " ": name it`},
		{"configs:\n  - dataId: a\n    file: ../secret\n", `expected a file in the directory of the seed or below, such as configs/app.yaml, found "../secret"`},
		{"configs:\n  - dataId: a\n    file: /etc/passwd\n", `found "/etc/passwd"`},
		{"configs:\n  - dataId: a\n    file: none.yaml\n", "data.yaml:2: configs[0]: expected a file beside the seed that can be read: open none.yaml: file does not exist"},
		{config("    beta: 10.0.0.1\n    tag: blue\n"), "expected beta or tag, found both: make two entries of it"},
		{config("    tag: blue\n    type: yaml\n"), "expected nothing but content and appName of a variant for some readers, found type"},
		{config("    tags: ['a,b']\n"), `expected tags without commas, none of them empty at the end, found "a,b"`},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: '80'\n"), `data.yaml:5: services[0].instances[0].port: expected a whole number, found the text "80"`},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 80.5\n"), "expected a whole number, found the number 80.5"},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 99999999999999999999\n"), "expected a whole number"},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 70000\n"), "data.yaml:4: services[0].instances[0]: expected port from 0 to 65535, found 70000: correct it"},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 80\n        weight: -1\n"), "expected weight from 0 to 10000, found -1"},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 80\n      - ip: 10.0.0.1\n        port: 80\n        cluster: DEFAULT\n"), "data.yaml:6: services[0].instances[1]: expected instance"},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 80\n        metadata: {version: 1.0}\n"), "services[0].instances[0].metadata.version: expected a text, found the number 1.0: put it in quotes"},
		{service("    instances:\n      - ip: 10.0.0.1\n        port: 80\n        metadata: {1: a}\n"), "expected a text as key, found the number 1"},
		{service("    ephemeral: yes please\n"), `expected true or false, found the text "yes please"`},
		{service("    protectThreshold: 2\n"), "expected protectThreshold from 0 to 1, found 2"},
		{service("    protectThreshold: .nan\n"), "expected protectThreshold from 0 to 1, found none"},
		{service("    selector: {type: labels}\n"), `expected selector.type to be one of none, label, found "labels"`},
		{service("    clusters:\n      - name: A\n"), `data.yaml:4: services[0].clusters[0]: expected the key "checker", found none: add it`},
		{service("    clusters:\n      - name: A\n        checker: {type: ICMP}\n"), "expected checker.type to be one of TCP, HTTP, MYSQL, NONE"},
		{service("  - name: s\n"), "data.yaml:3: services[1]: expected service"},
		{"namespaces:\n  - id: dev\n    name: a\n  - id: dev\n    name: b\n", `data.yaml:4: namespaces[1]: expected namespace "dev" once`},
		{"users:\n  - name: a\n", "data.yaml:2: users[0]: expected one of password and passwordHash: leave one of them"},
		{"users:\n  - {name: a, password: b, passwordHash: c}\n", "expected one of password and passwordHash"},
		{"users:\n  - {name: a, passwordHash: c}\n", "expected passwordHash to be a bcrypt hash such as $2a$10$…"},
		{"users:\n  - {name: a, password: b}\n  - {name: a, password: c}\n", `data.yaml:3: users[1]: expected user "a" once`},
		{"roles:\n  - {role: a}\n", `expected the key "user", found none`},
		{"permissions:\n  - {role: a, resource: 'p:*:*', action: read}\n", `expected action to be one of r, w, rw, found "read"`},
		{"permissions:\n  - {role: a, resource: 'p:(', action: r}\n", "expected resource to be a pattern such as dev:*:*"},
		{"capacities: [{namespace: a, group: b}]\n", "capacities[0]: expected namespace or group, found both"},
		{"capacities: [{quota: -1}]\n", "expected quota from 0, found -1"},
		{"capacities: [{namespace: a}, {namespace: a}]\n", `expected capacity "a" "" once`},
		{"switches: [{entry: a, value: b}, {entry: a, value: c}]\n", `expected switch "a" "" once`},
		{"switches: [{entry: check, value: true}]\n", "switches[0].value: expected a text, found the truth value true: put it in quotes"},
	} {
		s, err := Parse("data.yaml", []byte(c.yaml), fstest.MapFS{})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: expected %q, found %v", c.yaml, c.says, err)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "data.yaml:") {
			t.Errorf("%q: expected file and line first, found %v", c.yaml, err)
		}
		if err == nil {
			t.Logf("%+v", s)
		}
	}
}

// TestAllMistakesAreNamed: in the order of their lines.
func TestAllMistakesAreNamed(t *testing.T) {
	_, err := Parse("d", []byte("configs:\n  - dataId: 1\n    content: x\n    tpye: a\nusers: 5\nroles:\n  - {}\n"), nil)
	var lines []string
	for line := range strings.Lines(err.Error()) {
		lines = append(lines, line[:3])
	}
	if found := strings.Join(lines, " "); found != "d:2 d:4 d:5 d:7 d:7" {
		t.Errorf("expected a line for each mistake, found %s in\n%v", found, err)
	}
}

// TestContentsFromFiles: as they are, from beside the seed and below, and from nowhere else.
func TestContentsFromFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("secret", "s")
	write("seeds/data.yaml", "\ufeffconfigs:\r\n  - dataId: app\r\n    file: configs/app.yaml\r\n")
	write("seeds/configs/app.yaml", "a: 1\r\n \x00\xff")
	s, err := Read(filepath.Join(dir, "seeds/data.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if found := s.Configs[0]; found.DataID != "app" || found.Content != "a: 1\r\n \x00\xff" {
		t.Errorf("expected the file as it is, found %+v", found)
	}
	if err := os.Symlink(filepath.Join(dir, "secret"), filepath.Join(dir, "seeds/link")); err != nil {
		t.Fatal(err)
	}
	write("seeds/data.yaml", "configs:\n  - dataId: app\n    file: link\n")
	if _, err := Read(filepath.Join(dir, "seeds/data.yaml")); err == nil || !strings.Contains(err.Error(), "data.yaml:2: configs[0]: expected a file beside the seed") {
		t.Errorf("expected a link to elsewhere to be refused, found %v", err)
	}
	if _, err := Read(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "expected a seed that can be read: open") {
		t.Errorf("expected the missing file to be named, found %v", err)
	}
}
