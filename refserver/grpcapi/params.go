package grpcapi

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
	"github.com/nacos-tck/nacos-tck/wire"
)

// check is the text of the first rule that the parameters break, empty when they keep all.
func (s *Server) check(p paramcheck.Params) string {
	p.MaxMetadata, p.MaxPort = s.metadata.MaxLength, s.registration.MaxPort
	return paramcheck.Check(p)
}

func namesOf(r wire.ServiceRef) paramcheck.Params {
	return paramcheck.Params{Namespace: text(r.Namespace), Service: text(r.ServiceName), Group: text(r.GroupName)}
}

func withInstance(p paramcheck.Params, in *wire.Instance) paramcheck.Params {
	if in != nil {
		p.IP, p.Port, p.Cluster = text(in.IP), (*int64)(&in.Port), text(in.ClusterName)
		p.Metadata = paramcheck.Length(in.Metadata)
	}
	return p
}

func (s *Server) checkInstance(r *wire.InstanceRequest) string {
	return s.check(withInstance(namesOf(r.ServiceRef), r.Instance))
}

func (s *Server) checkPersistent(r *wire.PersistentInstanceRequest) string {
	return s.check(withInstance(namesOf(r.ServiceRef), r.Instance))
}

// checkBatch checks each instance with a service name of its own.
func (s *Server) checkBatch(r *wire.BatchInstanceRequest) string {
	if slices.Contains(r.Instances, nil) {
		return `Cannot invoke "com.alibaba.nacos.api.naming.pojo.Instance.getIp()" because "instance" is null`
	}
	text := s.check(namesOf(r.ServiceRef))
	for _, in := range r.Instances {
		if text != "" {
			return text
		}
		text = s.check(withInstance(namesOf(wire.ServiceRef{ServiceName: in.ServiceName}), in))
	}
	return text
}

func (s *Server) checkQuery(r *wire.ServiceQueryRequest) string {
	p := namesOf(r.ServiceRef)
	p.Clusters = text(r.Cluster)
	return s.check(p)
}

func (s *Server) checkList(r *wire.ServiceListRequest) string { return s.check(namesOf(r.ServiceRef)) }

func (s *Server) checkSubscribe(r *wire.SubscribeServiceRequest) string {
	p := namesOf(r.ServiceRef)
	p.Clusters = text(r.Clusters)
	return s.check(p)
}

// The refusals of the parameter check are of the type of the handler's answer.

func instanceRefusal(r wire.Response) any { return wire.InstanceResponse{Response: r} }

func batchRefusal(r wire.Response) any { return wire.BatchInstanceResponse{Response: r} }

func queryRefusal(r wire.Response) any { return wire.QueryServiceResponse{Response: r} }

func listRefusal(r wire.Response) any { return wire.ServiceListResponse{Response: r} }

func subscribeRefusal(r wire.Response) any { return wire.SubscribeServiceResponse{Response: r} }
