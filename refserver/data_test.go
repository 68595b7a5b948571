package refserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

// TestRestartKeepsWhatIsDurable: after many random writes, a new server on the directory shows what the old one showed,
// without what was ephemeral.
func TestRestartKeepsWhatIsDurable(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(5) {
				dir := t.TempDir()
				first := RunT(t, WithLine(line), WithData(dir))
				for n := range 2 {
					if err := first.current().accounts.CreateUser(fmt.Sprint("u", n), "password"); err != nil {
						t.Fatal(err)
					}
				}
				random := rand.New(rand.NewPCG(seed, 0))
				for range 80 {
					randomWrite(random, first.current().registry)
					randomPublication(random, first.current().configs)
					randomAccount(random, first.current().accounts)
				}
				before := durableState(first)
				if err := first.Close(); err != nil {
					t.Fatal(err)
				}
				second := RunT(t, WithLine(line), WithData(dir))
				if after := durableState(second); !reflect.DeepEqual(before, after) {
					t.Fatalf("seed %d: before\n%s\nafter\n%s", seed, strings.Join(before, "\n"), strings.Join(after, "\n"))
				}
				if err := second.Restart(); err != nil {
					t.Fatal(err)
				}
				if after := durableState(second); !reflect.DeepEqual(before, after) {
					t.Fatalf("seed %d: after Restart\n%s\nexpected\n%s", seed, strings.Join(after, "\n"), strings.Join(before, "\n"))
				}
			}
		})
	}
}

// randomWrite is a write of some kind to one of a few services, refused or not.
func randomWrite(random *rand.Rand, r *naming.Registry) {
	b := r.Behaviour()
	key := naming.ServiceKey{Namespace: "public", Group: "DEFAULT_GROUP", Name: fmt.Sprint("s", random.IntN(4))}
	in := naming.Instance{
		IP: fmt.Sprint("10.0.0.", random.IntN(5)), Port: 80, Cluster: string(rune('A' + random.IntN(2))),
		Weight: float64(random.IntN(3)), Healthy: random.IntN(2) == 0, Enabled: true, Metadata: map[string]string{"n": fmt.Sprint(random.IntN(100))},
	}
	m := naming.NoMetadata()
	m.ProtectThreshold, m.Metadata["m"] = random.Float32(), fmt.Sprint(random.IntN(100))
	persistent := random.IntN(4) > 0
	namespace := naming.Namespace{ID: fmt.Sprint("n", random.IntN(4)), Name: fmt.Sprint(random.IntN(100)), Description: &m.Selector.Type}
	switch random.IntN(15) {
	case 12:
		_, _ = r.CreateNamespace(namespace)
	case 13:
		_ = r.UpdateNamespace(namespace)
	case 14:
		_ = r.DeleteNamespace(namespace.ID)
	case 0:
		_ = r.CreateService(key, !persistent, m)
	case 1:
		_ = r.UpdateService(key, m)
	case 2:
		_ = r.DeleteService(key)
	case 3:
		c := naming.DefaultCluster()
		c.Checker.Type, c.CheckPort = "NONE", random.IntN(1000)
		_ = r.UpdateCluster(key, in.Cluster, c)
	case 4:
		if b.Metadata.Operational {
			_ = r.Update(key, in, !persistent)
		} else {
			_ = r.Modify(key, in, !persistent, naming.Attributes{})
		}
	case 5:
		_ = r.SetSwitch("healthCheckTimes", fmt.Sprint(random.IntN(100)), false)
	case 6, 7:
		_ = r.Deregister(key, in.IP, in.Port, in.Cluster, !persistent)
	default:
		_ = r.Register(key, in, !persistent, naming.Attributes{})
	}
}

