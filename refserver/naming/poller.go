package naming

import (
	"net"
	"strconv"
	"strings"
)

// pollerID tells apart who polls a service.
func pollerID(key ServiceKey, sub Subscriber) string {
	address := net.JoinHostPort(sub.IP, strconv.Itoa(sub.Port))
	return strings.Join([]string{address, key.Namespace, key.Grouped(), sub.Clusters, sub.Agent}, "#")
}

// dropIfSilent forgets a poller that has not polled for too long, and says whether it did.
func (r *Registry) dropIfSilent(c *client) bool {
	if c.kind != Poller || r.clock.Now().Sub(c.updated) <= r.switches.pushCache() {
		return false
	}
	r.disconnect(c)
	return true
}

// dropSilentPollers forgets all pollers that have not polled for too long.
func (r *Registry) dropSilentPollers() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.clients {
		r.dropIfSilent(c)
	}
}
