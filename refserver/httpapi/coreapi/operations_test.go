package coreapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// Answers of real servers of each line to the commands of operators, without their JSON parser's explanations.
func TestOperators(t *testing.T) {
	const (
		raft   = "POST /nacos/v1/core/ops/raft"
		report = "POST /nacos/v1/core/cluster/report"
		leave  = "POST /nacos/v1/core/cluster/server/leave"
		lookup = `{"code":500,"message":"The addressing mode exists : , just support : [[file, address-server]]","data":null}`
		done   = `{"code":200,"message":null,"data":null}`
	)
	refused := func(message string) string { return `{"code":500,"message":"` + message + `","data":null}` }
	for line, answers := range map[behaviour.Line][]struct{ request, body, want string }{
		behaviour.Line14: {
			{raft, `{"command":"odd"}`, done},
			{raft, `{"groupId":"naming_service_metadata","command":"doSnapshot"}`, refused("not this raft group : naming_service_metadata")},
			{report, `{"ip":"9.9.9.9","port":1,"address":"9.9.9.9:1"}`, `{"code":200,"message":null,"data":"false"}`},
			{report, `{}`, `{"code":400,"message":"Node information is illegal","data":null}`},
			{leave, `["9.9.9.9:1"]`, `{"code":200,"message":null,"data":"ok"}`},
			{leave + "?notifyOtherMembers=odd", `[]`, "caused: Failed to convert value of type 'java.lang.String' to required type 'java.lang.Boolean'; nested exception is " +
				"java.lang.IllegalArgumentException: Invalid boolean value [odd];caused: Invalid boolean value [odd];"},
			{"POST /nacos/v1/core/cluster/switch/lookup?type=", "", lookup},
			{"PUT /nacos/v1/core/ops/log?logName=x", "", "caused: Required request parameter 'logLevel' for method parameter type String is not present;"},
			{"PUT /nacos/v1/cs/ops/log?logName=x&logLevel=y", "", "200"},
			{"GET /nacos/v1/cs/ops/derby?sql=delete", "", refused("Only query statements are allowed to be executed")},
			{"GET /nacos/v1/cmdb/ops/label", "", "caused: Param 'entry' is required.;"},
		},
		behaviour.Line20: {
			{leave + "?notifyOtherMembers=odd", `[]`, `{"code":200,"message":null,"data":"ok"}`},
			{"PUT /nacos/v2/core/cluster/lookup?type=file", "", `{"code":500,"message":"caused: Required request body is missing: public ` +
				`com.alibaba.nacos.common.model.RestResult<java.lang.Void> com.alibaba.nacos.core.controller.v2.NacosClusterV2Controller.updateLookup(` +
				`com.alibaba.nacos.core.model.request.LookupUpdateRequest);","data":null}`},
			{"DELETE /nacos/v2/core/cluster/nodes", "", refused("caused: Required List parameter 'addresses' is not present;")},
			{"PUT /nacos/v1/core/ops/log?logName=x", "", "caused: Required String parameter 'logLevel' is not present;"},
		},
		behaviour.Line25: {
			{raft, `{"command":1,"groupId":2}`, refused("not this raft group : 2")},
			{raft, `{"command":"doSnapshot"}`, refused("Null peer")},
			{raft, `{"command":"transferLeader","value":"1.1.1.1:1"}`, refused("Not in current configuration")},
			{raft, `{"command":"removePeer","value":"bad"}`, done},
			{raft, `{"command":"doSnapshot","groupId":"naming_service_metadata","value":"127.0.0.1:1"}`, refused("Fail to init channel to 127.0.0.1:1")},
			{raft, `{"command":"odd","groupId":"naming_service_metadata"}`, refused("Not support command : odd")},
			{raft, `{}`, refused("Not support command : null")},
			{leave, `["9.9.9.9:1"]`, `{"code":405,"message":"/v1/core/cluster/server/leave API not allow to use temporarily.","data":null}`},
			{"POST /nacos/v1/core/cluster/switch/lookup?type=", "", lookup},
			{"PUT /nacos/v2/core/cluster/node/list", `[{}]`, `{"code":0,"message":"success","data":true}`},
			{"PUT /nacos/v2/core/cluster/node/list", `[]`, `{"code":10000,"message":"parameter missing","data":"required parameter 'nodes' is missing"}`},
			{"PUT /nacos/v2/core/cluster/lookup?type=file", "", `{"code":0,"message":"success","data":true}`},
			{"DELETE /nacos/v2/core/cluster/nodes", "", `{"code":10000,"message":"parameter missing","data":"Required request parameter 'addresses' for method parameter type List is not present"}`},
			{"PUT /nacos/v2/core/ops/log", `{"logName":"x"}`, done},
			{"PUT /nacos/v2/core/ops/log", `{"logLevel":"x"}`, refused("caused: Cannot invoke &quot;String.hashCode()&quot; because &quot;&lt;local2&gt;&quot; is null;")},
			{"GET /nacos/v1/console/server/announcement?language=fr", "", done},
			{"GET /nacos/v1/cs/health", "", "UP"},
			{"GET /nacos/v1/cmdb/ops/label?entry=x&label=y", "", ""},
			{"POST /nacos/v1/cmdb/ops/label?entry=x&label=y", "", "caused: Request method &#39;POST&#39; not supported;"},
			{raft, `{"command":"restRaftCluster"}`, refused("handleRequest internal error")},
			{report, `{"ip":"9.9.9.9","port":1}`, `{"code":400,"message":"Node information is illegal","data":null}`},
			{"PUT /nacos/v2/core/ops/log", `{"logName":7,"logLevel":true}`, done},
			{"POST /nacos/v1/cs/ops/data/removal", "", "caused: Current request is not a multipart request;"},
			{"GET /nacos/v1/cs/capacity?group=&tenant=", "", `{"code":200,"message":null,"data":{"id":"1","quota":100000,"usage":0,"maxSize":102400,` +
				`"maxAggrCount":10000,"maxAggrSize":1024,"gmtCreate":null,"gmtModified":null,"group":""}}`},
		},
		behaviour.Line30: {
			{"POST /nacos/v3/admin/core/ops/raft", "null", `{"code":10000,"message":"parameter missing","data":"Required request body is missing: public ` +
				`com.alibaba.nacos.api.model.v2.Result<java.lang.String> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.raftOps(` +
				`com.alibaba.nacos.core.model.form.v3.RaftCommandForm)"}`},
		},
	} {
		t.Run(string(line), func(t *testing.T) {
			apitest.Story(t, func(h *apitest.Handler) {
				for _, a := range answers {
					method, target, _ := strings.Cut(a.request, " ")
					if got := apitest.SendBody(h, method, target, a.body).Body.String(); got != a.want {
						t.Errorf("%s %s:\nexpected %s\nfound    %s", a.request, a.body, a.want, got)
					}
				}
			}, apitest.On(line))
		})
	}
}

