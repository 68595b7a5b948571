package grpcapi

import (
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// ConfigMetrics asks all connections of clients with an address what they have of configurations, and calls done with
// what each of them told: an empty list when there is none, and nothing from those that do not answer in time.
func (s *Server) ConfigMetrics(clientIP string, keys []wire.MetricsKey, done func([]map[string]any)) {
	var asked []*connection
	for _, c := range s.all() {
		if ip, _ := c.client(); ip == clientIP && c.isRegistered() {
			asked = append(asked, c)
		}
	}
	told := make(chan map[string]any, len(asked))
	left := newCountdown(len(asked), func() {
		close(told)
		all := []map[string]any{}
		for metrics := range told {
			all = append(all, metrics)
		}
		done(all)
	})
	if len(asked) == 0 {
		done([]map[string]any{})
	}
	for _, c := range asked {
		over := left.once()
		r := wire.ClientConfigMetricRequest{Request: wire.NewRequest(wire.ModuleConfig), MetricsKeys: keys}
		s.inquire(c, &r, &r.Request, s.configs.Behaviour().PushTimeout, func(p *grpcpb.Payload) {
			var answer wire.ClientConfigMetricResponse
			if wire.Decode(p, &answer) == nil {
				told <- answer.Metrics
			}
		}, func(error) { over() })
	}
}
