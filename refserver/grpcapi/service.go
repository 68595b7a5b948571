package grpcapi

import (
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// query reads the view of a service, which need not exist.
func (s *Server) query(c call, r *wire.ServiceQueryRequest) (any, *refusal) {
	if !s.b.StrangersRead && !s.naming.HasClient(c.id) {
		return nil, &refusal{code: naming.CodeClientDisconnected, message: new(wire.Text("this connection is for no naming client")), thrown: true}
	}
	if no := s.readable(r.ServiceRef); no != nil {
		return nil, no
	}
	info := s.view(r.ServiceRef, naming.Selection{Clusters: text(r.Cluster), HealthyOnly: bool(r.HealthyOnly)})
	return wire.QueryServiceResponse{Response: wire.OK(), ServiceInfo: info}, nil
}

// list reads a page of the names of a group; the first page is 1, and anything below is the first too.
func (s *Server) list(_ call, r *wire.ServiceListRequest) (any, *refusal) {
	if r.Namespace == nil {
		return nil, nullPointer("the namespace")
	}
	names := s.naming.ServiceNames(text(r.Namespace), text(r.GroupName))
	page, err := naming.Page(names, int(r.PageNo), int(r.PageSize))
	if err != nil {
		return nil, thrown(err)
	}
	return wire.ServiceListResponse{Response: wire.OK(), Count: wire.Int(len(names)), ServiceNames: page}, nil
}

// subscribe begins or ends the connection's subscription and answers with the present view either way.
func (s *Server) subscribe(c call, r *wire.SubscribeServiceRequest) (any, *refusal) {
	if no := s.refuseBlankNames(r.ServiceRef); no != nil {
		return nil, no
	}
	if no := s.readable(r.ServiceRef); no != nil {
		return nil, no
	}
	selection := naming.Selection{Clusters: text(r.Clusters), WithDisabled: s.requests.SubscribingListsDisabled}
	answer := wire.SubscribeServiceResponse{Response: wire.OK(), ServiceInfo: s.view(r.ServiceRef, selection)}
	answer.Message = new(wire.Text("success"))
	answer.ServiceInfo.Clusters = r.Clusters
	key := s.keyOf(r.ServiceRef)
	if r.Namespace == nil && s.subscribes(c.id, key) {
		return nil, nullPointer("the namespace")
	}
	if !r.Subscribe {
		return s.outcome(s.naming.Unsubscribe(c.id, key), answer)
	}
	c.mu.Lock()
	meta := c.meta
	c.mu.Unlock()
	app, ok := c.headers["app"]
	if !ok {
		app = "unknown"
	}
	return s.outcome(s.naming.Subscribe(c.id, key, naming.Subscriber{
		Clusters: text(r.Clusters), App: app, Agent: meta.Version, IP: meta.ClientIP,
	}), answer)
}

// subscribes says whether a connection subscribes to a service.
func (s *Server) subscribes(id string, key naming.ServiceKey) bool {
	return slices.ContainsFunc(s.naming.Subscriptions(id), func(sub naming.Subscription) bool { return sub.Service == key })
}

// view is what a reader sees; names that the request leaves out stay out.
func (s *Server) view(r wire.ServiceRef, sel naming.Selection) *wire.ServiceInfo {
	info := s.naming.View(s.keyOf(r), sel)
	if r.ServiceName == nil {
		info.Name = nil
	}
	if r.GroupName == nil {
		info.GroupName = nil
	}
	return &info
}

// readable refuses to read without a name when a service of these names is known under the empty one, or somebody
// tried to write it so: the names then meet in a table and are compared.
func (s *Server) readable(r wire.ServiceRef) *refusal {
	if r.Namespace != nil && r.ServiceName != nil && r.GroupName != nil {
		return nil
	}
	key := s.keyOf(r)
	s.mu.Lock()
	tried := s.strange[key]
	s.mu.Unlock()
	if _, known := s.naming.Service(key); known || tried {
		if r.Namespace == nil {
			return nullPointer("the namespace")
		}
		return nullPointer("a name")
	}
	return nil
}
