package namingapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

const (
	client3 = "/nacos/v3/client/ns"
	admin3  = "/nacos/v3/admin/ns"
	core3   = "/nacos/v3/admin/core"
	done3   = `{"code":0,"message":"success","data":"ok"}`
)

func TestClientAPIOfV3(t *testing.T) {
	host := `{"ip":"1.1.1.1","port":1,"weight":2.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"DEFAULT",` +
		`"serviceName":"DEFAULT_GROUP@@g@@s","metadata":{},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,` +
		`"ipDeleteTimeout":30000,"instanceIdGenerator":"simple"}`
	one := client3 + "/instance?serviceName=g@@s&ip=1.1.1.1&port=1"
	apitest.Play(t, []apitest.Exchange{
		{"POST " + client3 + "/instance", 400, apitest.JSON, apitest.Absent("serviceName' type String")},
		{"POST " + client3 + "/instance?serviceName=s", 400, apitest.JSON, apitest.Absent("ip' type String")},
		{"POST " + client3 + "/instance?serviceName=s&ip=1.1.1.1", 400, apitest.JSON, apitest.Absent("port' type Integer")},
		{"POST " + one + "&weight=-1", 400, apitest.JSON, `{"code":21001,"message":"weight error","data":"instance format invalid: The weights range from 0.0 to 10000.0"}`},
		{"POST " + one + "&clusterName=a_b", 400, apitest.JSON, `{"code":21004,"message":"instance error","data":"Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)"}`},
		{"POST " + one + "&heartBeat=maybe", 500, apitest.JSON, `{"code":30000,"message":"Method parameter 'heartBeat': Failed to convert value of type 'java.lang.String' to required type 'boolean'; Invalid boolean value [maybe]","data":null}`},
		{"POST " + one + "&heartBeat=true", 200, apitest.JSON, `{"code":21003,"message":"instance not found","data":null}`},
		{"POST " + one + "&weight=2", 200, apitest.JSON, done3},
		{"POST " + one + "&heartBeat=true&weight=-1", 200, apitest.JSON, done3},
		{"GET " + client3 + "/instance/list?serviceName=g@@s&healthyOnly=true", 200, apitest.JSON, `{"code":0,"message":"success","data":[` + host + `]}`},
		{"GET " + client3 + "/instance/list?serviceName=g@@s&clusterName=c", 200, apitest.JSON, `{"code":0,"message":"success","data":[]}`},
		{"POST " + one + "&ephemeral=false", 400, apitest.JSON, `{"code":30000,"message":"server error","data":"errCode: 400, errMsg: Current service DEFAULT_GROUP@@g@@s is ephemeral service, can't register persistent instance. "}`},
		{"DELETE " + one + "&ephemeral=false", 200, apitest.JSON, done3},
		{"GET " + client3 + "/instance/list?serviceName=g@@s", 200, apitest.JSON, `{"code":0,"message":"success","data":[` + host + `]}`},
		{"DELETE " + one + "&weight=-1", 200, apitest.JSON, done3},
		{"POST " + one + "&heartBeat=true", 200, apitest.JSON, `{"code":21003,"message":"instance not found","data":null}`},
		{"PATCH " + one, 405, apitest.JSON, "*"},
	})
}

