package refserver_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// A hook may refuse requests, over HTTP and gRPC.
func ExampleWithAuth() {
	server, err := refserver.New(refserver.WithAuth(func(a refserver.Access) *refserver.Failure {
		if a.Value("accessToken") == "secret" {
			return nil
		}
		return &refserver.Failure{Status: http.StatusForbidden, Code: http.StatusForbidden, Message: "user not found!"}
	}))
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	client := wire.NewHTTPClient(wire.HTTPOptions{Address: server.Addr(), ContextPath: "/nacos"})
	defer client.Close()
	for _, token := range []string{"guess", "secret"} {
		x := client.Do(context.Background(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
			"serviceName": {"web"}, "ip": {"10.0.0.1"}, "port": {"8080"},
		}, Header: map[string]string{"accessToken": token}})
		fmt.Println(x.Status, x.Body)
	}
	// Output:
	// 403 user not found!
	// 200 ok
}

// A server can come back as it was, or know nothing any more.
func ExampleServer_Restart() {
	server, err := refserver.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	client := wire.NewHTTPClient(wire.HTTPOptions{Address: server.Addr(), ContextPath: "/nacos"})
	defer client.Close()
	client.Do(context.Background(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
		"serviceName": {"web"}, "ip": {"10.0.0.1"}, "port": {"8080"},
	}})

	server.RestartKeepingMemory()
	fmt.Println("services with memory:", len(server.Services()))
	if err := server.Restart(); err != nil {
		panic(err)
	}
	fmt.Println("services without:", len(server.Services()))
	// Output:
	// services with memory: 1
	// services without: 0
}

// The server remembers what it was asked.
func ExampleServer_Requests() {
	server, err := refserver.New(refserver.WithLine(behaviour.Line14))
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	client := wire.NewHTTPClient(wire.HTTPOptions{Address: server.Addr(), ContextPath: "/nacos"})
	defer client.Close()
	for range 3 {
		client.Do(context.Background(), wire.HTTPRequest{Method: "PUT", Path: "/v1/ns/instance/beat", Query: url.Values{
			"serviceName": {"web"}, "ip": {"10.0.0.1"}, "port": {"8080"},
		}})
	}
	fmt.Println("beats:", server.RequestCount("PUT /nacos/v1/ns/instance/beat"))
	for _, r := range server.Requests()[2:] {
		fmt.Println(r.Protocol, r.Operation, r.Query, r.Status)
	}
	// Output:
	// beats: 3
	// http PUT /nacos/v1/ns/instance/beat ip=10.0.0.1&port=8080&serviceName=web 200
}

// A connection that lets nothing pass looks alive until the server asks its client.
func ExampleServer_BlackHole() {
	server, err := refserver.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	client, err := wire.DialGRPC(context.Background(), wire.GRPCOptions{Address: server.GRPCAddr()})
	if err != nil {
		panic(err)
	}
	defer client.Close()
	if err := client.OpenStream(); err != nil {
		panic(err)
	}
	if err := client.SendRaw("ConnectionSetupRequest", []byte(`{"labels":{"module":"naming"}}`)); err != nil {
		panic(err)
	}
	for len(server.Connections()) == 0 { // a set-up without abilities is not acknowledged
		time.Sleep(time.Millisecond)
	}

	server.BlackHole(server.Connections()[0].ID)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	fmt.Println(client.Call(ctx, "HealthCheckRequest", []byte("{}"), nil).Code)
	fmt.Println("connections:", len(server.Connections()))
	// Output:
	// DeadlineExceeded
	// connections: 1
}
