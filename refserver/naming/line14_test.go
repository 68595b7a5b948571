package naming

import (
	"slices"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// asLine14 makes a registry one of line 1.4.
func asLine14(b *behaviour.Behaviour) {
	line, err := behaviour.ForLine(behaviour.Line14)
	if err != nil {
		panic(err)
	}
	*b = line
}

func in(cluster string, port int) Instance {
	i := instance(port)
	i.Cluster = cluster
	return i
}

// health is the health of each instance of the well-known service, by kind and cluster: +e/DEFAULT is healthy.
func (s *server) healthByCluster() (all []string) {
	for _, m := range s.Members(service1) {
		text := "-"
		if m.Healthy {
			text = "+"
		}
		if m.Ephemeral {
			text += "e/"
		} else {
			text += "p/"
		}
		all = append(all, text+m.Cluster)
	}
	slices.Sort(all)
	return all
}

func (s *server) expectHealth(when string, expected ...string) {
	s.t.Helper()
	if found := s.healthByCluster(); !slices.Equal(found, expected) {
		s.t.Errorf("%s: expected %v, found %v", when, expected, found)
	}
}

func (s *server) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) lightBeat(cluster string, port, code int) {
	s.t.Helper()
	found, err := s.Beat(service1, Beat{IP: "10.0.0.1", Port: port, Cluster: cluster})
	if err != nil || found != code {
		s.t.Errorf("beat of port %d in %s: expected %d, found %d, error %v", port, cluster, code, found, err)
	}
}

// The windows below are those of a real 1.4.8: the first check five seconds after the service came, strictly more than 15 s
// and 30 s of silence.
func TestServicesCheckBeats(t *testing.T) {
	for _, row := range []struct {
		change   func(*behaviour.Behaviour)
		expected string
	}{
		{func(*behaviour.Behaviour) {}, "-e/DEFAULT"},
		// The client of an address is checked on its own grid, which begins with it.
		{func(b *behaviour.Behaviour) { b.Heartbeat.ChecksServices = false }, "+e/DEFAULT"},
	} {
		story(t, func(s *server) {
			s.must(s.CreateService(service1, true, NoMetadata()))
			s.wait(3 * time.Second)
			s.must(s.Register(service1, in("DEFAULT", 80), true, Attributes{}))
			s.wait(16900 * time.Millisecond) // 16.9 s of silence; the service's grid falls at 20 s, after 17 s of it
			s.expectHealth("before the grid of the service", "+e/DEFAULT")
			s.wait(200 * time.Millisecond)
			s.expectHealth("after it", row.expected)
		}, asLine14, row.change)
	}
}

func TestAddressesLiveInClustersOfTheirOwn(t *testing.T) {
	story(t, func(s *server) {
		s.must(s.Register(service1, in("c1", 80), true, Attributes{}))
		s.must(s.Register(service1, in("c2", 80), true, Attributes{}))
		s.must(s.Register(service1, in("c1", 80), false, Attributes{}))
		s.lightBeat("c1", 80, 10200)
		s.lightBeat("c3", 80, 20404)
		s.lightBeat("c1", 81, 20404)
		for range 3 {
			s.wait(5 * time.Second)
			s.lightBeat("c1", 80, 10200)
		}
		s.wait(5001 * time.Millisecond)
		s.expectHealth("after 20 s", "+e/c1", "+p/c1", "-e/c2")
		s.lightBeat("c1", 80, 10200)
		s.must(s.Deregister(service1, "10.0.0.1", 80, "c1", false))
		s.expectHealth("without the persistent one", "+e/c1", "-e/c2")
		s.must(s.Deregister(service1, "10.0.0.1", 80, "c3", true))
		s.expectHealth("after a vain write", "-e/c1", "-e/c2")
		if view := s.View(service1, Selection{HealthyOnly: true}); len(view.Hosts) != 2 {
			t.Errorf("expected readers to see the change, as protection shows it, found %v", view.Hosts)
		}
		if d, _ := s.Service(service1); !slices.Equal(d.Clusters, []string{"c1", "c2", "c3"}) {
			t.Errorf("expected all clusters that were named, found %v", d.Clusters)
		}
	}, asLine14)
}

// TestWritesSpreadHealth: a write to the ephemeral instances of a service gives an address the health and beat that it has in
// the last of its clusters. Source: nacos 1.4.8 core/ServiceManager.java:788-866.
func TestWritesSpreadHealth(t *testing.T) {
	for _, row := range []struct {
		change   func(*behaviour.Behaviour)
		expected []string
	}{
		{func(*behaviour.Behaviour) {}, []string{"+e/DEFAULT", "-e/c1", "-e/c2"}},
		{func(b *behaviour.Behaviour) { b.Registration.SharesBeats = false }, []string{"+e/DEFAULT", "+e/c1", "-e/c2"}},
	} {
		story(t, func(s *server) {
			sick := in("c2", 80)
			sick.Healthy = false
			s.must(s.Register(service1, in("c1", 80), true, Attributes{}))
			s.must(s.Register(service1, sick, true, Attributes{}))
			s.expectHealth("as registered", "+e/c1", "-e/c2")
			s.must(s.Register(service1, in("DEFAULT", 81), true, Attributes{}))
			s.expectHealth("after another write", row.expected...)
		}, asLine14, row.change)
	}
}

