package naming

import "time"

// costs are what pushes took, from the first of the changes that they tell of to their acknowledgement.
type costs struct {
	sum   time.Duration
	count int
	// most is the longest of those that sum holds, average their mean when it was last made; both are negative for none.
	most, average time.Duration
}

// Source: nacos 2.5.1 naming/src/main/java/com/alibaba/nacos/naming/monitor/PerformanceLoggerThread.java:50-128.
const (
	// averagePeriod is the distance of the full times at which the average is made.
	averagePeriod = 15 * time.Second
	// costInitial and costPeriod time the passes after which sum and longest begin anew.
	costInitial, costPeriod = 30 * time.Second, time.Minute
)

func noCosts() costs { return costs{most: -1, average: -1} }

func (c *costs) add(d time.Duration) {
	c.sum, c.count, c.most = c.sum+d, c.count+1, max(c.most, d)
}

// countCosts makes the averages from now on.
func (r *Registry) countCosts() (stops []func()) {
	untilFull := averagePeriod - time.Duration(r.epoch.UnixNano())%averagePeriod
	average := func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.costs.average = -1
		if r.costs.count > 0 {
			r.costs.average = r.costs.sum / time.Duration(r.costs.count)
		}
	}
	restart := func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.costs.sum, r.costs.count, r.costs.most = 0, 0, -1
	}
	return []func(){r.clock.Every(untilFull, averagePeriod, average), r.clock.Every(costInitial, costPeriod, restart)}
}
