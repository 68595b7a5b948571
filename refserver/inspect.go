package refserver

import (
	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// current is the life that runs now, or the last one of a server that was closed.
func (s *Server) current() *life {
	s.embedded().mu.RLock()
	defer s.mu.RUnlock()
	return s.life
}

// Key is the service of that name in the default namespace and group.
func (s *Server) Key(name string) naming.ServiceKey {
	return naming.ServiceKey{Namespace: s.b.Registration.DefaultNamespace, Group: s.b.Registration.DefaultGroup, Name: name}
}

// Services are the services that exist, by namespace, group and name.
func (s *Server) Services() []naming.ServiceState { return s.current().registry.ServiceStates() }

// Instances are the instances that clients publish for a service now, in order of registration: what the server
// knows, not the view that readers get.
func (s *Server) Instances(key naming.ServiceKey) []naming.Instance {
	var all []naming.Instance
	for _, p := range s.current().registry.Publishers(key) {
		all = append(all, p.Instances...)
	}
	return all
}

// Clients are the clients that publish or subscribe, by id: gRPC connections and ip:port#ephemeral.
func (s *Server) Clients() []naming.ClientInfo { return s.current().registry.Clients() }

// Subscribers are the subscriptions to all services, by service and client.
func (s *Server) Subscribers() []naming.Subscription {
	return s.current().registry.Subscribers(func(naming.ServiceKey) bool { return true })
}

// Connections are the gRPC connections that were set up, by id.
func (s *Server) Connections() []grpcapi.Connection { return s.current().grpc.Connections() }
