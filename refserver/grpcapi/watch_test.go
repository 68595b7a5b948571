package grpcapi_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// news is what a client was told of watched services, one line each: what it is for, the services, the batch.
func (c *client) news() []string {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	all := []string{}
	for _, m := range c.received {
		var r struct {
			SyncType, ServiceKey, ChangedType string
			Contexts                          []struct{ ServiceKey, ChangedType string }
			TotalBatch, CurrentBatch          int
		}
		if json.Unmarshal([]byte(m.Body), &r) != nil || r.SyncType == "" {
			continue
		}
		words := []string{r.SyncType}
		if r.ServiceKey != "" {
			words = append(words, r.ChangedType, r.ServiceKey)
		} else {
			words = append(words, fmt.Sprintf("%d/%d", r.CurrentBatch, r.TotalBatch))
		}
		for _, x := range r.Contexts {
			words = append(words, x.ChangedType, x.ServiceKey)
		}
		all = append(all, strings.Join(words, " "))
	}
	c.received = nil
	return all
}

func (c *client) expectNews(expected ...string) {
	c.t.Helper()
	if found := c.news(); !slices.Equal(found, expected) {
		c.t.Errorf("expected to be told\n%q, found\n%q", expected, found)
	}
}

func (c *client) publish(verb, service string) {
	c.t.Helper()
	_, a := c.call("InstanceRequest", `{"namespace":"n","serviceName":"`+service+`","groupName":"g","type":"`+verb+`Instance","instance":{"ip":"10.0.0.1","port":8080}}`)
	if a.ResultCode != wire.CodeSuccess {
		c.t.Fatalf("%s: %s", verb, a.text())
	}
}

func (c *client) watch(pattern, more string) answer {
	c.t.Helper()
	_, a := c.call("NamingFuzzyWatchRequest", `{"namespace":"n","groupKeyPattern":"`+pattern+`","watchType":"WATCH"`+more+`}`)
	return a
}

func TestWatch(t *testing.T) {
	bubble(t, as(behaviour.Line30), func(t *testing.T, w *world) {
		p, c := w.connect(), w.connect()
		p.publish("register", "order-1")
		c.watch("n>>g>>order*", `,"receivedGroupKeys":[],"initializing":true`)
		time.Sleep(999 * time.Millisecond)
		c.expectNews()
		time.Sleep(102 * time.Millisecond)
		c.expectNews("FUZZY_WATCH_INIT_NOTIFY 1/1 ADD_SERVICE n@@g@@order-1")
		time.Sleep(600 * time.Millisecond)
		c.expectNews("FINISH_FUZZY_WATCH_INIT_NOTIFY 1/1")

		p.publish("register", "order-2")
		p.publish("register", "order-2") // no news
		p.publish("register", "other")
		time.Sleep(101 * time.Millisecond)
		c.expectNews("FUZZY_WATCH_RESOURCE_CHANGED ADD_SERVICE n@@g@@order-2")
		p.publish("deregister", "order-2")
		time.Sleep(time.Second)
		c.expectNews("FUZZY_WATCH_RESOURCE_CHANGED DELETE_SERVICE n@@g@@order-2")
		p.Close()
		time.Sleep(time.Second)
		c.expectNews("FUZZY_WATCH_RESOURCE_CHANGED DELETE_SERVICE n@@g@@order-1")

		c.watch("n>>g>>order*", `,"receivedGroupKeys":["n@@g@@order-9"]`)
		time.Sleep(1200 * time.Millisecond)
		c.expectNews("FUZZY_WATCH_DIFF_SYNC_NOTIFY 1/1 DELETE_SERVICE n@@g@@order-9")
		c.watch("n>>g>>order*", ``) // tells nothing
		if _, a := c.call("NamingFuzzyWatchRequest", `{"groupKeyPattern":"n>>g>>order*","watchType":"CANCEL_WATCH"}`); a.ResultCode != wire.CodeSuccess {
			t.Errorf("cancel: %s", a.text())
		}
		c.publish("register", "order-3")
		time.Sleep(2 * time.Second)
		c.expectNews()
	})
}

