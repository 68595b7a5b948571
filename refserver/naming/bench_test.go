package naming

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

func benchRegistry(b *testing.B) *Registry {
	b.Helper()
	line, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		b.Fatal(err)
	}
	c := clock.New(nil)
	r := New(line, c)
	b.Cleanup(func() { r.Close(); c.Close() })
	return r
}

func address(i int) Instance {
	in := Instance{
		IP: fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255), Port: 8080, Weight: 1, Healthy: true, Enabled: true,
		Cluster: "DEFAULT", Metadata: map[string]string{"zone": "a", "version": "1.0"},
	}
	in.ID = in.IP + "#8080#DEFAULT#DEFAULT_GROUP@@s"
	return in
}

// perInstance reports the memory that each registered instance holds, its part of the cached view included.
func perInstance(b *testing.B, register func(r *Registry, i int)) {
	const instances = 20000
	for b.Loop() {
		r := benchRegistry(b)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for i := range instances {
			register(r, i)
		}
		for _, key := range r.Services("public") {
			r.Hosts(key)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/instances, "B/instance")
		runtime.KeepAlive(r)
	}
}

// BenchmarkMemoryHTTP measures ephemeral instances with a client each, 10 to a service.
func BenchmarkMemoryHTTP(b *testing.B) {
	perInstance(b, func(r *Registry, i int) {
		if err := r.Register(ServiceKey{"public", "DEFAULT_GROUP", fmt.Sprint("s", i/10)}, address(i), true, Attributes{}); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkMemoryConnections measures instances of 200 connections, each of which publishes 100 services.
func BenchmarkMemoryConnections(b *testing.B) {
	perInstance(b, func(r *Registry, i int) {
		id := fmt.Sprint("c", i/100)
		r.Connect(id, Attributes{})
		if err := r.Publish(id, ServiceKey{"public", "DEFAULT_GROUP", fmt.Sprint("s", i%100)}, address(i)); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkPublish measures one registration over a connection, in place of an earlier one.
func BenchmarkPublish(b *testing.B) {
	r := benchRegistry(b)
	r.Connect("c", Attributes{})
	in := address(1)
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Publish("c", service1, in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRegister measures one registration of a new address.
func BenchmarkRegister(b *testing.B) {
	r := benchRegistry(b)
	ins := make([]Instance, 1<<16)
	for i := range ins {
		ins[i] = address(i)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if err := r.Register(service1, ins[i%len(ins)], true, Attributes{}); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkView measures one read of a service with 10 instances.
func BenchmarkView(b *testing.B) {
	r := benchRegistry(b)
	for i := range 10 {
		if err := r.Register(service1, address(i), true, Attributes{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		r.View(service1, Selection{})
	}
}
