package naming

import (
	"math/rand/v2"
	"regexp"
	"sync"
	"time"
	"unique"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/probe"
)

// Registry is the state of the server and all that may change it. Its methods may be called from any goroutine.
//
// What a server keeps over a restart changes through commit alone, as a Change; the rest changes where it stands.
type Registry struct {
	b     behaviour.Behaviour
	clock *clock.Clock
	epoch time.Time
	// log keeps changes before they take effect; nil when they are not kept.
	log durable.Log
	// names and clusterNames are what the names of services and clusters must match, nil for anything.
	names, clusterNames *regexp.Regexp

	mu       sync.Mutex
	clients  map[string]*client
	services map[ServiceKey]*service
	marks    map[mark]time.Time
	switches Switches
	pushes   PushCounts
	costs    costs
	tallies  tallies
	pushers  map[Kind]Pusher
	// held are the services whose push tasks fell due while pushing was switched off.
	held map[*service]bool
	// namespaces are those that ever held a service, where they stay known.
	namespaces map[string]bool
	// created are the namespaces that operators set up, in order of creation.
	created []Namespace
	// sequence numbers publications, so that views keep their order.
	sequence uint64
	// turns are the writes on their way, by subject; each is closed when it is over.
	turns map[any]chan struct{}

	snowflakes snowflakes
	watches    watches

	// probes asks persistent instances whether they live, nil when there is no network; random spreads its first questions.
	probes *probe.Pool
	random *rand.Rand

	stops []func()
}

// New starts an empty registry that behaves like b. Close ends its timers.
func New(b behaviour.Behaviour, c *clock.Clock) *Registry {
	r := &Registry{
		b: b, clock: c, epoch: c.Now(),
		clients: map[string]*client{}, services: map[ServiceKey]*service{}, marks: map[mark]time.Time{},
		turns: map[any]chan struct{}{}, random: rand.New(rand.NewPCG(1, 1)),
		switches: defaultSwitches(b), pushers: map[Kind]Pusher{}, held: map[*service]bool{}, namespaces: map[string]bool{},
		names: syntax(b.Services.NameSyntax), clusterNames: syntax(b.Services.ClusterSyntax),
	}
	r.stops = append(r.stops,
		c.Every(0, b.Cleaning.ClientPeriod, r.dropSilentClients),
		c.Every(b.Cleaning.EmptyServiceInitial, b.Cleaning.EmptyServicePeriod, r.dropEmptyServices),
		c.Every(b.Cleaning.MetadataInitial, b.Cleaning.MetadataPeriod, r.dropExpiredMetadata),
	)
	r.costs = noCosts()
	r.stops = append(r.stops, r.countCosts()...)
	if b.Datagrams.Pollers {
		r.stops = append(r.stops, c.Every(0, b.Datagrams.PollerPeriod, r.dropSilentPollers))
	}
	if b.Watch.Served {
		r.stops = append(r.stops, c.Every(b.Watch.TrimPeriod, b.Watch.TrimPeriod, r.trimPatterns))
	}
	return r
}

// Behaviour is what the registry was started with.
func (r *Registry) Behaviour() behaviour.Behaviour { return r.b }

// Now is the registry's time.
func (r *Registry) Now() time.Time { return r.clock.Now() }

// Every runs f on the registry's clock with a fixed delay, until the returned function is called.
func (r *Registry) Every(delay time.Duration, f func()) (stop func()) {
	return r.clock.Every(delay, delay, f)
}

// uptime is the time since the registry was started.
func (r *Registry) uptime() time.Duration { return r.clock.Now().Sub(r.epoch) }

// SetPusher names who delivers to the clients of a kind. Clients of a kind without pusher get none.
func (r *Registry) SetPusher(kind Kind, p Pusher) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pushers[kind] = p
}

// Close stops all timers and probes, and refuses further changes of what is kept. It must not be called from a task of
// the clock.
func (r *Registry) Close() {
	for _, stop := range r.stops {
		stop()
	}
	r.stopTasks()
	if r.probes != nil {
		r.probes.Close()
	}
}

func (r *Registry) stopTasks() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.log != nil {
		r.log = closedLog{}
	}
	for _, c := range r.clients {
		c.stopCheck()
		c.health.stop()
	}
	for _, m := range r.watches.messages {
		m.task.Stop()
	}
	clear(r.watches.messages)
	for _, s := range r.services {
		s.stopChecks()
		if s.push != nil {
			s.push.task.Stop()
			s.push = nil
		}
		s.stopCheck()
	}
}

// intern makes equal names share their memory.
func intern(s string) string { return unique.Make(s).Value() }
