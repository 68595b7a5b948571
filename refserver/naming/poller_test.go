package naming

import (
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// withPollers makes subscribers live by their polls, as in 1.x.
func withPollers(b *behaviour.Behaviour) {
	b.Datagrams.Pollers, b.Datagrams.PollerPeriod = true, 20*time.Second
	b.Push.Delay, b.Push.Tick, b.Push.OnFirstSubscribe, b.Push.StopsWithSwitch = time.Second, time.Millisecond, false, false
}

func (s *server) poll(clusters, agent string) {
	s.SubscribeAddress(service1, Subscriber{IP: "10.0.0.9", Port: 7000, Clusters: clusters, Agent: agent}, Attributes{})
}

// pollers are the clusters and agents that a push goes to.
func (s *server) pollers() (found []string) {
	for _, sub := range s.Subscribers(func(ServiceKey) bool { return true }) {
		found = append(found, sub.Subscriber.Clusters+"/"+sub.Subscriber.Agent)
	}
	return found
}

func TestPollersAreToldApartByClustersAndAgent(t *testing.T) {
	story(t, func(s *server) {
		p := &pushes{s: s, start: time.Now()}
		s.SetPusher(Poller, p)
		s.poll("", "java")
		s.poll("", "java")
		s.poll("A", "java")
		s.poll("", "go")
		if found := s.pollers(); len(found) != 3 {
			t.Errorf("expected 3 subscribers, found %v", found)
		}
		s.register(instance(1))
		s.wait(time.Second)
		if len(p.got) != 3 {
			t.Errorf("expected a push to each, found %v", p.got)
		}
		for _, got := range p.got {
			if got.at != time.Second {
				t.Errorf("expected pushes after 1 s, found %v", got)
			}
		}
	}, withPollers)
}

func TestSilentPollersAreNotPushedTo(t *testing.T) {
	story(t, func(s *server) {
		p := &pushes{s: s, start: time.Now()}
		s.SetPusher(Poller, p)
		s.poll("", "silent")
		s.wait(9 * time.Second)
		s.poll("", "polling")
		s.register(instance(1))
		s.wait(time.Second) // the silent one polled 10 s ago, which is not too long
		if len(p.got) != 2 {
			t.Fatalf("after 10 s: expected 2 pushes, found %v", p.got)
		}
		s.register(instance(2))
		s.wait(time.Second)
		if found := s.pollers(); len(p.got) != 3 || len(found) != 1 || found[0] != "/polling" {
			t.Errorf("after 11 s: expected one more push to who polls, found %v, subscribed %v", p.got, found)
		}
		s.wait(10 * time.Second)
		if found := s.pollers(); len(found) != 0 {
			t.Errorf("expected the pass after 20 s to forget all, found %v", found)
		}
	}, withPollers)
}

func TestSwitchMayLeavePushesAlone(t *testing.T) {
	story(t, func(s *server) {
		p := &pushes{s: s, start: time.Now()}
		s.SetPusher(Poller, p)
		s.poll("", "java")
		if err := s.SetSwitch("pushEnabled", "false", true); err != nil {
			t.Fatal(err)
		}
		s.register(instance(1))
		s.wait(time.Second)
		if len(p.got) != 1 {
			t.Errorf("expected a push, found %v", p.got)
		}
	}, withPollers)
}
