package namingapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// addUpgrade adds the routes that show how far an upgrade from 1.x came. A server that is alone is upgraded when it
// starts, so that the registry that they show is the one that all see.
func (t routes) addUpgrade() {
	v1 := t.Below("/v1/ns/upgrade/ops", web.Route{})
	v1(web.Get, "/metrics", upgradeMetrics)
	v1(web.Post, "/instance", v1Register)
	v1(web.Delete, "/instance", v1Deregister)
	v1(web.Put, "/instance", v1Update)
	v1(web.Get, "/instance", v1Detail)
	v1(web.Get, "/instance/list", v1List)
	v1(web.Post, "/service", upgradeCreateService)
	v1(web.Delete, "/service", v1DeleteService)
	v1(web.Put, "/service", v1UpdateService)
	v1(web.Get, "/service", v1Service)
	v1(web.Get, "/service/list", v1ServiceList)
	v1(web.Get, "/service/names", v1ServiceNames)
}

// upgradeCreateService creates a service of the kind that the request names, or else of that of instances.
func upgradeCreateService(c call) (any, error) {
	byDefault := strconv.FormatBool(c.registry.Switches().DefaultEphemeral)
	return c.v1CreateService(naming.TruthyText(c.Params.Optional("ephemeral", byDefault)))
}

// upgradeMetric is one line of the metrics of an upgrade.
type upgradeMetric struct {
	name  string
	value any
}

// upgradeMetrics compares the registries of 1.x, which is empty, and of 2.x: text in either form.
func upgradeMetrics(c call) (any, error) {
	asJSON, err := web.BoundBool("boolean").Read(c.Params, "json", false)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, m := range c.upgradeMetrics() {
		switch {
		case asJSON && i > 0:
			b.WriteByte(',')
			fallthrough
		case asJSON:
			fmt.Fprintf(&b, "%s:%s", web.Encode(m.name), web.Encode(m.value))
		case isNumber(m.value):
			fmt.Fprintf(&b, "%-30s = %5d\n", m.name, m.value)
		default:
			fmt.Fprintf(&b, "%-30s = %v\n", m.name, m.value)
		}
	}
	if asJSON {
		return web.Plain("{" + b.String() + "}"), nil
	}
	return web.Plain(b.String()), nil
}

func isNumber(value any) bool {
	_, ok := value.(int)
	return ok
}

func (c call) upgradeMetrics() []upgradeMetric {
	t := c.registry.Totals()
	services, instances, only := map[bool]int{}, map[bool]int{}, []string{}
	for _, s := range c.registry.ServiceStates() {
		services[s.Ephemeral]++
		instances[s.Ephemeral] += len(c.registry.Hosts(s.Key))
		only = append(only, s.Key.Namespace+"##"+s.Key.Grouped())
	}
	return []upgradeMetric{
		{"upgraded", true}, {"isAll20XVersion", true}, {"isDoubleWriteEnabled", true}, {"doubleWriteDelayTaskCount", 0},
		{"serviceCountV1", 0}, {"instanceCountV1", 0}, {"serviceCountV2", t.Services}, {"instanceCountV2", t.Instances},
		{"subscribeCountV2", t.Subscriptions}, {"responsibleServiceCountV1", 0}, {"responsibleInstanceCountV1", 0},
		{"ephemeralServiceCountV2", services[true]}, {"persistentServiceCountV2", services[false]},
		{"ephemeralInstanceCountV2", instances[true]}, {"persistentInstanceCountV2", instances[false]},
		{"service.V1.not.in.V2", ""}, {"service.V2.not.in.V1", strings.Join(only, "\n")},
	}
}
