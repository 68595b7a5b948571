package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// CapacityKey names a namespace, or a group of the namespace without id. The one without either is all configurations.
type CapacityKey struct{ Tenant, Group string }

// Capacity is how many configurations there may be and how big they may be. What is 0 is as the settings say.
type Capacity struct {
	CapacityKey
	// ID numbers the capacities of groups, and those of namespaces, from 1.
	ID int64
	// Quota and MaxAggrCount are numbers, MaxSize and MaxAggrSize bytes.
	Quota, MaxSize, MaxAggrCount, MaxAggrSize int
	// Usage is how many configurations there are. It is counted, never stored.
	Usage int `cbor:"-"`
}

// CapacityLimits are new limits, nil for those that stay.
type CapacityLimits struct{ Quota, MaxSize, MaxAggrCount, MaxAggrSize *int }

type capacityTurn struct{}

// Capacity is that of a namespace, or of a group when the namespace is blank, with the numbers of the settings where it has
// none of its own. Asking makes it.
func (c *Center) Capacity(key CapacityKey) (Capacity, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.turn(capacityTurn{})()
	key = key.clean()
	if c.capacities[key] == nil {
		if err := c.commit(CapacityPut{c.newCapacity(key)}); err != nil {
			return Capacity{}, err
		}
	}
	return c.withDefaults(*c.capacities[key]), nil
}

// SetCapacity replaces limits of a namespace, or of a group when the namespace is blank.
func (c *Center) SetCapacity(key CapacityKey, limits CapacityLimits) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.turn(capacityTurn{})()
	key = key.clean()
	capacity := c.newCapacity(key)
	if old := c.capacities[key]; old != nil {
		capacity = *old
	}
	for _, limit := range []struct {
		to   *int
		from *int
	}{
		{&capacity.Quota, limits.Quota}, {&capacity.MaxSize, limits.MaxSize},
		{&capacity.MaxAggrCount, limits.MaxAggrCount}, {&capacity.MaxAggrSize, limits.MaxAggrSize},
	} {
		if limit.from != nil {
			*limit.to = *limit.from
		}
	}
	return c.commit(CapacityPut{capacity})
}

// Capacities are all that operators said or asked for, those of groups first, in the order in which they came. What they did
// not say is 0.
func (c *Center) Capacities() []Capacity {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := make([]Capacity, 0, len(c.capacities))
	for _, capacity := range c.capacities {
		all = append(all, *capacity)
	}
	slices.SortFunc(all, func(a, b Capacity) int {
		if (a.Tenant == "") != (b.Tenant == "") {
			return cmp.Compare(a.Tenant, b.Tenant)
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return all
}

func (k CapacityKey) clean() CapacityKey {
	if java.IsBlank(k.Tenant) {
		return CapacityKey{Group: strings.TrimRight(k.Group, " ")}
	}
	return CapacityKey{Tenant: k.Tenant}
}

func (c *Center) newCapacity(key CapacityKey) Capacity {
	capacity := Capacity{CapacityKey: key, ID: 1}
	for other := range c.capacities {
		if (other.Tenant == "") == (key.Tenant == "") {
			capacity.ID++
		}
	}
	return capacity
}

func (c *Center) withDefaults(capacity Capacity) Capacity {
	quota := c.settings.TenantQuota
	switch {
	case capacity.CapacityKey == CapacityKey{}:
		quota = c.settings.ClusterQuota
	case capacity.Tenant == "":
		quota = c.settings.GroupQuota
	}
	for _, limit := range []struct {
		to       *int
		fallback int
	}{
		{&capacity.Quota, quota}, {&capacity.MaxSize, c.settings.MaxSize},
		{&capacity.MaxAggrCount, c.settings.MaxAggrCount}, {&capacity.MaxAggrSize, c.settings.MaxAggrSize},
	} {
		if *limit.to == 0 {
			*limit.to = limit.fallback
		}
	}
	switch {
	case capacity.CapacityKey == CapacityKey{}:
		capacity.Usage = len(c.rows)
	case capacity.Tenant == "":
		capacity.Usage = c.inGroup[capacity.Group]
	default:
		capacity.Usage = c.inTenant[capacity.Tenant]
	}
	return capacity
}

// limits says whether capacities are enforced.
func (c *Center) limits() bool { return c.b.LimitsCapacity && c.settings.LimitCheck }

// checkCapacity refuses a formal publication that is over a limit.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/aspect/CapacityManagementAspect.java.
func (c *Center) checkCapacity(p Publication, update bool) error {
	if !c.limits() {
		return nil
	}
	key := CapacityKey{Tenant: p.Namespace, Group: p.Group}.clean()
	capacity := Capacity{CapacityKey: key}
	if known := c.capacities[key]; known != nil {
		capacity = *known
	}
	capacity = c.withDefaults(capacity)
	over := len(p.Content) > capacity.MaxSize
	if update {
		if over {
			return failure.NewChecked(CodeOverSize, failure.CodeServerError, textSizeExceeded, p.Group, p.Namespace)
		}
		return nil
	}
	var code int
	switch {
	case len(c.rows) >= c.settings.ClusterQuota:
		code = CodeOverClusterQuota
	case over:
		code = CodeOverSize
	case capacity.Usage >= capacity.Quota && key.Tenant == "":
		code = CodeOverGroupQuota
	case capacity.Usage >= capacity.Quota:
		code = CodeOverTenantQuota
	default:
		return nil
	}
	return failure.NewChecked(code, failure.CodeServerError, textQuotaExceeded, p.Group, p.Namespace)
}
