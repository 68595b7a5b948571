package naming

import (
	"maps"
	"time"
)

// tallies count what nothing but measurements needs.
type tallies struct {
	emptyPushes int
	// probes are those that were answered, by the type of their checker.
	probes map[string]int
}

func (t *tallies) probed(kind string) {
	if t.probes == nil {
		t.probes = map[string]int{}
	}
	t.probes[kind]++
}

// Meters are what a registry measures of itself.
type Meters struct {
	// Services and Instances are those that are there.
	Services, Instances int
	// Publications and Subscriptions count services that clients publish and subscribe, by kind of client.
	Publications, Subscriptions map[Kind]int
	// EmptyPushes are pushes without an instance. Pushing counts pushes that wait for their time.
	EmptyPushes, Pushing int
	Pushes               PushCounts
	// CostSum is in ms what the CostCount pushes took that Pushes.AverageCost is made of next.
	CostSum, CostCount int64
	// Probes are the health checks that were answered, by the type of their checker: TCP, HTTP, MYSQL.
	Probes map[string]int
}

// Meters measures the registry now.
func (r *Registry) Meters() Meters {
	totals, pushes := r.Totals(), r.Pushes(false)
	r.mu.Lock()
	defer r.mu.Unlock()
	m := Meters{
		Services: totals.Services, Instances: totals.Instances, Pushes: pushes,
		Publications: map[Kind]int{}, Subscriptions: map[Kind]int{}, Probes: map[string]int{},
		EmptyPushes: r.tallies.emptyPushes, CostSum: r.costs.sum.Milliseconds(), CostCount: int64(r.costs.count),
	}
	for _, c := range r.clients {
		m.Publications[c.kind] += len(c.publications)
		m.Subscriptions[c.kind] += len(c.subscriptions)
	}
	for _, s := range r.services {
		if s.push != nil {
			m.Pushing++
		}
	}
	maps.Copy(m.Probes, r.tallies.probes)
	return m
}

// AverageMillis is the average cost in ms, -1 when there is none.
func (p PushCounts) AverageMillis() int { return inMillis(p.AverageCost) }

// MostMillis is the greatest cost in ms, -1 when there is none.
func (p PushCounts) MostMillis() int { return inMillis(p.MostCost) }

func inMillis(d time.Duration) int {
	if d < 0 {
		return -1
	}
	return int(d.Milliseconds())
}