func TestRegistrationOfLine14KeepsHealthAndID(t *testing.T) {
	numbered := with(in("DEFAULT", 80), KeyIDGenerator, "SnowFlake")
	numbered.Healthy = false
	story(t, func(s *server) {
		s.must(s.Register(service1, numbered, true, Attributes{}))
		other := numbered
		other.Port, other.Healthy = 81, true
		s.must(s.Register(service1, other, true, Attributes{}))
		permanent := in("DEFAULT", 81)
		permanent.ID, permanent.Weight = "permanent", 7
		s.must(s.Register(service1, permanent, false, Attributes{}))
		if first, err := s.Find(service1, "DEFAULT", "10.0.0.1", 81); err != nil || first.Weight != 7 {
			t.Errorf("expected the persistent instance before the ephemeral one, found %+v, error %v", first, err)
		}
		s.must(s.Deregister(service1, "10.0.0.1", 81, "DEFAULT", false))
		again := in("DEFAULT", 80)
		again.ID, again.Weight = "another", 5
		s.must(s.Register(service1, again, true, Attributes{}))
		found, err := s.Find(service1, "DEFAULT", "10.0.0.1", 80)
		if err != nil || found.ID != "0" || found.Healthy || found.Weight != 5 {
			t.Errorf("expected the id 0, the health of before and the weight of now, found %+v, error %v", found, err)
		}
		if second, err := s.Find(service1, "DEFAULT", "10.0.0.1", 81); err != nil || second.ID != "1" {
			t.Errorf("expected the id 1, found %+v, error %v", second, err)
		}
	}, asLine14)
}

// TestWritesCountAsBeats: put and patch stamp the beat, a batch of metadata does not. Measured 1.4.8.
func TestWritesCountAsBeats(t *testing.T) {
	for name, row := range map[string]struct {
		write    func(*server) error
		expected []string
	}{
		"modify": {func(s *server) error { return s.Modify(service1, in("DEFAULT", 80), true, Attributes{}) }, []string{"+e/DEFAULT"}},
		"patch":  {func(s *server) error { return s.Patch(service1, "DEFAULT", "10.0.0.1", 80, Patch{App: "x"}) }, []string{"+e/DEFAULT"}},
		"batch": {func(s *server) error {
			_, err := s.EditInstances(service1, AllEphemeral, nil, func(m map[string]string) { m["k"] = "v" })
			return err
		}, []string{"-e/DEFAULT"}},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(s *server) {
				s.must(s.Register(service1, in("DEFAULT", 80), true, Attributes{}))
				s.wait(10 * time.Second)
				s.must(row.write(s))
				s.wait(10100 * time.Millisecond)
				s.expectHealth("20.1 s after the registration", row.expected...)
			}, asLine14)
		})
	}
}

// TestEmptyServicesOfLine14: gone with the fifth pass in a row that finds nothing, between 120 s and 150 s. Measured 1.4.8.
func TestEmptyServicesOfLine14(t *testing.T) {
	for _, row := range []struct {
		change func(*behaviour.Behaviour)
		stays  bool
	}{
		{func(*behaviour.Behaviour) {}, true},
		{func(b *behaviour.Behaviour) { b.Cleaning.EmptyServicePasses = 1 }, false},
	} {
		story(t, func(s *server) {
			m := NoMetadata()
			m.ProtectThreshold = 0.5
			s.must(s.CreateService(service1, true, m))
			s.wait(169 * time.Second) // passes at 50, 80, 110, 140 and 170 s
			if _, found := s.Service(service1); found != row.stays {
				t.Errorf("after four passes: expected to find it %t, found it %t", row.stays, found)
			}
			s.wait(2 * time.Second)
			if _, found := s.Service(service1); found {
				t.Error("after five passes: expected it to be gone")
			}
			s.must(s.CreateService(service1, true, NoMetadata()))
			if d, _ := s.Service(service1); d.Metadata.ProtectThreshold != 0 {
				t.Errorf("expected the settings to be gone with the service, found the threshold %v", d.Metadata.ProtectThreshold)
			}
			if !s.KnowsNamespace("public") {
				t.Error("expected the namespace to stay known")
			}
		}, asLine14, row.change)
	}
}

// TestSilenceNeedsAnAddress: a real 1.4.8 removes with a request to itself, which needs an address.
func TestSilenceNeedsAnAddress(t *testing.T) {
	story(t, func(s *server) {
		blank := in("DEFAULT", 80)
		blank.IP = "a b"
		s.must(s.Register(service1, blank, true, Attributes{}))
		s.must(s.Register(service1, in("DEFAULT", 81), true, Attributes{}))
		s.wait(40 * time.Second)
		s.expectHealth("after 40 s", "-e/DEFAULT")
	}, asLine14)
}

// TestBeatsWithoutAddressDoNoHarm: a real 1.4.8 answers alike and never changes the service again.
func TestBeatsWithoutAddressDoNoHarm(t *testing.T) {
	story(t, func(s *server) {
		code, err := s.Beat(service1, Beat{Cluster: "DEFAULT", Full: &FullBeat{Instance: Instance{NoIP: true, Cluster: "DEFAULT"}, Ephemeral: true}})
		if err != nil || code != 10200 {
			t.Errorf("expected 10200, found %d, error %v", code, err)
		}
		s.must(s.Register(service1, in("DEFAULT", 80), true, Attributes{}))
		s.expectHealth("after a registration", "+e/DEFAULT")
	}, asLine14)
}

func TestServicesOfLine14GoWithTheirInstances(t *testing.T) {
	story(t, func(s *server) {
		s.must(s.Register(service1, in("c1", 80), true, Attributes{}))
		s.must(s.Register(service1, in("c1", 80), false, Attributes{}))
		s.must(s.DeleteService(service1))
		s.must(s.Register(service1, in("c2", 81), true, Attributes{}))
		s.expectHealth("after its return", "+e/c2")
		if d, _ := s.Service(service1); !slices.Equal(d.Clusters, []string{"c2"}) {
			t.Errorf("expected new clusters alone, found %v", d.Clusters)
		}
	}, asLine14)
}
