package refserver_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/wire"
)

const kibi = 1 << 10

func publication(dataID, content string) wire.ConfigPublishRequest {
	return wire.ConfigPublishRequest{
		Request: wire.NewRequest(wire.ModuleConfig), ConfigRef: configRef(dataID), Content: new(wire.Text(content)),
	}
}

func configRef(dataID string) wire.ConfigRef {
	return wire.ConfigRef{DataID: new(wire.Text(dataID)), Group: new(wire.Text("G")), Tenant: new(wire.Text(""))}
}

func publishConfig(b *testing.B, c *wire.GRPCConn, dataID, content string) {
	b.Helper()
	if x := c.Request(b.Context(), publication(dataID, content)); errorCode(x) != 0 {
		b.Fatalf("%+v", x)
	}
}

// BenchmarkConfigQuery compares a query of 1 KiB over gRPC with a bare handler that gives the same bytes.
func BenchmarkConfigQuery(b *testing.B) {
	server := startChild(b, reference)
	c := connect(b, server.grpc, wire.TCP)
	publishConfig(b, c, "a", strings.Repeat("0123456789abcdef", 64))
	request, err := wire.Marshal(wire.ConfigQueryRequest{Request: wire.NewRequest(wire.ModuleConfig), ConfigRef: configRef("a")})
	if err != nil {
		b.Fatal(err)
	}
	answer := c.Call(b.Context(), "ConfigQueryRequest", request, nil)
	for answer.Err == "" && !strings.Contains(answer.Body, `"content"`) { // until it is served
		answer = c.Call(b.Context(), "ConfigQueryRequest", request, nil)
	}
	bare := startChild(b, bareGRPC, sayVariable+"="+answer.Body)
	connections := [2]*wire.GRPCConn{c, connect(b, bare.grpc, wire.TCP)}
	inTurns(b, 1.5, [2]*child{server, bare}, [2]string{"query", "bare"}, func(server, _ int) error {
		if x := connections[server].Call(b.Context(), "ConfigQueryRequest", request, nil); x.Err != "" || x.Body != answer.Body {
			return fmt.Errorf("%+v", x)
		}
		return nil
	})
}

// BenchmarkConfigs measures the memory of 100,000 configurations of 1 KiB, with the history of their publication.
func BenchmarkConfigs(b *testing.B) {
	const configs = 100_000
	memory := 0.0
	for b.Loop() {
		server := startChild(b, reference)
		c := connect(b, server.grpc, wire.TCP)
		before := server.usage(true)
		for i := range configs {
			publishConfig(b, c, "config-"+strconv.Itoa(i), fmt.Sprintf("%01024d", i))
		}
		memory = server.usage(true).memory - before.memory
		if err := server.stop(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op")
	reportAtMost(b, memory/mebi, 400, "MiB")
}

// BenchmarkConfigSearch measures a page of a search with stars among 100,000 configurations of 1 KiB.
func BenchmarkConfigSearch(b *testing.B) {
	line, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		b.Fatal(err)
	}
	time := clock.New(nil)
	defer time.Close()
	c := config.New(line.Config, config.DefaultSettings(), time)
	defer c.Close()
	content := strings.Repeat("x", kibi)
	for i := range 100_000 {
		key := config.Key{Group: "G" + strconv.Itoa(i%10), DataID: "config-" + strconv.Itoa(i)}
		if err := c.Publish(config.Publication{Key: key, Content: content}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		page, err := c.Search(config.Search{Blur: true, DataID: "*g-*7*_", Group: "G*", PageNo: 3, PageSize: 100})
		if err != nil || len(page.Items) != 100 {
			b.Fatalf("expected a full page, found %d: %v", len(page.Items), err)
		}
	}
	reportAtMost(b, float64(b.Elapsed().Milliseconds())/float64(b.N), 50, "ms")
}

// BenchmarkConfigFanOut measures, in milliseconds, from a publication until each of 1,000 connections that listen has
// heard of it; the tick of dumping, up to 100 ms, is part of it.
func BenchmarkConfigFanOut(b *testing.B) {
	const listeners = 1_000
	server := startChild(b, reference)
	received := make(chan time.Time, 2*listeners)
	listen := wire.ConfigBatchListenRequest{
		Request: wire.NewRequest(wire.ModuleConfig), Listen: true,
		ConfigListenContexts: []wire.ConfigListenContext{{ConfigRef: configRef("wanted"), MD5: new(wire.Text(""))}},
	}
	for i := range listeners {
		c := dial(b, wire.GRPCOptions{Address: server.grpc, Received: func(m wire.StreamMessage) {
			if m.Type == "ConfigChangeNotifyRequest" {
				received <- m.At
			}
		}})
		if x := c.Request(b.Context(), listen); errorCode(x) != 0 {
			b.Fatalf("listener %d: %+v", i, x)
		}
	}
	publisher := connect(b, server.grpc, wire.TCP)
	var last []float64
	for round := 0; b.Loop(); round++ {
		sent := time.Now()
		publishConfig(b, publisher, "wanted", strconv.Itoa(round))
		latest := sent
		for range listeners {
			if at := <-received; at.After(latest) {
				latest = at
			}
		}
		last = append(last, float64(latest.Sub(sent).Milliseconds()))
	}
	slices.Sort(last)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(last[len(last)/2], "ms-p50")
	reportAtMost(b, last[len(last)*99/100], 400, "ms-p99")
}
