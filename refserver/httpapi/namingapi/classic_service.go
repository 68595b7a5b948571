package namingapi

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// classicServiceNames are the names of the services whose grouped names begin with a group, of all of them for *, in order;
// a selector keeps those that have metadata of a name and value, themselves or in one of their instances.
func (c call) classicServiceNames(namespace, group string) ([]string, error) {
	names, keys := []string{}, c.registry.Services(namespace)
	if len(keys) == 0 {
		return names, nil // whatever the selector is
	}
	keep, err := c.serviceSelector()
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		grouped := k.Grouped()
		if group != "*" && !strings.HasPrefix(grouped, group+"@@") || !keep(k) {
			continue
		}
		names = append(names, grouped)
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = strings.ReplaceAll(name, group+"@@", "")
	}
	return names, nil
}

// serviceSelector is the filter that the parameter selector asks for: INSTANCE.metadata.key = 'value', or SERVICE.
func (c call) serviceSelector() (func(naming.ServiceKey) bool, error) {
	all := func(naming.ServiceKey) bool { return true }
	text := c.Params.Optional("selector", "")
	if text == "" {
		return all, nil
	}
	kind, expression, err := selectorMembers(text)
	if err != nil {
		return nil, err
	}
	if kind != "label" || web.Blank(expression) {
		return all, nil
	}
	left, right, found := strings.Cut(strings.Join(strings.Fields(expression), ""), "=")
	right, _, _ = strings.Cut(right, "=")
	value := strings.ReplaceAll(right, "'", "")
	factors := strings.Split(left, ".")
	name := factors[len(factors)-1]
	switch {
	case factors[0] != "INSTANCE" && factors[0] != "SERVICE":
		return all, nil
	case !found || right == "":
		return nil, web.Unexpected("Index 1 out of bounds for length 1")
	case factors[0] == "SERVICE":
		return func(k naming.ServiceKey) bool {
			d, _ := c.registry.Service(k)
			actual, ok := d.Metadata.Metadata[name]
			return ok && actual == value
		}, nil
	}
	return func(k naming.ServiceKey) bool {
		return slices.ContainsFunc(c.registry.Members(k), func(m naming.Member) bool {
			actual, ok := m.Metadata[name]
			return ok && actual == value
		})
	}, nil
}

// selectorMembers are the type and the expression of a selector, which both must be there.
func selectorMembers(text string) (kind, expression string, err error) {
	var node map[string]any
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&node); err != nil {
		return "", "", &web.Unreadable{Status: http.StatusSwitchingProtocols, Class: "", Reason: err.Error()}
	}
	for _, name := range []string{"type", "expression"} {
		if _, ok := node[name]; !ok {
			return "", "", missingMember()
		}
		if kind = memberText(node, "type"); kind != "none" && kind != "label" {
			return "", "", unknownSelector(kind)
		}
	}
	return kind, memberText(node, "expression"), nil
}

// unknownSelector refuses a type of selector in Java's words for an enumeration.
func unknownSelector(kind string) error {
	return naming.InvalidArgument("No enum constant com.alibaba.nacos.api.selector.SelectorType.%s", kind)
}

// classicCreate looks for the service before anything else.
func (c call) classicCreate(k naming.ServiceKey, threshold float64) (any, error) {
	if _, ok := c.registry.Service(k); ok {
		return nil, naming.InvalidArgument(c.B.Texts.ServiceExists, k.Grouped())
	}
	m, err := c.parseMetadata(c.Params["metadata"])
	if err != nil {
		return nil, err
	}
	selector, err := c.parseSelector(c.Params["selector"])
	if err != nil {
		return nil, err
	}
	settings := naming.ServiceMetadata{ProtectThreshold: float32(threshold), Metadata: m.values, Selector: selector}
	return c.OK(), c.registry.CreateService(k, true, settings)
}

// classicServiceUpdate changes a service step by step: what comes before the first error is in force.
func (c call) classicServiceUpdate(k naming.ServiceKey, threshold float32) (any, error) {
	settings := naming.ServiceMetadata{ProtectThreshold: threshold, Selector: naming.Selector{Type: "none"}}
	if !c.registry.Alter(k, func(m *naming.ServiceMetadata) { m.ProtectThreshold = threshold }) {
		return nil, &naming.Error{Flavour: naming.Checked, Status: http.StatusBadRequest, Message: "service " + k.Grouped() + " not found!"}
	}
	parsed, err := c.parseMetadata(c.Params["metadata"])
	if err != nil {
		return nil, err
	}
	settings.Metadata = parsed.values
	c.registry.Alter(k, func(m *naming.ServiceMetadata) { m.Metadata = parsed.values })
	if settings.Selector, err = c.parseSelector(c.Params["selector"]); err != nil {
		return nil, err
	}
	return c.OK(), c.registry.UpdateService(k, settings)
}

// classicClusterUpdate changes a cluster that is there step by step, too, after its service was found.
func (c call) classicClusterUpdate(k naming.ServiceKey, name, checkPort string) (any, error) {
	if err := c.registry.CheckCluster(k, name); err != nil {
		return nil, err
	}
	d, _ := c.registry.Service(k)
	settings := d.Cluster(name)
	alter := func() {
		if slices.Contains(d.Clusters, name) {
			c.registry.Alter(k, func(m *naming.ServiceMetadata) { m.Clusters[name] = settings })
		}
	}
	settings.CheckPort = web.LenientNumber(checkPort)
	alter()
	instancePort, err := c.Params.Required("useInstancePort4Check")
	if err != nil {
		return nil, err
	}
	settings.UseInstancePort = naming.TruthyText(instancePort)
	alter()
	text, err := c.Params.Required("healthChecker")
	if err != nil {
		return nil, err
	}
	if settings.Checker, err = parseChecker(text); err != nil {
		return nil, err
	}
	alter()
	m, err := c.parseMetadata(c.Params.Optional("metadata", ""))
	if err != nil {
		return nil, err
	}
	settings.Metadata = m.values
	return web.Plain("ok"), c.registry.UpdateCluster(k, name, settings)
}

// classicSubscriber is a subscriber as 1.x shows it.
type classicSubscriber struct {
	Address   string `json:"addrStr"`
	Agent     string `json:"agent"`
	App       string `json:"app"`
	IP        string `json:"ip"`
	Namespace string `json:"namespaceId"`
	Service   string `json:"serviceName"`
}

// classicSubscribers are a page of subscribers without their port and cluster. What is no page is an empty list without count.
func classicSubscribers(all []subscriberView, no, size int) any {
	type answer struct {
		Subscribers []classicSubscriber `json:"subscribers"`
		Count       int                 `json:"count"`
	}
	shown := []classicSubscriber{}
	for _, s := range all {
		shown = append(shown, classicSubscriber{s.Address, s.Agent, s.App, s.IP, s.Namespace, s.Service})
	}
	start := naming.PageStart(no, size)
	page, err := naming.SubList(shown, start, min(int(int32(start)+int32(size)), len(shown)))
	if err != nil {
		return answer{[]classicSubscriber{}, 0}
	}
	return answer{page, len(shown)}
}