// Services without a namespace count for the default one, but only when they come.
func TestWatchServicesWithoutNamespace(t *testing.T) {
	bubble(t, as(behaviour.Line30), func(t *testing.T, w *world) {
		c := w.connect()
		publish := func(namespace string) {
			c.call("InstanceRequest", `{"namespace":"`+namespace+`","serviceName":"s","groupName":"g","type":"registerInstance","instance":{"ip":"10.0.0.1","port":8080}}`)
		}
		publish("")
		c.watch("public>>g>>s", `,"receivedGroupKeys":[],"initializing":true`)
		time.Sleep(1200 * time.Millisecond)
		c.expectNews("FINISH_FUZZY_WATCH_INIT_NOTIFY 1/1")
		publish(" ")
		publish("public") // is no news
		time.Sleep(time.Second)
		c.expectNews("FUZZY_WATCH_RESOURCE_CHANGED ADD_SERVICE public@@g@@s")
	})
}

func TestWatchInBatchesUntilAcknowledged(t *testing.T) {
	bubble(t, as(behaviour.Line30), func(t *testing.T, w *world) {
		p, c := w.connect(), w.connect()
		for n := range 11 {
			p.publish("register", fmt.Sprintf("s-%02d", n))
		}
		c.SetAcks(wire.AckNone)
		c.watch("n>>*>>s*0", `,"receivedGroupKeys":[],"initializing":true`) // a star in the middle matches nothing
		c.watch("n>>*>>*s*", `,"receivedGroupKeys":["n@@g@@s-00"],"initializing":true`)
		time.Sleep(1100 * time.Millisecond)
		found := c.news()
		if len(found) != 2 || found[0] != "FINISH_FUZZY_WATCH_INIT_NOTIFY 1/1" || strings.Count(found[1], "ADD_SERVICE") != 10 {
			t.Fatalf("expected the end of an empty pattern and one batch, found %q", found)
		}
		c.SetAcks(wire.AckAll)
		time.Sleep(5200 * time.Millisecond)
		if found = c.news(); len(found) != 2 || strings.Count(found[0]+found[1], "ADD_SERVICE") != 10 {
			t.Errorf("expected both to be repeated after 5 s, found %q", found)
		}
		time.Sleep(600 * time.Millisecond)
		c.expectNews("FINISH_FUZZY_WATCH_INIT_NOTIFY 1/1")
	})
}

func TestWatchRefusals(t *testing.T) {
	bubble(t, as(behaviour.Line30), func(t *testing.T, w *world) {
		c := w.connect()
		c.publish("register", "s")
		for body, code := range map[string]int{
			`{}`: 500, `{"watchType":"NOPE","groupKeyPattern":"x"}`: 400, `{"watchType":"WATCH"}`: 500, `{"watchType":"CANCEL_WATCH"}`: 500,
			`{"watchType":"WATCH","groupKeyPattern":"n>>g"}`: 500, `{"watchType":"WATCH","groupKeyPattern":">>>>"}`: 500, `{"watchType":"WATCH","groupKeyPattern":""}`: 0, `{"watchType":"WATCH","groupKeyPattern":7}`: 0,
			`{"watchType":"WATCH","groupKeyPattern":"p>>g>>s","receivedGroupKeys":[null,5]}`: 0, `{"receivedGroupKeys":5}`: 502,
		} {
			if _, a := c.call("NamingFuzzyWatchRequest", body); a.ErrorCode != code {
				t.Errorf("%s: expected %d, found %+v %s", body, code, a, a.text())
			}
		}
	})
}

func TestWatchLimits(t *testing.T) {
	bubble(t, func(b *behaviour.Behaviour) { as(behaviour.Line30)(b); b.Watch.MaxPatterns, b.Watch.MaxMatches = 2, 1 }, func(t *testing.T, w *world) {
		c := w.connect()
		if a := c.watch("n>>g>>*", ""); a.ErrorCode != 0 {
			t.Errorf("first pattern: %s", a.text())
		}
		c.publish("register", "a")
		c.publish("register", "b")
		if a := c.watch("n>>g>>*", ""); a.ErrorCode != 50311 || a.text() != "fuzzy watch pattern matched count over limit" {
			t.Errorf("full pattern: %+v", a)
		}
		time.Sleep(time.Second)
		c.expectNews("FUZZY_WATCH_RESOURCE_CHANGED ADD_SERVICE n@@g@@a")
		c.watch("x>>g>>*", "")
		if a := c.watch("y>>g>>*", ""); a.ErrorCode != 50310 || a.text() != "fuzzy watch pattern over limit" {
			t.Errorf("third pattern: %+v", a)
		}
		c.Close()
		time.Sleep(61 * time.Second) // two passes over patterns without clients
		if a := w.connect().watch("y>>g>>*", ""); a.ErrorCode != 0 {
			t.Errorf("pattern after the others were given up: %s", a.text())
		}
	})
}
