package namingapi

import (
	"runtime"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

func v1SetHealth(c call) (any, error) {
	healthy := c.Params.Optional("healthy", c.Params.Optional("valid", ""))
	if healthy == "" {
		return nil, naming.InvalidArgument("Param 'healthy' is required.")
	}
	grouped, err := c.Params.Required("serviceName")
	if err != nil {
		return nil, err
	}
	ip, port, err := c.address()
	if err != nil {
		return nil, err
	}
	cluster := c.Params.Optional("clusterName", c.B.Registration.DefaultCluster)
	return web.Plain("ok"), c.registry.SetHealth(c.key(c.namespace(), grouped), grouped, cluster, ip, port, naming.TruthyText(healthy))
}

func v1HealthServer(c call) (any, error) {
	kind := ""
	if c.B.V1.RaftServices {
		kind = "raft "
	}
	return map[string]string{
		"msg": "Hello! I am Nacos-Naming and healthy! total services: " + kind + strconv.Itoa(c.registry.Totals().Services) +
			", local port:" + strconv.Itoa(c.Port()),
	}, nil
}

func v1Switches(c call) (any, error) {
	s := c.registry.Switches()
	if !c.B.HTTP.RenamesVersions {
		return s, nil
	}
	type no = *struct{}
	return struct {
		naming.Switches
		NoGo     no     `json:"pushGoVersion,omitempty"`
		NoJava   no     `json:"pushJavaVersion,omitempty"`
		NoPython no     `json:"pushPythonVersion,omitempty"`
		NoC      no     `json:"pushCVersion,omitempty"`
		NoCSharp no     `json:"pushCSharpVersion,omitempty"`
		Go       string `json:"pushVersionOfGo"`
		Java     string `json:"pushVersionOfJava"`
		Python   string `json:"pushVersionOfPython"`
		C        string `json:"pushVersionOfC"`
		CSharp   string `json:"pushVersionOfCsharp"`
	}{
		Switches: s, Go: s.PushGoVersion, Java: s.PushJavaVersion, Python: s.PushPythonVersion, C: s.PushCVersion,
		CSharp: s.PushCSharpVersion,
	}, nil
}

func v1SetSwitch(c call) (any, error) {
	debug, err := web.BoundBool("boolean").Read(c.Params, "debug", false)
	if err != nil {
		return nil, err
	}
	entry, err := c.Params.Present("entry")
	if err != nil {
		return nil, err
	}
	value, err := c.Params.Present("value")
	if err != nil {
		return nil, err
	}
	return web.Plain("ok"), c.registry.SetSwitch(entry, value, debug)
}

type statusOnly struct {
	Status string `json:"status"`
}

type metrics struct {
	statusOnly
	Services      int `json:"serviceCount"`
	Instances     int `json:"instanceCount"`
	Subscriptions int `json:"subscribeCount"`
	// RaftTasks and ResponsibleServices are told where metrics count services.
	RaftTasks           *int `json:"raftNotifyTaskCount,omitempty"`
	ResponsibleServices *int `json:"responsibleServiceCount,omitempty"`
	// Responsible is left out by v2.
	Responsible        *int        `json:"responsibleInstanceCount,omitempty"`
	Clients            int         `json:"clientCount"`
	Connections        int         `json:"connectionBasedClientCount"`
	EphemeralAddresses int         `json:"ephemeralIpPortClientCount"`
	PersistentAddress  int         `json:"persistentIpPortClientCount"`
	ResponsibleClients int         `json:"responsibleClientCount"`
	CPU                wire.Double `json:"cpu"`
	Load               wire.Double `json:"load"`
	Memory             wire.Double `json:"mem"`
}

// metrics are the counters now. The load of the machine is not measured.
func (c call) metrics() metrics {
	t := c.registry.Totals()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	return metrics{
		statusOnly: statusOnly{c.status()},
		Services:   t.Services, Instances: t.Instances, Subscriptions: t.Subscriptions, Clients: t.Clients,
		Connections: t.Connections, EphemeralAddresses: t.EphemeralAddresses, PersistentAddress: t.Permanent,
		ResponsibleClients: t.Clients, Memory: wire.Double(float64(mem.HeapAlloc) / float64(mem.Sys)),
	}
}

func v1Metrics(c call) (any, error) {
	if !c.B.V1.MetricsOfClients {
		return c.serviceMetrics(), nil
	}
	if text := c.Params.Optional("onlyStatus", "true"); strings.EqualFold(text, "true") {
		return statusOnly{c.status()}, nil
	}
	m := c.metrics()
	m.Responsible = &m.Instances
	if c.B.V1.MetricsOfServices {
		m.RaftTasks, m.ResponsibleServices = new(0), &m.Services
	}
	if c.B.V1.PeerRoutes && !c.B.V1.PeersSeeServices {
		m.ResponsibleServices, m.Responsible = new(0), new(0)
	}
	return m, nil
}

// serviceMetrics count services and instances, and what of them this node is responsible for: all.
func (c call) serviceMetrics() any {
	m := c.metrics()
	return struct {
		statusOnly
		Services             int         `json:"serviceCount"`
		Instances            int         `json:"instanceCount"`
		Tasks                int         `json:"raftNotifyTaskCount"`
		ResponsibleServices  int         `json:"responsibleServiceCount"`
		ResponsibleInstances int         `json:"responsibleInstanceCount"`
		CPU                  wire.Double `json:"cpu"`
		Load                 wire.Double `json:"load"`
		Memory               wire.Double `json:"mem"`
	}{m.statusOnly, m.Services, m.Instances, 0, m.Services, m.Instances, m.CPU, m.Load, m.Memory}
}

func v2Metrics(c call) (any, error) {
	only, err := web.BoundBool("java.lang.Boolean").Read(c.Params, "onlyStatus", true)
	if err != nil {
		return nil, err
	}
	if only {
		return statusOnly{c.status()}, nil
	}
	return c.metrics(), nil
}

func v1PushState(c call) (any, error) {
	detail, err := web.BoundBool("boolean").Given(c.Params, "detail", false)
	if err != nil {
		return nil, err
	}
	reset, err := web.BoundBool("boolean").Given(c.Params, "reset", false)
	if err != nil {
		return nil, err
	}
	return c.pushState(detail, reset), nil
}

func v1DistroClient(c call) (any, error) {
	for _, name := range []string{"ip", "port"} {
		if _, err := c.Params.Present(name); err != nil {
			return nil, err
		}
	}
	return map[string]string{"responsibleServer": c.Self()}, nil
}

func v1LogLevel(c call) (any, error) { return web.Plain("ok"), c.LogLevel() }
