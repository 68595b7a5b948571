package naming

import (
	"errors"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/wire"
)

// pushTask is the one pending push of a service.
type pushTask struct {
	task *clock.Task
	// start is when the earliest of the merged requests came.
	start time.Time
	delay time.Duration
	// targets are the ids of the clients to push to; nil for all subscribers.
	targets map[string]bool
}

// changed says that what readers of a service see has changed: its view is renewed after the delay and, where
// subscribers learn of it, pushed.
func (r *Registry) changed(s *service, pushes bool) {
	s.updated = r.clock.Now()
	s.assumed = false
	r.spoil(s)
	if pushes {
		r.schedule(s, r.b.Push.Delay, everybody)
	} else {
		r.schedule(s, r.b.Push.Delay, nobody)
	}
}

// spoil drops the view of a service that readers see as it is at the moment.
func (r *Registry) spoil(s *service) {
	if !r.b.View.Cached {
		s.cache = nil
	}
}

// What a push is for besides a single client, whose id is never one of these.
const (
	everybody = ""
	nobody    = "#"
)

// schedule asks for a push of a service to a client, to everybody or to nobody, and merges it with the pending one: the
// earliest start counts, with the delay of the latest request.
func (r *Registry) schedule(s *service, delay time.Duration, target string) {
	if old := s.push; old != nil && old.covers(delay, target) && r.b.Push.KeepsEarliestStart {
		return
	}
	next := &pushTask{start: r.clock.Now(), delay: delay}
	if target != everybody {
		next.targets = map[string]bool{target: true}
	}
	if old := s.push; old != nil {
		old.task.Stop()
		if old.start.Before(next.start) && r.b.Push.KeepsEarliestStart {
			next.start = old.start
		}
		if old.targets == nil {
			next.targets = nil
		}
		if next.targets != nil {
			for id := range old.targets {
				next.targets[id] = true
			}
		}
	}
	s.push = next
	r.arm(s, next.start.Add(delay))
}

// most is how many clients the push may be for.
func (p *pushTask) most() int {
	if p.targets == nil {
		return math.MaxInt
	}
	return len(p.targets)
}

// covers says whether a request changes nothing about the pending push.
func (p *pushTask) covers(delay time.Duration, target string) bool {
	return p.delay == delay && (p.targets == nil || p.targets[target])
}

// arm lets the pending push of a service run on the first tick of the engine that is not before due.
func (r *Registry) arm(s *service, due time.Time) {
	tick := r.b.Push.Tick
	since := due.Sub(r.epoch)
	if late := since % tick; late > 0 {
		since += tick - late
	}
	wait := r.epoch.Add(since).Sub(r.clock.Now())
	p := s.push
	p.task = r.clock.After(max(wait, 0), func() { r.firePush(s, p) })
}

type delivery struct {
	pusher Pusher
	to     Subscription
	view   *PushedView
}

// PushedView is what one push sends to all subscribers that see a service alike.
type PushedView struct {
	wire.ServiceInfo
	encode func() ([]byte, error)
}

// NewPushedView makes a view that is encoded once, however many receive it.
func NewPushedView(info wire.ServiceInfo) *PushedView {
	return &PushedView{info, sync.OnceValues(func() ([]byte, error) { return wire.Marshal(info) })}
}

// JSON is the view as it is sent. It must not be changed.
func (v *PushedView) JSON() ([]byte, error) { return v.encode() }

// firePush renews the view of a service and sends it. It runs as a task of the clock.
func (r *Registry) firePush(s *service, p *pushTask) {
	r.mu.Lock()
	if s.push != p {
		r.mu.Unlock()
		return
	}
	if !r.switches.PushEnabled && r.b.Push.StopsWithSwitch {
		r.held[s] = true
		r.mu.Unlock()
		return
	}
	s.push = nil
	deliveries := r.deliveries(s, p)
	r.release(s)
	r.mu.Unlock()
	for i := range deliveries {
		d := &deliveries[i] // stays where it is until the outcome is known
		d.pusher.Push(d.to, d.view, func(err error) { r.pushed(d.to, p.start, err) })
	}
}

