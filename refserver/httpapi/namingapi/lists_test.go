package namingapi_test

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestPages(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?serviceName=s&ip=1&port=1", 200, apitest.Text, "ok")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/list?pageNo=1&pageSize=0", 200, apitest.JSON, `{"count":1,"doms":[]}`)
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/list?pageNo=1&pageSize=-1", 400, apitest.Text, "fromIndex(0) > toIndex(-1)")
		apitest.Expect(t, h, "GET "+apitest.NS2+"/service/list?pageSize=-1", 400, apitest.JSON, `{"code":20002,"message":"parameter validate error","data":"fromIndex(0) > toIndex(-1)"}`)
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/list?pageNo=3&pageSize=2147483647", 200, apitest.JSON, `{"count":1,"doms":["s"]}`)
		apitest.Expect(t, h, "GET "+apitest.NS2+"/catalog/instances?serviceName=s&pageNo=1&pageSize=0", 200, apitest.JSON, `{"code":0,"message":"success","data":{"instances":[],"count":1}}`)
		apitest.Expect(t, h, "GET "+apitest.NS2+"/catalog/instances?serviceName=s&pageNo=2&pageSize=1", 200, apitest.JSON, `{"code":0,"message":"success","data":{"count":1}}`)
		apitest.Expect(t, h, "GET "+apitest.NS1+"/catalog/services?pageNo=1&pageSize=0", 200, apitest.JSON, `{"count":1,"serviceList":[{"name":"s","groupName":"DEFAULT_GROUP","clusterCount":1,"ipCount":1,"healthyInstanceCount":1,"triggerFlag":"false"}]}`)
		apitest.Expect(t, h, "GET "+apitest.NS1+"/catalog/instances?serviceName=s&clusterName=DEFAULT&pageNo=1&pageSize=-1", 400, apitest.Text, "fromIndex(0) > toIndex(-1)")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/subscribers?serviceName=s&pageSize=-1", 200, apitest.JSON, `{"subscribers":[],"count":0}`)
	})
}
