package naming

import (
	"github.com/nacos-tck/nacos-tck/refserver/probe"
)

// answered names the instance that a probe was sent for, and the kind of the probe.
type answered struct {
	client  *client
	service *service
	ip      string
	port    int
	cluster string
	kind    string
}

// find is the instance of an address in a cluster, or nil.
func (p *publication) find(ip string, port int, cluster string) *published {
	if p == nil {
		return nil
	}
	for i := range p.instances {
		if in := &p.instances[i]; in.is(ip, port) && in.cluster == cluster {
			return in
		}
	}
	return nil
}

// judge does to an instance what the answer to its probe asks for, if it is still there.
func (r *Registry) judge(t *checkTask, a answered, result probe.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tallies.probed(a.kind)
	if r.b.HealthChecks.StoresHealth {
		defer r.turn(addressTurn{a.service.key, a.client.id})()
	}
	if in := a.client.publication(a.service).find(a.ip, a.port, a.cluster); in != nil {
		in.check.running = false
		switch result.Outcome {
		case probe.Passed:
			r.passed(a, in)
		case probe.Failed:
			r.failed(a, in)
		case probe.FailedAtOnce:
			r.failedAtOnce(a, in)
		}
	}
	r.adapt(t, a.kind, result)
}

// passed counts a success. Enough of them make an unhealthy instance healthy.
func (r *Registry) passed(a answered, in *published) {
	state := in.check
	first := r.b.HealthChecks.AnnouncesFirstPass && !state.announced
	state.failures = 0
	if in.healthy && !first {
		return
	}
	state.passes++
	if r.enough(state.passes) && r.checksHealth() {
		state.announced = r.b.HealthChecks.AnnouncesFirstPass
		r.setHealth(a, in, true)
	}
}

// failed counts a failure. Enough of them make a healthy instance unhealthy.
func (r *Registry) failed(a answered, in *published) {
	state := in.check
	state.passes = 0
	if !in.healthy && !state.announced {
		return
	}
	state.failures++
	if r.enough(state.failures) && r.checksHealth() {
		state.announced = false
		r.setHealth(a, in, false)
	}
}

func (r *Registry) failedAtOnce(a answered, in *published) {
	state := in.check
	state.passes = 0
	if (in.healthy || state.announced) && r.checksHealth() {
		state.announced = false
		r.setHealth(a, in, false)
	}
}

// enough says whether so many answers in a row change the health.
func (r *Registry) enough(answers int) bool {
	return answers >= r.switches.CheckTimes || !r.b.HealthChecks.ObeysCheckTimes
}

// setHealth changes the health of an instance: as a new registration of its client, which outlives a restart and starts
// all counts anew, or in memory alone. A change that cannot be kept is given up; the next answers ask for it again.
func (r *Registry) setHealth(a answered, in *published, healthy bool) {
	if !r.b.HealthChecks.StoresHealth {
		in.healthy = healthy
		r.changed(a.service, r.pushesHealth(healthy))
		return
	}
	put := PersistentPut{Service: a.service.key, IP: a.ip, Port: a.port}
	for _, p := range a.client.publication(a.service).instances {
		next := p.instance()
		if p.is(a.ip, a.port) && p.cluster == a.cluster {
			next.Healthy = healthy
		}
		put.Instances = append(put.Instances, next)
	}
	_ = r.commit(put)
}

func (r *Registry) pushesHealth(healthy bool) bool {
	if healthy {
		return r.b.Push.OnRecovery
	}
	return r.b.Push.OnUnhealthy
}

// pace is the switch that bounds the intervals of a kind of probe, if there is such a kind.
func (r *Registry) pace(kind string) (pace ProbePace, probed bool) {
	switch kind {
	case probe.TCP:
		return r.switches.TCPHealthParams, true
	case probe.HTTP:
		return r.switches.HTTPHealthParams, true
	case probe.MySQL:
		return r.switches.MySQLHealthParams, true
	}
	return ProbePace{}, false
}

// adapt moves the interval of a task towards the response time of an answer: quick answers shorten it, slow ones and
// failures make it longer, down to the least and up to the greatest interval of that kind of probe.
func (r *Registry) adapt(t *checkTask, kind string, result probe.Result) {
	pace, probed := r.pace(kind)
	if !probed || !r.b.HealthChecks.Adapts {
		return
	}
	response := result.Took.Milliseconds()
	switch result.Response {
	case probe.Doubled:
		response = 2 * t.interval
	case probe.Longest:
		response = int64(pace.Max)
		if kind == probe.MySQL && result.Outcome == probe.FailedAtOnce {
			response = int64(r.switches.HTTPHealthParams.Max) // as the real server has it
		}
	case probe.Measured:
	}
	t.best, t.worst = min(t.best, response), max(t.worst, response)
	factor := float32(pace.Factor)
	next := int64(factor*float32(t.interval) + (1-factor)*float32(response))
	t.interval = max(min(next, int64(pace.Max)), int64(pace.Min))
}
