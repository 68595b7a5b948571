package namingapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// PushData is a view as subscribers read it that have an address: that of an instance list, but for the name of the
// group and the flag of the protection threshold.
func (a *API) PushData(to naming.Subscription, view wire.ServiceInfo) []byte {
	if a.b.V1.ClassicLists {
		return web.Encode(a.classic(to.Service, view, to.Subscriber.Agent, ""))
	}
	view.Name, view.GroupName = new(wire.Text(to.Service.Grouped())), nil
	view.ReachProtectionThreshold = false
	return web.Encode(showNulls(view))
}
