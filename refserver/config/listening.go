package config

import (
	"cmp"
	"slices"
)

// Listening is the interest of one client in one configuration.
type Listening struct {
	Key
	// Client is the id of the connection, empty for a long poll.
	Client string
	// IP is the address of the client, Tag the variant that it takes if there is one, MD5 what it has.
	IP, Tag, MD5 string
}

// AllListening is who listens to what, over connections and with long polls that are held, by namespace, group, data id
// and client.
func (c *Center) AllListening() []Listening {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var all []Listening
	for key, listeners := range c.watchers.byKey {
		for _, l := range listeners {
			all = append(all, Listening{key, l.Client, l.IP, l.Tag, l.MD5})
		}
	}
	for key, holders := range c.polls.byKey {
		for held := range holders {
			all = append(all, Listening{key, "", held.poll.IP, held.poll.Tag, held.md5(key)})
		}
	}
	slices.SortFunc(all, func(a, b Listening) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Group, b.Group), cmp.Compare(a.DataID, b.DataID),
			cmp.Compare(a.Client, b.Client), cmp.Compare(a.IP, b.IP))
	})
	return all
}
