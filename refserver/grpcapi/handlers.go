package grpcapi

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// newHandlers is the table of the types that are served to registered connections.
func (s *Server) newHandlers(b behaviour.Behaviour) map[string]handler {
	table := map[string]handler{
		"HealthCheckRequest":      serve(s, nil, nil, s.healthCheck),
		"InstanceRequest":         serve(s, instanceRefusal, s.checkInstance, s.instance),
		"ServiceQueryRequest":     serve(s, queryRefusal, s.checkQuery, s.query),
		"ServiceListRequest":      serve(s, listRefusal, s.checkList, s.list),
		"SubscribeServiceRequest": serve(s, subscribeRefusal, s.checkSubscribe, s.subscribe),
	}
	table["ConfigQueryRequest"] = serve(s, configQueryRefusal, s.checkConfigQuery, s.configQuery)
	table["ConfigPublishRequest"] = serve(s, configPublishRefusal, s.checkConfigPublish, s.configPublish)
	table["ConfigRemoveRequest"] = serve(s, configRemoveRefusal, s.checkConfigRemove, s.configRemove)
	table["ConfigBatchListenRequest"] = serve(s, configListenRefusal, s.checkConfigListen, s.configListen)
	if b.Config.Watched {
		table["ConfigFuzzyWatchRequest"] = serve(s, configWatchRefusal, nil, s.configWatch)
	}
	if s.requests.Batches {
		table["BatchInstanceRequest"] = serve(s, batchRefusal, s.checkBatch, s.batch)
	}
	if s.requests.Persistent {
		table["PersistentInstanceRequest"] = serve(s, instanceRefusal, s.checkPersistent, s.persistent)
	}
	if b.Watch.Served {
		table["NamingFuzzyWatchRequest"] = serve(s, namingWatchRefusal, nil, s.watch)
	}
	if b.Locks.Served {
		table["LockOperationRequest"] = serve(s, nil, nil, s.lock)
	}
	for _, name := range s.requests.Others {
		table[name] = func(*connection, *grpcpb.Payload) (any, *refusal) {
			return nil, thrown(errors.New("this server does not serve " + name))
		}
	}
	for _, name := range s.requests.BetweenServers {
		table[name] = s.betweenServers(name)
	}
	return table
}

// call is what a handler knows of a request besides its body.
type call struct {
	*connection
	headers map[string]string
}

// request is a pointer to a payload type.
type request[T any] interface {
	*T
	Common() *wire.Request
}

// serve builds a handler: it reads the body, refreshes the connection, asks for rights, checks the
// parameters and runs the request.
// The connection is nil when only the body is to be judged.
func serve[T any, R request[T]](s *Server, typed func(wire.Response) any, check func(R) string, run func(call, R) (any, *refusal)) handler {
	return func(c *connection, p *grpcpb.Payload) (any, *refusal) {
		r := R(new(T))
		if err := s.parse(p, r, r.Common()); err != nil {
			return nil, err
		}
		if c == nil {
			return nil, nil
		}
		if s.b.HealthCheckRefreshes {
			c.touch()
		}
		if r.Common().Headers == nil && slices.Contains(s.requests.HeaderApps, c.app()) {
			return nil, nullPointer("the map of headers")
		}
		if refusal := s.guard(p, r, r.Common().Headers); refusal != nil { // before the check: measured 2.5.1, 3.0.3
			refusal.typed = typed
			return nil, refusal
		}
		if s.b.ChecksParameters && check != nil {
			if text := check(r); text != "" {
				return nil, &refusal{code: wire.CodeInvalidParam, message: new(wire.Text("Param check invalid:" + text)), typed: typed}
			}
		}
		return run(call{c, p.GetMetadata().GetHeaders()}, r)
	}
}

func (s *Server) parse(p *grpcpb.Payload, r any, common *wire.Request) *refusal {
	withHeaders := len(p.GetMetadata().GetHeaders()) > 0
	common.Headers = noHeaders
	switch err := wire.Decode(p, r); {
	case errors.Is(err, wire.ErrNull):
		return refused(s.b.UnparsableCode, "Invalid request")
	case err != nil:
		s.log.Debug("body refused", "type", p.GetMetadata().GetType(), "error", err)
		return s.unparsable(p)
	case beyondInt(r) || !knownConstants(r):
		return s.unparsable(p)
	case withHeaders && common.Headers == nil:
		return refused(s.b.UnparsableCode, `Cannot invoke "java.util.Map.putAll(java.util.Map)" because "this.headers" is null`)
	}
	return nil
}

