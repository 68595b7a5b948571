package naming

import (
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func TestKindsExcludeEachOther(t *testing.T) {
	story(t, func(s *server) {
		s.register(instance(1))
		refuses(t, s.Register(service1, instance(2), false, Attributes{}), Runtime, 400,
			"errCode: 400, errMsg: Current service DEFAULT_GROUP@@s is ephemeral service, can't register persistent instance. ")
		s.deregister(instance(1))
		refuses(t, s.Register(service1, instance(2), false, Attributes{}), Runtime, 400,
			"errCode: 400, errMsg: Current service DEFAULT_GROUP@@s is ephemeral service, can't register persistent instance. ")
		if err := s.DeleteService(service1); err != nil {
			t.Fatal(err)
		}
		if err := s.Register(service1, instance(2), false, Attributes{}); err != nil {
			t.Fatal(err)
		}
		refuses(t, s.Register(service1, instance(1), true, Attributes{}), Runtime, 400,
			"errCode: 400, errMsg: Current service DEFAULT_GROUP@@s is persistent service, can't register ephemeral instance. ")
		s.Connect("c", Attributes{})
		refuses(t, s.PublishBatch("c", service1, nil), Runtime, 400,
			"errCode: 400, errMsg: Current service DEFAULT_GROUP@@s is persistent service, can't batch register ephemeral instance. ")
	})
}

func TestPersistentInstanceOutlivesSilence(t *testing.T) {
	story(t, func(s *server) {
		if err := s.Register(service1, instance(1), false, Attributes{}); err != nil {
			t.Fatal(err)
		}
		s.wait(10 * time.Minute)
		s.shows("after ten minutes", 1, 1)
		if err := s.Deregister(service1, "10.0.0.1", 1, "", false); err != nil {
			t.Fatal(err)
		}
		if s.HasClient("10.0.0.1:1#false") {
			t.Error("the client must go with its last instance")
		}
	})
}

func TestIllegalInstances(t *testing.T) {
	const relation = "Instance 'heart beat interval' must less than 'heart beat timeout' and 'ip delete timeout'."
	story(t, func(s *server) {
		for _, in := range []Instance{
			with(instance(1), KeyBeatTimeout, "3000"), with(instance(1), KeyBeatInterval, "20000"),
			with(instance(1), KeyDeleteTimeout, "4999"),
		} {
			refuses(t, s.Register(service1, in, true, Attributes{}), Checked, 400, relation)
		}
		s.register(with(instance(1), KeyBeatInterval, "3000", KeyBeatTimeout, "3000", KeyDeleteTimeout, "3000"))
		odd := instance(1)
		odd.Cluster = "a_b"
		refuses(t, s.Register(service1, odd, true, Attributes{}), Checked, 400,
			"Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)")
	})
}

func TestOneRecordPerAddress(t *testing.T) {
	other := instance(1)
	other.Cluster = "c2"
	story(t, func(s *server) {
		s.register(instance(1))
		s.register(other)
		s.wait(time.Second)
		s.shows("after moving to another cluster", 1, 1)
		if clusters := s.Clusters(service1); len(clusters) != 1 || clusters[0] != "c2" {
			t.Errorf("expected cluster c2, found %v", clusters)
		}
	})
	story(t, func(s *server) {
		s.register(instance(1))
		s.register(other)
		s.wait(time.Second)
		s.shows("where clusters tell instances apart", 2, 2)
	}, func(b *behaviour.Behaviour) { b.Registration.ReplacesAcrossClusters = false })
}

func TestConnectionPublishesOnce(t *testing.T) {
	story(t, func(s *server) {
		s.Connect("c", Attributes{})
		for port := range 3 {
			if err := s.Publish("c", service1, instance(port)); err != nil {
				t.Fatal(err)
			}
		}
		s.wait(time.Second)
		s.shows("after three registrations", 1, 1)
		if err := s.PublishBatch("c", service1, []Instance{instance(1), instance(2)}); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Second)
		s.shows("after a batch", 2, 2)
		s.Disconnect("c")
		s.wait(time.Second)
		s.shows("after the connection ended", 0, 0)
		refuses(t, s.Publish("c", service1, instance(1)), Runtime, -401,
			"errCode: -401, errMsg: Client [c] connection already disconnect, can't register ephemeral instance. ")
	})
}

func TestEqualHostsShowOnce(t *testing.T) {
	story(t, func(s *server) {
		s.Connect("c", Attributes{})
		if err := s.Publish("c", service1, instance(1)); err != nil {
			t.Fatal(err)
		}
		s.register(instance(1))
		s.shows("with the same instance published twice", 1, 1)
		s.register(with(instance(1), "by", "http"))
		s.wait(time.Second)
		s.shows("with different instances at one address", 2, 2)
	})
}

