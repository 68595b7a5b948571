package grpcapi

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/fuzzy"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// right is what a type of request asks of its callers.
type right struct {
	// kind is config or naming, action is r or w.
	kind, action string
	// hardened says that no line asks for it, but servers that leave nothing open.
	hardened bool
}

// rights are the guarded types. All others are open: checks of health, and those between servers, which are refused on the
// port for clients.
// Source: the annotation Secured of the request handlers of nacos 2.0.4, 2.5.1 and 3.0.3; measured 2.5.1, 3.0.3.
var rights = map[string]right{
	"InstanceRequest":           {kind: "naming", action: "w"},
	"PersistentInstanceRequest": {kind: "naming", action: "w"},
	"BatchInstanceRequest":      {kind: "naming", action: "w"},
	"ServiceQueryRequest":       {kind: "naming", action: "r"},
	"ServiceListRequest":        {kind: "naming", action: "r"},
	"SubscribeServiceRequest":   {kind: "naming", action: "r"},
	"NamingFuzzyWatchRequest":   {kind: "naming", action: "r"},
	"ConfigQueryRequest":        {kind: "config", action: "r"},
	"ConfigPublishRequest":      {kind: "config", action: "w"},
	"ConfigRemoveRequest":       {kind: "config", action: "w"},
	"ConfigBatchListenRequest":  {kind: "config", action: "r"},
	"ConfigFuzzyWatchRequest":   {kind: "config", action: "r"},
	"LockOperationRequest":      {kind: "lock", action: "w", hardened: true},
}

// isServer says whether a request shows the identity of servers, which lets requests between servers pass and no other.
func (s *Server) isServer(headers map[string]string) bool {
	if s.accounts == nil {
		return false
	}
	set := s.accounts.Settings()
	return set.IdentityKey != "" && set.IdentityValue != "" && headers[set.IdentityKey] == set.IdentityValue
}

// asksIdentity says whether requests between servers must show that they are.
func (s *Server) asksIdentity() bool {
	return s.requests.AsksIdentity || s.auth.GuardsAll && s.accounts != nil && s.accounts.Settings().Open
}

// guard refuses callers who may not do what they ask. Credentials are in the headers of the message or of its body. The
// identity of servers does not count here.
func (s *Server) guard(p *grpcpb.Payload, r any, inBody map[string]string) *refusal {
	if s.accounts == nil || !s.accounts.Settings().Open {
		return nil
	}
	right, guarded := rights[p.GetMetadata().GetType()]
	if right.hardened && !s.auth.GuardsAll || !guarded {
		return nil
	}
	header := func(name string) string {
		if value, given := s.header(p.GetMetadata().GetHeaders(), name); given {
			return value
		}
		value, _ := s.header(inBody, name)
		return value
	}
	shown := accounts.Credentials{Token: header("accessToken"), User: header("username"), Password: header("password")}
	if token, ok := strings.CutPrefix(header("Authorization"), "Bearer "); ok {
		shown.Token = token
	}
	caller, err := s.accounts.Authenticate(shown)
	if err != nil {
		return s.denial(err)
	}
	for _, resource := range s.resourcesOf(right.kind, r) {
		if s.auth.ClassicOverGRPC {
			resource = s.classic(resource)
		}
		if err := s.accounts.Authorize(caller.User, resource, right.action); err != nil {
			return s.denial(err)
		}
	}
	return nil
}

// OpenTypes are the types of requests that nothing guards although authentication is on, but for those of connections and
// health. They are none where authentication is off or nothing is left open.
func (s *Server) OpenTypes() (open []string) {
	if s.accounts == nil || !s.accounts.Settings().On() || s.auth.GuardsAll {
		return nil
	}
	for name := range s.handlers {
		right, guarded := rights[name]
		refused := slices.Contains(s.requests.BetweenServers, name) || slices.Contains(s.requests.Others, name)
		if name != "HealthCheckRequest" && !refused && (!guarded || right.hardened || !s.accounts.Settings().Open) {
			open = append(open, name)
		}
	}
	slices.Sort(open)
	return open
}

// header is one of a name, whatever its case where the line does not mind that.
func (s *Server) header(headers map[string]string, name string) (value string, given bool) {
	if value, given = headers[name]; given || !s.auth.ClassicOverGRPC {
		return value, given
	}
	for _, other := range slices.Sorted(maps.Keys(headers)) {
		if strings.EqualFold(other, name) {
			return headers[other], true
		}
	}
	return "", false
}

