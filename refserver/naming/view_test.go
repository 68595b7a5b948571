package naming

import (
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// fleet registers instances of which the first ones are healthy, under a threshold.
func (s *server) fleet(total, healthy int, threshold float32) {
	s.t.Helper()
	for port := range total {
		in := instance(port)
		in.Healthy = port < healthy
		s.register(in)
	}
	m := NoMetadata()
	m.ProtectThreshold = threshold
	if err := s.UpdateService(service1, m); err != nil {
		s.t.Fatal(err)
	}
	s.wait(time.Second)
}

func TestProtectionThreshold(t *testing.T) {
	for _, c := range []struct {
		total, healthy int
		threshold      float32
		healthyOnly    bool
		hosts          int
		reached        bool
	}{
		{10, 7, 0.7, false, 10, true},
		{10, 8, 0.7, false, 10, false},
		{2, 0, 0, false, 2, true},
		{2, 0, -1, false, 2, true},
		{1, 1, 1, false, 1, true},
		{10, 7, 0.7, true, 7, false},
		{2, 0, 0.5, true, 0, false},
	} {
		story(t, func(s *server) {
			s.fleet(c.total, c.healthy, c.threshold)
			view := s.View(service1, Selection{HealthyOnly: c.healthyOnly})
			if len(view.Hosts) != c.hosts || bool(view.ReachProtectionThreshold) != c.reached {
				t.Errorf("%+v: found %d hosts, reached %v", c, len(view.Hosts), view.ReachProtectionThreshold)
			}
			for _, host := range view.Hosts {
				if c.reached && !bool(host.Healthy) {
					t.Errorf("%+v: %d is shown unhealthy", c, host.Port)
				}
			}
		})
	}
}

func TestProtectionNeedsMetadata(t *testing.T) {
	silent := instance(1)
	silent.Healthy = false
	story(t, func(s *server) {
		s.register(silent)
		s.shows("without service metadata", 1, 0)
		if err := s.UpdateCluster(service1, "DEFAULT", DefaultCluster()); err != nil {
			t.Fatal(err)
		}
		s.shows("with metadata", 1, 1)
	})
	story(t, func(s *server) {
		s.register(silent)
		s.shows("where metadata is not needed", 1, 1)
	}, func(b *behaviour.Behaviour) { b.View.ProtectionNeedsMetadata = false })
}

func TestSelection(t *testing.T) {
	story(t, func(s *server) {
		disabled, other := instance(1), instance(2)
		disabled.Enabled = false
		other.Cluster = "c2"
		s.register(disabled)
		s.register(other)
		s.register(instance(3))
		s.wait(time.Second)
		for clusters, want := range map[string]int{"": 2, "c2": 1, "DEFAULT,c2": 2, "nope": 0, ",": 2} {
			if found := len(s.View(service1, Selection{Clusters: clusters}).Hosts); found != want {
				t.Errorf("clusters %q: expected %d hosts, found %d", clusters, want, found)
			}
		}
		if found := len(s.View(service1, Selection{WithDisabled: true}).Hosts); found != 3 {
			t.Errorf("with disabled ones: expected 3 hosts, found %d", found)
		}
		if found := len(s.Hosts(service1)); found != 3 {
			t.Errorf("all hosts: expected 3, found %d", found)
		}
	})
}