func TestMembersTellWhatTheLineKnows(t *testing.T) {
	for line, want := range map[behaviour.Line]string{
		behaviour.Line14: `"extendInfo":{"lastRefreshTime":946684800000,"raftPort":"7848","version":"1.4.8"},"address":"127.0.0.1:8848","failAccessCnt":0}}`,
		behaviour.Line20: `"abilities":{"configAbility":{"supportRemoteMetrics":false},"namingAbility":{"supportJraft":true},"remoteAbility":{"supportRemoteConnection":true}}}}`,
		behaviour.Line25: `"naming_service_metadata":{"leader":"127.0.0.1:7848","raftGroupMember":["127.0.0.1:7848"],"term":1}}},"raftPort":"7848","readyToUpgrade":true,` +
			`"supportGrayModel":true,"version":"2.5.1"}`,
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			if got := apitest.Send(h, "GET", "/nacos/v1/core/cluster/self").Body.String(); !strings.Contains(got, want) {
				t.Errorf("line %s: expected a member with %s, found %s", line, want, got)
			}
		}, apitest.On(line))
	}
}

func TestReadinessLooksAtTheStatusWhereTheLineDoes(t *testing.T) {
	for line, want := range map[behaviour.Line]int{behaviour.Line14: 200, behaviour.Line20: 200, behaviour.Line25: 500} {
		apitest.Story(t, func(h *apitest.Handler) {
			if err := h.Registry.SetSwitch("overriddenServerStatus", "DOWN", false); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Minute)
			if got := apitest.Send(h, "GET", "/nacos/v1/console/health/readiness").Code; got != want {
				t.Errorf("line %s, status DOWN: expected %d, found %d", line, want, got)
			}
		}, apitest.On(line))
	}
}
