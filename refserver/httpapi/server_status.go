package httpapi

// serverStatus is what the server reports of itself: STARTING until it has started, then what operators say, as of the
// last look at the switches. Source: nacos 2.5.1 naming/src/main/java/com/alibaba/nacos/naming/cluster/ServerStatus.java:24-49.
func (h *Handler) serverStatus() string {
	if h.starting() {
		return "STARTING"
	}
	return h.status.Load().(string)
}

// unready says why the server is not ready, nothing when it is.
// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/controller/HealthController.java:71-89, as the line's
// ReadyByStatus.
func (c call) unready() string {
	switch byStatus := c.B.Operations.ReadyByStatus; {
	case byStatus && c.serverStatus() != "UP":
		return "naming not in readiness"
	case !byStatus && c.starting():
		return "Config and Naming are not in readiness"
	}
	return ""
}