func TestEmptyServiceIsCleaned(t *testing.T) {
	story(t, func(s *server) {
		s.wait(31 * time.Second) // the passes come at 30 s, 90 s, 150 s
		s.register(instance(1))
		s.deregister(instance(1))
		s.wait(118 * time.Second)
		if len(s.Services("public")) != 1 {
			t.Error("the pass at 90 s comes 59 s after the last change, too early")
		}
		s.wait(2 * time.Second)
		if len(s.Services("public")) != 0 {
			t.Error("the pass at 150 s must remove the service")
		}
	})
}

func TestServiceMetadataOutlivesItsService(t *testing.T) {
	story(t, func(s *server) {
		m := NoMetadata()
		m.ProtectThreshold = 0.5
		if err := s.CreateService(service1, true, m); err != nil {
			t.Fatal(err)
		}
		s.wait(91 * time.Second)
		if _, ok := s.Service(service1); ok {
			t.Fatal("the unused service must be gone after the pass at 90 s")
		}
		s.register(instance(1))
		if d, _ := s.Service(service1); d.Metadata.ProtectThreshold != 0.5 {
			t.Error("a service that is created again in time must have its metadata back")
		}
		s.wait(200 * time.Second)
		if err := s.CreateService(service1, true, m); err != nil {
			t.Fatalf("after service and metadata are gone: %v", err)
		}
	})
}

func TestServiceErrors(t *testing.T) {
	story(t, func(s *server) {
		refuses(t, s.UpdateService(service1, NoMetadata()), Checked, 400, "service DEFAULT_GROUP@@s not found!")
		refuses(t, s.DeleteService(service1), Checked, 400, "service DEFAULT_GROUP@@s not found!")
		refuses(t, s.UpdateCluster(service1, "c", DefaultCluster()), Checked, 400, "service not found:DEFAULT_GROUP@@s")
		s.register(instance(1))
		refuses(t, s.CreateService(service1, true, NoMetadata()), Checked, 400, "specified service DEFAULT_GROUP@@s already exists!")
		refuses(t, s.DeleteService(service1), Checked, 400,
			"Service DEFAULT_GROUP@@s is not empty, can't be delete. Please unregister instance first")
	})
}

func TestIdleClientGoesAfterThirtySeconds(t *testing.T) {
	story(t, func(s *server) {
		s.wait(time.Second)
		s.register(instance(1))
		s.deregister(instance(1))
		s.wait(29 * time.Second)
		if !s.HasClient("10.0.0.1:1#true") {
			t.Error("at 29 s the client must still be there")
		}
		s.wait(6 * time.Second)
		if s.HasClient("10.0.0.1:1#true") {
			t.Error("at 35 s the client must be gone")
		}
	})
}

func TestOperationalMetadata(t *testing.T) {
	look := func(s *server) (weight float64, enabled bool, metadata string) {
		in, err := s.Find(service1, "DEFAULT", "10.0.0.1", 1)
		if err != nil {
			s.t.Fatal(err)
		}
		return in.Weight, in.Enabled, in.Metadata["a"] + in.Metadata["b"]
	}
	story(t, func(s *server) {
		in := with(instance(1), "a", "1", "b", "1")
		in.Weight = 5
		s.register(in)
		s.EditMetadata(service1, nil, func(m map[string]string) { m["b"] = "2" })
		s.wait(time.Second)
		if weight, enabled, m := look(s); weight != 1 || !enabled || m != "12" {
			t.Errorf("expected weight 1, enabled, 12; found %v, %v, %s", weight, enabled, m)
		}
		s.deregister(in)
		s.wait(50 * time.Second)
		s.register(in)
		s.wait(time.Second)
		if _, _, m := look(s); m != "12" {
			t.Errorf("50 s later the operational key must be back, found %s", m)
		}
		s.deregister(in)
		s.wait(70 * time.Second)
		s.register(in)
		s.wait(time.Second)
		if weight, _, m := look(s); weight != 5 || m != "11" {
			t.Errorf("70 s later only what was registered must be left, found weight %v, %s", weight, m)
		}
	})
}

func TestUpdateNeedsTheServiceOnly(t *testing.T) {
	story(t, func(s *server) {
		refuses(t, s.Update(service1, instance(1), true), Checked, 400, "service not found, namespace: public, service: "+
			"Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0}")
		s.register(instance(2))
		if err := s.Update(service1, with(instance(1), "a", "1"), true); err != nil {
			t.Fatal(err)
		}
		refuses(t, s.Patch(service1, "DEFAULT", "10.0.0.1", 1, Patch{}), Checked, 404, "no matched ip found!")
		s.register(instance(1))
		s.wait(time.Second)
		if in, err := s.Find(service1, "DEFAULT", "10.0.0.1", 1); err != nil || in.Metadata["a"] != "1" {
			t.Errorf("metadata written before the registration must show, found %v, %v", in, err)
		}
	})
}
