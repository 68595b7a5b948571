package refserver_test

import (
	"context"
	"fmt"
	"log"
	"net/url"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/wire"
)

// An instance that is registered over HTTP and sends no beats turns unhealthy after 15 s and is removed after 30 s.
func ExampleServer_Advance() {
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

	show := func() {
		for _, in := range server.Instances(server.Key("web")) {
			fmt.Println(in.IP, in.Port, "healthy:", in.Healthy)
		}
	}
	show()
	server.Advance(21 * time.Second)
	show()
	server.Advance(15 * time.Second)
	fmt.Println("left:", len(server.Instances(server.Key("web"))))
	// Output:
	// 10.0.0.1 8080 healthy: true
	// 10.0.0.1 8080 healthy: false
	// left: 0
}

// What a gRPC client publishes lives as long as its connection.
func ExampleServer_CloseConnection() {
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
		log.Fatal(err)
	}
	defer client.Close()
	if err := client.OpenStream(); err != nil {
		log.Fatal(err)
	}
	if err := client.SendRaw("ConnectionSetupRequest", []byte(`{"labels":{"module":"naming"}}`)); err != nil {
		log.Fatal(err)
	}
	for len(server.Connections()) == 0 { // a set-up without abilities is not acknowledged
		time.Sleep(time.Millisecond)
	}
	answer := client.Call(context.Background(), "InstanceRequest", []byte(`{"namespace":"public","groupName":"DEFAULT_GROUP",
		"serviceName":"web","type":"registerInstance","instance":{"ip":"10.0.0.1","port":8080}}`), nil)
	fmt.Println(answer.ResponseType, answer.Body)
	fmt.Println("instances:", len(server.Instances(server.Key("web"))))

	server.CloseConnection(server.Connections()[0].ID)
	fmt.Println("instances:", len(server.Instances(server.Key("web"))))
	// Output:
	// InstanceResponse {"resultCode":200,"errorCode":0,"success":true,"type":"registerInstance"}
	// instances: 1
	// instances: 0
}

// Faults can be aimed at single requests.
func ExampleServer_FailNext() {
	server, err := refserver.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()

	registrations := func(r refserver.Request) bool { return r.Operation == "POST /nacos/v1/ns/instance" }
	server.FailNext(1, registrations, refserver.Failure{Status: 503, Message: "server is DOWN now, please try again later!"})

	client := wire.NewHTTPClient(wire.HTTPOptions{Address: server.Addr(), ContextPath: "/nacos"})
	defer client.Close()
	for range 2 {
		x := client.Do(context.Background(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Form: url.Values{
			"serviceName": {"web"}, "ip": {"10.0.0.1"}, "port": {"8080"},
		}})
		fmt.Println(x.Status, x.Body)
	}
	fmt.Println("registrations:", server.RequestCount("POST /nacos/v1/ns/instance"))
	// Output:
	// 503 server is DOWN now, please try again later!
	// 200 ok
	// registrations: 2
}
