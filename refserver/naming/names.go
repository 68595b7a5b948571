package naming

import (
	"regexp"
	"slices"
)

// syntax matches an expression as a whole; it is nil for none.
func syntax(expression string) *regexp.Regexp {
	if expression == "" {
		return nil
	}
	return regexp.MustCompile(`^(?:` + expression + `)$`)
}

// checkName refuses to make a service whose name breaks the syntax. Services that exist have passed it.
func (r *Registry) checkName(key ServiceKey) error {
	if r.names == nil || r.existing(key) != nil || r.names.MatchString(key.Grouped()) {
		return nil
	}
	return InvalidArgument(r.b.Texts.BadService, key.Grouped())
}

// checkCluster refuses to make a cluster whose name breaks the syntax.
func (r *Registry) checkCluster(cluster string) error {
	if r.clusterNames == nil || cluster == "" || r.clusterNames.MatchString(cluster) {
		return nil
	}
	return InvalidArgument(r.b.Texts.BadCluster, cluster)
}

// nameCluster makes a cluster of a service, where clusters stay once they were named.
func (r *Registry) nameCluster(s *service, cluster string) error {
	if cluster == "" {
		cluster = r.b.Registration.DefaultCluster
	}
	if !r.b.Services.KeepsClusters || slices.Contains(s.clusters, cluster) {
		return nil
	}
	if err := r.checkCluster(cluster); err != nil {
		return err
	}
	s.clusters = append(s.clusters, intern(cluster))
	if r.b.HealthChecks.TaskPerCluster {
		r.nameTask(s, cluster)
	}
	return nil
}
