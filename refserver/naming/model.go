// Package naming is the domain of the reference server: clients, what they publish and subscribe, the views that
// readers get, and the timers that change them. It knows no transport.
package naming

import (
	"errors"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// ServiceKey is the identity of a service: the three names as they were given, case-sensitive.
type ServiceKey struct {
	Namespace, Group, Name string
}

// Grouped is group@@name, or the name alone when it is blank and has no group.
func (k ServiceKey) Grouped() string {
	if k.Group == "" && java.IsBlank(k.Name) {
		return k.Name
	}
	return k.Group + "@@" + k.Name
}

// Nameless says whether the group or the name is missing or blank.
func (k ServiceKey) Nameless() bool {
	return java.IsBlank(k.Group) || java.IsBlank(k.Name)
}

// Instance is what one client publishes for one service.
type Instance struct {
	// ID is the instance id that readers see; empty when the line leaves it out.
	ID string
	IP string
	// NoIP says that the instance names no ip at all, which readers can tell from an empty one.
	NoIP     bool
	Port     int
	Weight   float64
	Healthy  bool
	Enabled  bool
	Cluster  string
	Metadata map[string]string
	// Nulls are the names of metadata whose value is null; Metadata has none of them.
	Nulls []string
	// NoMetadata says that the metadata itself is null.
	NoMetadata bool
	// App is the application that registered the instance; empty for none.
	App string
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

// Attributes is what is known of a client besides its id; it is shown to operators.
type Attributes struct {
	// ConnectType is GRPC for connections.
	ConnectType string
	App         string
	Version     string
	IP          string
	Port        int
}

// Kind says how a client lives.
type Kind int

const (
	// Connection lives as long as its gRPC connection.
	Connection Kind = iota
	// Ephemeral is an HTTP client, ip:port#true, that lives by beats.
	Ephemeral
	// Persistent is an HTTP client, ip:port#false, that lives until it is deregistered.
	Persistent
	// Poller subscribes one service by polling it, and lives as long as it does.
	Poller
)

// Pusher delivers a view to a subscribed client. It must not block: it calls done, from any goroutine, with nil when
// the client acknowledged (or is gone) and with the reason when it did not; each failure but ErrGivenUp starts a retry
// of its own. It may call done before it returns.
type Pusher interface {
	Push(to Subscription, view *PushedView, done func(error))
}

// ErrGivenUp is the failure of a push that must not be tried again.
var ErrGivenUp = errors.New("the push was given up")

// Selection is what part of a service a reader wants.
type Selection struct {
	// Clusters is a comma list, empty for all; the view echoes it.
	Clusters    string
	HealthyOnly bool
	// WithDisabled also shows disabled instances.
	WithDisabled bool
}

// ClientInfo is a snapshot of a client.
type ClientInfo struct {
	ID         string
	Kind       Kind
	Attributes Attributes
	// Updated is the last sign of life.
	Updated time.Time
}

// Ephemeral says whether what the client publishes is lost with it.
func (c ClientInfo) Ephemeral() bool { return c.Kind != Persistent }

// Publication is a snapshot of what a client publishes for a service.
type Publication struct {
	Client    string
	Service   ServiceKey
	Batch     bool
	Instances []Instance
}

// Subscription is a snapshot of a client's interest in a service.
type Subscription struct {
	Client     string
	Service    ServiceKey
	Subscriber Subscriber
}