func (r *Registry) deliveries(s *service, p *pushTask) []delivery {
	snap := r.rebuild(s)
	// sight is all that decides what a subscriber sees.
	type sight struct {
		kind     Kind
		clusters string
	}
	views := map[sight]*PushedView{}
	subscribers := r.subscribersOf(s)
	all := make([]delivery, 0, min(len(subscribers), p.most()))
	for c := range subscribers {
		if len(all) > 0 && !r.b.Push.EverySubscriber {
			break
		}
		if r.dropIfSilent(c) || p.targets != nil && !p.targets[c.id] || r.pushers[c.kind] == nil {
			continue
		}
		to := Subscription{c.id, s.key, c.subscriptions[s]}
		seen := sight{c.kind, to.Subscriber.Clusters}
		view := views[seen]
		if view == nil {
			view = NewPushedView(r.pushedView(s, snap, to, c.kind))
			views[seen] = view
		}
		if len(view.Hosts) > 0 || r.b.Push.SendsEmpty {
			all = append(all, delivery{r.pushers[c.kind], to, view})
			if len(view.Hosts) == 0 {
				r.tallies.emptyPushes++
			}
		}
	}
	return all
}

// pushedView is what a subscriber is sent. Addresses get the hosts of their clusters in any case.
func (r *Registry) pushedView(s *service, snap *snapshot, to Subscription, kind Kind) wire.ServiceInfo {
	if r.b.Push.SubscriberClusters {
		return r.selectView(s.key, snap, Selection{Clusters: to.Subscriber.Clusters})
	}
	view := r.selectView(s.key, snap, Selection{})
	if kind != Connection {
		view.Clusters = new(wire.Text(to.Subscriber.Clusters))
		wanted := r.clusterFilter(to.Subscriber.Clusters)
		view.Hosts = slices.DeleteFunc(view.Hosts, func(in wire.Instance) bool { return !wanted(string(*in.ClusterName)) })
	}
	return view
}

// subscribersOf are the clients that are pushed a service.
func (r *Registry) subscribersOf(s *service) map[*client]bool {
	if !r.b.Push.Namesakes {
		return s.subscribers
	}
	all := map[*client]bool{}
	for key, o := range r.services {
		if key.Name == s.key.Name {
			maps.Copy(all, o.subscribers)
		}
	}
	return all
}

// pushed takes note of the outcome of a push that was asked for at start; a failed one is repeated for that client alone.
func (r *Registry) pushed(to Subscription, start time.Time, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		r.pushes.Succeeded++
		r.costs.add(r.clock.Now().Sub(start))
		return
	}
	r.pushes.Failed++
	if r.b.Push.Retries && !errors.Is(err, ErrGivenUp) {
		r.schedule(r.record(to.Service), r.b.Push.RetryDelay, to.Client)
	}
}

// resumePushes lets the pushes run that fell due while pushing was switched off.
func (r *Registry) resumePushes() {
	for s := range r.held {
		if s.push != nil {
			r.arm(s, r.clock.Now())
		}
	}
	clear(r.held)
}

// PushCounts count pushes since the start or the last reset.
type PushCounts struct {
	// Succeeded and Failed are the pushes whose outcome is known.
	Succeeded, Failed int
	// AverageCost and MostCost are what those of the last minute took that succeeded, negative when there were none. The
	// average is up to 15 s old.
	AverageCost, MostCost time.Duration
}

// Pushes counts pushes, and starts to count anew when reset is true.
func (r *Registry) Pushes(reset bool) PushCounts {
	r.mu.Lock()
	defer r.mu.Unlock()
	counts := r.pushes
	counts.AverageCost, counts.MostCost = r.costs.average, r.costs.most
	if reset {
		r.pushes, r.costs = PushCounts{}, noCosts()
	}
	return counts
}