// randomPublication is a write of some kind to one of a few configurations, refused or not.
func randomPublication(random *rand.Rand, c *config.Center) {
	key := config.Key{Namespace: fmt.Sprint("n", random.IntN(2)), Group: "G", DataID: fmt.Sprint("d", random.IntN(3))}
	by := config.Author{User: fmt.Sprint("u", random.IntN(3)), IP: "10.0.0.1"}
	content := fmt.Sprint(random.IntN(100))
	switch random.IntN(8) {
	case 0:
		_ = c.Remove(key, "", by)
	case 1:
		_ = c.StopBeta(key, by)
	case 2:
		_ = c.SetCapacity(config.CapacityKey{Tenant: key.Namespace}, config.CapacityLimits{Quota: new(random.IntN(1000))})
	case 3:
		_ = c.Publish(config.Publication{Key: key, Content: content, Author: by, BetaIPs: "10.0.0." + content})
	case 4:
		_ = c.Publish(config.Publication{Key: key, Content: content, Author: by, Tag: "blue"})
	default:
		_ = c.Publish(config.Publication{Key: key, Content: content, Author: by, Type: "json", Desc: &content, Tags: new("a," + content)})
	}
}

// randomAccount is a write of some kind about one of a few users, refused or not. Passwords take too long to be hashed here.
func randomAccount(random *rand.Rand, d *accounts.Directory) {
	user, role := fmt.Sprint("u", random.IntN(3)), fmt.Sprint("r", random.IntN(3))
	permission := accounts.Permission{Role: role, Resource: fmt.Sprint("n", random.IntN(4), ":*:*"), Action: "rw"}
	switch random.IntN(8) {
	case 0:
		_ = d.DeleteRole(role, user)
	case 1:
		_ = d.DeletePermission(permission)
	case 2, 3:
		_ = d.AddPermission(permission)
	case 4:
		_ = d.DeleteUser(user)
	default:
		_ = d.PutRole(role, user)
	}
}

// durableConfigs is what a center shows of what it must keep, as lines.
func durableConfigs(c *config.Center) (lines []string) {
	for _, row := range c.Configs(nil) {
		lines = append(lines, fmt.Sprintf("%+v %s", row, deref(row.Desc)))
	}
	for _, g := range c.Grays() {
		lines = append(lines, fmt.Sprintf("%+v", g))
	}
	for nid := int64(1); ; nid++ {
		row, known := c.HistoryRow(nid)
		if !known {
			break
		}
		lines = append(lines, fmt.Sprintf("%+v", row))
	}
	for n := range 2 {
		capacity, err := c.Capacity(config.CapacityKey{Tenant: fmt.Sprint("n", n)})
		lines = append(lines, fmt.Sprintf("%+v %v", capacity, err))
	}
	return lines
}

func deref(text *string) string {
	if text == nil {
		return "null"
	}
	return *text
}

// durableState is what a server shows of what it must keep, as lines.
func durableState(s *Server) (lines []string) {
	r := s.current().registry
	for n := range 4 {
		key := s.Key(fmt.Sprint("s", n))
		persistent := 0
		for _, p := range r.Publishers(key) {
			if strings.HasSuffix(p.Client, "#false") {
				persistent++
				lines = append(lines, fmt.Sprintf("%s %+v", p.Client, p))
			}
		}
		d, exists := r.Service(key)
		described := slices.ContainsFunc(s.Services(), func(st naming.ServiceState) bool { return st.Key == key && st.HasMetadata })
		if exists && (persistent > 0 || described) {
			kind := d.Ephemeral && s.b.Registration.ExclusiveKinds // elsewhere services have none
			lines = append(lines, fmt.Sprintf("%s ephemeral=%t %+v", key.Name, kind, d.Metadata))
		}
		for i := range 5 {
			for _, cluster := range []string{"A", "B"} {
				if o, ok := r.InstanceMetadata(key, naming.OverlayID(fmt.Sprint("10.0.0.", i), 80, cluster)); ok {
					lines = append(lines, fmt.Sprintf("%s %d %s %+v", key.Name, i, cluster, o))
				}
			}
		}
	}
	for _, n := range r.CreatedNamespaces() {
		lines = append(lines, n.ID+" "+n.Name+" "+*n.Description)
	}
	lines = append(lines, durableConfigs(s.current().configs)...)
	d := s.current().accounts
	lines = append(lines, fmt.Sprintf("%q %q %q", d.Users(), d.Roles(), d.Permissions()))
	return append(lines, fmt.Sprintf("%+v", r.Switches().CheckTimes))
}

