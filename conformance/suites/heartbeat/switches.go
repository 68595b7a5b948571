package heartbeat

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/fixtures"
)

func switches() []story { return []story{checkSwitch(), beatSwitches()} }

// checkSwitch turns the beat check off and on again. Short timeouts keep the story short.
func checkSwitch() story {
	const off, on = 10 * time.Second, 8 * time.Second
	return story{
		ID:    "heartbeat.check-switch",
		About: "The switch check is turned off; an instance with timeouts of 1 s registers and is not heard of again; 10 s later the switch is turned on.",
		Class: engine.Exclusive,
		Lasts: off + on + time.Second,
		Needs: []string{fixtures.HTTPv1, fixtures.HTTPv1Admin},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("switch"))
			if err := s.Turn("off", drive.HealthCheck, "false"); err != nil {
				return err
			}
			s.Register(drive.V1, "register", i.With("metadata", timeouts("500", "1000", "1000")))
			watch(s, drive.V1, i.Service, pace, off)
			if err := s.Turn("on", drive.HealthCheck, "true"); err != nil {
				return err
			}
			watch(s, drive.V1, i.Service, pace, on)
			return nil
		},
		Checks: []engine.Check{
			check("check-switch-stops", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.IsHealthy().Since("register").In("list").During(h.Window()))
			}),
			check("check-switch-resumes", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(match.Disappears().Since("on").In("list").Within(h.Window()))
			}),
		},
	}
}

// beatSwitches changes what the answers to beats say.
func beatSwitches() story {
	return story{
		ID:    "heartbeat.beat-switches",
		About: "The switches clientBeatInterval and lightBeatEnabled are changed; an instance registers and beats.",
		Class: engine.Exclusive,
		Lasts: 2 * time.Second,
		Needs: []string{fixtures.HTTPv1, fixtures.HTTPv1Admin},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("switch"))
			s.Register(drive.V1, "register", i)
			if err := s.Turn("interval", drive.BeatInterval, "7000"); err != nil {
				return err
			}
			if err := s.Turn("light", drive.LightBeatEnabled, "false"); err != nil {
				return err
			}
			s.LightBeat(drive.V1, "beat", i)
			return nil
		},
		Checks: []engine.Check{
			check("interval-switch", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat", codeOK).WithProperty("clientBeatInterval", 7000))
			}),
			check("light-beat-switch", "v1", func(g gomega.Gomega, h engine.History) {
				g.Expect(h).To(beatAnswered("beat", codeOK).WithProperty("lightBeatEnabled", false))
			}),
		},
	}
}
