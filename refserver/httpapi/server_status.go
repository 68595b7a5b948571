package httpapi

import (
	"sync/atomic"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// serverStatus is what the server reports of itself.
type serverStatus struct {
	starting func() bool
	// last is the status at the last look at the switches, a string.
	last atomic.Value
	stop func()
}

// newStatus looks at the switches of a registry once in a period.
func newStatus(r *naming.Registry, period time.Duration, starting func() bool) *serverStatus {
	s := &serverStatus{starting: starting}
	s.last.Store("UP")
	s.stop = r.Every(period, func() { s.last.Store(r.Switches().Status(s.last.Load().(string))) })
	return s
}

// now is STARTING until the server has started, then what operators say.
// Source: nacos 2.5.1 naming/src/main/java/com/alibaba/nacos/naming/cluster/ServerStatus.java:24-49.
func (s *serverStatus) now() string {
	if s.starting() {
		return "STARTING"
	}
	return s.last.Load().(string)
}
