package namingapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// float32JSON writes a number of single precision with as few digits as tell it apart.
type float32JSON float32

// MarshalJSON writes at least one decimal.
func (f float32JSON) MarshalJSON() ([]byte, error) {
	shortest, err := strconv.ParseFloat(strconv.FormatFloat(float64(f), 'g', -1, 32), 64)
	if err != nil {
		return nil, err
	}
	return wire.Double(shortest).MarshalJSON()
}

// serviceParams are the metadata, the selector and the key that a v1 service write names.
func (c call) serviceParams() (naming.ServiceMetadata, error) {
	var m naming.ServiceMetadata
	var err error
	if m.Selector, err = c.parseSelector(c.Params["selector"]); err != nil {
		return m, err
	}
	parsed, err := c.parseMetadata(c.Params["metadata"])
	if m.Metadata = parsed.values; parsed.absent {
		m.Metadata = nil
	}
	return m, err
}

func v1CreateService(c call) (any, error) {
	return c.v1CreateService(!c.B.Services.V1CreatesPersistent)
}

// v1CreateService creates a service of a kind, where the line has kinds.
func (c call) v1CreateService(ephemeral bool) (any, error) {
	grouped, err := c.Params.Present("serviceName")
	if err != nil {
		return nil, err
	}
	threshold, err := web.BoundDouble("float").Read(c.Params, "protectThreshold", 0)
	if err != nil {
		return nil, err
	}
	k := c.key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped)
	if c.B.V1.ClassicWrites {
		return c.classicCreate(k, threshold)
	}
	m, err := c.serviceParams()
	if err != nil {
		return nil, err
	}
	m.ProtectThreshold = float32(threshold)
	return c.OK(), c.registry.CreateService(k, ephemeral, m)
}

func v1DeleteService(c call) (any, error) {
	grouped, err := c.Params.Present("serviceName")
	if err != nil {
		return nil, err
	}
	k, err := c.known(c.key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped))
	if err != nil {
		return nil, err
	}
	return c.OK(), c.registry.DeleteService(k)
}

func v1UpdateService(c call) (any, error) {
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	text, err := c.Params.Required("protectThreshold")
	if err != nil {
		return nil, err
	}
	threshold, err := web.Decimal(text)
	if err != nil {
		threshold = 0
	}
	if c.B.V1.ClassicWrites {
		return c.classicServiceUpdate(c.key(c.namespace(), grouped), float32(threshold))
	}
	if _, err := c.parseMetadata(c.Params["metadata"]); err != nil {
		return nil, err // told before what is wrong with the selector
	}
	m, err := c.serviceParams()
	if err != nil {
		return nil, err
	}
	m.ProtectThreshold = float32(threshold)
	return c.OK(), c.registry.UpdateService(c.key(c.namespace(), grouped), m)
}

// clusterView is a cluster in a v1 service.
type clusterView struct {
	Name     string            `json:"name"`
	Checker  json.RawMessage   `json:"healthChecker"`
	Metadata map[string]string `json:"metadata"`
}

func v1Service(c call) (any, error) {
	grouped, err := c.Params.Present("serviceName")
	if err != nil {
		return nil, err
	}
	k := c.key(c.Params.Or("namespaceId", c.B.Registration.DefaultNamespace), grouped)
	d, ok := c.registry.Service(k)
	if !ok && c.B.Services.GetUnknownFails {
		return nil, c.serviceMissing(k)
	}
	clusters := []clusterView{}
	for _, name := range d.Clusters {
		settings := d.Cluster(name)
		clusters = append(clusters, clusterView{name, showChecker(settings.Checker), settings.Metadata})
	}
	return struct {
		Namespace string            `json:"namespaceId"`
		Group     string            `json:"groupName"`
		Name      string            `json:"name"`
		Threshold float32JSON       `json:"protectThreshold"`
		Metadata  map[string]string `json:"metadata"`
		Selector  json.RawMessage   `json:"selector"`
		Clusters  []clusterView     `json:"clusters"`
	}{
		k.Namespace, k.Group, k.Name, float32JSON(d.Metadata.ProtectThreshold), d.Metadata.Metadata,
		c.showSelector(d.Metadata.Selector), clusters,
	}, nil
}

func (c call) serviceMissing(k naming.ServiceKey) error {
	return &naming.Error{
		Flavour: naming.Checked, Status: 400, Code: naming.CodeServiceNotFound,
		Message: fmt.Sprintf(c.B.Texts.GetUnknown, k.Namespace, k.Grouped()),
	}
}

// pageOfNames is the page of the names of a group that a request asks for, and how many there are in all.
func (c call) pageOfNames() (count int, page []string, err error) {
	no, err := c.Params.Required("pageNo")
	if err != nil {
		return 0, nil, err
	}
	size, err := c.Params.Required("pageSize")
	if err != nil {
		return 0, nil, err
	}
	names, err := c.serviceNames(c.namespace(), c.Params.Optional("groupName", c.B.Registration.DefaultGroup))
	if err != nil {
		return 0, nil, err
	}
	page, err = naming.Page(names, web.LenientNumber(no), web.LenientNumber(size))
	return len(names), page, err
}

func v1ServiceList(c call) (any, error) {
	count, page, err := c.pageOfNames()
	if err != nil {
		return nil, err
	}
	return struct {
		Count int      `json:"count"`
		Doms  []string `json:"doms"`
	}{count, page}, nil
}

