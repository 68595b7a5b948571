package refserver_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/seed"
	"github.com/nacos-tck/nacos-tck/wire"
)

// A server can start with a state, from Go or from a file (see ReadSeed).
func ExampleWithSeed() {
	server, err := refserver.New(refserver.WithSeed(refserver.Seed{
		Configs:  []seed.Config{{DataID: "app.yaml", Type: new("yaml"), Content: "port: 8080\n"}},
		Services: []seed.Service{{Name: "orders", Instances: []seed.Instance{{IP: "10.0.0.1", Port: 8080}}}},
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
	x := client.Do(context.Background(), wire.HTTPRequest{Method: http.MethodGet, Path: "/v1/cs/configs?dataId=app.yaml&group=DEFAULT_GROUP"})
	fmt.Println(x.Status, x.Body)
	for _, in := range server.Instances(server.Key("orders")) {
		fmt.Println(in.IP, in.Port)
	}
	// Output:
	// 200 port: 8080
	//
	// 10.0.0.1 8080
}

// A seed file is the state of a server as YAML. The one in docs shows all of it.
func ExampleReadSeed() {
	state, err := refserver.ReadSeed("../docs/seed/data.yaml")
	if err != nil {
		log.Fatal(err) // has a line for each mistake, with file and line
	}
	server, err := refserver.New(refserver.WithSeed(state))
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	for _, c := range server.Configs() {
		fmt.Println(c.Key, c.Type)
	}
	for _, n := range server.Namespaces() {
		fmt.Println(n.ID, n.Name)
	}
	// Output:
	// application.yaml+DEFAULT_GROUP+ yaml
	// database.properties+DEFAULT_GROUP+dev properties
	// dev Development
}

// What a server holds can be written as a seed.
func ExampleServer_Dump() {
	server, err := refserver.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	if err := server.PutConfig(config.Publication{Key: server.ConfigKey("app.yaml"), Content: "port: 8080\n", Type: "yaml"}); err != nil {
		panic(err)
	}
	if err := server.Dump(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// # State of a Nacos 2.5.1 server, for nacos-tck serve --seed and refserver.WithSeed.
	// configs:
	//   - dataId: app.yaml
	//     type: yaml
	//     content: |
	//       port: 8080
}

// A test sees what its clients published, and publishes what they listen to.
func ExampleServer_PutConfig() {
	server, err := refserver.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	for _, content := range []string{"port: 8080", "port: 8081"} {
		if err := server.PutConfig(config.Publication{Key: server.ConfigKey("app.yaml"), Content: content, Type: "yaml"}); err != nil {
			panic(err)
		}
	}
	for _, c := range server.Configs() {
		fmt.Println(c.DataID, c.Type, c.Content, c.MD5)
	}
	err = server.PutConfig(config.Publication{Key: server.ConfigKey("no data id"), Content: "x"})
	fmt.Println(err)
	// Output:
	// app.yaml yaml port: 8081 0fcc4b1e326ca776dfea0476758076a7
	// invalid dataId : no data id
}

// Clients log in and may do what their roles allow.
func ExampleWithAuthentication() {
	server, err := refserver.New(refserver.WithAuthentication(refserver.AuthenticationFor("admin-password")))
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	if err := server.PutUser("alice", "alices-password", "reader"); err != nil {
		panic(err)
	}
	if err := server.PutPermission(accounts.Permission{Role: "reader", Resource: ":*:*", Action: "r"}); err != nil {
		panic(err)
	}
	client := wire.NewHTTPClient(wire.HTTPOptions{Address: server.Addr(), ContextPath: "/nacos"})
	defer client.Close()
	for _, who := range []string{"", "&username=alice&password=alices-password"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			path := "/v1/cs/configs?dataId=app.yaml&group=DEFAULT_GROUP&content=x" + who
			fmt.Println(client.Do(context.Background(), wire.HTTPRequest{Method: method, Path: path}).Status)
		}
	}
	// Output:
	// 403
	// 403
	// 404
	// 403
}
