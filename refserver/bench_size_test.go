package refserver_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/wire"
)

// What a server needs as it grows: memory for each connection and instance, and time for each registration.

const mebi = 1 << 20

// BenchmarkConnections compares the memory of 10,000 idle connections with those to a bare server, both with open stream.
func BenchmarkConnections(b *testing.B) {
	const connections = 10_000
	memory := map[string]float64{}
	for b.Loop() {
		for _, kind := range []string{reference, bareGRPC} {
			server := startChild(b, kind)
			connect(b, server.grpc, wire.TCP).Close() // warm
			before := server.usage(true)
			var idle []*wire.GRPCConn
			for range connections {
				idle = append(idle, connect(b, server.grpc, wire.TCP))
			}
			after := server.usage(true)
			memory[kind] = after.memory - before.memory
			for _, c := range idle { // before the next round opens as many again
				c.Close()
			}
			if err := server.stop(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(memory[reference]/mebi, "MiB")
	b.ReportMetric(memory[bareGRPC]/mebi, "MiB-bare")
	reportAtMost(b, (memory[reference]-memory[bareGRPC])/mebi, 600, "MiB-beyond-bare")
}

// BenchmarkInstances measures the memory of 1,000,000 instances in 10,000 services, with the views that readers get.
func BenchmarkInstances(b *testing.B) {
	const services, size = 10_000, 100
	memory := 0.0
	for b.Loop() {
		server := startChild(b, reference)
		c := connect(b, server.grpc, wire.TCP)
		before := server.usage(true)
		for i := range services {
			publishBatch(b, c, "service-"+strconv.Itoa(i), 0, size)
		}
		for i := range services {
			query := wire.ServiceQueryRequest{Request: wire.NewRequest(wire.ModuleNaming), ServiceRef: registration("service-"+strconv.Itoa(i), "").ServiceRef}
			if x := c.Request(b.Context(), query); errorCode(x) != 0 {
				b.Fatalf("%+v", x)
			}
		}
		after := server.usage(true)
		memory = after.memory - before.memory
		if err := server.stop(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(memory/services/size, "B/instance")
	reportAtMost(b, memory/mebi, 1024, "MiB")
}

// publishBatch registers size instances of a service at once, with addresses from first on.
func publishBatch(b *testing.B, c *wire.GRPCConn, service string, first, size int) {
	b.Helper()
	r := registration(service, "")
	batch := wire.BatchInstanceRequest{Request: r.Request, ServiceRef: r.ServiceRef, Type: new(wire.Text(wire.VerbBatchRegister))}
	for i := range size {
		n := first + i
		in := wire.NewInstance(fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255), 8080)
		in.Metadata = map[string]wire.Text{"zone": "a", "version": "1.2.3"}
		batch.Instances = append(batch.Instances, &in)
	}
	if x := c.Request(b.Context(), batch); errorCode(x) != 0 {
		b.Fatalf("%+v", x)
	}
}

// BenchmarkGrowth measures the CPU time of a registration over gRPC, what it makes the server do later included, among
// more and more services, and in a service of more and more instances.
func BenchmarkGrowth(b *testing.B) {
	for _, shape := range []struct {
		name  string
		sizes []int
		fill  func(c *wire.GRPCConn, size int)
		// service is the one that the measured registrations are for.
		service func(call, size int) string
	}{
		{"services", []int{100, 1_000, 10_000, 100_000},
			func(c *wire.GRPCConn, size int) {
				for i := range size {
					publishBatch(b, c, "service-"+strconv.Itoa(i), 0, 1)
				}
			},
			func(call, size int) string { return "service-" + strconv.Itoa(call%size) }},
		{"instances", []int{10, 100, 1_000, 10_000},
			func(c *wire.GRPCConn, size int) { publishBatch(b, c, "service", 0, size) },
			func(int, int) string { return "service" }},
	} {
		b.Run(shape.name, func(b *testing.B) { grow(b, shape.sizes, shape.fill, shape.service) })
	}
}

func grow(b *testing.B, sizes []int, fill func(*wire.GRPCConn, int), service func(call, size int) string) {
	const calls = 2_000
	servers := make([]*child, len(sizes))
	connections := make([]*wire.GRPCConn, len(sizes))
	for i, size := range sizes {
		servers[i] = startChild(b, reference)
		fill(connect(b, servers[i].grpc, wire.TCP), size)
		connections[i] = connect(b, servers[i].grpc, wire.TCP)
	}
	round := func(i int) (cpu float64) {
		before := servers[i].usage(false)
		for call := range calls {
			body := registrationBody(b, service(call, sizes[i]), "10.99.0."+strconv.Itoa(call%250))
			if x := connections[i].Call(b.Context(), "InstanceRequest", body, nil); x.Err != "" {
				b.Fatalf("%+v", x)
			}
		}
		after := servers[i].usage(false)
		return after.cpu - before.cpu
	}
	for i := range sizes { // warm
		round(i)
	}
	cpu := make([]float64, len(sizes))
	rounds := 0
	for b.Loop() {
		for i := range sizes {
			cpu[i] += round(i)
		}
		rounds++
	}
	b.ReportMetric(0, "ns/op")
	worst := 0.0
	for i, size := range sizes {
		perCall := cpu[i] / float64(rounds*calls)
		b.ReportMetric(perCall, "ns-CPU/at-"+strconv.Itoa(size))
		worst = max(worst, cpu[i]/cpu[0])
	}
	reportAtMost(b, worst, 1.5, "ratio")
}

// BenchmarkStart measures from New to the first answer, in milliseconds.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		s := refserver.RunT(b)
		h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
		if x := h.Do(b.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/operator/metrics"}); x.Status != 200 {
			b.Fatalf("%+v", x)
		}
		h.Close()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportAtMost(b, b.Elapsed().Seconds()*1000/float64(b.N), 50, "ms")
}
