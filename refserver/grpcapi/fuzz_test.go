package grpcapi_test

import (
	"context"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// FuzzMessages sends any message as a call and on the stream. Whatever it is, the server must answer the call and go on
// serving the connection.
func FuzzMessages(f *testing.F) {
	for _, seed := range []struct{ name, body string }{
		{"", ""}, {"InstanceRequest", "{"}, {"InstanceRequest", "null"}, {"ConnectionSetupRequest", `{"labels":{"module":1}}`},
		{"InstanceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","type":"registerInstance","instance":{"ip":1,"port":"2","weight":"NaN","metadata":{"preserved.instance.id.generator":"snowflake"}}}`},
		{"InstanceRequest", `{"serviceName":"s","groupName":"g","type":"registerInstance","instance":{}}`},
		{"InstanceRequest", `{"namespace":"","serviceName":"s","groupName":"g","type":"deregisterInstance"}`},
		{"BatchInstanceRequest", `{"namespace":"","serviceName":"s","groupName":"g","type":"batchRegisterInstance","instances":[{},{"port":-1}]}`},
		{"PersistentInstanceRequest", `{"namespace":"","serviceName":"p","groupName":"g","type":"registerInstance","instance":{"clusterName":" "}}`},
		{"ServiceQueryRequest", `{"serviceName":"s","groupName":"g","cluster":",","healthyOnly":"true"}`},
		{"ServiceListRequest", `{"namespace":"","groupName":"g","pageNo":9223372036854775807,"pageSize":9223372036854775807}`},
		{"SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":1,"clusters":"a,b"}`},
		{"NotifySubscriberResponse", `{"requestId":1}`}, {"ErrorResponse", `{"resultCode":"x","requestId":{}}`}, {"ClientDetectionResponse", "[]"},
	} {
		f.Add(seed.name, []byte(seed.body))
	}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		w := start(t, nil)
		c := w.connect()
		for len(w.server.Connections()) == 0 { // no virtual time here: the set-up is on its way
			time.Sleep(time.Millisecond)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if x := c.Call(ctx, name, body, map[string]string{"app": "fuzz"}); x.Err != "" && x.Code != "Internal" {
			t.Errorf("call: %s %s", x.Code, x.Err) // Internal: the client could not encode the message
		}
		_ = c.SendRaw(name, body) // a message that ends the stream is as good as any other
		if x := c.Call(ctx, "ServerCheckRequest", nil, nil); x.ResponseType != "ServerCheckResponse" {
			t.Errorf("after the message: %+v", x)
		}
		if x := c.Call(ctx, "ServiceQueryRequest", []byte(`{"namespace":"public","serviceName":"s","groupName":"g"}`), nil); errorOf(x) == wire.CodeUnregistered {
			t.Errorf("registration lost: %+v", x)
		}
	})
}
