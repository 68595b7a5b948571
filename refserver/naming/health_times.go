package naming

// ResponseTimes are those of the targets of a cluster, as its health checks reckon with them, in milliseconds.
type ResponseTimes struct {
	Cluster string
	// Best is the greatest number and Worst 0 before the first answer.
	Best, Worst int64
	// Interval is the time between two probes now.
	Interval int64
}

// ResponseTimes are the response times of a service's clusters, in the order in which these were made, where each cluster
// has health checks of its own; otherwise there are none.
func (r *Registry) ResponseTimes(key ServiceKey) []ResponseTimes {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return nil
	}
	var all []ResponseTimes
	for _, name := range s.clusters {
		if t := s.health[name]; t != nil {
			all = append(all, ResponseTimes{name, t.best, t.worst, t.interval})
		}
	}
	return all
}
