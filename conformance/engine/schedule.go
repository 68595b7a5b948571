package engine

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/nacos-tck/nacos-tck/reports"
)

// phases lays timelines out in time: the shared ones at once, then the quiet ones as a group, then each exclusive and
// each destructive one alone. Where these get targets of their own, they run beside the shared ones. Within a phase
// the longest comes first.
func phases[E any](timelines []Timeline[E], o Options) [][]Timeline[E] {
	var together, quiet []Timeline[E]
	var alone [][]Timeline[E]
	for _, class := range []Class{Shared, Quiet, Exclusive, Destructive} {
		for _, t := range timelines {
			switch {
			case t.Class != class:
			case class == Quiet:
				quiet = append(quiet, t)
			case class == Shared || o.Isolates:
				together = append(together, t)
			default:
				alone = append(alone, []Timeline[E]{t})
			}
		}
	}
	var laid [][]Timeline[E]
	for _, phase := range slices.Concat([][]Timeline[E]{together, quiet}, alone) {
		if len(phase) > 0 {
			slices.SortStableFunc(phase, func(a, b Timeline[E]) int { return cmp.Compare(b.Lasts, a.Lasts) })
			laid = append(laid, phase)
		}
	}
	return laid
}

// length adds up the phases when no more than maxLive timelines run at once.
func length[E any](phases [][]Timeline[E], maxLive int) time.Duration {
	var total time.Duration
	for _, phase := range phases {
		total += phaseLength(phase, maxLive)
	}
	return total
}

// phaseLength hands each timeline, in order, to the seat that is free first.
func phaseLength[E any](phase []Timeline[E], maxLive int) time.Duration {
	if len(phase) == 0 {
		return 0
	}
	seats := make([]time.Duration, min(len(phase), maxLive))
	for _, t := range phase {
		first := slices.Index(seats, slices.Min(seats))
		seats[first] += t.Lasts
	}
	return slices.Max(seats)
}

// fitBudget drops the timelines that do not fit, and with them the checks that read them. Phases are filled in their
// order and within a phase the shortest first, which keeps the most.
func (p *Plan[E]) fitBudget() {
	budget := p.options.Budget
	if budget <= 0 {
		return
	}
	dropped := map[string]bool{}
	left := budget
	for i, phase := range p.phases {
		var kept []Timeline[E]
		for _, t := range slices.Backward(phase) {
			with := slices.Insert(slices.Clone(kept), 0, t) // the longest stays first
			if phaseLength(with, p.options.maxLive()) <= left {
				kept = with
			} else {
				dropped[t.ID] = true
			}
		}
		p.phases[i] = kept
		left -= phaseLength(kept, p.options.maxLive())
	}
	p.dropChecks(dropped)
}

// dropChecks marks the checks whose timelines were dropped and drops the timelines that only those would have read.
func (p *Plan[E]) dropChecks(dropped map[string]bool) {
	read := map[string]bool{}
	for i := range p.checks {
		c := &p.checks[i]
		if !c.runs() {
			continue
		}
		if slices.ContainsFunc(c.Reads, func(id string) bool { return dropped[id] }) {
			c.leaveOut(NotInBudget, fmt.Sprintf("does not fit into the budget of %s", reports.Duration(p.options.Budget)))
			continue
		}
		for _, id := range c.Reads {
			read[id] = true
		}
	}
	for i := range p.phases {
		p.phases[i] = slices.DeleteFunc(p.phases[i], func(t Timeline[E]) bool { return !read[t.ID] })
	}
	p.phases = slices.DeleteFunc(p.phases, func(phase []Timeline[E]) bool { return len(phase) == 0 })
}
