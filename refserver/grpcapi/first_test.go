package grpcapi_test

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// The first releases with gRPC look at little. The steps follow each other. Source: measured 2.0.4.
func TestFirstReleasesCheckLittle(t *testing.T) {
	const in = `"instance":{"ip":"10.0.0.1","port":80,"clusterName":"a b"}`
	bubble(t, as(behaviour.Line20), func(t *testing.T, w *world) {
		c, stranger := w.connect(), w.dial()
		stranger.setUp(`{"labels":{}}`)
		for n, step := range []struct {
			by             *client
			body           string
			result, failed int
		}{
			{c, `{"namespace":"public","serviceName":"a b","groupName":"g","type":"registerInstance",` + in + `}`, 200, 0},
			{c, `{"namespace":"public","groupName":"g","type":"registerInstance",` + in + `}`, 200, 0},
			{c, `{"namespace":"public","groupName":"g","type":"registerInstance",` + in + `}`, 500, 500},
			{c, `{"namespace":"public","serviceName":"","groupName":"g","type":"registerInstance",` + in + `}`, 200, 0},
			{c, `{"namespace":"public","serviceName":"s","groupName":"","type":"registerInstance"}`, 500, 500},
			{c, `{"namespace":"public","serviceName":"s","groupName":"g","type":"registerInstance"}`, 500, 500},
			{stranger, `{"namespace":"public","serviceName":"s","groupName":"g","type":"registerInstance"}`, 200, 0},
			{c, `{"namespace":"public","serviceName":"s","groupName":"g","type":"deregisterInstance"}`, 200, 0},
			{c, `{"namespace":"public","type":"deregisterInstance"}`, 200, 0},
			{c, `{"namespace":"public","type":"xx"}`, 500, 400},
			{c, `{"namespace":"public"}`, 500, 500},
		} {
			if _, a := step.by.call("InstanceRequest", step.body); a.ResultCode != step.result || a.ErrorCode != step.failed || a.Type != nil {
				t.Errorf("step %d: expected %d %d without verb, found %+v %s", n, step.result, step.failed, a, a.text())
			}
		}
		if _, a := c.call("ServiceListRequest", `{"namespace":"public","groupName":"g","pageNo":1,"pageSize":9}`); a.ResultCode != wire.CodeSuccess || a.Count != 2 {
			t.Errorf("expected the list to survive services without names, found %+v", a)
		}
		if _, a := c.call("BatchInstanceRequest", `{}`); a.ErrorCode != wire.CodeNoHandler {
			t.Errorf("batch: %+v", a)
		}
		x := c.Call(t.Context(), "ServerLoaderInfoRequest", []byte(`{}`), nil)
		const rule = `{\"monitorIpList\":[],\"countLimit\":-1,\"countLimitPerClientIpDefault\":-1,\"countLimitPerClientIp\":{},\"countLimitPerClientApp\":{}}`
		if want := `{"resultCode":200,"errorCode":0,"success":true,"loaderMetrics":{"conCount":"2","cpu":"0.0","limitRule":"` + rule + `","load":"0.0","sdkConCount":"1"}}`; x.Body != want {
			t.Errorf("load: %s", x.Body)
		}
	})
}
