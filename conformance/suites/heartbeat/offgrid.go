package heartbeat

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

func lastBeats() []story { return suites.OverHTTP(lastBeatsOffTheGrid) }

// lastBeatsOffTheGrid lets two instances fall silent at moments that tell their timeouts to a second, although the
// server looks only every 5 s: one a second before a timeout that is a little too short would be found exceeded, one
// half a second before a check at which the right timeout is just exceeded. Each has an instance in another service,
// which came first.
func lastBeatsOffTheGrid(api drive.API) story {
	v := string(api)
	const earlyAt, lateAt, length = 900 * time.Millisecond, 4500 * time.Millisecond, 44 * time.Second
	return story{
		ID:    "heartbeat.last-beats-off-the-grid." + v,
		About: "Two addresses register in two services over " + v + "; one beats in the second service 0.9 s later, the other one 4.5 s later, and they are not heard of again; a third one beats every 5 s.",
		Lasts: length + 2*time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			first := s.NewService("elsewhere")
			early := s.NewInstanceAs("early", s.NewService("off-grid"))
			late := s.NewInstanceAs("late", early.Service)
			for _, i := range []drive.Instance{early, late} {
				s.Register(api, "register-elsewhere", drive.Instance{Service: first, IP: i.IP, Port: i.Port})
			}
			s.Register(api, "register-early", early)
			s.Register(api, "register-late", late)
			start := time.Now()
			beside(s, api, early.Service, length, func() {
				s.Until(start, earlyAt)
				s.LightBeat(api, "beat-early", early)
				s.Until(start, lateAt)
				s.LightBeat(api, "beat-late", late)
				watchClosely(s, api, early.Service, length-lateAt, span{10 * time.Second, 12 * time.Second}, span{25 * time.Second, 27 * time.Second})
			})
			return nil
		},
		Checks: []engine.Check{
			check("silence-counts-from-last-beat", "early-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy("early").Since("beat-early").In("list").Within(h.Window()))
			}),
			check("removal-counts-from-last-beat", "early-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears("early").Since("beat-early").In("list").Within(h.Window()))
			}),
			check("checked-every-5s", "late-"+v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.TurnsUnhealthy("late").Since("register-late").In("list").Within(h.Window()))
			}),
			check("removal-checked-every-5s", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears("late").Since("register-late").In("list").Within(h.Window()))
			}),
			check("removal-is-final", v, func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsListed("early").Since("beat-late").In("list").Until(10 * time.Second))
				g.Expect(h).To(match.IsAbsent("early").Since("register-early").In("list").During(h.Window()))
			}),
		},
	}
}
