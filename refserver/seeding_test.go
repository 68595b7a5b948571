package refserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/seed"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

func dump(t *testing.T, s *Server) string {
	t.Helper()
	var out strings.Builder
	if err := s.Dump(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func parsed(t *testing.T, text string) Seed {
	t.Helper()
	s, err := seed.Parse("data.yaml", []byte(text), nil)
	if err != nil {
		t.Fatalf("%v in\n%.3000s", err, text)
	}
	return s
}

// anyState is what a server shows of its state, without what servers make of it themselves, as lines.
func anyState(s *Server) (lines []string) {
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, n := range s.Namespaces() {
		add("%s %q %s", n.ID, n.Name, deref(n.Description))
	}
	for _, k := range s.current().registry.KeptServices() {
		if m := k.Metadata; m != nil {
			for name, c := range m.Clusters {
				c.InstancePort = 0 // shown on line 1.4, where the first write of a cluster sets it for good
				m.Clusters[name] = c
			}
			add("%+v", *m)
		}
		add("%v %t %+v %+v", k.Key, k.Ephemeral, k.Persistent, k.Overlays)
	}
	for _, c := range s.Configs() {
		about := deref(c.Desc) + deref(c.Use) + deref(c.Effect) + deref(c.Schema)
		add("%v %q %q %q %q %q %q", c.Key, c.Content, c.Type, c.App, c.EncryptedDataKey, c.Tags, about)
	}
	for _, g := range s.GrayConfigs() {
		add("%v %q %+v %q %q", g.Key, g.Name, g.Rule, g.Content, g.App)
	}
	for _, c := range s.current().configs.Capacities() {
		c.ID = 0
		add("%+v", c)
	}
	switches, err := json.Marshal(s.current().registry.Switches())
	add("%s %v", switches, err)
	add("%+v %+v %+v", s.Users(), s.Roles(), s.Permissions())
	return lines
}

// TestDumpAndSeedAgain: after many random writes on every line, a server that starts with the dump shows the same state, and
// dumps the same.
func TestDumpAndSeedAgain(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			t.Parallel()
			for n := range uint64(5) {
				first := RunT(t, WithLine(line), WithDialer(unreachable))
				random := rand.New(rand.NewPCG(n, 7))
				for range 150 {
					randomWrite(random, first.current().registry)
					randomPublication(random, first.current().configs)
				}
				err := errors.Join(first.PutUser("alice", "secret", "reader"), first.PutPermission(accounts.Permission{Role: "reader", Resource: ":*:*", Action: "r"}))
				if err != nil {
					t.Fatal(err)
				}
				before, text := anyState(first), dump(t, first)
				second := RunT(t, WithLine(line), WithSeed(parsed(t, text)), WithDialer(unreachable))
				if after := anyState(second); !reflect.DeepEqual(before, after) {
					t.Fatalf("%d: before\n%s\nafter\n%s\nwith\n%s", n, strings.Join(before, "\n"), strings.Join(after, "\n"), text)
				}
				if again := dump(t, second); again != text {
					t.Fatalf("%d: expected the same dump\n%s\nfound\n%s", n, text, again)
				}
			}
		})
	}
}

// TestOddContentsComeBack: whatever characters a content has.
func TestOddContentsComeBack(t *testing.T) {
	odd := []string{
		"", " ", "\n", "a\r\nb\r\n", "  leading\n  both\n", "trailing \n", "tab\t\n\tx", "\x00\x01\x1b\x7f", "\u0085\u2028\ufeff", "世界 😀\n", "\xff\xfe binary",
		"---\n...\n", "# comment", "a: &b *c\n", strings.Repeat("0123456789abcde\n", 1<<16), strings.Repeat("x\r", 1<<19), "null", "''", `""`,
	}
	var s Seed
	for i, content := range odd {
		s.Configs = append(s.Configs, seed.Config{DataID: fmt.Sprint("d", i), Content: content})
	}
	second := RunT(t, WithSeed(parsed(t, dump(t, RunT(t, WithSeed(s))))))
	found := second.Configs()
	for i, content := range odd {
		if len(found) != len(odd) || found[i].Content != content || found[i].MD5 != config.MD5(content) {
			t.Errorf("expected %.60q, found %.60q", content, found[i].Content)
		}
	}
}

