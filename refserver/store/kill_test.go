package store_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/store"
)

const (
	// childEnv makes the test binary write into the directory that it names.
	childEnv = "STORE_TEST_CHILD"
	writers  = 4
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		write(dir, os.Args[1:])
	}
	os.Exit(m.Run())
}

// TestKillLosesNothing kills a writing process again and again at random moments. What was acknowledged is there, once
// and whole; of what was not, at most the one write that each writer had on its way.
func TestKillLosesNothing(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	dir := t.TempDir()
	progress := make([]int, writers)
	for range kills {
		acknowledged := runAndKill(t, dir, progress)
		states := statesIn(t, dir)
		for w := range writers {
			progress[w] = reached(t, w, acknowledged[w], states[w])
		}
	}
	if total := slices.Max(progress); total < kills/10 {
		t.Errorf("expected a write before every tenth kill at least, found %d in %d rounds: the test proves little", total, kills)
	}
}

// reached is how many writes of a writer have had their effect: those that were acknowledged, and perhaps one more.
func reached(t *testing.T, writer, acknowledged int, found state) int {
	t.Helper()
	for _, n := range []int{acknowledged, acknowledged + 1} {
		if reflect.DeepEqual(found, after(writer, n)) {
			return n
		}
	}
	t.Fatalf("writer %d after %d acknowledged writes: expected\n%+v\nfound\n%+v", writer, acknowledged, after(writer, acknowledged), found)
	return 0
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
	timer := time.AfterFunc(time.Duration(rand.Int64N(int64(30*time.Millisecond))), func() { child.Process.Kill() })
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
	r, _, err := start(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var printing sync.Mutex
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			n, _ := strconv.Atoi(from[w])
			for ; ; n++ {
				if err := step(w, n).run(r); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				printing.Lock()
				fmt.Printf("%d %d\n", w, n+1)
				printing.Unlock()
			}
		})
	}
	wg.Wait()
}

// start is a registry with what a directory keeps.
func start(dir string) (*naming.Registry, func(), error) {
	s, err := store.Open(dir, "2.x")
	if err != nil {
		return nil, nil, err
	}
	kept, err := s.Load()
	if err != nil {
		return nil, nil, err
	}
	b, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		return nil, nil, err
	}
	c := clock.New(nil)
	r := naming.New(b, c)
	r.Apply(durable.Entry{Time: c.Now(), Changes: kept})
	r.Keep(s.Log(r.Apply))
	return r, func() { r.Close(); c.Close(); s.Close() }, nil
}

// state is what the writes of one writer have led to.
type state struct {
	exists bool
	// instances are addresses with their versions, in order.
	instances []string
	// threshold is that of the service, overlay the operational metadata of its address 0.
	threshold float32
	overlay   string
}

// operation is one write of a writer.
type operation struct{ writer, n int }

func step(writer, n int) operation { return operation{writer, n} }

func (o operation) key() naming.ServiceKey {
	return naming.ServiceKey{Namespace: "public", Group: "DEFAULT_GROUP", Name: "service-" + strconv.Itoa(o.writer)}
}

// instance is the address that the write is about: some come again and again.
func (o operation) instance() naming.Instance {
	return naming.Instance{
		IP: "10.0." + strconv.Itoa(o.writer) + "." + strconv.Itoa(o.n%7), Port: 80, Weight: 1, Healthy: true, Enabled: true, Cluster: "DEFAULT",
		Metadata: map[string]string{"version": strconv.Itoa(o.n), "ballast": strings.Repeat("x", 100+o.n%5000)},
	}
}

func (o operation) run(r *naming.Registry) error {
	in := o.instance()
	switch {
	case o.n == 0:
		return r.CreateService(o.key(), false, naming.NoMetadata())
	case o.n%5 == 1:
		m := naming.NoMetadata()
		m.ProtectThreshold = float32(o.n%100) / 100
		return r.UpdateService(o.key(), m)
	case o.n%5 == 2:
		return r.Update(o.key(), naming.Instance{IP: "10.0.0.0", Port: 1, Cluster: "X", Metadata: map[string]string{"n": strconv.Itoa(o.n)}}, false)
	case o.n%3 == 2:
		return r.Deregister(o.key(), in.IP, in.Port, in.Cluster, false)
	}
	return r.Register(o.key(), in, false, naming.Attributes{})
}

// after is the state after the first n writes of a writer.
func after(writer, n int) (s state) {
	s.exists = n > 0
	versions := map[string]string{}
	for i := range n {
		o := step(writer, i)
		in := o.instance()
		switch {
		case i == 0:
		case i%5 == 1:
			s.threshold = float32(i%100) / 100
		case i%5 == 2:
			s.overlay = strconv.Itoa(i)
		case i%3 == 2:
			delete(versions, in.IP)
		default:
			versions[in.IP] = in.IP + " " + describe(in)
		}
	}
	for _, v := range versions {
		s.instances = append(s.instances, v)
	}
	slices.Sort(s.instances)
	return s
}

func describe(in naming.Instance) string {
	return in.Metadata["version"] + " " + strconv.Itoa(len(in.Metadata["ballast"]))
}

// statesIn is what a directory holds of each writer.
func statesIn(t *testing.T, dir string) []state {
	t.Helper()
	r, end, err := start(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	states := make([]state, writers)
	for w := range writers {
		key := step(w, 0).key()
		s := &states[w]
		for _, p := range r.Publishers(key) {
			for _, in := range p.Instances {
				s.instances = append(s.instances, in.IP+" "+describe(in))
			}
		}
		slices.Sort(s.instances)
		if d, ok := r.Service(key); ok {
			s.exists, s.threshold = true, d.Metadata.ProtectThreshold
		}
		if o, ok := r.InstanceMetadata(key, naming.OverlayID("10.0.0.0", 1, "X")); ok {
			s.overlay = o.Metadata["n"]
		}
	}
	return states
}
