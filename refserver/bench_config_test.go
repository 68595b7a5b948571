package refserver_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/store"
	"github.com/nacos-tck/nacos-tck/wire"
)

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

// BenchmarkConfigGet compares a read of 1 KiB through v1 with a handler that returns the same bytes.
func BenchmarkConfigGet(b *testing.B) {
	server := startChild(b, reference)
	publishConfig(b, connect(b, server.grpc, wire.TCP), "a", strings.Repeat("0123456789abcdef", 64))
	server.awaitConfig("a")
	compareHTTP(b, server, func(int) wire.HTTPRequest {
		return wire.HTTPRequest{Method: "GET", Path: "/v1/cs/configs", Query: url.Values{"dataId": {"a"}, "group": {"G"}}}
	})
}

// awaitConfig waits until a configuration of the group G is served.
func (c *child) awaitConfig(dataID string) {
	c.b.Helper()
	reader := client(c.b, c.http)
	query := url.Values{"dataId": {dataID}, "group": {"G"}}
	for reader.Do(c.b.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/cs/configs", Query: query}).Status != http.StatusOK {
		time.Sleep(time.Millisecond)
	}
}

// BenchmarkConfigs measures a server that finds 100,000 configurations of 1 KiB on disk, each with the history of its
// publication: the time from its start to the first answer, its memory, and a page of a search with stars.
func BenchmarkConfigs(b *testing.B) {
	dir := b.TempDir()
	fillWithConfigs(b, dir, 100_000)
	b.Run("start", func(b *testing.B) {
		memory, cpu := 0.0, 0.0
		for b.Loop() {
			server := startChild(b, reference, dataVariable+"="+dir)
			server.awaitConfig("config-99999")
			b.StopTimer()
			cpu = server.cpu()
			memory = server.usage(true).memory
			check(b, server.stop())
			b.StartTimer()
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(cpu/float64(time.Millisecond), "ms-CPU")
		reportAtMost(b, b.Elapsed().Seconds()*1000/float64(b.N), 2000, "ms")
		reportAtMost(b, memory/mebi, 400, "MiB")
	})
	b.Run("search", func(b *testing.B) {
		server := startChild(b, reference, dataVariable+"="+dir)
		reader := client(b, server.http)
		search := wire.HTTPRequest{Method: "GET", Path: "/v1/cs/configs", Query: url.Values{
			"search": {"blur"}, "dataId": {"*g-*7*_"}, "group": {"G*"}, "appName": {""}, "config_tags": {""}, "tenant": {""},
			"pageNo": {"3"}, "pageSize": {"100"},
		}}
		for b.Loop() {
			if x := reader.Do(b.Context(), search); strings.Count(x.Body, `"dataId":`) != 100 {
				b.Fatalf("expected a full page, found %d and %.200q", x.Status, x.Body)
			}
		}
		b.ReportMetric(0, "ns/op")
		reportAtMost(b, b.Elapsed().Seconds()*1000/float64(b.N), 50, "ms")
	})
}

// fillWithConfigs publishes configurations into a data directory, as a server does.
func fillWithConfigs(b *testing.B, dir string, configs int) {
	b.Helper()
	line, err := behaviour.ForLine(behaviour.Line25)
	check(b, err)
	kept, err := store.Open(dir, line.Durable.Model)
	check(b, err)
	time := clock.New(nil)
	defer time.Close()
	center := config.New(line.Config, config.DefaultSettings(), time)
	center.Keep(kept.Log(center.Apply))
	const publishers = 500 // share the waits for the disk
	var group sync.WaitGroup
	for first := range publishers {
		group.Go(func() {
			for i := first; i < configs; i += publishers {
				key := config.Key{Group: "G", DataID: "config-" + strconv.Itoa(i)}
				if err := center.Publish(config.Publication{Key: key, Content: fmt.Sprintf("%01024d", i)}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	center.Close()
	check(b, kept.Close())
}

// BenchmarkConfigFanOut measures, in milliseconds, from a publication until the last of 1,000 connections that listen has
// heard of it; the tick of dumping, up to 100 ms, is part of it.
func BenchmarkConfigFanOut(b *testing.B) {
	const listeners = 1_000
	server := startChild(b, reference)
	listen := message(b, wire.ConfigBatchListenRequest{
		Request: wire.NewRequest(wire.ModuleConfig), Listen: true,
		ConfigListenContexts: []wire.ConfigListenContext{{ConfigRef: configRef("wanted"), MD5: new(wire.Text(""))}},
	})
	all := newAudience(b, server.grpc, listeners, "ConfigChangeNotify", listen)
	publisher := connect(b, server.grpc, wire.TCP)
	var last []float64
	var spent usage
	for round := 0; b.Loop(); round++ {
		all.expect("wanted")
		before, sent := server.usage(false), time.Now()
		publishConfig(b, publisher, "wanted", strconv.Itoa(round))
		at := all.await()
		after := server.usage(false)
		last = append(last, float64(slices.MaxFunc(at, time.Time.Compare).Sub(sent).Milliseconds()))
		spent.cpu, spent.allocs = spent.cpu+after.cpu-before.cpu, spent.allocs+after.allocs-before.allocs
	}
	reportLast(b, last, spent, listeners)
}
