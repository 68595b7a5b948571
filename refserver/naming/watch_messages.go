package naming

import (
	"fmt"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/wire"
)

// message is one that waits for its time.
type message struct {
	task   *clock.Task
	client string
	// request makes the request, anew for each attempt.
	request func() interface{ Common() *wire.Request }
	// acknowledged is called with the registry's lock, nil for nothing to do.
	acknowledged func()
}

// notifyChange tells a client that a service came or went, and again until the client acknowledges it.
func (r *Registry) notifyChange(client, key string, came bool) {
	kind := wire.Text(wire.ServiceDeleted)
	if came {
		kind = wire.ServiceAdded
	}
	r.post("change "+client+" "+key, 0, &message{client: client, request: func() interface{ Common() *wire.Request } {
		return &wire.NamingFuzzyWatchChangeNotifyRequest{
			Request: wire.NewRequest(wire.ModuleNaming), SyncType: wire.FuzzyChanged, ServiceKey: wire.Text(key), ChangedType: kind,
		}
	}})
}

// notifySync sends a client one batch.
func (r *Registry) notifySync(client string, sync wire.NamingFuzzyWatchSyncRequest, delay time.Duration, acknowledged func()) {
	about := fmt.Sprintf("%s %s %s %d", sync.SyncType, client, sync.GroupKeyPattern, sync.CurrentBatch)
	r.post(about, delay, &message{client: client, acknowledged: acknowledged, request: func() interface{ Common() *wire.Request } {
		again := sync
		again.Request = wire.NewRequest(wire.ModuleNaming)
		return &again
	}})
}

// notifyFinish tells a client that it knows all services of a pattern.
func (r *Registry) notifyFinish(client, pattern string, delay time.Duration) {
	r.notifySync(client, wire.NamingFuzzyWatchSyncRequest{
		SyncType: wire.FuzzyFinish, GroupKeyPattern: wire.Text(pattern), Contexts: []wire.FuzzyContext{}, TotalBatch: 1, CurrentBatch: 1,
	}, delay, nil)
}

// post lets a message go on the first tick after the delay, in place of one about the same that still waits.
func (r *Registry) post(about string, delay time.Duration, m *message) {
	if r.watches.messages == nil {
		r.watches.messages = map[string]*message{}
	}
	if old := r.watches.messages[about]; old != nil {
		old.task.Stop()
	}
	r.watches.messages[about] = m
	tick := r.b.Push.Tick
	due := r.uptime() + delay
	wait := delay + (tick-due%tick)%tick
	if wait == 0 {
		wait = tick
	}
	m.task = r.clock.After(wait, func() { r.deliver(about, m) })
}

// deliver sends a message whose time has come. While pushing is switched off it waits.
func (r *Registry) deliver(about string, m *message) {
	r.mu.Lock()
	if r.watches.messages[about] != m {
		r.mu.Unlock()
		return
	}
	if !r.switches.PushEnabled {
		r.post(about, 0, m)
		r.mu.Unlock()
		return
	}
	delete(r.watches.messages, about)
	send := r.watches.send
	r.mu.Unlock()
	if send != nil {
		send(m.client, m.request(), func(err error) { r.delivered(about, m, err) })
	}
}

// delivered takes note of the outcome of a message; a failed one is repeated on the next tick.
func (r *Registry) delivered(about string, m *message, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err != nil && r.watches.messages[about] == nil:
		r.post(about, 0, &message{client: m.client, request: m.request, acknowledged: m.acknowledged})
	case err == nil && m.acknowledged != nil:
		m.acknowledged()
	}
}
