package namingapi

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func v2ClientList(c call) (any, error) {
	ids := []string{}
	for _, client := range c.registry.Clients() {
		ids = append(ids, client.ID)
	}
	return ids, nil
}

// client is the client that a request must name.
func (c call) client() (naming.ClientInfo, error) {
	id, err := c.Params.Present("clientId")
	if err != nil {
		return naming.ClientInfo{}, err
	}
	client, ok := c.registry.Client(id)
	if !ok {
		return client, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusNotFound, Code: naming.CodeResourceNotFound,
			Message: "clientId [ " + id + " ] not exist",
		}
	}
	return client, nil
}

type clientView struct {
	ID        string `json:"clientId"`
	Ephemeral bool   `json:"ephemeral"`
	Updated   int64  `json:"lastUpdatedTime"`
	Type      string `json:"clientType"`
	*connectionView
	IP   string `json:"clientIp"`
	Port string `json:"clientPort"`
}

type connectionView struct {
	ConnectType string  `json:"connectType"`
	App         *string `json:"appName"`
	Version     string  `json:"version"`
}

func v2Client(c call) (any, error) {
	if c.B.API.SummarizesClients {
		return v3Client(c)
	}
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	view := clientView{ID: client.ID, Ephemeral: client.Ephemeral(), Updated: client.Updated.UnixMilli(), Type: "ipPort"}
	if client.Kind == naming.Connection {
		view.Type = "connection"
		view.connectionView = &connectionView{ConnectType: client.Attributes.ConnectType, Version: client.Attributes.Version}
		if client.Attributes.App != "" {
			view.App = &client.Attributes.App
		}
		view.IP = client.Attributes.IP
		view.Port = client.ID[strings.LastIndexByte(client.ID, '_')+1:]
		return view, nil
	}
	address := client.ID[:strings.LastIndexByte(client.ID, '#')]
	i := strings.LastIndexByte(address, ':')
	view.IP, view.Port = address[:i], address[i+1:]
	return view, nil
}

type instanceAddress struct {
	IP      string `json:"ip"`
	Port    int    `json:"port"`
	Cluster string `json:"cluster"`
}

type publicationView struct {
	Namespace string          `json:"namespace"`
	Group     string          `json:"group"`
	Service   string          `json:"serviceName"`
	Instance  instanceAddress `json:"registeredInstance"`
}

func v2PublishList(c call) (any, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	all := []publicationView{}
	for _, p := range c.registry.Publications(client.ID) {
		for _, in := range p.Instances {
			all = append(all, publicationView{
				p.Service.Namespace, p.Service.Group, p.Service.Name, instanceAddress{in.IP, in.Port, in.Cluster},
			})
		}
	}
	return all, nil
}

type subscriptionView struct {
	Namespace  string         `json:"namespace"`
	Group      string         `json:"group"`
	Service    string         `json:"serviceName"`
	Subscriber subscriberInfo `json:"subscriberInfo"`
}

type subscriberInfo struct {
	App     string `json:"app"`
	Agent   string `json:"agent"`
	Address string `json:"addr"`
}

func v2SubscribeList(c call) (any, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	all := []subscriptionView{}
	for _, s := range c.registry.Subscriptions(client.ID) {
		address := s.Subscriber.IP + ":" + strconv.Itoa(s.Subscriber.Port)
		all = append(all, subscriptionView{
			s.Service.Namespace, s.Service.Group, s.Service.Name, subscriberInfo{s.Subscriber.App, s.Subscriber.Agent, address},
		})
	}
	return all, nil
}

// clientFilter are the service and the address that the two lists of clients of a service ask for.
func (c call) clientFilter() (k naming.ServiceKey, ip string, port int, err error) {
	r := c.B.Registration
	if _, err = web.BoundBool("java.lang.Boolean").Read(c.Params, "ephemeral", true); err != nil {
		return
	}
	name, err := c.Params.Present("serviceName")
	if err != nil {
		return
	}
	port, err = web.BoundInt("java.lang.Integer").Read(c.Params, "port", 0)
	k = naming.ServiceKey{
		Namespace: c.Params.Or("namespaceId", r.DefaultNamespace), Group: c.Params.Or("groupName", r.DefaultGroup), Name: name,
	}
	return k, c.Params["ip"], port, err
}

type publisherView struct {
	instanceAddress
	Client string `json:"clientId"`
}

// v2PublisherList finds nothing unless both ip and port are given.
func v2PublisherList(c call) (any, error) {
	k, ip, port, err := c.clientFilter()
	if err != nil {
		return nil, err
	}
	all := []publisherView{}
	for _, p := range c.registry.Publishers(k) {
		for _, in := range p.Instances {
			if in.IP == ip && in.Port == port && c.Params["port"] != "" {
				all = append(all, publisherView{instanceAddress{in.IP, in.Port, in.Cluster}, p.Client})
			}
		}
	}
	return all, nil
}

type subscriberAddress struct {
	Client string `json:"clientId"`
	IP     string `json:"ip"`
	Port   int    `json:"port"`
}

func v2SubscriberList(c call) (any, error) {
	k, ip, port, err := c.clientFilter()
	if err != nil {
		return nil, err
	}
	_, byIP := c.Params["ip"]
	all := []subscriberAddress{}
	for _, s := range c.registry.Subscribers(func(other naming.ServiceKey) bool { return other == k }) {
		if byIP && s.Subscriber.IP != ip || c.Params["port"] != "" && s.Subscriber.Port != port {
			continue
		}
		all = append(all, subscriberAddress{s.Client, s.Subscriber.IP, s.Subscriber.Port})
	}
	return all, nil
}
