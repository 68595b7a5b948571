package store

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// TestLoadGivesBackWhatWasWritten: every kind of change, with names and numbers that encodings like to lose.
func TestLoadGivesBackWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	odd := naming.ServiceKey{Namespace: "", Group: "a\x00b", Name: "\xff ünïcode " + string(make([]byte, 70_000))}
	plain := naming.ServiceKey{Namespace: "public", Group: "DEFAULT_GROUP", Name: "orders"}
	password := ""
	cluster := naming.Cluster{
		Checker: naming.Checker{Type: "MYSQL", Command: &password}, CheckPort: 3306, Metadata: map[string]string{"k": "v"},
	}
	configKey := config.Key{Namespace: "n1", Group: "a\x00b", DataID: "d"}
	written := []durable.Change{
		naming.NamespacePut{Namespace: naming.Namespace{ID: "n2", Name: "two", Description: &password}},
		naming.NamespacePut{Namespace: naming.Namespace{ID: "n1"}},
		naming.SwitchesPut{Switches: naming.Switches{CheckTimes: 7, LimitedURLMap: map[string]int{"/x": 503}, OverriddenStatus: &password}},
		naming.ServicePut{Service: plain, Metadata: naming.ServiceMetadata{
			ProtectThreshold: 0.3, Metadata: map[string]string{"a": "1", "": ""}, Selector: naming.Selector{Type: "label", Labels: []string{"x"}},
			Clusters: map[string]naming.Cluster{"DEFAULT": cluster},
		}},
		naming.ServicePut{Service: odd, Ephemeral: true, Metadata: naming.NoMetadata()},
		naming.PersistentPut{Service: plain, IP: "10.0.0.2", Port: 80, Instances: []naming.Instance{
			{IP: "10.0.0.2", Port: 80, Weight: 0.1, Healthy: true, Enabled: true, Cluster: "DEFAULT", Metadata: map[string]string{}, Nulls: []string{"n"}},
			{ID: "x", IP: "10.0.0.2", Port: 80, Weight: math.MaxFloat64, Cluster: "B", Metadata: map[string]string{"k": "\xfe"}},
		}},
		naming.PersistentPut{Service: plain, IP: "10.0.0.1", Port: 80, Instances: []naming.Instance{{IP: "10.0.0.1", Port: 80}}},
		naming.InstanceMetadataPut{Service: odd, ID: "10.0.0.1:80:X", Overlay: naming.Overlay{Weight: math.Inf(1), Metadata: map[string]string{}}},
		config.Put{Config: config.Config{
			Key: configKey, ID: 1 << 60, Content: "\xff\r\n", MD5: "x", Desc: &password, Tags: []string{"a", ""}, Modified: 1795254782332,
		}},
		config.GrayPut{Gray: config.Gray{Key: configKey, Name: config.Beta, Rule: config.Rule{Type: "beta", Expr: "10.0.0.1", Priority: 1<<31 - 1}}},
		config.HistoryAdded{Row: config.History{NID: 7, Key: configKey, Op: config.OpInsert, Author: config.Author{User: "u", IP: "10.0.0.1"}}},
		config.HistoryAdded{Row: config.History{NID: 8, Key: configKey, Op: config.OpDelete}},
		config.HistoryNumbered{NID: 1 << 40},
		config.CapacityPut{Capacity: config.Capacity{CapacityKey: config.CapacityKey{Tenant: "n1"}, ID: 1, Quota: 5}},
		accounts.UserPut{User: accounts.User{Name: "zoe", Password: "hash"}},
		accounts.UserPut{User: accounts.User{Name: "\xff\x00", Password: ""}},
		accounts.RolePut{Role: accounts.Role{Name: "", User: "zoe"}},
		accounts.PermissionPut{Permission: accounts.Permission{Role: "r", Resource: "a:*:*\x00", Action: "no action"}},
	}
	if expected := len(kinds); len(kindsOf(written)) != expected {
		t.Errorf("expected all %d kinds of values to be tested, found %d", expected, len(kindsOf(written)))
	}
	s := mustOpen(t, dir)
	propose(t, s, written...)
	// What is removed is gone, what is put again keeps its place.
	propose(t, s, naming.PersistentPut{Service: odd, IP: "10.0.0.9"}, naming.NamespacePut{Namespace: naming.Namespace{ID: "n3"}}, written[5])
	propose(t, s, naming.PersistentRemoved{Service: odd, IP: "10.0.0.9"}, naming.NamespaceRemoved{ID: "n3"}, naming.ServiceRemoved{Service: naming.ServiceKey{Name: "never"}},
		config.Removed{}, config.GrayRemoved{Key: configKey, Name: "tag_x"}, config.HistoryRemoved{NID: 9},
		accounts.UserRemoved{Name: "nobody"}, accounts.RoleRemoved{}, accounts.PermissionRemoved{})
	expectLoaded(t, s, written)
	mustClose(t, s)
	again := mustOpen(t, dir)
	defer mustClose(t, again)
	expectLoaded(t, again, written)
}

