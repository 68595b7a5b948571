package grpcapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

func TestShedding(t *testing.T) {
	for name, c := range map[string]struct {
		sources []string
		// silent clients answer nothing.
		silent bool
		count  int
		// resets are how many SDK clients are asked to reconnect.
		resets int
	}{
		"all but one":                     {sources: []string{"sdk", "SDK", "sdk"}, count: 1, resets: 2},
		"others count but stay":           {sources: []string{"sdk", "cluster", ""}, count: 1, resets: 1},
		"nothing in excess":               {sources: []string{"sdk", "sdk"}, count: 2},
		"no order":                        {sources: []string{"sdk", "sdk"}, count: 0},
		"silence does not count as moved": {sources: []string{"sdk", "sdk", "sdk"}, silent: true, count: 2, resets: 3},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, nil, func(t *testing.T, w *world) {
				var sdk, others []*client
				for _, source := range c.sources {
					x := w.dial()
					x.setUp(`{"labels":{"source":"` + source + `"}}`)
					if c.silent {
						x.SetAcks(wire.AckNone)
					}
					if strings.EqualFold(source, "sdk") {
						sdk = append(sdk, x)
					} else {
						others = append(others, x)
					}
				}
				w.server.Shed(c.count, "10.0.0.9:8848")
				time.Sleep(900 * time.Millisecond)
				if early := resets(sdk); early != 0 {
					t.Errorf("expected nothing before the next pass, found %d resets", early)
				}
				time.Sleep(15 * time.Second) // more than one pass: an order is for one
				if found := resets(sdk); found != c.resets || resets(others) != 0 {
					t.Errorf("expected %d resets, found %d, and %d of others", c.resets, found, resets(others))
				}
				if left := len(w.server.Connections()); left != len(c.sources) {
					t.Errorf("expected the server to close nothing, found %d of %d connections", left, len(c.sources))
				}
			})
		})
	}
}

// resets is how many requests to reconnect the clients received.
func resets(clients []*client) (n int) {
	for _, c := range clients {
		n += len(c.messages("ConnectResetRequest"))
	}
	return n
}

func TestSheddingAsksOneAtATime(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		a, b := w.connect(), w.connect()
		a.SetAcks(wire.AckNone)
		b.SetAcks(wire.AckNone)
		w.server.Shed(1, "10.0.0.9:8848")
		time.Sleep(10 * time.Second)
		first, second := a.messages("ConnectResetRequest"), b.messages("ConnectResetRequest")
		if len(first) != 1 || len(second) != 1 {
			t.Fatalf("expected both to be asked once, found %v and %v", first, second)
		}
		if apart := second[0].At.Sub(first[0].At).Abs(); apart != 3*time.Second {
			t.Errorf("expected one to be asked when the other did not answer for 3 s, found %v", apart)
		}
	})
}

func TestReloadSparesOtherServers(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		other := w.dial()
		other.setUp(`{"labels":{"source":"cluster"}}`)
		outcome := make(chan error, 1)
		w.server.Reload(w.server.Connections()[0].ID, "", func(err error) { outcome <- err })
		if err := <-outcome; err != nil || len(other.messages("ConnectResetRequest")) != 0 {
			t.Errorf("expected success without a request, found %v, %v", err, other.types())
		}
	})
}
