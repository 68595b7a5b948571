package naming

import (
	"slices"
	"strings"
)

// checkService looks for silent instances of a service, and comes again. It runs as a task of the clock. As on the line that
// it is for, all are marked before any is removed.
func (r *Registry) checkService(s *service) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.check == nil {
		return
	}
	if r.switches.HealthCheckEnabled || !r.b.Heartbeat.ObeysCheckSwitch {
		for c, p := range s.publishers {
			if c.kind == Ephemeral {
				r.markSilent(s, p)
			}
		}
		for c, p := range s.publishers {
			if c.kind == Ephemeral && r.b.Heartbeat.Expires {
				r.dropSilent(s, c, p)
			}
		}
	}
	s.check = r.clock.After(r.b.Heartbeat.CheckPeriod, func() { r.checkService(s) })
}

func (r *Registry) markSilent(s *service, p *publication) {
	for i := range p.instances {
		in := &p.instances[i]
		if in.healthy && r.b.Heartbeat.MarksUnhealthy && !r.skipsCheck(s, in.record) &&
			r.silent(s, in, KeyBeatTimeout, r.b.Heartbeat.Timeout) {
			in.healthy = false
			r.changed(s, r.b.Push.OnUnhealthy)
		}
	}
}

// dropSilent removes the instances of a publication that were silent for too long, and leaves the others.
func (r *Registry) dropSilent(s *service, c *client, p *publication) {
	kept := slices.DeleteFunc(slices.Clone(p.instances), func(in published) bool {
		return !r.skipsCheck(s, in.record) && r.removable(in.record) && r.silent(s, &in, KeyDeleteTimeout, r.b.Heartbeat.DeleteTimeout)
	})
	switch len(kept) {
	case len(p.instances):
	case 0:
		r.mergeSpread(s)
		r.withdraw(c, p, r.b.Push.OnExpiry)
	default:
		r.mergeSpread(s)
		p.instances = slices.DeleteFunc(p.instances, func(in published) bool { return !holds(kept, in.cluster) })
		r.changed(s, r.b.Push.OnExpiry)
	}
}

// removable says whether silence can remove an instance at all.
func (r *Registry) removable(in record) bool {
	return !r.b.Heartbeat.ExpiryNeedsAddress || in.ip != "" && !strings.Contains(in.ip, " ")
}