// noHeaders are the headers of a body that does not name any.
var noHeaders = map[string]string{}

// unparsable is the answer to a body that cannot be read.
func (s *Server) unparsable(p *grpcpb.Payload) *refusal {
	class := ""
	if s.requests.NamesClass {
		class = "for class [" + javaClass(p.GetMetadata().GetType()) + "] "
	}
	return refused(s.b.UnparsableCode, "errCode: 101, errMsg: Nacos deserialize "+class+"failed.  ")
}

// beyondInt says whether a number of a request does not fit 32 bits.
func beyondInt(r any) bool {
	beyond := func(n wire.Int) bool { return n != wire.Int(int32(n)) }
	ofInstance := func(in *wire.Instance) bool { return in != nil && beyond(in.Port) }
	switch r := r.(type) {
	case *wire.InstanceRequest:
		return ofInstance(r.Instance)
	case *wire.PersistentInstanceRequest:
		return ofInstance(r.Instance)
	case *wire.BatchInstanceRequest:
		return slices.ContainsFunc(r.Instances, ofInstance)
	case *wire.ServiceQueryRequest:
		return beyond(r.UDPPort)
	case *wire.ServiceListRequest:
		return beyond(r.PageNo) || beyond(r.PageSize)
	}
	return false
}

// knownConstants says whether the constants that a request names exist.
func knownConstants(r any) bool {
	l, ok := r.(*wire.LockOperationRequest)
	if !ok || l.LockOperationEnum == nil {
		return true
	}
	_, known := lockOperation(*l.LockOperationEnum)
	return known
}

func (s *Server) healthCheck(call, *wire.HealthCheckRequest) (any, *refusal) {
	answer := wire.HealthCheckResponse{Response: wire.OK()}
	answer.ResultCode = wire.Int(s.b.HealthCheckCode)
	return answer, nil
}

// keyOf is the identity that a request names. Names are taken as they are.
func (s *Server) keyOf(r wire.ServiceRef) naming.ServiceKey {
	key := naming.ServiceKey{Namespace: text(r.Namespace), Group: text(r.GroupName), Name: text(r.ServiceName)}
	if key.Namespace == "" && s.b.DefaultsNamespace {
		key.Namespace = s.registration.DefaultNamespace
	}
	return key
}

func text(t *wire.Text) string {
	if t == nil {
		return ""
	}
	return string(*t)
}

// requireNames refuses blank names where a service is written and the line checks that.
func (s *Server) requireNames(r wire.ServiceRef) *refusal {
	if !s.requests.ChecksNames {
		return nil
	}
	return s.refuseBlankNames(r)
}

func (s *Server) refuseBlankNames(r wire.ServiceRef) *refusal {
	for _, n := range [...]struct{ name, value string }{{"serviceName", text(r.ServiceName)}, {"groupName", text(r.GroupName)}} {
		if java.IsBlank(n.value) {
			text := fmt.Sprintf("Param '%s' is illegal, %s is blank", n.name, n.name)
			return &refusal{code: s.b.BlankNameCode, message: new(wire.Text(text)), thrown: true}
		}
	}
	return nil
}

// requireVerb refuses verbs other than those given.
func requireVerb(verb *wire.Text, known ...string) *refusal {
	if verb == nil {
		return nullPointer("the type")
	}
	if !slices.Contains(known, string(*verb)) {
		return &refusal{code: http.StatusBadRequest, message: new("Unsupported request type " + *verb), thrown: true}
	}
	return nil
}

// outcome is the answer to a write: what the domain says, but for lines that let strangers write without effect.
func (s *Server) outcome(err error, answer any) (any, *refusal) {
	if err == nil {
		return answer, nil
	}
	var e *naming.Error
	if errors.As(err, &e) && e.Status == naming.CodeClientDisconnected && !s.b.RefusesStrangers {
		return answer, nil
	}
	return nil, thrown(err)
}

// echo is the verb as the answer repeats it.
func (s *Server) echo(verb *wire.Text) *wire.Text {
	if !s.b.EchoesVerb {
		return nil
	}
	return verb
}
