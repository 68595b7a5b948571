package refserver_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// The loader routes move the clients of the other port.
func TestLoaderReachesConnections(t *testing.T) {
	bubble(t, func(t *testing.T, s site) {
		var mu sync.Mutex
		var types []string
		c, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: s.GRPCAddr(), Dial: s.net.Dial, Received: func(m wire.StreamMessage) {
			mu.Lock()
			defer mu.Unlock()
			types = append(types, m.Type)
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.OpenStream(); err != nil {
			t.Fatal(err)
		}
		if err := c.SendRaw("ConnectionSetupRequest", []byte(`{"labels":{"source":"sdk"}}`)); err != nil {
			t.Fatal(err)
		}
		s.connect() // names no source
		time.Sleep(time.Millisecond)

		client := s.http()
		get := func(operation string, query url.Values) string {
			return client.Do(t.Context(), wire.HTTPRequest{Method: "GET", Path: "/v2/core/loader/" + operation, Query: query}).Body
		}
		var current map[string]struct{ MetaInfo struct{ SDKSource bool } }
		if err := json.Unmarshal([]byte(get("current", nil)), &current); err != nil || len(current) != 2 {
			t.Fatalf("current: %v, %v", current, err)
		}
		for _, x := range s.Connections() {
			if current[x.ID].MetaInfo.SDKSource != x.Meta.SDK() {
				t.Errorf("%s: source of %v", x.ID, x.Meta)
			}
			if answer := get("reloadClient", url.Values{"connectionId": {x.ID}}); answer != "success" {
				t.Errorf("reloadClient: %s", answer)
			}
		}
		c.SetAcks(wire.AckNone)
		begin := time.Now()
		for _, x := range s.Connections() {
			get("reloadClient", url.Values{"connectionId": {x.ID}})
		}
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("expected the answer to wait 3 s for a silent client, found %v", took)
		}
		get("reloadCurrent", url.Values{"count": {"1"}})
		time.Sleep(4 * time.Second)
		mu.Lock()
		defer mu.Unlock()
		if want := slices.Repeat([]string{"ConnectResetRequest"}, 3); !slices.Equal(types, want) {
			t.Errorf("expected %v, found %v", want, types)
		}
	})
}