// services are the services of a namespace. One without group or name spoils the list.
func (c call) services(namespace string) ([]naming.ServiceKey, error) {
	keys := c.registry.Services(namespace)
	for _, k := range keys {
		if c.B.Services.ListsGroupless {
			break
		}
		if err := refuseBlank(k.Group, k.Name); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// serviceNames are the names, without group, of the services of a group.
func (c call) serviceNames(namespace, group string) ([]string, error) {
	if c.B.V1.ClassicServiceLists {
		return c.classicServiceNames(namespace, group)
	}
	keys, err := c.services(namespace)
	names := []string{}
	for _, k := range keys {
		if k.Group == group || c.B.Services.ListsAllGroups {
			names = append(names, k.Name)
		}
	}
	return names, err
}

func v1ServiceNames(c call) (any, error) {
	namespaces := []string{c.Params["namespaceId"]}
	if web.Blank(namespaces[0]) {
		namespaces = c.registry.Namespaces()
	}
	expr, bad := expression(c.Params["expr"])
	found, count := map[string][]string{}, 0
	for _, namespace := range namespaces {
		if c.B.V1.UnknownNamespaceFails && !c.registry.KnowsNamespace(namespace) {
			return nil, web.Unexpected(`Cannot invoke "java.util.Map.entrySet()" because the return value of "com.alibaba.nacos.naming.core.ServiceManager.chooseServiceMap(String)" is null`)
		}
		found[namespace] = []string{}
		keys, err := c.services(namespace)
		if err == nil && len(keys) > 0 {
			err = bad // without services, nobody looks at the expression
		}
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			if name, matches := c.matchName(expr, k); matches && !slices.Contains(found[namespace], name) {
				found[namespace] = append(found[namespace], name)
				count++
			}
		}
	}
	if !c.B.V1.NamesAreGrouped {
		count = len(namespaces)
	}
	return map[string]any{c.B.V1.NamesMember: found, "count": count}, nil
}

// matchName is the name of a service as lists of names tell it, and whether it matches. Without groups, the expression
// sees the list of owners behind the name.
func (c call) matchName(expr *regexp.Regexp, k naming.ServiceKey) (name string, matches bool) {
	if c.B.V1.NamesAreGrouped {
		return k.Grouped(), expr.MatchString(k.Grouped())
	}
	return k.Name, expr.MatchString(k.Grouped() + ":[]")
}

// expression is a fragment of a regular expression that may match anywhere.
func expression(fragment string) (*regexp.Regexp, error) { return whole(".*" + fragment + ".*") }

// whole is a regular expression that must match all. What is wrong with it is told in Java's words.
func whole(pattern string) (*regexp.Regexp, error) {
	expr, err := regexp.Compile("^(?:" + pattern + ")$")
	if err == nil {
		return expr, nil
	}
	bad := &syntax.Error{}
	errors.As(err, &bad)
	switch last := len(pattern) - 1; bad.Code {
	case syntax.ErrInvalidRepeatOp:
		at := strings.Index(pattern, bad.Expr) + len(bad.Expr) - 1
		return nil, naming.InvalidArgument("Dangling meta character '%c' near index %d\n%s\n%s^", pattern[at], at, pattern, strings.Repeat(" ", at))
	case syntax.ErrMissingBracket:
		return nil, naming.InvalidArgument("Unclosed character class near index %d\n%s\n%s^", last, pattern, strings.Repeat(" ", last))
	default:
		return nil, naming.InvalidArgument("Unclosed group near index %d\n%s", len(pattern), pattern)
	}
}

// subscriberView is a subscriber as v1 shows it.
type subscriberView struct {
	Address   string `json:"addrStr"`
	Agent     string `json:"agent"`
	App       string `json:"app"`
	IP        string `json:"ip"`
	Port      int    `json:"port"`
	Namespace string `json:"namespaceId"`
	Service   string `json:"serviceName"`
	Cluster   string `json:"cluster"`
}

func v1Subscribers(c call) (any, error) {
	no := web.LenientNumber(c.Params.Optional("pageNo", "1"))
	size := web.LenientNumber(c.Params.Optional("pageSize", "1000"))
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	wanted := c.key(c.namespace(), grouped)
	shownIn := func(namespace string) string {
		if c.B.V1.SubscribersOfPrefix {
			return wanted.Namespace
		}
		return namespace
	}
	all := []subscriberView{}
	for _, s := range c.registry.Subscribers(func(k naming.ServiceKey) bool {
		return c.subscribedIn(k.Namespace, wanted.Namespace) && strings.Contains(k.Name, wanted.Name) && strings.Contains(k.Group, wanted.Group)
	}) {
		view := subscriberView{
			s.Subscriber.IP + ":" + strconv.Itoa(s.Subscriber.Port), s.Subscriber.Agent, s.Subscriber.App, s.Subscriber.IP,
			s.Subscriber.Port, shownIn(s.Service.Namespace), s.Service.Grouped(), s.Subscriber.Clusters,
		}
		if !slices.Contains(all, view) {
			all = append(all, view)
		}
	}
	if !c.B.V1.SubscriberPlaces {
		return classicSubscribers(all, no, size), nil
	}
	page, err := naming.Page(all, no, size)
	if err != nil {
		page = []subscriberView{} // a page that cannot be is empty
	}
	return struct {
		Subscribers []subscriberView `json:"subscribers"`
		Count       int              `json:"count"`
	}{page, len(all)}, nil
}

// subscribedIn says whether subscriptions in a namespace are among those of the one that is asked for.
func (c call) subscribedIn(namespace, wanted string) bool {
	if c.B.V1.SubscribersOfPrefix {
		return strings.HasPrefix(namespace, wanted)
	}
	return namespace == wanted
}

func v1SelectorTypes(c call) (any, error) {
	return c.Rest([]string{"label", "none"}), nil
}
