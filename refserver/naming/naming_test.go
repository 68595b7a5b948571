package naming

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// server is a registry in virtual time with one well-known service.
type server struct {
	*Registry
	t *testing.T
}

var service1 = ServiceKey{"public", "DEFAULT_GROUP", "s"}

// story runs test on a registry of line 2.5, changed by the changes, in virtual time.
func story(t *testing.T, test func(s *server), changes ...func(*behaviour.Behaviour)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b, err := behaviour.ForLine(behaviour.Line25)
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range changes {
			change(&b)
		}
		c := clock.New(nil)
		r := New(b, c)
		defer c.Close()
		defer r.Close()
		test(&server{r, t})
	})
}

func (s *server) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func instance(port int) Instance {
	return Instance{
		IP: "10.0.0.1", Port: port, Weight: 1, Healthy: true, Enabled: true, Cluster: "DEFAULT", Metadata: map[string]string{},
	}
}

func with(in Instance, pairs ...string) Instance {
	in.Metadata = map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		in.Metadata[pairs[i]] = pairs[i+1]
	}
	return in
}

func (s *server) register(in Instance) {
	s.t.Helper()
	if err := s.Register(service1, in, true, Attributes{}); err != nil {
		s.t.Fatalf("register %s:%d: %v", in.IP, in.Port, err)
	}
}

func (s *server) deregister(in Instance) {
	s.t.Helper()
	if err := s.Deregister(service1, in.IP, in.Port, in.Cluster, true); err != nil {
		s.t.Fatalf("deregister %s:%d: %v", in.IP, in.Port, err)
	}
}

func (s *server) beat(in Instance) int {
	s.t.Helper()
	code, err := s.Beat(service1, Beat{IP: in.IP, Port: in.Port, Cluster: in.Cluster})
	if err != nil {
		s.t.Fatalf("beat of %s:%d: %v", in.IP, in.Port, err)
	}
	return code
}

// shows expects readers to see as many hosts, and as many healthy ones.
func (s *server) shows(when string, hosts, healthy int) {
	s.t.Helper()
	view := s.View(service1, Selection{})
	found := 0
	for _, host := range view.Hosts {
		if host.Healthy {
			found++
		}
	}
	if len(view.Hosts) != hosts || found != healthy {
		s.t.Errorf("%s: expected %d hosts, %d healthy; found %d, %d healthy", when, hosts, healthy, len(view.Hosts), found)
	}
}

// refuses expects an error of a flavour with a status and a text.
func refuses(t *testing.T, err error, flavour failure.Flavour, status int, text string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("expected an error %q, found %v", text, err)
	}
	if e.Flavour != flavour || e.Status != status || e.Error() != text {
		t.Errorf("expected flavour %d, status %d, %q; found %d, %d, %q", flavour, status, text, e.Flavour, e.Status, e.Error())
	}
}

// pushes is a pusher that records and answers as told.
type pushes struct {
	s     *server
	start time.Time

	mu   sync.Mutex
	got  []push
	fail error
}

type push struct {
	at     time.Duration
	client string
	hosts  int
}

func (s *server) listen() *pushes {
	p := &pushes{s: s, start: time.Now()}
	s.SetPusher(Connection, p)
	return p
}

func (p *pushes) Push(to Subscription, view *PushedView, done func(error)) {
	p.mu.Lock()
	p.got = append(p.got, push{time.Since(p.start), to.Client, len(view.Hosts)})
	fail := p.fail
	p.mu.Unlock()
	done(fail)
}

// failWith makes later pushes fail, or succeed when err is nil.
func (p *pushes) failWith(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = err
}

func (p *pushes) expect(want ...push) {
	p.s.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.got) != len(want) {
		p.s.t.Fatalf("expected pushes %v, found %v", want, p.got)
	}
	for i, w := range want {
		if p.got[i] != w {
			p.s.t.Errorf("push %d: expected %v, found %v", i, w, p.got[i])
		}
	}
}
