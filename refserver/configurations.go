package refserver

import (
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// ConfigKey is the configuration of that data id in the default namespace and group.
func (s *Server) ConfigKey(dataID string) config.Key {
	return config.Key{Namespace: s.b.Config.DefaultNamespace, Group: s.b.Registration.DefaultGroup, DataID: dataID}
}

// Configs are the formal configurations as they are stored, in order of creation. Readers get what was published by a
// client a moment later.
func (s *Server) Configs() []config.Config { return s.current().configs.Configs(nil) }

// GrayConfigs are the variants of configurations, betas and those for a tag, as they are stored, by key and name.
func (s *Server) GrayConfigs() []config.Gray { return s.current().configs.Grays() }

// ConfigListeners are the clients that listen to configurations, over gRPC and with long polls that are held, by
// namespace, group, data id and client.
func (s *Server) ConfigListeners() []config.Listening { return s.current().configs.AllListening() }

// PutConfig publishes a configuration, or a variant when it names addresses or a tag, as a client does. Readers get it at
// once, and listeners hear of it. The error says what no client could publish, or that a data directory cannot be written.
//
//	server.PutConfig(config.Publication{Key: server.ConfigKey("app.yaml"), Content: "a: 1", Type: "yaml"})
func (s *Server) PutConfig(p config.Publication) error { return s.current().configs.Put(p) }

// RemoveConfig ends a formal configuration, at once for readers and listeners. One that is not there has ended already; its
// variants stay stored, but are served no more. The error is that of a data directory that cannot be written.
func (s *Server) RemoveConfig(key config.Key) error {
	c := s.current().configs
	if err := c.Remove(key, "", config.Author{}); err != nil {
		return err
	}
	c.DumpWaiting()
	return nil
}

// Namespaces are the namespaces that operators set up, by id: the default one is not among them.
func (s *Server) Namespaces() []naming.Namespace { return s.current().registry.CreatedNamespaces() }

// PutNamespace sets up a namespace, or replaces name and description of the one with its id. The error says what the
// line refuses, or that a data directory cannot be written.
//
//	server.PutNamespace(naming.Namespace{ID: "dev", Name: "Development"})
func (s *Server) PutNamespace(n naming.Namespace) error { return s.current().registry.PutNamespace(n) }
