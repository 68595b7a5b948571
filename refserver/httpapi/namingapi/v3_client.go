package namingapi

import (
	"strconv"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// v3ClientView is a client as operators see it. An address client has no connection to tell of.
type v3ClientView struct {
	ID          string  `json:"clientId"`
	Ephemeral   bool    `json:"ephemeral"`
	Updated     int64   `json:"lastUpdatedTime"`
	Type        string  `json:"clientType"`
	ConnectType *string `json:"connectType"`
	App         *string `json:"appName"`
	Version     *string `json:"version"`
	IP          *string `json:"clientIp"`
	Port        int     `json:"clientPort"`
}

func v3Client(c call) (any, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	view := v3ClientView{ID: client.ID, Ephemeral: client.Ephemeral(), Updated: client.Updated.UnixMilli(), Type: "ipPort"}
	if client.Kind == naming.Connection {
		a := client.Attributes
		view.Type, view.Port = "connection", a.Port
		view.ConnectType, view.App, view.Version, view.IP = web.OrNull(a.ConnectType), web.OrNull(a.App), web.OrNull(a.Version), web.OrNull(a.IP)
	}
	return view, nil
}

type v3Publisher struct {
	Client  *string `json:"clientId"`
	IP      string  `json:"ip"`
	Port    int     `json:"port"`
	Cluster string  `json:"clusterName"`
}

type v3Subscriber struct {
	Client  *string `json:"clientId"`
	App     string  `json:"appName"`
	Agent   string  `json:"agent"`
	Address string  `json:"address"`
}

// v3ClientService is a service that a client publishes or subscribes.
type v3ClientService struct {
	Namespace  string        `json:"namespaceId"`
	Group      string        `json:"groupName"`
	Service    string        `json:"serviceName"`
	Publisher  *v3Publisher  `json:"publisherInfo"`
	Subscriber *v3Subscriber `json:"subscriberInfo"`
}

func v3PublishList(c call) (any, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	all := []v3ClientService{}
	for _, p := range c.registry.Publications(client.ID) {
		for _, in := range p.Instances {
			all = append(all, v3ClientService{
				p.Service.Namespace, p.Service.Group, p.Service.Name, &v3Publisher{nil, in.IP, in.Port, in.Cluster}, nil,
			})
		}
	}
	return all, nil
}

func v3SubscribeList(c call) (any, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	all := []v3ClientService{}
	for _, s := range c.registry.Subscriptions(client.ID) {
		all = append(all, v3ClientService{s.Service.Namespace, s.Service.Group, s.Service.Name, nil, showSubscriber(s.Subscriber)})
	}
	return all, nil
}

func showSubscriber(s naming.Subscriber) *v3Subscriber {
	return &v3Subscriber{App: s.App, Agent: s.Agent, Address: s.IP + ":" + strconv.Itoa(s.Port)}
}

// v3ClientFilter are the service and the address, each part of which may be left out, that the two lists of clients of
// a service ask for.
func (c call) v3ClientFilter() (k naming.ServiceKey, matches func(ip string, port int) bool, err error) {
	port, err := web.BoundInt("java.lang.Integer").Form(c.Params, "clientServiceForm", "port", 0)
	if err != nil {
		return k, nil, err
	}
	wanted, byIP := c.Params["ip"]
	byPort := c.Params["port"] != ""
	k, err = c.v3ServiceKey()
	return k, func(ip string, p int) bool { return (!byIP || ip == wanted) && (!byPort || p == port) }, err
}

func v3PublisherList(c call) (any, error) {
	k, matches, err := c.v3ClientFilter()
	if err != nil {
		return nil, err
	}
	all := []v3Publisher{}
	for _, p := range c.registry.Publishers(k) {
		for _, in := range p.Instances {
			if matches(in.IP, in.Port) {
				all = append(all, v3Publisher{&p.Client, in.IP, in.Port, in.Cluster})
			}
		}
	}
	return all, nil
}

func v3SubscriberList(c call) (any, error) {
	k, matches, err := c.v3ClientFilter()
	if err != nil {
		return nil, err
	}
	all := []v3Subscriber{}
	for _, s := range c.registry.Subscribers(func(other naming.ServiceKey) bool { return other == k }) {
		if matches(s.Subscriber.IP, s.Subscriber.Port) {
			view := *showSubscriber(s.Subscriber)
			view.Client = &s.Client
			all = append(all, view)
		}
	}
	return all, nil
}
