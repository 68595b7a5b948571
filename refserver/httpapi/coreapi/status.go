package coreapi

// unready says why the server is not ready, nothing when it is.
// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/controller/HealthController.java:71-89, as the line's
// ReadyByStatus.
func (c call) unready() string {
	switch byStatus := c.B.Operations.ReadyByStatus; {
	case byStatus && c.status() != "UP":
		return "naming not in readiness"
	case !byStatus && c.starting():
		return "Config and Naming are not in readiness"
	}
	return ""
}
