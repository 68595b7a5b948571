package namingapi

import "github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

// v3MetricsView are the counters of the server, without those of the machine.
type v3MetricsView struct {
	statusOnly
	Services           int `json:"serviceCount"`
	Instances          int `json:"instanceCount"`
	Subscriptions      int `json:"subscribeCount"`
	Clients            int `json:"clientCount"`
	Connections        int `json:"connectionBasedClientCount"`
	EphemeralAddresses int `json:"ephemeralIpPortClientCount"`
	PersistentAddress  int `json:"persistentIpPortClientCount"`
	ResponsibleClients int `json:"responsibleClientCount"`
}

func v3Metrics(c call) (any, error) {
	only, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "onlyStatus", true)
	if err != nil {
		return nil, err
	}
	m := c.metrics()
	if only {
		return m.statusOnly, nil
	}
	return v3MetricsView{
		m.statusOnly, m.Services, m.Instances, m.Subscriptions, m.Clients, m.Connections, m.EphemeralAddresses,
		m.PersistentAddress, m.ResponsibleClients,
	}, nil
}

func v3LogLevel(c call) (any, error) { return c.OK(), c.LogLevel() }
