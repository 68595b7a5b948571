package refserver_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/nacos-tck/nacos-tck/wire"
)

// What a request costs a server, next to what its transport costs without any server behind it.

const callers, round = 8, 50

// inTurns lets callers send round requests each, to one server and then to the other, and reports what both
// spend on each request and the ratio of their CPU times.
func inTurns(b *testing.B, bound float64, servers [2]*child, names [2]string, send func(server, caller int) error) {
	b.Helper()
	var spent [2]usage
	calls := 0
	for b.Loop() {
		for i, server := range servers {
			before := server.usage(false)
			var group sync.WaitGroup
			for caller := range callers {
				group.Go(func() {
					for range round {
						if err := send(i, caller); err != nil {
							b.Error(err)
						}
					}
				})
			}
			group.Wait()
			after := server.usage(false)
			spent[i].cpu += after.cpu - before.cpu
			spent[i].allocs += after.allocs - before.allocs
		}
		calls += callers * round
	}
	b.ReportMetric(0, "ns/op")
	for i, name := range names {
		b.ReportMetric(spent[i].cpu/float64(calls), "ns-CPU/"+name)
		b.ReportMetric(spent[i].allocs/float64(calls), "allocs/"+name)
	}
	reportAtMost(b, spent[0].cpu/spent[1].cpu, bound, "ratio")
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

// BenchmarkGRPCRegister compares a registration with a bare echo of the same payload.
func BenchmarkGRPCRegister(b *testing.B) {
	servers := [2]*child{startChild(b, reference), startChild(b, bareGRPC)}
	connections := [2]*wire.GRPCConn{connect(b, servers[0].grpc, wire.TCP), connect(b, servers[1].grpc, wire.TCP)}
	var bodies [][]byte
	for i := range callers {
		bodies = append(bodies, registrationBody(b, "service-"+strconv.Itoa(i), "10.0.0.1"))
	}
	inTurns(b, 1.5, servers, [2]string{"registration", "echo"}, func(server, caller int) error {
		x := connections[server].Call(b.Context(), "InstanceRequest", bodies[caller], nil)
		if x.Err != "" || strings.Contains(x.Body, `"errorCode":3`) {
			return fmt.Errorf("%+v", x)
		}
		return nil
	})
}

// BenchmarkHTTPRegister compares a registration through v1 with a handler that returns the same bytes.
func BenchmarkHTTPRegister(b *testing.B) {
	compareHTTP(b, startChild(b, reference), func(caller int) wire.HTTPRequest {
		return wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
			"serviceName": {"service-" + strconv.Itoa(caller)}, "ip": {"10.0.0.1"}, "port": {"8080"},
			"metadata": {`{"zone":"a","version":"1.2.3"}`},
		}}
	})
}

// BenchmarkHTTPList compares a list of ten hosts through v1 with a handler that returns the same bytes.
func BenchmarkHTTPList(b *testing.B) {
	server := startChild(b, reference)
	registerTen(b, client(b, server.http))
	compareHTTP(b, server, func(int) wire.HTTPRequest {
		return wire.HTTPRequest{Method: "GET", Path: "/v1/ns/instance/list", Query: url.Values{"serviceName": {"ten"}}}
	})
}

// compareHTTP compares the requests that each caller sends with a handler that returns the same bytes.
func compareHTTP(b *testing.B, server *child, request func(caller int) wire.HTTPRequest) {
	b.Helper()
	clients := [2]*wire.HTTPClient{client(b, server.http)}
	bare := startChild(b, bareHTTP, answersVariable+"="+answerOf(b, clients[0], request(0)))
	clients[1] = client(b, bare.http)
	inTurns(b, 2, [2]*child{server, bare}, [2]string{"request", "bare"}, func(server, caller int) error {
		if x := clients[server].Do(b.Context(), request(caller)); x.Status != 200 {
			return fmt.Errorf("%+v", x)
		}
		return nil
	})
}

// registerTen fills the service ten, until a list shows it.
func registerTen(b *testing.B, c *wire.HTTPClient) {
	b.Helper()
	for i := range 10 {
		if x := c.Do(b.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
			"serviceName": {"ten"}, "ip": {"10.0.0." + strconv.Itoa(i)}, "port": {"8080"},
		}}); x.Status != 200 {
			b.Fatalf("%+v", x)
		}
	}
	for {
		x := c.Do(b.Context(), wire.HTTPRequest{Method: "GET", Path: "/v1/ns/instance/list", Query: url.Values{"serviceName": {"ten"}}})
		if x.Status != 200 {
			b.Fatalf("%+v", x)
		}
		if strings.Count(x.Body, `"ip":`) == 10 {
			return
		}
	}
}

// answerOf is what the server says to a request, as answersVariable wants it.
func answerOf(b *testing.B, c *wire.HTTPClient, request wire.HTTPRequest) string {
	b.Helper()
	x := c.Do(b.Context(), request)
	header := map[string][]string{}
	for name, value := range x.ResponseHeader {
		if name != "Date" && name != "Content-Length" {
			header[name] = []string{value}
		}
	}
	text, err := json.Marshal(map[string]answer{request.Method: {Header: header, Body: []byte(x.Body)}})
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}
