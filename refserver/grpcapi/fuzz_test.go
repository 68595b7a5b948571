package grpcapi_test

import (
	"context"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// linesWithGRPC are those that a fuzz target draws from.
var linesWithGRPC = []behaviour.Line{behaviour.Line20, behaviour.Line25, behaviour.Line30}

// FuzzMessages sends any message as a call and on the stream, to a server of any line. Whatever it is, the server must
// answer the call and go on serving the connection.
func FuzzMessages(f *testing.F) {
	for n, seed := range []struct{ name, body string }{
		{"", ""}, {"InstanceRequest", "{"}, {"InstanceRequest", "null"}, {"ConnectionSetupRequest", `{"labels":{"module":1}}`},
		{"ConnectionSetupRequest", `{"labels":null}`}, {"ConnectionSetupRequest", `{"abilities":{"namingAbility":[]},"abilityTable":{"a":"x"}}`},
		{"InstanceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","type":"registerInstance","instance":{"ip":1,"port":"2","weight":"NaN","metadata":{"preserved.instance.id.generator":"snowflake"}}}`},
		{"InstanceRequest", `{"serviceName":"s","groupName":"g","type":"registerInstance","instance":{}}`},
		{"InstanceRequest", `{"namespace":"","serviceName":"","groupName":"","type":"registerInstance","instance":{"clusterName":"a,b"}}`},
		{"InstanceRequest", `{"namespace":"","serviceName":"s","groupName":"g","type":"deregisterInstance"}`},
		{"BatchInstanceRequest", `{"namespace":"","serviceName":"s","groupName":"g","type":"batchRegisterInstance","instances":[{},{"port":-1}]}`},
		{"PersistentInstanceRequest", `{"namespace":"","serviceName":"p","groupName":"g","type":"registerInstance","instance":{"clusterName":" "}}`},
		{"ServiceQueryRequest", `{"serviceName":"s","groupName":"g","cluster":",","healthyOnly":"true"}`},
		{"ServiceListRequest", `{"namespace":"","groupName":"g","pageNo":9223372036854775807,"pageSize":9223372036854775807}`},
		{"SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":1,"clusters":"a,b"}`},
		{"NotifySubscriberResponse", `{"requestId":1}`}, {"ErrorResponse", `{"resultCode":"x","requestId":{}}`}, {"ClientDetectionResponse", "[]"},
		{"NamingFuzzyWatchRequest", `{"groupKeyPattern":"public>>*>>**","watchType":"WATCH","receivedGroupKeys":[null,1,"x"],"initializing":true}`},
		{"NamingFuzzyWatchRequest", `{"groupKeyPattern":">>>>>","watchType":"WATCH","receivedGroupKeys":[]}`},
		{"LockOperationRequest", `{"lockInstance":{"key":"k","expiredTime":-9223372036854775808,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`},
		{"ServerReloadRequest", `{"reloadCount":-1,"reloadServer":":"}`}, {"MemberReportRequest", `{"node":{"ip":"","port":null}}`},
		{"DistroDataRequest", `{"dataOperation":5}`}, {"ConfigQueryRequest", `{}`}, {"HealthCheckRequest", `{"headers":null}`},
	} {
		f.Add(byte(n), seed.name, []byte(seed.body))
	}
	f.Fuzz(func(t *testing.T, line byte, name string, body []byte) {
		w := start(t, as(linesWithGRPC[int(line)%len(linesWithGRPC)]))
		for _, port := range []string{address, clusterAddress} {
			c := w.dialTo(port)
			c.setUp(`{"labels":{"source":"sdk","module":"naming"}}`)
			for c.errorOf("HealthCheckRequest", "{}") != 0 { // no virtual time here: the set-up is on its way
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
		}
	})
}

// FuzzPayloads sends any bytes where a message should be. The server answers what it can decode, and ends the call with
// the status of a Java server over everything else.
func FuzzPayloads(f *testing.F) {
	for _, seed := range []string{
		"", "\xff", "\x12\x00", "\x12\x01", "\x12\x14\x1a\x12ServerCheckRequest", "\x12\x14\x1a\x12ServerCheckRequest\x1a\x02\x12\x00",
		"\x12\x16\x1a\x12HealthCheckRequest\x3a\x00", "\x1a\x05\x0a\x03url", "\x12\x04\x1a\x02\xff\xfe", "\x12\x03\x1a\x01\x00\x99\x99\x99",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		w := start(t, nil)
		c := w.raw()
		defer c.Close()
		var answer []byte
		err := c.Invoke(t.Context(), "/Request/request", &message, &answer)
		switch s := status.Convert(err); {
		case err == nil && len(answer) > 0:
		case s.Code() == codes.Unknown && s.Message() == "Application error processing RPC":
		default:
			t.Errorf("%q: %v, %q", message, err, answer)
		}
		check := []byte("\x12\x14\x1a\x12ServerCheckRequest")
		if err := c.Invoke(t.Context(), "/Request/request", &check, &answer); err != nil {
			t.Errorf("after %q: %v", message, err)
		}
	})
}