func TestAdminAPIOfV3(t *testing.T) {
	unknown := "PUT " + admin3 + "/cluster?serviceName=s&clusterName=c&checkPort=1&useInstancePort4Check=true&healthChecker=%7B%22type%22:%22NONE%22%7D"
	apitest.Play(t, []apitest.Exchange{
		{"PUT " + admin3 + "/instance?serviceName=s&ip=1.1.1.1&port=1", 400, apitest.JSON, `{"code":21004,"message":"instance error","data":"service not found, namespace: public, service: Service{namespace='public', group='DEFAULT_GROUP', name='s', ephemeral=true, revision=0}"}`},
		{"PUT " + admin3 + "/instance/partial?serviceName=s&ip=1.1.1.1&port=1", 404, apitest.JSON, `{"code":20004,"message":"resource not found","data":"no ips found for cluster DEFAULT in service DEFAULT_GROUP@@s"}`},
		{"GET " + admin3 + "/instance/list?serviceName=s", 404, apitest.JSON, `{"code":30000,"message":"server error","data":"service DEFAULT_GROUP@@s is not found!"}`},
		{"GET " + admin3 + "/service?serviceName=s", 400, apitest.JSON, `{"code":21008,"message":"service not exist","data":"service not found, namespace: public, serviceName: DEFAULT_GROUP@@s"}`},
		{unknown, 400, apitest.JSON, `{"code":30000,"message":"server error","data":"service not found groupName: DEFAULT_GROUP,serviceName: s"}`},
		{"PUT " + admin3 + "/cluster?serviceName=s&clusterName=c&checkPort=1", 400, apitest.JSON, apitest.Absent("useInstancePort4Check' type Boolean")},
		{"GET " + admin3 + "/service/list?pageNo=0", 400, apitest.JSON, `{"code":20002,"message":"parameter validate error","data":"Required parameter 'pageNo' should be positive integer, current is 0"}`},
		{"POST " + admin3 + "/service?serviceName=s&ephemeral=true&protectThreshold=0.5", 200, apitest.JSON, done3},
		{"GET " + admin3 + "/service?serviceName=s", 200, apitest.JSON, `{"code":0,"message":"success","data":{"namespaceId":"public","serviceName":"s","groupName":"DEFAULT_GROUP","clusterMap":{},"metadata":{},"protectThreshold":0.5,"selector":{"type":"NoneSelector","type":"none","contextType":"NONE"},"ephemeral":true}}`},
		{unknown, 200, apitest.JSON, done3},
		{"GET " + admin3 + "/service/list?pageNo=2&pageSize=1", 200, apitest.JSON, `{"code":0,"message":"success","data":{"totalCount":1,"pageNumber":2,"pagesAvailable":2,"pageItems":[]}}`},
		{"GET " + admin3 + "/service/list?groupNameParam=none", 200, apitest.JSON, `{"code":0,"message":"success","data":{"totalCount":0,"pageNumber":1,"pagesAvailable":0,"pageItems":[]}}`},
		{"PUT " + admin3 + "/instance?serviceName=s&ip=1.1.1.1&port=1&metadata=%7B%22b%22:null%7D", 200, apitest.JSON, done3},
		{"PUT " + admin3 + "/instance?serviceName=s&ip=1.1.1.1&port=1&metadata=null", 500, apitest.JSON, `{"code":30000,"message":"Cannot invoke \"java.util.Map.entrySet()\" because \"metadata\" is null","data":null}`},
		{"GET " + admin3 + "/client", 400, apitest.JSON, `{"code":10000,"message":"parameter missing","data":"Required request parameter 'clientId' for method parameter type String is not present"}`},
		{"GET " + admin3 + "/client?clientId=x", 404, apitest.JSON, `{"code":20004,"message":"resource not found","data":"clientId [ x ] not exist"}`},
		{"PUT " + admin3 + "/ops/switches?entry=pushCacheMillis&value=1", 500, apitest.JSON, `{"code":30000,"message":"server error","data":"min cache time for http or tcp is too small(<10000)"}`},
		{"GET " + admin3 + "/ops/metrics", 200, apitest.JSON, `{"code":0,"message":"success","data":{"status":"UP"}}`},
		{"GET " + admin3 + "/health/checkers", 200, apitest.JSON, `{"code":0,"message":"success","data":{"TCP":{},"HTTP":{"path":"","headers":"","expectedResponseCode":200},"MYSQL":{"user":null,"pwd":null,"cmd":null},"NONE":{}}}`},
		{"DELETE " + admin3 + "/service?serviceName=s", 200, apitest.JSON, done3},
		{"GET " + core3 + "/state/readiness", 200, apitest.JSON, done3},
		{"GET " + core3 + "/cluster/node/list?state=x", 400, apitest.JSON, `{"code":23000,"message":"illegal state","data":"Illegal state: x"}`},
		{"GET " + core3 + "/cluster/node/list?state=down", 200, apitest.JSON, `{"code":0,"message":"success","data":[]}`},
		{"PUT " + core3 + "/cluster/lookup", 400, apitest.JSON, `{"code":10000,"message":"parameter missing","data":"required parameter 'type' is missing"}`},
		{"PUT " + core3 + "/cluster/lookup?type=none", 400, apitest.JSON, `{"code":20002,"message":"parameter validate error","data":"The addressing mode exists : none, just support : [[file, address-server]]"}`},
		{"PUT " + core3 + "/ops/log?logName=core-auth&logLevel=INFO", 400, apitest.JSON, `{"code":10000,"message":"parameter missing","data":"Required request body is missing: public com.alibaba.nacos.api.model.v2.Result<java.lang.Void> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.updateLog(com.alibaba.nacos.core.model.request.LogUpdateRequest)"}`},
		{"POST " + core3 + "/loader/reloadCurrent", 400, apitest.JSON, `{"code":10000,"message":"parameter missing","data":"Required request parameter 'count' for method parameter type Integer is not present"}`},
		{"POST " + core3 + "/loader/reloadClient?connectionId=x", 200, apitest.JSON, `{"code":0,"message":"success","data":null}`},
		{"GET " + core3 + "/loader/cluster", 200, apitest.JSON, `{"code":0,"message":"success","data":{"detail":[{"address":"127.0.0.1:8848","sdkConCount":0,"conCount":0,"load":"0.0","cpu":"0.0"}],"memberCount":1,"metricsCount":1,"completed":true,"max":0,"min":0,"avg":0,"threshold":"0.0","total":0}}`},
	})
}

func TestHealthOverV3(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Send(h, "POST", client3+"/instance?serviceName=s&ip=1.1.1.1&port=1")
		apitest.Send(h, "POST", client3+"/instance?serviceName=s&ip=1.1.1.2&port=1")
		for range 4 {
			time.Sleep(5 * time.Second)
			apitest.Send(h, "POST", client3+"/instance?serviceName=s&ip=1.1.1.2&port=1&heartBeat=true")
		}
		time.Sleep(time.Second)
		for target, hosts := range map[string]int{
			client3 + "/instance/list?serviceName=s&healthyOnly=true": 2, // not obeyed
			admin3 + "/instance/list?serviceName=s":                   2,
			admin3 + "/instance/list?serviceName=s&healthyOnly=true":  1,
		} {
			if found := strings.Count(apitest.Send(h, "GET", target).Body.String(), `"ip":`); found != hosts {
				t.Errorf("%s: expected %d hosts, found %d", target, hosts, found)
			}
		}
	}, apitest.On(behaviour.Line30))
}
