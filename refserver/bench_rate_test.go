package refserver_test

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// rnacosVariable names the program of an r-nacos server to compare with; without it the rates stand alone.
const rnacosVariable = "RNACOS"

// BenchmarkRate measures registrations of new addresses each second, by 64 callers, over gRPC and through v1, next to
// r-nacos on the same machine, in turns.
func BenchmarkRate(b *testing.B) {
	ours := startChild(b, reference)
	servers := append([]rated{{"ours", ours.http, ours.grpc, ours.cpu}}, rival(b)...)
	b.Run("gRPC", func(b *testing.B) {
		measureRates(b, servers, func(s rated, caller int) func(i int) error {
			c := connect(b, s.grpc, wire.TCP)
			return func(i int) error {
				body := registrationBody(b, "service-"+strconv.Itoa(i%100), address(i))
				if x := c.Call(b.Context(), "InstanceRequest", body, nil); x.Err != "" || errorCode(x) != 0 {
					return fmt.Errorf("%+v", x)
				}
				return nil
			}
		})
	})
	b.Run("v1", func(b *testing.B) {
		measureRates(b, servers, func(s rated, caller int) func(i int) error {
			c := client(b, s.http)
			return func(i int) error {
				x := c.Do(b.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
					"serviceName": {"service-" + strconv.Itoa(i%100)}, "ip": {address(i)}, "port": {"8080"},
				}})
				if x.Status != 200 {
					return fmt.Errorf("%+v", x)
				}
				return nil
			}
		})
	})
}

// rated is a server whose rate is measured.
type rated struct {
	name, http, grpc string
	// cpu is the CPU time in nanoseconds that it has used, which other work on the machine changes less than its rate.
	cpu func() float64
}

// rivalName is the one whose rate the others must reach.
const rivalName = "r-nacos"

// rival is the server to compare with, none when its program is not named.
func rival(b *testing.B) []rated {
	b.Helper()
	program := os.Getenv(rnacosVariable)
	if program == "" {
		b.Logf("not compared with r-nacos: set %s to its program", rnacosVariable)
		return nil
	}
	return []rated{startRNacos(b, program)}
}

func address(i int) string { return fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255) }

// measureRates lets 64 callers send requests to each server in turn, and compares with the rival if it is the last. A
// caller is made once for each server.
func measureRates(b *testing.B, servers []rated, caller func(s rated, caller int) func(i int) error) {
	const callers, each = 64, 50
	var senders [][]func(int) error
	for _, s := range servers {
		var all []func(int) error
		for i := range callers {
			all = append(all, caller(s, i))
		}
		senders = append(senders, all)
	}
	spent, cpu := make([]time.Duration, len(servers)), make([]float64, len(servers))
	calls := 0
	for b.Loop() {
		for s := range servers {
			start, before := time.Now(), servers[s].cpu()
			var group sync.WaitGroup
			for n, send := range senders[s] {
				group.Go(func() {
					for i := range each {
						if err := send(calls + n*each + i); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			spent[s] += time.Since(start)
			cpu[s] += servers[s].cpu() - before
		}
		calls += callers * each
	}
	b.ReportMetric(0, "ns/op")
	rate := func(s int) float64 { return float64(calls) / spent[s].Seconds() }
	last := len(servers) - 1
	for s, server := range servers {
		b.ReportMetric(cpu[s]/float64(calls), "ns-CPU/"+server.name)
		if s == last || servers[last].name != rivalName {
			b.ReportMetric(rate(s), "1/s-"+server.name)
		} else {
			reportAtLeast(b, rate(s), rate(last), "1/s-"+server.name)
		}
	}
}

// startRNacos runs the program on free ports, with a fresh folder.
func startRNacos(b *testing.B, program string) rated {
	b.Helper()
	port := freePair(b)
	cmd := exec.Command(program)
	cmd.Dir = b.TempDir()
	cmd.Env = append(os.Environ(), "RNACOS_SDK_HOST=127.0.0.1", "RNACOS_HTTP_PORT="+strconv.Itoa(port),
		"RNACOS_GRPC_PORT="+strconv.Itoa(port+1000), "RNACOS_HTTP_CONSOLE_PORT=0", "RNACOS_DATA_DIR="+cmd.Dir)
	if err := cmd.Start(); err != nil {
		b.Fatalf("%s: %v", rnacosVariable, err)
	}
	b.Cleanup(func() {
		if err := errors.Join(cmd.Process.Kill(), cmd.Wait()); err != nil && !strings.Contains(err.Error(), "killed") {
			b.Error(err)
		}
	})
	r := rated{
		rivalName, "127.0.0.1:" + strconv.Itoa(port), "127.0.0.1:" + strconv.Itoa(port+1000),
		func() float64 { return cpuOf(b, cmd.Process.Pid) },
	}
	c := client(b, r.http)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		x := c.Do(b.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/operator/metrics"})
		if x.Status == 200 {
			return r
		}
		if time.Now().After(deadline) {
			b.Fatalf("%s is not ready after 30 s: %+v", program, x)
		}
	}
}

// cpuOf is the CPU time in nanoseconds that a process has used, in steps of the 10 ms of the kernel.
func cpuOf(b *testing.B, pid int) float64 {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	check(b, err)
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')'):]))
	const user, system = 12, 13 // counted from the end of the name
	var ticks float64
	for _, text := range []string{fields[user], fields[system]} {
		n, err := strconv.ParseFloat(text, 64)
		check(b, err)
		ticks += n
	}
	return ticks * float64(10*time.Millisecond)
}

// freePair is a port that is free together with that 1000 above it.
func freePair(b *testing.B) int {
	b.Helper()
	for port := 20_000; port < 31_000; port++ {
		var open []net.Listener
		for _, p := range []int{port, port + 1000} {
			if l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(p)); err == nil {
				open = append(open, l)
			}
		}
		for _, l := range open {
			l.Close()
		}
		if len(open) == 2 {
			return port
		}
	}
	b.Fatal("found no free pair of ports from 20000 to 31000")
	return 0
}
