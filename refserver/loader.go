package refserver

import (
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/coreapi"
	"github.com/nacos-tck/nacos-tck/wire"
)

// loader lets the HTTP port show and move the clients of the gRPC port.
type loader struct{ *life }

func (l loader) Connections() []coreapi.Connection {
	var all []coreapi.Connection
	for _, c := range l.grpc.Connections() {
		all = append(all, coreapi.Connection{
			ID: c.ID, ClientIP: c.Meta.ClientIP, Version: c.Meta.Version, App: c.Meta.App, Tenant: c.Meta.Tenant,
			Labels: c.Meta.Labels, Abilities: c.Meta.Abilities, SDK: c.Meta.SDK(), Secured: c.Secured,
			Local: c.Local, Remote: c.Remote, Created: c.Created, Active: c.Active,
		})
	}
	return all
}

// Reload is told as done whatever the client answers.
func (l loader) Reload(id, redirect string) {
	_ = l.await(func(done func(error)) { l.grpc.Reload(id, redirect, done) })
}

func (l loader) Shed(count int, redirect string) { l.grpc.Shed(count, redirect) }

// await starts something and waits for its outcome, or for the end of the life.
func (l *life) await(start func(done func(error))) error {
	outcome := make(chan error, 2) // a negative answer may be followed by the timeout
	start(func(err error) { outcome <- err })
	select {
	case err := <-outcome:
		return err
	case <-l.over:
		return nil
	}
}

// configMetrics is what the clients at an address have of configurations, nothing once the life is over.
func (l *life) configMetrics(clientIP string, keys []wire.MetricsKey) []map[string]any {
	told := make(chan []map[string]any, 1)
	l.grpc.ConfigMetrics(clientIP, keys, func(all []map[string]any) { told <- all })
	select {
	case all := <-told:
		return all
	case <-l.over:
		return nil
	}
}
