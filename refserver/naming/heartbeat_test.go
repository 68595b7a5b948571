package naming

import (
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func TestSilentInstanceTurnsUnhealthyThenGoes(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		s.wait(16 * time.Second) // the check at 15 s finds silence equal to the timeout, which is not enough
		s.shows("at 16 s", 1, 1)
		s.wait(4*time.Second + 700*time.Millisecond)
		s.shows("at 20.7 s", 1, 0)
		s.wait(14 * time.Second)
		s.shows("at 34.7 s", 1, 0)
		s.wait(time.Second)
		s.shows("at 35.7 s", 0, 0)
	})
}

func TestReachingTheTimeoutIsEnoughWhenNotStrict(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		s.wait(15*time.Second + 700*time.Millisecond)
		s.shows("at 15.7 s", 1, 0)
	}, func(b *behaviour.Behaviour) { b.Heartbeat.Strict = false })
}

func TestBeatsKeepHealthyAndRestore(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		for range 4 {
			s.wait(14 * time.Second)
			if code := s.beat(instance(1)); code != 10200 {
				t.Fatalf("expected 10200, found %d", code)
			}
		}
		s.shows("while beating", 1, 1)
		s.wait(21 * time.Second)
		s.shows("after silence", 1, 0)
		s.beat(instance(1))
		s.shows("right after the beat", 1, 0)
		s.wait(700 * time.Millisecond)
		s.shows("after the read lag", 1, 1)
	})
}

func TestBeatOfUnknownInstance(t *testing.T) {
	story(t, func(s *server) {
		if code := s.beat(instance(1)); code != 20404 {
			t.Errorf("light beat: expected 20404, found %d", code)
		}
		full := Beat{IP: "10.0.0.1", Port: 1, Cluster: "DEFAULT", Full: &FullBeat{Service: service1, Instance: instance(1), Ephemeral: true}}
		if code, err := s.Beat(service1, full); code != 10200 || err != nil {
			t.Errorf("full beat: expected 10200, found %d, %v", code, err)
		}
		s.shows("after the full beat", 1, 1)
	})
}

func TestFullBeatRefreshesTheServiceThatItNames(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		for range 4 {
			s.wait(5 * time.Second)
			if _, err := s.Beat(service1, Beat{IP: "10.0.0.1", Port: 1, Full: &FullBeat{Ephemeral: true}}); err != nil {
				t.Fatal(err)
			}
		}
		s.wait(time.Second)
		s.shows("after beats that name no service", 1, 0)
	})
}

func TestTimeoutsFromMetadata(t *testing.T) {
	in := with(instance(1), KeyBeatInterval, "1000", KeyBeatTimeout, "3000", KeyDeleteTimeout, "6000")
	story(t, func(s *server) {
		s.register(in)
		s.wait(5*time.Second + 700*time.Millisecond)
		s.shows("at 5.7 s", 1, 0)
		s.wait(5 * time.Second)
		s.shows("at 10.7 s", 0, 0)
	})
	story(t, func(s *server) {
		s.register(with(instance(1), KeyDeleteTimeout, "abc"))
		s.wait(6 * time.Second)
		s.shows("with a timeout that is no number", 0, 0)
	})
	story(t, func(s *server) {
		s.register(instance(1))
		if err := s.Update(service1, with(instance(1), KeyBeatInterval, "1000", KeyBeatTimeout, "3000"), true); err != nil {
			t.Fatal(err)
		}
		s.wait(6 * time.Second)
		s.shows("with an operational timeout", 1, 0)
	})
}

func TestMetadataExemptsFromTheCheck(t *testing.T) {
	story(t, func(s *server) {
		s.register(with(instance(1), "enableClientBeat", "true"))
		s.wait(40 * time.Second)
		s.shows("at 40 s", 1, 1)
		s.wait(140 * time.Second)
		s.shows("at 180 s", 1, 1)
		s.wait(6 * time.Second)
		s.shows("after the client expired", 0, 0)
	})
}

func TestCheckSwitch(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		if err := s.SetSwitch("check", "false", false); err != nil {
			t.Fatal(err)
		}
		s.wait(24 * time.Second)
		s.shows("while checks are off", 1, 1)
		if err := s.SetSwitch("check", "true", false); err != nil {
			t.Fatal(err)
		}
		s.wait(2 * time.Second)
		s.shows("after the next check", 1, 0)
	})
}

func TestReregistrationTakesTheHealthOfTheRequest(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		s.wait(22 * time.Second)
		s.register(instance(1))
		s.wait(time.Second)
		s.shows("after registering again", 1, 1)
	})
	story(t, func(s *server) {
		s.register(instance(1))
		s.wait(22 * time.Second)
		s.register(instance(1))
		s.wait(time.Second)
		s.shows("where health is kept", 1, 0)
	}, func(b *behaviour.Behaviour) { b.Registration.KeepsHealth = true })
}

func TestBeatInterval(t *testing.T) {
	story(t, func(s *server) {
		interval := func(want int64) {
			t.Helper()
			if found := s.BeatInterval(service1, "10.0.0.1", 1, "DEFAULT"); found != want {
				t.Errorf("expected %d, found %d", want, found)
			}
		}
		interval(5000)
		s.register(with(instance(1), KeyBeatInterval, "2000"))
		interval(2000)
		if err := s.Update(service1, with(instance(1), KeyBeatInterval, "3000"), true); err != nil {
			t.Fatal(err)
		}
		interval(3000)
	})
}
