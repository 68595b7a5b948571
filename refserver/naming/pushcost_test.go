package naming

import (
	"testing"
	"time"
)

func TestPushesCostTheTimeFromTheFirstChange(t *testing.T) {
	story(t, func(s *server) { // virtual time begins at a full minute
		s.listen()
		expect := func(when string, succeeded int, average, most time.Duration) {
			t.Helper()
			if n := s.Pushes(false); n.Succeeded != succeeded || n.AverageCost != average || n.MostCost != most {
				t.Errorf("%s: found %+v", when, n)
			}
		}
		expect("at first", 0, -1, -1)
		s.subscribe("")
		s.wait(time.Second + 50*time.Millisecond)
		expect("after a push", 1, -1, 500*time.Millisecond)
		s.register(instance(1))
		s.wait(time.Second)
		expect("after another", 2, -1, 550*time.Millisecond)
		if err := s.Unsubscribe("c", service1); err != nil {
			t.Fatal(err)
		}
		s.wait(13 * time.Second)
		expect("after 15 s", 2, 525*time.Millisecond, 550*time.Millisecond)
		s.wait(14 * time.Second)
		expect("before 30 s", 2, 525*time.Millisecond, 550*time.Millisecond)
		s.wait(17 * time.Second)
		expect("after 45 s", 2, -1, -1)
		if s.Pushes(true); s.Pushes(false).Succeeded != 0 {
			t.Errorf("after a reset: found %+v", s.Pushes(false))
		}
	})
}
