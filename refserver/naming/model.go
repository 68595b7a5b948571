// Package naming is the domain of the reference server: clients, what they publish and subscribe, the views that
// readers get, and the timers that change them. It knows no transport.
package naming

import "github.com/nacos-tck/nacos-tck/wire"

// ServiceKey is the identity of a service: the three names as they were given, case-sensitive.
type ServiceKey struct {
	Namespace, Group, Name string
}

// Grouped is group@@name.
func (k ServiceKey) Grouped() string { return k.Group + "@@" + k.Name }

// Instance is what one client publishes for one service.
type Instance struct {
	// ID is the instance id that readers see; empty when the line leaves it out.
	ID       string
	IP       string
	Port     int
	Weight   float64
	Healthy  bool
	Enabled  bool
	Cluster  string
	Metadata map[string]string
}

// Subscriber is how a client wants to see a service.
type Subscriber struct {
	// Clusters is a comma list, empty for all.
	Clusters string
	// App and Agent are shown to operators.
	App, Agent string
	IP         string
	Port       int
}

// Pusher delivers a view to a subscribed client. It must not block: it calls done once, from any goroutine, with nil
// when the client acknowledged and with the reason when it did not.
type Pusher interface {
	Push(client string, service ServiceKey, view wire.ServiceInfo, done func(error))
}
