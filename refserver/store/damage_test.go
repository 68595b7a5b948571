package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// TestUnusableFilesAreRefused: with an error that names the file and says what to do, and the file stays as it is.
func TestUnusableFilesAreRefused(t *testing.T) {
	whole := dataFile(t, 50)
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		says []string
	}{
		"empty":         {holding(nil), []string{"is damaged", "it is empty", "restore it from a copy"}},
		"one byte":      {holding([]byte{1}), []string{"is damaged", "after 1 bytes"}},
		"text":          {holding([]byte(strings.Repeat("not a database\n", 1000))), []string{"is damaged", "expected the mark ed0cdaed"}},
		"zeros":         {holding(make([]byte, len(whole))), []string{"is damaged", "expected the mark"}},
		"cut at a page": {holding(whole[:len(whole)/pageSize/2*pageSize]), []string{"is damaged", "the rest was cut off"}},
		"cut in a page": {holding(whole[:len(whole)/2+7]), []string{"is damaged", "the rest was cut off"}},
		"first pages swapped": {holding(slices.Concat(whole[pageSize:2*pageSize], whole[:pageSize], whole[2*pageSize:])),
			[]string{"is damaged", "which has the other page"}},
		"last byte gone": {holding(whole[:len(whole)-1]), []string{"is damaged"}},
		"directory":      {func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }, []string{"expected a data file, found a d"}},
		"pipe":           {func(t *testing.T, path string) { must(t, syscall.Mkfifo(path, 0o600)) }, []string{"expected a data file, found a p"}},
		"newer format":   {about(whole, keyFormat, []byte{format + 1}), []string{fmt.Sprintf("has format [%d]", format+1), "use the newer version that wrote it"}},
		"other model":    {about(whole, keyModel, []byte("1.x")), []string{`lines of the model "1.x"`, `start a line of "1.x"`}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, File)
			c.make(t, path)
			before := contentOf(t, path)
			_, err := Open(dir, "2.x")
			if err == nil {
				t.Fatal("expected the file to be refused")
			}
			for _, part := range append(c.says, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("expected %q in the error, found: %v", part, err)
				}
			}
			if after := contentOf(t, path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestDirectoryMustBeWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if _, err := Open(file, "2.x"); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("expected a file in place of the directory to be refused by name, found: %v", err)
	}
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, File), dataFile(t, 1), 0))
	_, err := Open(dir, "2.x")
	readable := os.Geteuid() == 0 // to whom nothing is forbidden
	if !readable && (!errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), dir)) {
		t.Errorf("expected a file without permissions to be refused by name, found: %v", err)
	}
}

// TestOneProcessAtATime: a second one is told so.
func TestOneProcessAtATime(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	defer mustClose(t, s)
	if _, err := Open(dir, "2.x"); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("expected the data file to be locked, found: %v", err)
	}
}

// TestDamageIsFoundOrHarmless: whatever happens to some bytes or pages, the file is refused, or all that was written is there.
func TestDamageIsFoundOrHarmless(t *testing.T) {
	whole := dataFile(t, 60)
	expected := loadDamaged(t, whole)
	r := rand.New(rand.NewPCG(1, 2))
	rounds, found := 600, 0
	if testing.Short() {
		rounds = 150
	}
	for range rounds {
		kind := r.IntN(len(damages))
		damaged := damages[kind](r, append([]byte(nil), whole...))
		if after := loadDamaged(t, damaged); after == nil {
			found++
		} else if !reflect.DeepEqual(after, expected) {
			t.Fatalf("damage of kind %d in %d bytes went unseen and changed the state", kind, len(whole))
		}
	}
	t.Logf("%d of %d damages were found, the others did no harm", found, rounds)
	if found < rounds/4 {
		t.Errorf("expected most damage to be found, found %d of %d", found, rounds)
	}
}