// TestHistoryNumbersAreGivenOnce: also when no row is left that tells how far they came.
func TestHistoryNumbersAreGivenOnce(t *testing.T) {
	s := RunT(t, WithData(t.TempDir()))
	publish := func() {
		t.Helper()
		p := config.Publication{Key: config.Key{Group: "G", DataID: "d"}, Content: "x"}
		if err := s.current().configs.Publish(p); err != nil {
			t.Fatal(err)
		}
	}
	publish()
	publish()
	s.Advance(31 * 24 * time.Hour)
	if _, known := s.current().configs.HistoryRow(2); known {
		t.Fatal("expected the history to be cleaned")
	}
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	publish()
	if row, known := s.current().configs.HistoryRow(3); !known {
		t.Errorf("expected the third row to have the number 3, found %+v", row)
	}
}

// TestHealthAfterRestart: lines that write health as a registration have the last one again, others the registered one.
func TestHealthAfterRestart(t *testing.T) {
	for line, healthy := range map[behaviour.Line]bool{behaviour.Line14: true, behaviour.Line20: false, behaviour.Line25: false, behaviour.Line30: false} {
		t.Run(string(line), func(t *testing.T) {
			t.Parallel()
			refuses := func(context.Context, string, string) (net.Conn, error) { return nil, syscall.ECONNREFUSED }
			s := RunT(t, WithLine(line), WithData(t.TempDir()), WithDialer(refuses))
			key := s.Key("orders")
			in := naming.Instance{IP: "10.0.0.1", Port: 80, Weight: 1, Healthy: true, Enabled: true, Cluster: "DEFAULT"}
			if err := s.current().registry.Register(key, in, false, naming.Attributes{}); err != nil {
				t.Fatal(err)
			}
			beating := in
			beating.IP = "10.0.0.2"
			beaten := s.Key("beaten")
			if err := s.current().registry.Register(beaten, beating, true, naming.Attributes{}); err != nil {
				t.Fatal(err)
			}
			deadline := time.Now().Add(10 * time.Second)
			for s.Instances(key)[0].Healthy {
				if time.Now().After(deadline) {
					t.Fatal("the refused probes did not make the instance unhealthy")
				}
				s.Advance(time.Second)
			}
			if err := s.Restart(); err != nil {
				t.Fatal(err)
			}
			if found := s.Instances(key); len(found) != 1 || found[0].Healthy != healthy {
				t.Errorf("expected one instance with healthy=%t, found %+v", healthy, found)
			}
			if found := s.Instances(beaten); len(found) != 0 {
				t.Errorf("expected ephemeral instances to be gone, found %+v", found)
			}
		})
	}
}

// TestServiceOfKeptMetadataComesBack: without its ephemeral instance, whose operational metadata waits for it.
func TestServiceOfKeptMetadataComesBack(t *testing.T) {
	s := RunT(t, WithData(t.TempDir()))
	key, in := s.Key("orders"), naming.Instance{IP: "10.0.0.1", Port: 80, Weight: 1, Enabled: true, Cluster: "DEFAULT"}
	operated := in
	operated.Weight = 5
	r := s.current().registry
	if err := errors.Join(r.Register(key, in, true, naming.Attributes{}), r.Update(key, operated, true), s.Restart()); err != nil {
		t.Fatal(err)
	}
	if found := s.Services(); len(found) != 1 || !found[0].Ephemeral || found[0].Publishers != 0 {
		t.Errorf("expected the empty ephemeral service, found %+v", found)
	}
	r = s.current().registry
	if err := r.Register(key, in, true, naming.Attributes{}); err != nil {
		t.Fatal(err)
	}
	s.Advance(time.Second)
	if found, err := r.Find(key, "DEFAULT", in.IP, in.Port); err != nil || found.Weight != 5 {
		t.Errorf("expected the weight that operators set, found %+v, %v", found, err)
	}
}