// denial is the refusal of a caller who may not do what he asks.
func (s *Server) denial(err error) *refusal {
	var refusal *accounts.Refusal
	switch {
	case errors.As(err, &refusal) && s.auth.WrapsRefusals:
		return refused(http.StatusForbidden, fmt.Sprintf("Code: %d, Message: %s.", refusal.Status, refusal.Reason))
	case errors.As(err, &refusal):
		return refused(http.StatusForbidden, refusal.Reason)
	default:
		return refused(http.StatusInternalServerError, "caused: "+err.Error()+";")
	}
}

// resourcesOf are what a request is about, as its handler reads it. Of a batch of listeners the namespace of the first
// counts, and of all where nothing is left open.
func (s *Server) resourcesOf(kind string, r any) []accounts.Resource {
	switch r := r.(type) {
	case *wire.ConfigBatchListenRequest:
		all := []accounts.Resource{}
		for _, context := range r.ConfigListenContexts {
			all = append(all, accounts.Resource{Kind: kind, Namespace: text(context.Tenant)})
		}
		switch {
		case len(all) == 0:
			return []accounts.Resource{{Kind: kind}}
		case s.auth.GuardsAll:
			return all
		}
		return all[:1]
	case *wire.NamingFuzzyWatchRequest:
		return s.watchedIn(accounts.Resource{Kind: kind, Namespace: text(r.Namespace)}, text(r.GroupKeyPattern))
	case *wire.ConfigFuzzyWatchRequest:
		return s.watchedIn(accounts.Resource{Kind: kind}, text(r.GroupKeyPattern))
	case *wire.LockOperationRequest:
		return []accounts.Resource{{Name: "nacos/lock"}}
	}
	if ref, ok := serviceOf(r); ok {
		return []accounts.Resource{{Kind: kind, Namespace: text(ref.Namespace), Group: text(ref.GroupName), Name: text(ref.ServiceName)}}
	}
	ref := configOf(r)
	return []accounts.Resource{{Kind: kind, Namespace: text(ref.Tenant), Group: text(ref.Group), Name: text(ref.DataID)}}
}

// classic is what older servers take a request to be about: its group may stand in front of the service.
func (s *Server) classic(r accounts.Resource) accounts.Resource {
	r.Literal = true
	if r.Kind != "naming" || java.IsBlank(r.Name) {
		return r
	}
	group, name, grouped := strings.Cut(r.Name, "@@")
	if !grouped {
		group, name = s.naming.Behaviour().Registration.DefaultGroup, r.Name
	}
	if r.Name = name; java.IsBlank(r.Group) {
		r.Group = group
	}
	return r
}

// watchedIn is what a pattern is about: what the request says, or the namespace of the pattern where nothing is left open.
func (s *Server) watchedIn(said accounts.Resource, pattern string) []accounts.Resource {
	if s.auth.GuardsAll {
		said.Namespace = fuzzy.Parse(pattern).Namespace()
	}
	return []accounts.Resource{said}
}

func serviceOf(r any) (wire.ServiceRef, bool) {
	switch r := r.(type) {
	case *wire.InstanceRequest:
		return r.ServiceRef, true
	case *wire.PersistentInstanceRequest:
		return r.ServiceRef, true
	case *wire.BatchInstanceRequest:
		return r.ServiceRef, true
	case *wire.ServiceQueryRequest:
		return r.ServiceRef, true
	case *wire.ServiceListRequest:
		return r.ServiceRef, true
	case *wire.SubscribeServiceRequest:
		return r.ServiceRef, true
	}
	return wire.ServiceRef{}, false
}

// configOf is the configuration that a request names; all for requests that name none.
func configOf(r any) wire.ConfigRef {
	switch r := r.(type) {
	case *wire.ConfigQueryRequest:
		return r.ConfigRef
	case *wire.ConfigPublishRequest:
		return r.ConfigRef
	case *wire.ConfigRemoveRequest:
		return r.ConfigRef
	}
	return wire.ConfigRef{}
}

func namingWatchRefusal(head wire.Response) any { return wire.NamingFuzzyWatchResponse{Response: head} }
func configWatchRefusal(head wire.Response) any { return wire.ConfigFuzzyWatchResponse{Response: head} }
