package configapi_test

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// TestCapacityOfNobody: it is refused, and where the storage fails at the capacities of what is there, it fails.
func TestCapacityOfNobody(t *testing.T) {
	for line, afterwards := range map[behaviour.Line]int{behaviour.Line14: 500, behaviour.Line20: 500, behaviour.Line25: 400} {
		apitest.Story(t, func(h *apitest.Handler) {
			if w := apitest.Send(h, "POST", "/nacos/v1/cs/capacity"); w.Code != 400 {
				t.Errorf("%s: found %d %s", line, w.Code, w.Body)
			}
			put1(t, h, "dataId=a&group=G&content=v1")
			if w := apitest.Send(h, "POST", "/nacos/v1/cs/capacity"); w.Code != afterwards {
				t.Errorf("%s: expected %d, found %d %s", line, afterwards, w.Code, w.Body)
			}
		}, apitest.On(line))
	}
}