// TestDebugSwitchesEndWithTheServer: a switch that is set for debugging is not kept.
func TestDebugSwitchesEndWithTheServer(t *testing.T) {
	s := RunT(t, WithData(t.TempDir()))
	for entry, debug := range map[string]bool{"healthCheckTimes": true, "clientBeatInterval": false} {
		if err := s.current().registry.SetSwitch(entry, "7777", debug); err != nil {
			t.Fatal(err)
		}
	}
	if now := s.current().registry.Switches(); now.CheckTimes != 7777 {
		t.Errorf("expected the switch to be in force, found %d", now.CheckTimes)
	}
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	if now := s.current().registry.Switches(); now.ClientBeatInterval != 7777 {
		t.Errorf("expected the kept switch to be 7777, found %d", now.ClientBeatInterval)
	}
}

// TestStartRefusesUnusableData: with a DataError, and the ports are free again.
func TestStartRefusesUnusableData(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.File), []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := New(WithData(dir))
	if err != nil {
		t.Fatal(err)
	}
	var problem *DataError
	if err := s.Start(t.Context()); !errors.As(err, &problem) || !strings.Contains(err.Error(), store.File+" is damaged") {
		t.Errorf("expected the damaged file to be named, found %v", err)
	}
	if l, err := net.Listen("tcp", s.Addr()); err != nil {
		t.Errorf("expected the port to be free again: %v", err)
	} else {
		l.Close()
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// BenchmarkStartWithData measures, in milliseconds, from New to the first answer of a server with 100,000 persistent
// instances in 10,000 services on disk.
func BenchmarkStartWithData(b *testing.B) {
	dir := b.TempDir()
	fill(b, dir, 100_000)
	var took time.Duration
	for b.Loop() {
		begin := time.Now()
		s, err := New(WithData(dir))
		if err == nil {
			err = s.Start(b.Context())
		}
		if err != nil {
			b.Fatal(err)
		}
		answer, err := http.Get(s.URL() + "/v1/ns/instance/list?serviceName=service-9999")
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		took += time.Since(begin)
		if n := strings.Count(string(body), `"ip"`); err != nil || n != 10 {
			b.Fatalf("expected 10 instances, found %d: %v", n, err)
		}
		answer.Body.Close()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(took.Milliseconds())/float64(b.N), "ms")
	b.ReportMetric(1500, "max:ms") // as reportAtMost does
}

// fill keeps n persistent instances in a directory, ten to a service.
func fill(b *testing.B, dir string, n int) {
	b.Helper()
	line := RunT(b).Behaviour()
	kept, err := store.Open(dir, line.Durable.Model)
	if err != nil {
		b.Fatal(err)
	}
	log := kept.Log(func(durable.Entry) {})
	var changes []durable.Change
	for i := range n {
		in := naming.Instance{IP: fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255), Port: 80, Weight: 1, Healthy: true, Enabled: true, Cluster: "DEFAULT"}
		key := naming.ServiceKey{Namespace: line.Registration.DefaultNamespace, Group: line.Registration.DefaultGroup, Name: fmt.Sprint("service-", i/10)}
		changes = append(changes, naming.PersistentPut{Service: key, IP: in.IP, Port: in.Port, Instances: []naming.Instance{in}})
	}
	for part := range slices.Chunk(changes, 5000) {
		if err := log.Propose(durable.Entry{Changes: part}); err != nil {
			b.Fatal(err)
		}
	}
	if err := kept.Close(); err != nil {
		b.Fatal(err)
	}
}
