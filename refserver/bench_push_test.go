package refserver_test

import (
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// BenchmarkFanOut measures, in milliseconds, from a change of a service that 10,000 connections subscribe to until each of
// them has received it; the half second in which changes are merged is part of it.
func BenchmarkFanOut(b *testing.B) {
	const subscribers = 10_000
	server := startChild(b, reference)
	received := make(chan time.Time, 2*subscribers)
	var expected atomic.Value // the address whose arrival is awaited
	expected.Store("")
	for i := range subscribers {
		c := dial(b, wire.GRPCOptions{Address: server.grpc, Received: func(m wire.StreamMessage) {
			if m.Type == "NotifySubscriberRequest" && strings.Contains(m.Body, expected.Load().(string)) {
				received <- m.At
			}
		}})
		r := registration("wanted", "")
		subscribe := wire.SubscribeServiceRequest{Request: r.Request, ServiceRef: r.ServiceRef, Subscribe: true}
		if x := c.Request(b.Context(), subscribe); errorCode(x) != 0 {
			b.Fatalf("subscriber %d: %+v", i, x)
		}
	}
	for range subscribers { // the push that follows each subscription
		<-received
	}
	publisher := connect(b, server.grpc, wire.TCP)
	var latencies []float64
	before := server.usage(false)
	for round := 0; b.Loop(); round++ {
		ip := "10.7.7." + strconv.Itoa(round%250)
		expected.Store(ip)
		change := registration("wanted", ip)
		sent := time.Now()
		if x := publisher.Request(b.Context(), change); errorCode(x) != 0 {
			b.Fatalf("%+v", x)
		}
		for range subscribers {
			latencies = append(latencies, float64((<-received).Sub(sent).Milliseconds()))
		}
	}
	after := server.usage(false)
	slices.Sort(latencies)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(latencies[len(latencies)/2], "ms-p50")
	b.ReportMetric(latencies[len(latencies)-1], "ms-max")
	b.ReportMetric((after.cpu-before.cpu)/float64(len(latencies)), "ns-CPU/push")
	b.ReportMetric((after.allocs-before.allocs)/float64(len(latencies)), "allocs/push")
	reportAtMost(b, latencies[len(latencies)*999/1000], 1000, "ms-p99.9")
}
