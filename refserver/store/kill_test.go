package store_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

const (
	// childEnv makes the test binary write into the directory that it names.
	childEnv = "STORE_TEST_CHILD"
	// killsEnv says how often the test kills; see TestKillLosesNothing.
	killsEnv = "NACOS_TCK_KILLS"
	// killsPerFile is how many kills a data file sees before the next one is made, while the child may be killed too.
	killsPerFile = 25
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		write(dir, os.Args[1:])
	}
	os.Exit(m.Run())
}

// writer is one of those who write at the same time, each about things of its own.
type writer interface {
	// write makes its n-th write, counted from 0.
	write(d *domains, n int) error
	// after is what there is after the first n writes, found is what there is, both as lines.
	after(n int) []string
	found(d *domains) []string
}

var writers = []writer{
	namingWriter(0), namingWriter(1), namespaceWriter{}, configWriter(0), configWriter(1), configWriter(2), accountsWriter(0), accountsWriter(1),
}

// TestKillLosesNothing kills a writing process again and again at random moments. What was acknowledged is there, once
// and whole; of what was not, at most the one write that each writer had on its way. NACOS_TCK_KILLS=500 kills as often.
func TestKillLosesNothing(t *testing.T) {
	var dir string
	var progress []int
	writes := 0
	kills := killsOf(t)
	for n := range kills {
		if n%killsPerFile == 0 {
			dir, progress = t.TempDir(), make([]int, len(writers))
		}
		acknowledged := runAndKill(t, dir, progress)
		d, err := start(dir)
		if err != nil {
			t.Fatalf("after kill %d: %v", n+1, err)
		}
		for i, w := range writers {
			now := reached(t, w, acknowledged[i], w.found(d))
			writes, progress[i] = writes+now-progress[i], now
		}
		expectDistinct(t, d)
		d.end()
	}
	t.Logf("%d kills, %d writes that were kept", kills, writes)
	if writes < kills*len(writers)/2 {
		t.Errorf("expected one write for every other kill of a writer at least, found %d in %d kills: the test proves little", writes, kills)
	}
}

func killsOf(t *testing.T) int {
	text, given := os.LookupEnv(killsEnv)
	switch kills, err := strconv.Atoi(text); {
	case given && (err != nil || kills < 1):
		t.Fatalf("expected %s to be a number of kills, found %q", killsEnv, text)
	case given:
		return kills
	case testing.Short():
		return 15
	}
	return 50
}

// reached is how many writes of a writer have had their effect: those that were acknowledged, and perhaps one more.
func reached(t *testing.T, w writer, acknowledged int, found []string) int {
	t.Helper()
	for _, n := range []int{acknowledged, acknowledged + 1} {
		if slices.Equal(found, w.after(n)) {
			return n
		}
	}
	t.Fatalf("writer %T %[1]v after %d acknowledged writes: %s", w, acknowledged, difference(w.after(acknowledged), found))
	return 0
}

// difference is the first line in which two lists differ.
func difference(expected, found []string) string {
	for i := range max(len(expected), len(found)) {
		e, f := "no line", "no line"
		if i < len(expected) {
			e = expected[i]
		}
		if i < len(found) {
			f = found[i]
		}
		if e != f {
			return fmt.Sprintf("line %d: expected %.300q, found %.300q", i+1, e, f)
		}
	}
	return "none"
}

// runAndKill lets a child go on with its writes and returns how many each writer had acknowledged when it was killed.
func runAndKill(t *testing.T, dir string, progress []int) []int {
	t.Helper()
	var from []string
	for _, n := range progress {
		from = append(from, strconv.Itoa(n))
	}
	child := exec.Command(os.Args[0], from...)
	child.Env = append(os.Environ(), childEnv+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n') // the child is there
	if err != nil {
		t.Fatalf("the child ended before it began: %v", err)
	}
	timer := time.AfterFunc(time.Duration(rand.Int64N(int64(60*time.Millisecond))), func() { child.Process.Kill() })
	defer timer.Stop()
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	acknowledged := slices.Clone(progress)
	for line := range strings.Lines(first + string(rest)) {
		var w, n int
		if _, err := fmt.Sscanf(line, "%d %d\n", &w, &n); err == nil {
			acknowledged[w] = n
		} else if line != ready {
			t.Fatalf("unexpected line of the child: %q", line)
		}
	}
	return acknowledged
}

const ready = "ready\n"

// write is the child: it goes on with the writes of each writer and says when one was acknowledged.
func write(dir string, from []string) {
	fmt.Print(ready) // before the file is opened: that moment counts too
	d, err := start(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var printing sync.Mutex
	var wg sync.WaitGroup
	for i, w := range writers {
		wg.Go(func() {
			n, _ := strconv.Atoi(from[i])
			for ; ; n++ {
				if err := w.write(d, n); err != nil {
					fmt.Fprintf(os.Stderr, "%T %[1]v, write %d: %v\n", w, n, err)
					os.Exit(1)
				}
				printing.Lock()
				fmt.Printf("%d %d\n", i, n+1)
				printing.Unlock()
			}
		})
	}
	wg.Wait()
}

// domains are all that a directory keeps.
type domains struct {
	registry *naming.Registry
	configs  *config.Center
	accounts *accounts.Directory
	// log is that of the accounts.
	log durable.Log
	end func()
}

func start(dir string) (*domains, error) {
	s, err := store.Open(dir, "2.x")
	if err != nil {
		return nil, err
	}
	kept, err := s.Load()
	if err != nil {
		return nil, err
	}
	b, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		return nil, err
	}
	c := clock.New(nil)
	directory, err := accounts.New(b.Auth, accounts.Settings{}, c)
	if err != nil {
		return nil, err
	}
	d := &domains{registry: naming.New(b, c), configs: config.New(b.Config, config.DefaultSettings(), c), accounts: directory}
	d.end = func() { d.registry.Close(); d.configs.Close(); c.Close(); s.Close() }
	d.registry.Apply(durable.Entry{Time: c.Now(), Changes: kept})
	d.registry.Keep(s.Log(d.registry.Apply))
	d.configs.Restore(kept)
	d.configs.Keep(s.Log(d.configs.Apply))
	d.accounts.Restore(kept)
	d.log = s.Log(d.accounts.Apply)
	d.accounts.Keep(d.log)
	return d, nil
}

// expectDistinct: no two configurations or variants have one id, no two rows of the history one number.
func expectDistinct(t *testing.T, d *domains) {
	t.Helper()
	ids := map[int64]bool{}
	note := func(id int64) {
		if ids[id] || id == 0 {
			t.Errorf("the id %d is given twice or none", id)
		}
		ids[id] = true
	}
	for _, row := range d.configs.Configs(nil) {
		note(row.ID)
	}
	for _, g := range d.configs.Grays() {
		note(g.ID)
	}
	clear(ids)
	for _, w := range writers {
		if w, ok := w.(configWriter); ok {
			for n := range configKeys {
				for _, row := range w.history(d, n) {
					note(row.NID)
				}
			}
		}
	}
}
