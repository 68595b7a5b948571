package match

import (
	"fmt"
	"time"

	"github.com/onsi/gomega/types"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Lasting matches a history in which every sample of a span shows one state.
type Lasting struct {
	judge
	fact, since, series string
	from, until         time.Duration
	whole               bool
	is                  func(state) bool
	name                string
}

var _ types.GomegaMatcher = (*Lasting)(nil)

// IsListed matches while the instance or service is listed, healthy or not.
func IsListed(fact ...string) *Lasting { return lasting(fact, "listed", state.present) }

// IsHealthy matches while the instance is listed as healthy.
func IsHealthy(fact ...string) *Lasting {
	return lasting(fact, "healthy", func(s state) bool { return s == healthy || s == listed })
}

// IsUnhealthy matches while the instance is listed as unhealthy.
func IsUnhealthy(fact ...string) *Lasting {
	return lasting(fact, "unhealthy", func(s state) bool { return s == unhealthy })
}

// IsNotUnhealthy matches while the instance is listed as healthy or not listed.
func IsNotUnhealthy(fact ...string) *Lasting {
	return lasting(fact, "not unhealthy", func(s state) bool { return s != unhealthy })
}

// IsAbsent matches while the instance or service is not listed.
func IsAbsent(fact ...string) *Lasting {
	return lasting(fact, "absent", func(s state) bool { return s == absent })
}

func lasting(fact []string, name string, is func(state) bool) *Lasting {
	l := &Lasting{fact: "instance", name: name, is: is, whole: true}
	if len(fact) > 0 {
		l.fact = fact[0]
	}
	l.judge = judge{what: fmt.Sprintf("%s is %s", l.fact, name), decide: l.decide}
	return l
}

// Since names the step from which time is measured; the last step of that name counts.
func (l *Lasting) Since(step string) *Lasting { l.since = step; return l }

// In names the series of samples to look at; without it, all samples count.
func (l *Lasting) In(series string) *Lasting { l.series = series; return l }

// From lets the span begin d after the step, so that reads which lag behind do not count.
func (l *Lasting) From(d time.Duration) *Lasting { l.from = d; return l }

// Until ends the span d after the step. Without it the span lasts as long as the recording.
func (l *Lasting) Until(d time.Duration) *Lasting { l.until, l.whole = d, false; return l }

// During gives the span of time after the step, as the requirement does.
func (l *Lasting) During(w engine.Window) *Lasting { return l.From(w.After).Until(w.Until) }

func (l *Lasting) decide(h engine.History) verdict {
	who, found := subject(h, l.fact)
	if !found {
		return wrong(Missing, "the story names no %q", l.fact)
	}
	from, v := stimulus(h, l.since)
	if v.code != "" {
		return v
	}
	h.Cite(from)
	samples := known(h, l.series, who, from)
	judged := 0
	for _, s := range samples {
		earliest, latest := s.event.Sent-from.Received, s.event.Received-from.Sent
		if earliest < l.from || !l.whole && latest > l.until {
			continue
		}
		judged++
		if !l.is(s.state) {
			h.Cite(s.event)
			return wrong(Gone, "%s is %s %s after %q, expected %s %s", who, s.state, seconds(earliest), l.since, l.name, l.span())
		}
	}
	if judged == 0 && !l.perhaps(samples, from) {
		return wrong(NoAnswer, "no read %s tells about %s", l.span(), who)
	}
	if last := samples[len(samples)-1].event.Received - from.Sent; !l.whole && last < l.until-slack {
		return wrong(Unobserved, "the recording ends %s after %q, expected reads until %s", seconds(last), l.since, seconds(l.until))
	}
	return ok()
}

// perhaps decides where the step took so long that no read lies in the span for sure: all that may lie in it must agree.
func (l *Lasting) perhaps(samples []sample, from reports.Event) bool {
	judged := 0
	for _, s := range samples {
		earliest, latest := s.event.Sent-from.Received, s.event.Received-from.Sent
		if latest < l.from || !l.whole && earliest > l.until {
			continue
		}
		if !l.is(s.state) {
			return false
		}
		judged++
	}
	return judged > 0
}

// slack is how far before the end of a span its last read may lie.
const slack = time.Second

func (l *Lasting) span() string {
	if l.whole {
		return fmt.Sprintf("from %s after %q on", seconds(l.from), l.since)
	}
	return fmt.Sprintf("from %s to %s after %q", seconds(l.from), seconds(l.until), l.since)
}