func kindsOf(changes []durable.Change) map[reflect.Type]bool {
	found := map[reflect.Type]bool{}
	for _, c := range changes {
		found[reflect.TypeOf(c)] = true
	}
	return found
}

// TestConcurrentWritesShareTransactions: and take effect once each, in the order of the file.
func TestConcurrentWritesShareTransactions(t *testing.T) {
	const writers, each = 32, 20
	s := mustOpen(t, t.TempDir())
	defer mustClose(t, s)
	before := s.generation()
	var applied []durable.Change
	log := s.Log(func(e durable.Entry) { applied = append(applied, e.Changes...) }) // the store applies one by one
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				if err := log.Propose(durable.Entry{Changes: []durable.Change{persistent(w*each + n)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	expectLoaded(t, s, applied)
	if n := len(applied); n != writers*each {
		t.Errorf("expected %d changes to take effect, found %d", writers*each, n)
	}
	if n := s.generation() - before; n > writers*each/2 {
		t.Errorf("expected concurrent writes to share transactions, found %d transactions for %d writes", n, writers*each)
	}
}

// TestRefusedWriteIsNotApplied: when the disk is full, the write is refused as a whole, and the next that fits is kept.
func TestRefusedWriteIsNotApplied(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	defer mustClose(t, s)
	propose(t, s, persistent(1))
	s.db.MaxSize = 1 << 16
	var big []durable.Change
	for n := range 10_000 {
		big = append(big, persistent(n))
	}
	log := s.Log(func(durable.Entry) { t.Error("a refused write took effect") })
	if err := log.Propose(durable.Entry{Changes: big}); err == nil {
		t.Fatal("expected a write beyond the largest size of the file to be refused")
	}
	propose(t, s, persistent(2))
	expectLoaded(t, s, []durable.Change{persistent(1), persistent(2)})
}

func TestClosedStoreRefuses(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustClose(t, s)
	mustClose(t, s)
	if err := s.Log(nil).Propose(durable.Entry{Changes: []durable.Change{persistent(1)}}); !errors.Is(err, ErrClosed) {
		t.Errorf("expected %v, found %v", ErrClosed, err)
	}
}

// BenchmarkLoad opens, examines and reads a file of 100,000 persistent instances in 10,000 services.
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	s := mustOpen(b, dir)
	var all []durable.Change
	for n := range 100_000 {
		all = append(all, persistent(n))
	}
	for part := range slices.Chunk(all, 10_000) {
		propose(b, s, part...)
	}
	mustClose(b, s)
	for b.Loop() {
		s := mustOpen(b, dir)
		loaded, err := s.Load()
		if err != nil || len(loaded) != len(all) {
			b.Fatalf("expected %d changes, found %d: %v", len(all), len(loaded), err)
		}
		mustClose(b, s)
	}
}

// BenchmarkPropose is one durable write; run it with -cpu 1,64 to see how many share the disk.
func BenchmarkPropose(b *testing.B) {
	s := mustOpen(b, b.TempDir())
	defer mustClose(b, s)
	log := s.Log(func(durable.Entry) {})
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for n := 0; pb.Next(); n++ {
			if err := log.Propose(durable.Entry{Changes: []durable.Change{persistent(n)}}); err != nil {
				b.Error(err)
			}
		}
	})
}

// persistent is the n-th of many persistent instances, ten to a service.
func persistent(n int) durable.Change {
	ip := fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)
	return naming.PersistentPut{
		Service: naming.ServiceKey{Namespace: "public", Group: "DEFAULT_GROUP", Name: fmt.Sprintf("service-%d", n/10)}, IP: ip, Port: 8080,
		Instances: []naming.Instance{{
			ID: ip + "#8080#DEFAULT#DEFAULT_GROUP@@service", IP: ip, Port: 8080, Weight: 1, Healthy: true, Enabled: true, Cluster: "DEFAULT",
			Metadata: map[string]string{"version": "1.2.3", "zone": "a"},
		}},
	}
}

func mustOpen(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, "2.x")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustClose(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func propose(t testing.TB, s *Store, changes ...durable.Change) {
	t.Helper()
	applied := 0
	log := s.Log(func(durable.Entry) { applied++ })
	if err := log.Propose(durable.Entry{Time: time.Now(), Changes: changes}); err != nil {
		t.Fatal(err)
	}
	if applied != 1 {
		t.Fatalf("expected the entry to take effect once, found %d times", applied)
	}
}

func expectLoaded(t testing.TB, s *Store, expected []durable.Change) {
	t.Helper()
	found, err := s.Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != len(expected) {
		t.Fatalf("expected %d changes, found %d", len(expected), len(found))
	}
	for i := range expected {
		if !reflect.DeepEqual(found[i], expected[i]) {
			t.Fatalf("change %d: expected\n%+v\nfound\n%+v", i, expected[i], found[i])
		}
	}
}