const smallSeed = `
namespaces:
  - id: dev
    name: Development
services:
  - name: orders
    clusters:
      - name: DEFAULT
        checker: {type: NONE}
    instances:
      - {ip: 10.0.0.1, port: 8080, metadata: {version: "1.0"}}
  - name: web
    ephemeral: true
    instances:
      - {ip: 10.0.0.2, port: 80}
configs:
  - dataId: app.yaml
    type: yaml
    tags: [a, b]
    content: "a: 1"
  - dataId: app.yaml
    beta: 10.9.9.9
    content: "a: 2"
  - namespace: dev
    dataId: app.yaml
    content: "a: 3"
users:
  - {name: alice, password: secret}
  - {name: bob, passwordHash: $2a$10$EuWPZHzz32dJN7jexM34MOeYirDdFAZm2kuWj7VEOJhhZkDrxfvUu}
roles:
  - {role: reader, user: alice}
permissions:
  - {role: reader, resource: "public:*:*", action: r}
capacities:
  - {namespace: dev, quota: 5}
switches:
  - {entry: healthCheckTimes, value: "5"}
`

// kept is what a data directory holds, as text.
func kept(t *testing.T, dir, model string) string {
	t.Helper()
	file, err := store.Open(dir, model)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	changes, err := file.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range changes {
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%T %s\n", c, text)
	}
	return b.String()
}

// TestSeedOverData: the second start with a seed writes nothing; a changed seed wins over the data, and what it does not
// name stays.
func TestSeedOverData(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			start := func(text string, more ...Option) *Server {
				return RunT(t, append(more, WithLine(line), WithData(dir), WithSeed(parsed(t, text)), WithDialer(unreachable))...)
			}
			end := func(s *Server) string {
				t.Helper()
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				return kept(t, dir, s.b.Durable.Model)
			}
			first := start(smallSeed)
			web := first.Key("web")
			if in := first.Instances(web); len(in) != 1 || !in[0].Healthy {
				t.Errorf("expected the ephemeral instance, found %+v", in)
			}
			if first.Advance(40 * time.Second); len(first.Instances(web)) != 0 {
				t.Errorf("expected it to expire without beats")
			}
			before := end(first)
			file := filepath.Join(dir, store.File)
			old, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			second := start(smallSeed)
			if in := second.Instances(web); len(in) != 1 {
				t.Errorf("expected the ephemeral instance again, found %+v", in)
			}
			if err := second.Restart(); err != nil {
				t.Fatal(err)
			}
			if after := end(second); after != before {
				t.Errorf("expected the second start to change nothing, found\n%s\nbefore\n%s", after, before)
			}
			if now, err := os.ReadFile(file); err != nil || string(now) != string(old) {
				t.Errorf("expected the second start to write nothing: %v", err)
			}
			third := start(strings.ReplaceAll(smallSeed, `"a: 1"`, `"a: 10"`))
			if err := third.PutConfig(config.Publication{Key: third.ConfigKey("mine"), Content: "x"}); err != nil {
				t.Fatal(err)
			}
			if err := third.PutConfig(config.Publication{Key: third.ConfigKey("app.yaml"), Content: "edited"}); err != nil {
				t.Fatal(err)
			}
			end(third)
			fourth := start(smallSeed)
			contents := map[string]string{}
			for _, c := range fourth.Configs() {
				contents[c.Namespace+"/"+c.DataID] = c.Content
			}
			namespace := fourth.b.Config.DefaultNamespace
			if !reflect.DeepEqual(contents, map[string]string{namespace + "/app.yaml": "a: 1", namespace + "/mine": "x", "dev/app.yaml": "a: 3"}) {
				t.Errorf("expected the seed to win and the rest to stay, found %v", contents)
			}
		})
	}
}

