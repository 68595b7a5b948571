package namingapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestMetadataThatIsNull(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?serviceName=s&ip=1&port=1&metadata=null", 200, apitest.Text, "ok")
		for _, request := range []string{"PUT " + apitest.NS1 + "/instance", "PUT " + apitest.NS1 + "/instance/metadata/batch"} {
			apitest.Expect(t, h, request+"?serviceName=s&ip=1&port=1&metadata=null", 500, apitest.Text, `caused: Cannot invoke "java.util.Map.size()" because "m" is null;`)
		}
		batch := apitest.NS1 + "/instance/metadata/batch?serviceName=s&metadata="
		apitest.Expect(t, h, "DELETE "+batch+"null", 500, apitest.Text, `caused: Cannot invoke "java.util.Map.keySet()" because "metadata" is null;`)
		apitest.Expect(t, h, "PUT "+batch+"%7B%22a%22:null%7D", 500, apitest.Text, "")
		apitest.Expect(t, h, "DELETE "+batch+"%7B%22a%22:null%7D", 200, apitest.JSON, `{"updated":["1:1:unknown:DEFAULT:ephemeral"]}`)
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?serviceName=n&ip=1&port=1&metadata=%7B%22a%22:null,%22b%22:%221%22%7D", 200, apitest.Text, "ok")
		for target, want := range map[string]string{
			apitest.NS1 + "/instance/list?serviceName=n":                             `"metadata":{"a":null,"b":"1"}`,
			apitest.NS2 + "/instance/list?serviceName=n":                             `"metadata":{"a":null,"b":"1"}`,
			apitest.NS1 + "/instance?serviceName=n&ip=1&port=1":                      `"metadata":{"b":"1"}`,
			apitest.NS1 + "/catalog/services?withInstances=true&pageNo=1&pageSize=9": `"metadata":{"a":null,"b":"1"}`,
		} {
			if w := apitest.Send(h, http.MethodGet, target); !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: expected %s in %s", target, want, w.Body)
			}
		}
		apitest.Expect(t, h, "POST "+apitest.NS1+"/service?serviceName=p&metadata=null", 200, apitest.Text, "ok")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service?serviceName=p", 200, apitest.JSON, `{"namespaceId":"public","groupName":"DEFAULT_GROUP","name":"p","protectThreshold":0.0,"metadata":null,"selector":{"type":"none","contextType":"NONE"},"clusters":[]}`)
	})
}

func TestExpressions(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/names?namespaceId=n&expr=(", 200, apitest.JSON, `{"META-INF/services":{"n":[]},"count":0}`)
		apitest.Expect(t, h, "POST "+apitest.NS1+"/instance?namespaceId=n&serviceName=s&ip=1&port=1", 200, apitest.Text, "ok")
		apitest.Expect(t, h, "GET "+apitest.NS1+"/service/names?namespaceId=n&expr=(", 400, apitest.Text, "Unclosed group near index 5\n.*(.*")
	})
}
