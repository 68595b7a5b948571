package httpapi

import (
	"testing"
)

func TestPages(t *testing.T) {
	story(t, func(h *Handler) {
		expect(t, h, "POST "+ns1+"/instance?serviceName=s&ip=1&port=1", 200, text, "ok")
		expect(t, h, "GET "+ns1+"/service/list?pageNo=1&pageSize=0", 200, js, `{"count":1,"doms":[]}`)
		expect(t, h, "GET "+ns1+"/service/list?pageNo=1&pageSize=-1", 400, text, "fromIndex(0) > toIndex(-1)")
		expect(t, h, "GET "+ns2+"/service/list?pageSize=-1", 400, js, `{"code":20002,"message":"parameter validate error","data":"fromIndex(0) > toIndex(-1)"}`)
		expect(t, h, "GET "+ns1+"/service/list?pageNo=3&pageSize=2147483647", 200, js, `{"count":1,"doms":["s"]}`)
		expect(t, h, "GET "+ns2+"/catalog/instances?serviceName=s&pageNo=1&pageSize=0", 200, js, `{"code":0,"message":"success","data":{"instances":[],"count":1}}`)
		expect(t, h, "GET "+ns2+"/catalog/instances?serviceName=s&pageNo=2&pageSize=1", 200, js, `{"code":0,"message":"success","data":{"count":1}}`)
		expect(t, h, "GET "+ns1+"/catalog/services?pageNo=1&pageSize=0", 200, js, `{"count":1,"serviceList":[{"name":"s","groupName":"DEFAULT_GROUP","clusterCount":1,"ipCount":1,"healthyInstanceCount":1,"triggerFlag":"false"}]}`)
		expect(t, h, "GET "+ns1+"/catalog/instances?serviceName=s&clusterName=DEFAULT&pageNo=1&pageSize=-1", 400, text, "fromIndex(0) > toIndex(-1)")
		expect(t, h, "GET "+ns1+"/service/subscribers?serviceName=s&pageSize=-1", 200, js, `{"subscribers":[],"count":0}`)
	})
}
