package naming

import (
	"errors"
	"testing"
	"time"
)

func (s *server) subscribe(clusters string) {
	s.t.Helper()
	s.Connect("c", Attributes{})
	if err := s.Subscribe("c", service1, Subscriber{Clusters: clusters}); err != nil {
		s.t.Fatal(err)
	}
}

func TestFirstSubscriptionIsPushedOnce(t *testing.T) {
	story(t, func(s *server) {
		p := s.listen()
		s.subscribe("")
		s.wait(time.Second)
		s.subscribe("")
		s.wait(time.Second)
		p.expect(push{500 * time.Millisecond, "c", 0})
		if len(s.Services("public")) != 0 {
			t.Error("a subscription must not create the service")
		}
	})
}

func TestChangesAreMergedFromTheFirst(t *testing.T) {
	story(t, func(s *server) {
		s.subscribe("")
		s.wait(time.Second + 50*time.Millisecond) // off the grid by half a tick
		p := s.listen()
		for port := range 10 {
			s.register(instance(port))
			s.wait(100 * time.Millisecond)
		}
		s.wait(time.Second)
		p.expect(push{550 * time.Millisecond, "c", 6}, push{1150 * time.Millisecond, "c", 10})
	})
}

func TestReadersSeeWhatWasPushedLast(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		s.shows("on the first read", 1, 1)
		s.register(instance(2))
		s.wait(400 * time.Millisecond)
		s.shows("before the push task", 1, 1)
		s.wait(200 * time.Millisecond)
		s.shows("after the push task", 2, 2)
	})
}

func TestFailedPushIsRepeatedForItsClient(t *testing.T) {
	story(t, func(s *server) {
		s.Connect("d", Attributes{})
		if err := s.Subscribe("d", service1, Subscriber{}); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Second)
		p := s.listen()
		p.failWith(errors.New("refused"))
		s.subscribe("")
		s.wait(1600 * time.Millisecond)
		p.failWith(nil)
		s.wait(10 * time.Second)
		p.expect(push{500 * time.Millisecond, "c", 0}, push{1500 * time.Millisecond, "c", 0}, push{2500 * time.Millisecond, "c", 0})
		if n := s.Pushes(true); n.Succeeded != 1 || n.Failed != 2 {
			t.Errorf("expected 1 push that succeeded and 2 that failed, found %+v", n)
		}
	})
}

func TestPushSwitchFreezesReaders(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		s.wait(time.Second)
		if err := s.SetSwitch("pushEnabled", "false", false); err != nil {
			t.Fatal(err)
		}
		s.register(instance(2))
		s.wait(10 * time.Second)
		s.shows("while pushing is off", 1, 1)
		if err := s.SetSwitch("pushEnabled", "true", false); err != nil {
			t.Fatal(err)
		}
		s.wait(200 * time.Millisecond)
		s.shows("after it is on again", 2, 2)
	})
}

func TestSubscriptionLimitsClusters(t *testing.T) {
	story(t, func(s *server) {
		s.subscribe("c2")
		s.wait(time.Second)
		p := s.listen()
		s.register(instance(1))
		s.wait(time.Second)
		p.expect(push{500 * time.Millisecond, "c", 0})
		if err := s.Unsubscribe("c", service1); err != nil {
			t.Fatal(err)
		}
		s.register(instance(2))
		s.wait(time.Second)
		p.expect(push{500 * time.Millisecond, "c", 0})
	})
}
