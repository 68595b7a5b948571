package refserver_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
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
	// answersVariable holds, as JSON, what bareHTTP answers to each method.
	answersVariable = "REFSERVER_BENCHMARK_ANSWERS"
	// dataVariable holds the data directory of the reference server, empty for none.
	dataVariable = "REFSERVER_BENCHMARK_DATA"
	// sayVariable holds what bareGRPC answers to each call, in place of the payload that it got.
	sayVariable = "REFSERVER_BENCHMARK_SAY"
	reference   = "reference"
	bareGRPC    = "bare grpc-go"
	bareHTTP    = "bare net/http"
)

// serveForBenchmark serves until its input ends. It prints its HTTP and its gRPC address, then for each line of input
// the CPU time that it has used, in nanoseconds, the allocations that it made, and, when the line asks for it, the memory
// that lives, in bytes.
func serveForBenchmark(kind string) int {
	http, grpc, err := startKind(kind)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(http, grpc)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var usage syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		var m runtime.MemStats
		if in.Text() == "memory" {
			runtime.GC()
			runtime.GC()
		}
		runtime.ReadMemStats(&m)
		fmt.Println(usage.Utime.Nano()+usage.Stime.Nano(), m.Mallocs, m.HeapAlloc+m.StackInuse)
	}
	return 0
}

// startKind serves as a kind does and tells where; a kind without HTTP or without gRPC gives "-" for it.
func startKind(kind string) (httpAddress, grpcAddress string, err error) {
	if kind == reference {
		limits := refserver.DefaultHTTPLimits()
		limits.Connections = 1 << 16 // as many as gRPC may have
		s, err := refserver.New(refserver.WithData(os.Getenv(dataVariable)), refserver.WithHTTPLimits(limits))
		if err == nil {
			err = s.Start(context.Background())
		}
		if err != nil {
			return "", "", err
		}
		return s.Addr(), s.GRPCAddr(), nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", err
	}
	if kind == bareHTTP {
		var answers map[string]answer
		if err := json.Unmarshal([]byte(os.Getenv(answersVariable)), &answers); err != nil {
			return "", "", err
		}
		go http.Serve(l, parrot(answers))
		return l.Addr().String(), "-", nil
	}
	s := grpc.NewServer()
	grpcpb.RegisterRequestServer(s, echo{say: os.Getenv(sayVariable)})
	grpcpb.RegisterBiRequestStreamServer(s, echo{})
	go s.Serve(l)
	return "-", l.Addr().String(), nil
}

// echo is a server that does nothing but gRPC.
type echo struct {
	grpcpb.UnimplementedRequestServer
	grpcpb.UnimplementedBiRequestStreamServer
	// say is the body of all answers, empty for that of the request.
	say string
}

func (e echo) Request(_ context.Context, p *grpcpb.Payload) (*grpcpb.Payload, error) {
	if e.say != "" {
		return wire.Raw(p.GetMetadata().GetType(), []byte(e.say), "", nil), nil
	}
	return p, nil
}

func (echo) RequestBiStream(s grpcpb.BiRequestStream_RequestBiStreamServer) error {
	for {
		if _, err := s.Recv(); err != nil {
			return nil
		}
	}
}

// answer is what a server sent to a request.
type answer struct {
	Header http.Header
	Body   []byte
}

// parrot is a server that does nothing but HTTP: it says to each method what it was told, and nothing to long polls but
// how many of them wait.
type parrot map[string]answer

// held is how many long polls a parrot holds.
var held atomic.Int64

func (p parrot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header["Long-Pulling-Timeout"] != nil:
		_, _ = io.Copy(io.Discard, r.Body)
		held.Add(1)
		<-r.Context().Done()
		return
	case strings.HasSuffix(r.URL.Path, "/actuator/prometheus"):
		fmt.Fprintln(w, pollMetric+strconv.FormatInt(held.Load(), 10))
		return
	}
	maps.Copy(w.Header(), p[r.Method].Header)
	_, _ = w.Write(p[r.Method].Body)
}

// child is a server in a process of its own.
type child struct {
	b          *testing.B
	http, grpc string
	in         io.Writer
	out        *bufio.Scanner
	stop       func() error
}

func startChild(b *testing.B, kind string, env ...string) *child {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(slices.Concat(os.Environ(), env), serveVariable+"="+kind)
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
	ended := false
	c.stop = func() error {
		if ended {
			return nil
		}
		ended = true
		return errors.Join(in.Close(), cmd.Wait())
	}
	b.Cleanup(func() {
		if err := c.stop(); err != nil {
			b.Error(err)
		}
	})
	if !c.out.Scan() {
		b.Fatal("the server did not start")
	}
	c.http, c.grpc, _ = strings.Cut(c.out.Text(), " ")
	return c
}

// usage is what a child has used: CPU time in nanoseconds and allocations since its start, memory in bytes now.
type usage struct{ cpu, allocs, memory float64 }

// usage asks the child; collected makes it collect its garbage before.
func (c *child) usage(collected bool) (u usage) {
	c.b.Helper()
	what := "cpu"
	if collected {
		what = "memory"
	}
	if _, err := fmt.Fprintln(c.in, what); err != nil || !c.out.Scan() {
		c.b.Fatal("the server has gone")
	}
	if _, err := fmt.Sscan(c.out.Text(), &u.cpu, &u.allocs, &u.memory); err != nil {
		c.b.Fatal(err)
	}
	return u
}

// cpu is the CPU time in nanoseconds that the child has used.
func (c *child) cpu() float64 {
	c.b.Helper()
	return c.usage(false).cpu
}

// ownCPU is the CPU time in nanoseconds that this process, with the clients, has used.
func ownCPU(b *testing.B) float64 {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return float64(usage.Utime.Nano() + usage.Stime.Nano())
}

// client is an HTTP client of a server.
func client(b *testing.B, address string) *wire.HTTPClient {
	b.Helper()
	c := wire.NewHTTPClient(wire.HTTPOptions{Address: address, ContextPath: "/nacos"})
	b.Cleanup(c.Close)
	return c
}

// reportAtMost reports a measure together with the bound that it must keep, as `make bench-refserver` shows them.
func reportAtMost(b *testing.B, value, bound float64, unit string) {
	b.Helper()
	b.ReportMetric(value, unit)
	b.ReportMetric(bound, "max:"+unit)
}

// reportAtLeast is reportAtMost for a measure that must reach its bound.
func reportAtLeast(b *testing.B, value, bound float64, unit string) {
	b.Helper()
	b.ReportMetric(value, unit)
	b.ReportMetric(bound, "min:"+unit)
}
