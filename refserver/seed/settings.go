package seed

import (
	"github.com/nacos-tck/nacos-tck/refserver/config"
)

func (d Domains) capacity(path string, c Capacity) step {
	key := config.CapacityKey{Tenant: c.Namespace, Group: c.Group}
	return step{path, func() bool {
		for _, found := range d.Configs.Capacities() {
			if found.CapacityKey == key {
				return found.Quota == c.Quota && found.MaxSize == c.MaxSize && found.MaxAggrCount == c.MaxAggrCount && found.MaxAggrSize == c.MaxAggrSize
			}
		}
		return false
	}, func() error {
		return d.Configs.SetCapacity(key, config.CapacityLimits{
			Quota: &c.Quota, MaxSize: &c.MaxSize, MaxAggrCount: &c.MaxAggrCount, MaxAggrSize: &c.MaxAggrSize,
		})
	}}
}

func (d Domains) switched(path string, s Switch) step {
	return step{path, func() bool {
		changes, err := d.Registry.TrySwitch(s.Entry, s.Value)
		return err == nil && !changes
	}, func() error {
		if _, err := d.Registry.TrySwitch(s.Entry, s.Value); err != nil {
			return err
		}
		return d.Registry.SetSwitch(s.Entry, s.Value, false)
	}}
}

func (d Domains) collectSettings(s *Seed) {
	for _, c := range d.Configs.Capacities() {
		s.Capacities = append(s.Capacities, Capacity{c.Tenant, c.Group, c.Quota, c.MaxSize, c.MaxAggrCount, c.MaxAggrSize})
	}
	for _, w := range d.Registry.SwitchWrites() {
		s.Switches = append(s.Switches, Switch{w.Entry, w.Value})
	}
}
