package naming

import (
	"errors"
	"maps"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

// slowLog keeps entries after a second, or refuses them.
type slowLog struct {
	r *Registry

	mu      sync.Mutex
	refuses bool
	// underWay counts the entries on their way, most the most that were at once.
	underWay, most int
}

func (l *slowLog) Propose(e durable.Entry) error {
	l.mu.Lock()
	l.underWay++
	l.most = max(l.most, l.underWay)
	l.mu.Unlock()
	time.Sleep(time.Second)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.underWay--
	if l.refuses {
		return errors.New("the disk is full")
	}
	l.r.Apply(e)
	return nil
}

// keep lets a story go through a slow log.
func (s *server) keep() *slowLog {
	l := &slowLog{r: s.Registry}
	s.Keep(l)
	return l
}

// TestReadersDoNotWaitForTheLog: nor do they see what is not kept yet; writes of other addresses go along.
func TestReadersDoNotWaitForTheLog(t *testing.T) {
	story(t, func(s *server) {
		log := s.keep()
		for port := range 3 {
			go func() {
				if err := s.Register(service1, instance(port), false, Attributes{}); err != nil {
					t.Error(err)
				}
			}()
		}
		synctest.Wait() // all three are with the log
		before := time.Now()
		if n := len(s.Publishers(service1)); n != 0 || time.Since(before) > 0 {
			t.Errorf("expected no publisher at once, found %d after %v", n, time.Since(before))
		}
		s.wait(time.Second)
		if n := len(s.Publishers(service1)); n != 3 || log.most != 3 {
			t.Errorf("expected three publishers whose writes were on their way together, found %d, %d at once", n, log.most)
		}
	})
}

// TestWritesOfOneValueTakeTurns: two edits at once both have their effect.
func TestWritesOfOneValueTakeTurns(t *testing.T) {
	story(t, func(s *server) {
		if err := s.Register(service1, instance(1), false, Attributes{}); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Second) // readers see it
		log := s.keep()
		for _, key := range []string{"a", "b", "c"} {
			go func() {
				if _, err := s.EditMetadata(service1, nil, func(m map[string]string) { m[key] = key }); err != nil {
					t.Error(err)
				}
			}()
		}
		s.wait(3 * time.Second)
		o, _ := s.InstanceMetadata(service1, OverlayID("10.0.0.1", 1, "DEFAULT"))
		if expected := map[string]string{"a": "a", "b": "b", "c": "c"}; !maps.Equal(o.Metadata, expected) || log.most != 1 {
			t.Errorf("expected %v, one after another, found %v, %d at once", expected, o.Metadata, log.most)
		}
	})
}

// TestRefusedChangesHaveNoEffect: and everybody who asked for one is told.
func TestRefusedChangesHaveNoEffect(t *testing.T) {
	story(t, func(s *server) {
		if err := s.Register(service1, instance(1), false, Attributes{}); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Second)
		s.keep().refuses = true
		other := ServiceKey{"public", "DEFAULT_GROUP", "other"}
		_, edited := s.EditMetadata(service1, nil, func(m map[string]string) { m["k"] = "v" })
		_, created := s.CreateNamespace(Namespace{ID: "n"})
		for what, err := range map[string]error{
			"register": s.Register(service1, instance(2), false, Attributes{}), "deregister": s.Deregister(service1, "10.0.0.1", 1, "DEFAULT", false),
			"create": s.CreateService(other, false, NoMetadata()), "update": s.UpdateService(service1, NoMetadata()),
			"cluster": s.UpdateCluster(service1, "DEFAULT", DefaultCluster()), "modify": s.Update(service1, instance(1), false),
			"patch": s.Patch(service1, "DEFAULT", "10.0.0.1", 1, Patch{}), "switch": s.SetSwitch("healthCheckTimes", "9", false),
			"edit": edited, "namespace": created,
		} {
			t.Run(what, func(t *testing.T) {
				refuses(t, err, Runtime, http.StatusInternalServerError, "errCode: 500, errMsg: the change was not stored and has no effect: the disk is full ")
			})
		}
		_, hasMetadata := s.InstanceMetadata(service1, OverlayID("10.0.0.1", 1, "DEFAULT"))
		states := s.ServiceStates()
		if len(states) != 1 || states[0].HasMetadata || states[0].Publishers != 1 || hasMetadata || s.Switches().CheckTimes == 9 || len(s.CreatedNamespaces()) > 0 {
			t.Errorf("expected one service with one instance and nothing else, found %+v, metadata of the instance: %t", states, hasMetadata)
		}
	})
}

// TestRefusedExpiryComesAgain: metadata whose removal was refused is removed once the log takes it.
func TestRefusedExpiryComesAgain(t *testing.T) {
	story(t, func(s *server) {
		if err := s.Register(service1, instance(1), true, Attributes{}); err != nil {
			t.Fatal(err)
		}
		if err := s.Update(service1, instance(1), true); err != nil {
			t.Fatal(err)
		}
		if err := s.Deregister(service1, "10.0.0.1", 1, "DEFAULT", true); err != nil {
			t.Fatal(err)
		}
		log := s.keep()
		log.mu.Lock()
		log.refuses = true
		log.mu.Unlock()
		there := func() bool {
			_, there := s.InstanceMetadata(service1, OverlayID("10.0.0.1", 1, "DEFAULT"))
			return there
		}
		s.wait(80 * time.Second)
		if !there() {
			t.Fatal("expected the metadata to stay while its removal is refused")
		}
		log.mu.Lock()
		log.refuses = false
		log.mu.Unlock()
		s.wait(10 * time.Second)
		if there() {
			t.Error("expected the metadata to go once its removal is kept")
		}
	})
}
