package behaviour

import (
	"errors"
	"fmt"
)

// API decides which HTTP APIs a server has, which of the older ones it has closed, and where its console is.
type API struct {
	// V3 is true when the v3 routes for clients and administrators are served.
	// Source: nacos 3.0.3 N/controllers/v3/; 2.5 has none.
	V3 bool
	// OwnConsole is true when the console has a port of its own, without context path, and the main port serves none of
	// its routes. Source: nacos 3.0.3 server/src/main/java/com/alibaba/nacos/server/NacosServerWebApplication.java:34-40;
	// measured.
	OwnConsole bool
	// OpensClient, OpensAdmin and OpensConsole are true when the v1 and v2 routes of that kind are served, false when they
	// are answered with 410 Gone. They are the properties nacos.core.api.compatibility.{client,admin,console}.enabled.
	// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/controller/compatibility/ApiCompatibilityConfig.java:57-60;
	// 2.5 has no such gate.
	OpensClient, OpensAdmin, OpensConsole bool
	// OpensInner is true when the v1 routes that servers once used among each other are served.
	// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/controller/compatibility/ApiCompatibilityFilter.java:100-108.
	OpensInner bool
	// HidesFailures is true when the gates answer for what fails behind them unforeseen: the page only refers to the log.
	// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/controller/compatibility/ApiCompatibilityFilter.java:110-114;
	// measured.
	HidesFailures bool
	// SummarizesClients is true when v2 shows a client as v3 does. Source: nacos 3.0.3 N/core/ClientServiceImpl.java:68-95.
	SummarizesClients bool
	// LosesHosts is true when the older routes fail that show a service with its instances in full: the new shape of
	// services leaves out what they need. Source: measured 3.0.3.
	LosesHosts bool
	// TellsRights is true when the older envelope tells that nothing was refused for lack of rights. Source: measured 3.0.3.
	TellsRights bool
	// CamelCasesIP is true when the catalogue calls the flag useIpPort4Check, false when useIPPort4Check.
	// Source: nacos 3.0.3 A/naming/pojo/Cluster.java:52; measured.
	CamelCasesIP bool
}

// Opening is the API with the older routes of these kinds (client, admin, console) open and those of the others closed. It
// fails for a kind that there is not, and for an API that closes nothing.
func (a API) Opening(kinds ...string) (API, error) {
	if a.OpensInner {
		return a, errors.New("expected a line that closes older routes; this one serves all of its routes")
	}
	a.OpensClient, a.OpensAdmin, a.OpensConsole = false, false, false
	for _, kind := range kinds {
		switch kind {
		case "client":
			a.OpensClient = true
		case "admin":
			a.OpensAdmin = true
		case "console":
			a.OpensConsole = true
		default:
			return a, fmt.Errorf("expected client, admin or console, found %q", kind)
		}
	}
	return a, nil
}
