package refserver_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"google.golang.org/grpc"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// The benchmarks measure a server in a process of its own, so that what the client costs does not count. That process
// is this test binary with serveVariable set to one of the kinds.
const (
	serveVariable = "REFSERVER_BENCHMARK"
	reference     = "reference"
	bare          = "bare grpc-go"
)

// serveForBenchmark serves until its input ends. It prints its gRPC address, then for each line of input the CPU time
// that it has used, in nanoseconds, and the memory that lives, in bytes.
func serveForBenchmark(kind string) int {
	var address string
	switch kind {
	case reference:
		s, err := refserver.New()
		if err == nil {
			err = s.Start(context.Background())
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		address = s.GRPCAddr()
	default:
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		s := grpc.NewServer()
		grpcpb.RegisterRequestServer(s, echo{})
		grpcpb.RegisterBiRequestStreamServer(s, echo{})
		go s.Serve(l)
		address = l.Addr().String()
	}
	fmt.Println(address)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var usage syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		memory := uint64(0)
		if in.Text() == "memory" {
			var m runtime.MemStats
			runtime.GC()
			runtime.GC()
			runtime.ReadMemStats(&m)
			memory = m.HeapAlloc + m.StackInuse
		}
		fmt.Println(usage.Utime.Nano()+usage.Stime.Nano(), memory)
	}
	return 0
}

// echo is a server that does nothing but gRPC.
type echo struct {
	grpcpb.UnimplementedRequestServer
	grpcpb.UnimplementedBiRequestStreamServer
}

func (echo) Request(_ context.Context, p *grpcpb.Payload) (*grpcpb.Payload, error) { return p, nil }

func (echo) RequestBiStream(s grpcpb.BiRequestStream_RequestBiStreamServer) error {
	for {
		if _, err := s.Recv(); err != nil {
			return nil
		}
	}
}

// child is a server in a process of its own.
type child struct {
	b       *testing.B
	address string
	in      io.Writer
	out     *bufio.Scanner
}

func startChild(b *testing.B, kind string) *child {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serveVariable+"="+kind)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	c := &child{b: b, in: in, out: bufio.NewScanner(out)}
	b.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			b.Error(err)
		}
	})
	if !c.out.Scan() {
		b.Fatal("the server did not start")
	}
	c.address = c.out.Text()
	return c
}

// ask gives the CPU time, and when what is "memory" the memory, of the child.
func (c *child) ask(what string) (cpu, memory float64) {
	c.b.Helper()
	if _, err := fmt.Fprintln(c.in, what); err != nil || !c.out.Scan() {
		c.b.Fatal("the server has gone")
	}
	if _, err := fmt.Sscan(c.out.Text(), &cpu, &memory); err != nil {
		c.b.Fatal(err)
	}
	return cpu, memory
}

func registrationBody(b *testing.B, service, ip string) []byte {
	b.Helper()
	r := registration(service, ip)
	r.Instance.Metadata = map[string]wire.Text{"zone": "a", "version": "1.2.3"}
	body, err := json.Marshal(r)
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// BenchmarkRegister compares the CPU time of a registration with that of a bare echo of the same payload, in turns.
func BenchmarkRegister(b *testing.B) {
	const callers, round = 8, 50
	kinds := []string{reference, bare}
	cpu := map[string]float64{}
	servers, connections := map[string]*child{}, map[string]*wire.GRPCConn{}
	for _, kind := range kinds {
		servers[kind] = startChild(b, kind)
		connections[kind] = connect(b, servers[kind].address, wire.TCP)
	}
	var bodies [][]byte
	for i := range callers {
		bodies = append(bodies, registrationBody(b, "service-"+strconv.Itoa(i), "10.0.0.1"))
	}
	calls := 0
	for b.Loop() {
		for _, kind := range kinds {
			before, _ := servers[kind].ask("cpu")
			var group sync.WaitGroup
			for _, body := range bodies {
				group.Go(func() {
					for range round {
						if x := connections[kind].Call(b.Context(), "InstanceRequest", body, nil); x.Err != "" || strings.Contains(x.Body, `"errorCode":3`) {
							b.Errorf("%+v", x)
						}
					}
				})
			}
			group.Wait()
			after, _ := servers[kind].ask("cpu")
			cpu[kind] += after - before
		}
		calls += callers * round
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(cpu[reference]/float64(calls), "ns-CPU/registration")
	b.ReportMetric(cpu[bare]/float64(calls), "ns-CPU/echo")
	b.ReportMetric(cpu[reference]/cpu[bare], "ratio")
}

// BenchmarkIdleConnection compares the memory of an idle connection with one to a bare server, both with open stream.
func BenchmarkIdleConnection(b *testing.B) {
	const connections = 200
	bytes := map[string]float64{}
	for b.Loop() {
		for _, kind := range []string{reference, bare} {
			server := startChild(b, kind)
			connect(b, server.address, wire.TCP).Close() // warm
			_, before := server.ask("memory")
			var idle []*wire.GRPCConn
			for range connections {
				idle = append(idle, connect(b, server.address, wire.TCP))
			}
			_, after := server.ask("memory")
			bytes[kind] = (after - before) / connections
			for _, c := range idle { // before the next round opens as many again
				c.Close()
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(bytes[reference], "B/connection")
	b.ReportMetric(bytes[bare], "B/bare-connection")
	b.ReportMetric(bytes[reference]-bytes[bare], "B/beyond-bare")
}

// BenchmarkInstance measures the memory of a registered instance.
func BenchmarkInstance(b *testing.B) {
	const services, size = 100, 100
	perInstance := 0.0
	for b.Loop() {
		server := startChild(b, reference)
		c := connect(b, server.address, wire.TCP)
		_, before := server.ask("memory")
		for i := range services {
			r := registration("service-"+strconv.Itoa(i), "")
			batch := wire.BatchInstanceRequest{Request: r.Request, ServiceRef: r.ServiceRef, Type: new(wire.Text(wire.VerbBatchRegister))}
			for j := range size {
				in := wire.NewInstance(fmt.Sprintf("10.0.%d.%d", i, j), 8080)
				in.Metadata = map[string]wire.Text{"zone": "a", "version": "1.2.3"}
				batch.Instances = append(batch.Instances, &in)
			}
			if x := c.Request(b.Context(), batch); errorCode(x) != 0 {
				b.Fatalf("%+v", x)
			}
		}
		_, after := server.ask("memory")
		perInstance = (after - before) / (services * size)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(perInstance, "B/instance")
}

// BenchmarkStart measures from New to the first answer.
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
}