// damages are what may happen to the content of a file.
var damages = []func(r *rand.Rand, content []byte) []byte{
	func(r *rand.Rand, content []byte) []byte { return content[:r.IntN(len(content))] },
	func(r *rand.Rand, content []byte) []byte { // a bit of the header of a page
		content[r.IntN(len(content)/pageSize)*pageSize+r.IntN(64)] ^= 1 << r.IntN(8)
		return content
	},
	func(r *rand.Rand, content []byte) []byte { // a bit
		content[r.IntN(len(content))] ^= 1 << r.IntN(8)
		return content
	},
	func(r *rand.Rand, content []byte) []byte { // some bytes
		at := r.IntN(len(content))
		for i := at; i < min(at+1+r.IntN(200), len(content)); i++ {
			content[i] = byte(r.Uint32())
		}
		return content
	},
	func(r *rand.Rand, content []byte) []byte { // two pages in each other's place
		one, other := pageIn(r, content), pageIn(r, content)
		kept := bytes.Clone(one)
		copy(one, other)
		copy(other, kept)
		return content
	},
	func(r *rand.Rand, content []byte) []byte { // a page over another one
		copy(pageIn(r, content), pageIn(r, content))
		return content
	},
	func(r *rand.Rand, content []byte) []byte { // a page that was never written, whole or in part
		clear(pageIn(r, content)[r.IntN(8)*512:])
		return content
	},
	func(r *rand.Rand, content []byte) []byte { // bytes that came twice
		at := r.IntN(len(content))
		return slices.Insert(content, at, content[at:min(at+1+r.IntN(2*pageSize), len(content))]...)
	},
}

func pageIn(r *rand.Rand, content []byte) []byte {
	at := r.IntN(len(content)/pageSize) * pageSize
	return content[at : at+pageSize]
}

// loadDamaged is what a file holds, nil when it is refused as damaged.
func loadDamaged(t *testing.T, content []byte) []durable.Change {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, File), content, 0o600))
	defer os.RemoveAll(dir)
	s, err := Open(dir, "2.x")
	var damage *DamageError
	if err != nil && !errors.As(err, &damage) {
		t.Fatalf("expected damage to be called so, found: %v", err)
	}
	if err != nil {
		return nil
	}
	defer s.Close()
	changes, err := s.Load()
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// dataFile is a file with some deleted values and many others, more than n of each domain.
func dataFile(t testing.TB, n int) []byte {
	t.Helper()
	dir := t.TempDir()
	s := mustOpen(t, dir)
	for i := range n {
		if i%10 == 0 {
			propose(t, s, persistent(100_000+i))
		}
		propose(t, s, persistent(i))
		propose(t, s, publication(i)...)
	}
	propose(t, s, naming.SwitchesPut{}, naming.ServicePut{Service: naming.ServiceKey{Name: "s"}, Metadata: naming.NoMetadata()})
	for i := 0; i < n; i += 10 {
		p := persistent(100_000 + i).(naming.PersistentPut)
		propose(t, s, naming.PersistentRemoved{Service: p.Service, IP: p.IP, Port: p.Port})
	}
	mustClose(t, s)
	path := filepath.Join(dir, File)
	content, err := os.ReadFile(path)
	must(t, err)
	one, err := readMeta(content)
	must(t, err)
	other, err := readMeta(content[pageSize:])
	must(t, err)
	return content[:max(one.pages, other.pages)*pageSize] // the file grows ahead of its use
}

// publication is a write of a configuration, and one of accounts. Contents are of all sizes: some fill many pages.
func publication(n int) []durable.Change {
	row := config.Config{
		Key: config.Key{Namespace: "n1", Group: "G", DataID: fmt.Sprint("d", n%50)}, ID: int64(n%50 + 1),
		Content: strings.Repeat(fmt.Sprint(n, " "), n*n*7%9000),
	}
	role := accounts.Role{Name: fmt.Sprint("role-", n%7), User: fmt.Sprint("user-", n%20)}
	return []durable.Change{
		config.Put{Config: row}, config.HistoryAdded{Row: config.History{NID: int64(n + 1), Key: row.Key, Content: row.Content, Op: config.OpUpdate}},
		config.GrayPut{Gray: config.Gray{Key: row.Key, Name: config.Beta, Content: row.Content}},
		accounts.UserPut{User: accounts.User{Name: role.User, Password: fmt.Sprint(n)}}, accounts.RolePut{Role: role},
		accounts.PermissionPut{Permission: accounts.Permission{Role: role.Name, Resource: fmt.Sprint(n), Action: "r"}},
	}
}

func holding(content []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.WriteFile(path, content, 0o600)) }
}

// about is a file with another entry about itself.
func about(content []byte, key, data []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		holding(content)(t, path)
		db, err := bolt.Open(path, 0o600, nil)
		must(t, err)
		must(t, db.Update(func(tx *bolt.Tx) error { return putAbout(tx, key, data) }))
		must(t, db.Close())
	}
}

// contentOf is the content of a file, nothing for what is no file.
func contentOf(t testing.TB, path string) []byte {
	info, err := os.Stat(path)
	must(t, err)
	if !info.Mode().IsRegular() {
		return nil
	}
	content, err := os.ReadFile(path)
	must(t, err)
	return content
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
