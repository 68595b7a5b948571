package refserver_test

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// BenchmarkFanOut measures, in milliseconds, from a change of a service that 10,000 connections subscribe to until each of
// them has received it; the half second in which changes are merged is part of it. What the server and the receivers cost
// is told apart: on one machine they share the processors.
func BenchmarkFanOut(b *testing.B) {
	const subscribers = 10_000
	server := startChild(b, reference)
	r := registration("wanted", "")
	subscribe := message(b, wire.SubscribeServiceRequest{Request: r.Request, ServiceRef: r.ServiceRef, Subscribe: true})
	all := newAudience(b, server.grpc, subscribers, "NotifySubscriber", subscribe)
	all.await() // the push that follows each subscription
	publisher := connect(b, server.grpc, wire.TCP)
	var latencies []float64
	before, own := server.usage(true), ownCPU(b) // what setting up so many left behind is no part of a push
	for round := 0; b.Loop(); round++ {
		ip := "10.7.7." + strconv.Itoa(round%250)
		all.expect(ip)
		sent := time.Now()
		if x := publisher.Request(b.Context(), registration("wanted", ip)); errorCode(x) != 0 {
			b.Fatalf("%+v", x)
		}
		for _, at := range all.await() {
			latencies = append(latencies, float64(at.Sub(sent).Milliseconds()))
		}
	}
	after := server.usage(false)
	slices.Sort(latencies)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(latencies[len(latencies)/2], "ms-p50")
	b.ReportMetric(latencies[len(latencies)-1], "ms-max")
	b.ReportMetric((after.cpu-before.cpu)/float64(len(latencies)), "ns-CPU/push")
	b.ReportMetric((ownCPU(b)-own)/float64(len(latencies)), "ns-CPU/receipt")
	b.ReportMetric((after.allocs-before.allocs)/float64(len(latencies)), "allocs/push")
	reportAtMost(b, latencies[len(latencies)*999/1000], 1000, "ms-p99.9")
}

// audience are receivers that wait for the same text in requests of a kind, "NotifySubscriber".
type audience struct {
	b       *testing.B
	size    int
	kind    string
	awaited atomic.Pointer[awaited]
	failed  chan error
}

// awaited is a text that each of an audience receives, and when each did first.
type awaited struct {
	text []byte
	at   []time.Time
	left atomic.Int64
	all  chan struct{} // closed when nobody is left
}

// newAudience connects receivers that have sent a request each and expect a request of a kind with any text.
func newAudience(b *testing.B, address string, size int, kind string, request []byte) *audience {
	b.Helper()
	a := &audience{b: b, size: size, kind: kind, failed: make(chan error, size)}
	a.expect("")
	for i := range size {
		r := newReceiver(b, address)
		if answer := r.call(b, request); !bytes.Contains(answer, []byte(`"resultCode":200`)) {
			b.Fatalf("receiver %d: %q", i, answer)
		}
		go func() {
			if err := a.receive(i, r); !errors.Is(err, net.ErrClosed) {
				a.failed <- fmt.Errorf("receiver %d: %w", i, err)
			}
		}()
	}
	return a
}

// expect is the text that await waits for.
func (a *audience) expect(text string) {
	next := &awaited{text: []byte(text), at: make([]time.Time, a.size), all: make(chan struct{})}
	next.left.Store(int64(a.size))
	a.awaited.Store(next)
}

// await waits until all have received the text, and tells when each did.
func (a *audience) await() []time.Time {
	a.b.Helper()
	now := a.awaited.Load()
	select {
	case <-now.all:
	case err := <-a.failed:
		a.b.Fatal(err)
	}
	return now.at
}

// receive takes what one of the audience is sent until its connection ends.
func (a *audience) receive(i int, r *receiver) error {
	var heard *awaited
	for {
		stream, payload, err := r.read()
		if err != nil {
			return err
		}
		if stream != pushStream {
			continue
		}
		kind := kindOf(payload)
		if now := a.awaited.Load(); now != heard && string(kind) == a.kind && bytes.Contains(payload, now.text) {
			heard = now
			now.at[i] = time.Now()
			if now.left.Add(-1) == 0 {
				close(now.all)
			}
		}
		if err := r.acknowledge(kind, payload); err != nil {
			return err
		}
	}
}
