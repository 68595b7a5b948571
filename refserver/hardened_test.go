package refserver_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// grpcRequests are requests of every type that reads or writes, in a namespace that strangers have no right on.
var grpcRequests = map[string]string{
	"InstanceRequest":           `{"namespace":"ns","groupName":"g","serviceName":"s","type":"registerInstance","instance":{"ip":"10.0.0.1","port":80,"ephemeral":true}}`,
	"PersistentInstanceRequest": `{"namespace":"ns","groupName":"g","serviceName":"s","type":"registerInstance","instance":{"ip":"10.0.0.1","port":80,"ephemeral":false}}`,
	"BatchInstanceRequest":      `{"namespace":"ns","groupName":"g","serviceName":"s","type":"batchRegisterInstance","instances":[{"ip":"10.0.0.1","port":80,"ephemeral":true}]}`,
	"ServiceQueryRequest":       `{"namespace":"ns","groupName":"g","serviceName":"s"}`,
	"ServiceListRequest":        `{"namespace":"ns","groupName":"g","pageNo":1,"pageSize":10}`,
	"SubscribeServiceRequest":   `{"namespace":"ns","groupName":"g","serviceName":"s","subscribe":true}`,
	"NamingFuzzyWatchRequest":   `{"namespace":"other","groupKeyPattern":"ns>>g>>*","watchType":"WATCH","initializing":true}`,
	"ConfigQueryRequest":        `{"tenant":"ns","group":"g","dataId":"d"}`,
	"ConfigPublishRequest":      `{"tenant":"ns","group":"g","dataId":"d","content":"stolen"}`,
	"ConfigRemoveRequest":       `{"tenant":"ns","group":"g","dataId":"d"}`,
	"ConfigBatchListenRequest":  `{"listen":true,"configListenContexts":[{"tenant":"other","group":"g","dataId":"d","md5":""},{"tenant":"ns","group":"g","dataId":"d","md5":""}]}`,
	"ConfigFuzzyWatchRequest":   `{"groupKeyPattern":"ns>>g>>*","watchType":"WATCH","initializing":true}`,
	"LockOperationRequest":      `{"lockInstance":{"key":"k","expiredTime":1000,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`,
}

// TestHardenedServersRefuseOverGRPC: every type of request, for callers who show nothing, a token of nobody, one that is
// none, the identity of servers, and users who have no right or one of another namespace.
func TestHardenedServersRefuseOverGRPC(t *testing.T) {
	for _, line := range []behaviour.Line{"2.0", "2.5", "3.0"} {
		t.Run(string(line), func(t *testing.T) {
			a := refserver.AuthenticationFor("pw")
			a.Hardened = true
			server := refserver.RunT(t, refserver.WithLine(line), refserver.WithAuthentication(a))
			for user, role := range map[string]string{"weak": "", "keeper": "keepers"} {
				roles := strings.Fields(role)
				if err := server.PutUser(user, "p", roles...); err != nil {
					t.Fatal(err)
				}
			}
			if err := server.PutPermission(accounts.Permission{Role: "keepers", Resource: "other:*:*", Action: "rw"}); err != nil {
				t.Fatal(err)
			}
			callers := map[string]map[string]string{
				"nobody": nil, "garbage": {"accessToken": "garbage"}, "server": {a.IdentityKey: a.IdentityValue}, "wrong password": {"username": "nacos", "password": "x"},
				"weak": {"accessToken": logIn(t, server, "weak", "p")}, "keeper": {"Authorization": "Bearer " + logIn(t, server, "keeper", "p")},
			}
			conn, err := wire.DialGRPC(t.Context(), wire.GRPCOptions{Address: server.GRPCAddr()})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := conn.OpenStream(); err != nil {
				t.Fatal(err)
			}
			if err := conn.SendRaw("ConnectionSetupRequest", []byte(`{"clientVersion":"Test:v1","labels":{"source":"sdk","module":"naming,config"}}`)); err != nil {
				t.Fatal(err)
			}
			for kind, body := range grpcRequests {
				for caller, headers := range callers {
					var answer wire.Response
					for answer.ErrorCode == 0 || answer.ErrorCode == 301 { // until the connection is known
						x := conn.Call(t.Context(), kind, []byte(body), headers)
						if err := json.Unmarshal([]byte(x.Body), &answer); err != nil || x.Err != "" {
							t.Fatalf("%s: %v %s", kind, err, x.Err)
						}
						if answer.ErrorCode == 0 {
							t.Errorf("%s by %s: expected a refusal, found %s", kind, caller, x.Body)
							break
						}
					}
					unknown := answer.Message != nil && strings.Contains(string(*answer.Message), "RequestHandler Not Found")
					if !unknown && answer.ErrorCode != http.StatusForbidden {
						t.Errorf("%s by %s: expected error code 403, found %+v", kind, caller, answer)
					}
				}
			}
			if n := len(server.Services()); n != 0 {
				t.Errorf("expected no service, found %d", n)
			}
		})
	}
}
