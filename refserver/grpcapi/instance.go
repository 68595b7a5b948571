package grpcapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// instance publishes or withdraws the connection's instance of a service. Whatever the request says of it, it is
// ephemeral, and withdrawing looks at no address.
func (s *Server) instance(c call, r *wire.InstanceRequest) (any, *refusal) {
	if no := s.requireNames(r.ServiceRef); no != nil {
		return nil, no
	}
	if no := requireVerb(r.Type, wire.VerbRegister, wire.VerbDeregister); no != nil {
		return nil, no
	}
	answer := wire.InstanceResponse{Response: wire.OK(), Type: s.echo(r.Type)}
	key := s.keyOf(r.ServiceRef)
	if key.Nameless() && !s.requests.ChecksNames {
		return s.nameless(r, key, answer)
	}
	if *r.Type == wire.VerbDeregister {
		if no := s.readable(r.ServiceRef); no != nil {
			return nil, no
		}
		if s.b.RefusesVainWithdrawal && !s.naming.Publishes(c.id, key) {
			return nil, &refusal{code: http.StatusNotFound, message: new(wire.Text("no matched ip found!")), thrown: true}
		}
		if in := r.Instance; in != nil && !s.naming.Withdraws(c.id, key, text(in.IP), int(in.Port)) {
			return answer, nil
		}
		if in := r.Instance; in != nil && s.deregister.AnyConnection {
			s.naming.UnpublishAddress(key, text(in.IP), int(in.Port))
		}
		err := s.naming.Unpublish(c.id, key)
		if err == nil && r.Instance == nil && s.requests.ChecksInstances {
			return nil, nullPointer("the instance")
		}
		return s.outcome(err, answer)
	}
	if r.Instance == nil {
		return s.registerNothing(c, key, answer)
	}
	in, err := s.instanceOf(r.Instance, key)
	if err == nil && s.requests.ChecksInstances {
		err = s.naming.CheckLegal(in)
	}
	if err != nil {
		return nil, thrown(err)
	}
	if no := s.requireNamespace(r.ServiceRef); no != nil {
		return nil, no
	}
	return s.outcome(s.naming.Publish(c.id, key, in), answer)
}

// registerNothing answers a registration without instance. Where that is not checked, it makes the service.
func (s *Server) registerNothing(c call, key naming.ServiceKey, answer any) (any, *refusal) {
	if s.requests.ChecksInstances {
		return nil, &refusal{code: http.StatusBadRequest, message: new(wire.Text("Instance can not be null.")), thrown: true}
	}
	if err := s.naming.Claim(key); err != nil {
		return nil, thrown(err)
	}
	if s.naming.HasClient(c.id) {
		return nil, nullPointer("the instance")
	}
	return answer, nil
}

// nameless answers a write to a service without a name or a group, which has no effect. A missing name is only a
// stumbling block once somebody has written such a service: the names are then compared.
func (s *Server) nameless(r *wire.InstanceRequest, key naming.ServiceKey, answer any) (any, *refusal) {
	register := *r.Type == wire.VerbRegister
	s.mu.Lock()
	met := s.strange[key]
	if register {
		s.strange[key] = true
	}
	s.mu.Unlock()
	switch {
	case met && (r.ServiceName == nil || r.GroupName == nil):
		return nil, nullPointer("the name")
	case register && r.Instance == nil:
		return nil, nullPointer("the instance")
	}
	return answer, nil
}

// batch replaces all that the connection publishes for a service.
func (s *Server) batch(c call, r *wire.BatchInstanceRequest) (any, *refusal) {
	if no := s.requireNames(r.ServiceRef); no != nil {
		return nil, no
	}
	if no := requireVerb(r.Type, wire.VerbBatchRegister); no != nil {
		return nil, no
	}
	if no := s.requireNamespace(r.ServiceRef); no != nil {
		return nil, no
	}
	key := s.keyOf(r.ServiceRef)
	var instances []naming.Instance
	if r.Instances != nil {
		instances = make([]naming.Instance, 0, len(r.Instances))
	}
	for _, in := range r.Instances {
		if in == nil {
			return nil, nullPointer("the instance")
		}
		instance, err := s.instanceOf(in, key)
		if err != nil {
			return nil, thrown(err)
		}
		instances = append(instances, instance)
	}
	return s.outcome(s.naming.PublishBatch(c.id, key, instances), wire.BatchInstanceResponse{Response: wire.OK(), Type: s.echo(r.Type)})
}

// persistent publishes or withdraws an instance that belongs to its address, not to the connection.
func (s *Server) persistent(_ call, r *wire.PersistentInstanceRequest) (any, *refusal) {
	if no := s.requireNames(r.ServiceRef); no != nil {
		return nil, no
	}
	if no := requireVerb(r.Type, wire.VerbRegister, wire.VerbDeregister); no != nil {
		return nil, no
	}
	if r.Instance == nil {
		return nil, nullPointer("the instance")
	}
	key := s.keyOf(r.ServiceRef)
	answer := wire.InstanceResponse{Response: wire.OK(), Type: s.echo(r.Type)}
	if *r.Type == wire.VerbDeregister && r.Namespace == nil {
		return answer, nil
	}
	if no := s.requireNamespace(r.ServiceRef); no != nil {
		return nil, no
	}
	if *r.Type == wire.VerbDeregister {
		return s.outcome(s.naming.DeregisterPersistent(key, text(r.Instance.IP), int(r.Instance.Port)), answer)
	}
	in, err := s.instanceOf(r.Instance, key)
	if err == nil {
		err = s.naming.RegisterPersistent(key, in)
	}
	return s.outcome(err, answer)
}

// requireNamespace refuses to write to a service without namespace, and remembers that somebody tried: reading it
// fails from then on.
func (s *Server) requireNamespace(r wire.ServiceRef) *refusal {
	if r.Namespace != nil {
		return nil
	}
	if no := s.readable(r); no != nil {
		return no
	}
	s.mu.Lock()
	s.strange[s.keyOf(r)] = true
	s.mu.Unlock()
	return &refusal{code: http.StatusInternalServerError, thrown: true}
}

// instanceOf is what the domain keeps of an instance.
func (s *Server) instanceOf(in *wire.Instance, key naming.ServiceKey) (naming.Instance, error) {
	out := naming.Instance{
		ID: text(in.InstanceID), IP: text(in.IP), NoIP: in.IP == nil, Port: int(in.Port), Weight: float64(in.Weight),
		Healthy: bool(in.Healthy), Enabled: bool(in.Enabled), Cluster: text(in.ClusterName),
	}
	if len(in.Metadata) > 0 {
		out.Metadata = make(map[string]string, len(in.Metadata))
		for k, v := range in.Metadata {
			out.Metadata[k] = string(v)
		}
	}
	out.Nulls = in.Nulls
	if !s.registration.ConnectionsCarryData {
		out.Weight, out.Cluster, out.Metadata = s.registration.DefaultWeight, "", nil
	}
	if out.ID != "" || !s.b.FillsInstanceID {
		return out, nil
	}
	named, service := out, key.Grouped()
	if in.ClusterName == nil {
		named.Cluster = "null" // as a Java server spells what is missing
	}
	if in.IP == nil {
		named.IP = "null"
	}
	if own := text(in.ServiceName); !java.IsBlank(own) {
		service = own
	}
	var err error
	out.ID, err = s.naming.InstanceID(named, service)
	return out, err
}
