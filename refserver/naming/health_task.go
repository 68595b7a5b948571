package naming

import (
	"math"
	"strconv"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/probe"
)

// checkTask is a health check task: it probes the persistent instances that it is there for, again and again. It asks
// for their number, addresses and checkers anew in each run, so that any of them may change.
type checkTask struct {
	// client is whose publications it probes; nil for the task of a cluster.
	client *client
	// service and cluster say whose persistent instances it probes, where there is one task per cluster.
	service *service
	cluster string

	// made is when the task of a cluster was made, counted from the start of the registry.
	made time.Duration
	// interval is the time, in milliseconds, between two runs.
	interval int64
	// best and worst are the least and the greatest response time that it reckoned with, in milliseconds.
	best, worst int64
	// next is the next run, nil when the task has ended.
	next *clock.Task
}

// checkState is what is known of an instance from its probes.
type checkState struct {
	// passes and failures count answers in a row.
	passes, failures int
	// running says that a probe is on its way.
	running bool
	// announced says that enough passes were seen to announce a healthy instance.
	announced bool
}

// SetDialer gives probes the network that they reach their targets by. Without, nothing is probed and persistent
// instances keep the health that they were registered with. It must be called at most once.
func (r *Registry) SetDialer(dial probe.Dial) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.probes = probe.NewPool(probe.New(r.b.HealthChecks, dial))
}

// watch starts the health checks of what a persistent client has just published in place of old, which may be nil.
func (r *Registry) watch(c *client, old, p *publication) {
	for i := range p.instances {
		in := &p.instances[i]
		in.check = &checkState{}
		if old != nil && r.b.HealthChecks.CountsSurvive {
			if was := old.find(in.ip, int(in.port), in.cluster); was != nil && was.check != nil {
				// What was announced belongs to the registration, counts do not.
				in.check = &checkState{passes: was.check.passes, failures: was.check.failures, running: was.check.running}
			}
		}
		if r.b.HealthChecks.TaskPerCluster {
			r.watchCluster(p.service, in.cluster)
		}
	}
	if c.health == nil && !r.b.HealthChecks.TaskPerCluster {
		c.health = &checkTask{client: c, interval: r.firstDelay(), best: math.MaxInt64}
		r.plan(c.health, millis(c.health.interval))
	}
}

// nameTask makes the task of a cluster, which exists from the moment when the cluster does, but runs only once there is
// something to probe. It goes on until the service ends.
func (r *Registry) nameTask(s *service, cluster string) *checkTask {
	if t := s.health[cluster]; t != nil {
		return t
	}
	if s.health == nil {
		s.health = map[string]*checkTask{}
	}
	t := &checkTask{service: s, cluster: cluster, made: r.uptime(), interval: r.firstDelay(), best: math.MaxInt64}
	s.health[cluster] = t
	return t
}

// watchCluster lets the task of a cluster run, on the grid that it is on since it was made.
func (r *Registry) watchCluster(s *service, cluster string) {
	t := r.nameTask(s, cluster)
	if t.next == nil {
		interval := millis(t.interval)
		r.plan(t, interval-(r.uptime()-t.made)%interval)
	}
}

// firstDelay is the first interval of a task, in milliseconds. The numbers drawn are the same in every life of a server.
func (r *Registry) firstDelay() int64 {
	delay := r.b.HealthChecks.FirstDelay.Milliseconds()
	if spread := r.b.HealthChecks.FirstSpread.Milliseconds(); spread > 0 {
		delay += r.random.Int64N(spread)
	}
	return delay
}

func (r *Registry) plan(t *checkTask, wait time.Duration) {
	t.next = r.clock.After(wait, func() { r.runChecks(t) })
}

func (t *checkTask) stop() {
	if t != nil && t.next != nil {
		t.next.Stop()
		t.next = nil
	}
}

// stopChecks ends the tasks of a service's clusters.
func (s *service) stopChecks() {
	for _, t := range s.health {
		t.stop()
	}
	s.health = nil
}

// runChecks starts a probe of everything that a task is there for, and plans its next run with the interval as it is:
// the answers come later. It runs as a task of the clock.
func (r *Registry) runChecks(t *checkTask) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.next == nil {
		return
	}
	if r.checksHealth() && r.probes != nil {
		t.each(func(c *client, p *publication, in *published) { r.check(t, c, p, in) })
	}
	r.plan(t, millis(t.interval))
}

// checksHealth says whether probes run and their answers have effect.
func (r *Registry) checksHealth() bool {
	return r.b.HealthChecks.Probes && (r.switches.HealthCheckEnabled || !r.b.HealthChecks.ObeysCheckSwitch)
}

// each visits the persistent instances of a task.
func (t *checkTask) each(visit func(*client, *publication, *published)) {
	if t.client != nil {
		for _, p := range t.client.publications {
			for i := range p.instances {
				visit(t.client, p, &p.instances[i])
			}
		}
		return
	}
	for c, p := range t.service.publishers {
		if c.kind != Persistent {
			continue
		}
		for i := range p.instances {
			if p.instances[i].cluster == t.cluster {
				visit(c, p, &p.instances[i])
			}
		}
	}
}

// check starts the probe of an instance. One that still waits for its last answer is not probed again, and its task
// slows down.
func (r *Registry) check(t *checkTask, c *client, p *publication, in *published) {
	cluster := r.clusterOf(p.service, in.cluster)
	kind := cluster.Checker.Type
	if _, probed := r.pace(kind); !probed {
		return
	}
	if in.check.running {
		r.adapt(t, kind, probe.Result{Response: probe.Doubled})
		return
	}
	in.check.running = true
	s, ip, port, name := p.service, in.ip, int(in.port), in.cluster
	r.probes.Submit(r.target(p.service, in, cluster), func(result probe.Result) {
		r.judge(t, answered{c, s, ip, port, name, kind}, result)
	})
}

// clusterOf are the settings of a cluster now.
func (r *Registry) clusterOf(s *service, name string) Cluster {
	if s.metadata != nil {
		if c, ok := s.metadata.Clusters[name]; ok {
			return c
		}
	}
	return DefaultCluster()
}

// target is what an instance is probed by. Databases listen at the instance's port, whatever the cluster says.
func (r *Registry) target(s *service, in *published, c Cluster) probe.Target {
	port := int(in.port)
	if c.Checker.Type != probe.MySQL && !(c.UseInstancePort && r.b.HealthChecks.ObeysInstancePort) {
		port = c.CheckPort
	}
	return probe.Target{
		Kind: c.Checker.Type, Host: in.ip, Port: port,
		Path: c.Checker.Path, Headers: c.Checker.Headers, ExpectedCode: c.Checker.ExpectedCode,
		User: c.Checker.User, Password: c.Checker.Password, Command: c.Checker.Command,
		Owner: s.key.Grouped() + ":" + in.cluster + ":" + in.ip + ":" + strconv.Itoa(int(in.port)),
	}
}