// TestSeedAsAWholeOrNotAtAll: one item that the line refuses keeps all others out of the data directory too.
func TestSeedAsAWholeOrNotAtAll(t *testing.T) {
	for name, c := range map[string]struct{ more, says string }{
		"illegal name":       {"permissions: []\n", "data.yaml:3: configs[1]: expected what a client of this line can write, it is refused with \"invalid dataId : a b\": correct it"},
		"contradiction":      {"services:\n  - name: s\n    instances: [{ip: 10.0.0.1, port: 80}, {ip: 10.0.0.1, port: 80, cluster: B}]\n", "services[0].instances[0]: expected it to be as written once all was applied"},
		"other kind":         {"services:\n  - name: s\n  - {name: s, group: DEFAULT_GROUP, namespace: public, ephemeral: true, instances: [{ip: 10.0.0.1, port: 80}]}\n", "is persistent service, can't register ephemeral instance"},
		"unknown type":       {"users: []\n", `expected one of the types properties, xml`},
		"reserved namespace": {"namespaces: [{id: a b, name: x}]\n", "namespaceId [a b] mismatch the pattern"},
		"unknown switch":     {"switches: [{entry: none, value: x}]\n", `expected one of the switches autoChange`},
		"wrong switch":       {"switches: [{entry: clientBeatInterval, value: x}]\n", `For input string: \"x\"`},
		"selector":           {"services: [{name: s, selector: {type: label, expression: x}}]\n", "expected terms such as CONSUMER.label.x"},
	} {
		t.Run(name, func(t *testing.T) {
			configs := "configs:\n  - {dataId: good, content: x}\n"
			switch name {
			case "illegal name":
				configs += "  - {dataId: a b, content: x}\n"
			case "unknown type":
				configs += "  - {dataId: b, content: x, type: yml}\n"
			}
			dir := t.TempDir()
			s, err := New(WithData(dir), WithSeed(parsed(t, configs+c.more)))
			if err != nil {
				t.Fatal(err)
			}
			var problem *SeedError
			if err := s.Start(t.Context()); !errors.As(err, &problem) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("expected a refusal with %q, found %v", c.says, err)
			}
			if left := kept(t, dir, s.b.Durable.Model); left != "" {
				t.Errorf("expected nothing to be kept, found\n%s", left)
			}
		})
	}
}

// TestAuthenticationOutweighsTheSeed: the administrator that options name has the password that they give.
func TestAuthenticationOutweighsTheSeed(t *testing.T) {
	s := RunT(t, WithData(t.TempDir()), WithAuthentication(AuthenticationFor("right")), WithSeed(Seed{
		Users: []seed.User{{Name: "nacos", Password: "wrong"}, {Name: "alice", Password: "secret"}},
	}))
	d := s.current().accounts
	for user, password := range map[string]string{"nacos": "right", "alice": "secret"} {
		if _, err := d.Authenticate(accounts.Credentials{User: user, Password: password}); err != nil {
			t.Errorf("expected %s to come in with %s: %v", user, password, err)
		}
	}
}

// TestSeedsAreServedAtOnce: and come back with each Restart of a server without data directory.
func TestSeedsAreServedAtOnce(t *testing.T) {
	s := RunT(t, WithSeed(parsed(t, smallSeed)), WithDialer(unreachable))
	for range 2 {
		q := config.Query{Key: s.ConfigKey("app.yaml")}
		if a, err := s.current().configs.Query(q); err != nil || a.Content != "a: 1" || a.Type != "yaml" {
			t.Errorf("expected the configuration, found %+v, %v", a, err)
		}
		q.IP = "10.9.9.9"
		if a, err := s.current().configs.Query(q); err != nil || !a.Beta || a.Content != "a: 2" {
			t.Errorf("expected the beta, found %+v, %v", a, err)
		}
		if found := s.Instances(s.Key("orders")); len(found) != 1 || !found[0].Healthy || found[0].Metadata["version"] != "1.0" {
			t.Errorf("expected the instance, found %+v", found)
		}
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
	}
}

// unreachable is a network in which nobody answers.
func unreachable(context.Context, string, string) (net.Conn, error) { return nil, syscall.EHOSTUNREACH }
