package heartbeat

import (
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
	"github.com/nacos-tck/nacos-tck/wire"
)

type story = suites.Story

// check judges the story beside which it stands. The requirement is named without the prefix of the area.
func check(requirement, variant string, judge func(g gomega.Gomega, h engine.History)) engine.Check {
	return suites.Check("naming.heartbeat."+requirement, variant, judge)
}

const (
	// pace is how often stories of half a minute read: the windows that they show are 5 s wide.
	pace = 500 * time.Millisecond
	// fine is how often stories read that wait for the effect of a request.
	fine = 100 * time.Millisecond
	// settle is how long they wait for it: the read lag of 0.6 s, the grace of a second, and some more to tell late from never.
	settle = 2 * time.Second
)

// watch reads the list of instances at the pace, for d.
func watch(s *drive.Session, api drive.API, v drive.Service, pace, d time.Duration) {
	s.WatchEvery(pace, d, func() bool { s.SampleList(api, v); return false })
}

// span is a time of a watch, counted from its start.
type span struct{ from, until time.Duration }

// watchClosely is watch at the usual pace, but fine in the spans in which something is expected, given in order.
func watchClosely(s *drive.Session, api drive.API, v drive.Service, d time.Duration, spans ...span) {
	start := time.Now()
	for _, dense := range append(spans, span{d, d}) {
		watch(s, api, v, pace, dense.from-time.Since(start)-pace)
		s.Until(start, dense.from)
		if dense.until > dense.from {
			watch(s, api, v, fine, dense.until-time.Since(start))
		}
	}
}

// beside tells a part of the story, which lasts d, while another instance of the service beats: where no instance of a
// service is healthy, a server may protect its clients and show all as healthy.
func beside(s *drive.Session, api drive.API, v drive.Service, d time.Duration, part func()) {
	companion := s.NewInstanceAs("companion", v)
	s.Register(api, "register-companion", companion)
	s.Together(part, func() {
		s.Repeat(5*time.Second, d, func() { s.LightBeat(api, "beat-companion", companion) })
	})
}

// patience is how long a story waits for silence to make instances unhealthy: until well before they are removed.
const patience = 27 * time.Second

// untilUnhealthy reads the list until it shows all the instances as unhealthy, beside one that beats. What a story
// does with unhealthy instances cannot be told where there are none. Instances that register as unhealthy are so at
// once; a server that does not believe them finds them silent.
func untilUnhealthy(s *drive.Session, api drive.API, instances ...drive.Instance) error {
	companion := s.NewInstanceAs("companion", instances[0].Service)
	s.Register(api, "register-companion", companion)
	var x wire.HTTPExchange
	all, beaten := false, time.Time{}
	s.WatchEvery(pace, patience, func() bool {
		if time.Since(beaten) >= 5*time.Second {
			beaten = time.Now()
			s.LightBeat(api, "beat-companion", companion)
		}
		x = s.SampleList(api, instances[0].Service)
		all = allUnhealthy(x, instances)
		return all
	})
	if !all {
		return engine.Untestable("unhealthy instances are needed: %s after their registration the list shows %s", patience, x.Body)
	}
	return nil
}

func allUnhealthy(x wire.HTTPExchange, instances []drive.Instance) bool {
	for _, i := range instances {
		host, listed := match.Answer{Status: x.Status, Body: x.Body}.Host(i.Address())
		if !listed || host.Healthy {
			return false
		}
	}
	return true
}

// done matches the answer of a write that succeeded: plain "ok" in v1, the envelope of success in v2.
func done(api drive.API, step string) *match.Answering {
	if api == drive.V1 {
		return match.Answers(step).WithStatus(200).WithText("ok")
	}
	return match.Answers(step).WithStatus(200).WithProperty("code", 0).WithProperty("data", "ok")
}

// beatAnswered matches the answer to a beat, which has no envelope in v2 either.
func beatAnswered(step string, code int) *match.Answering {
	return match.Answers(step).WithStatus(200).WithProperty("code", code)
}

// Codes in the answers to beats.
const (
	codeOK      = 10200
	codeUnknown = 20404
)

// timeouts is metadata with the three reserved keys, in milliseconds; empty ones are left out.
func timeouts(interval, timeout, deleteTimeout string) string {
	text, comma := "{", ""
	for _, pair := range [][2]string{
		{"preserved.heart.beat.interval", interval},
		{"preserved.heart.beat.timeout", timeout},
		{"preserved.ip.delete.timeout", deleteTimeout},
	} {
		if pair[1] != "" {
			text += comma + `"` + pair[0] + `":"` + pair[1] + `"`
			comma = ","
		}
	}
	return text + "}"
}
