package coreapi_test

import (
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// TestNamespacesOfV1: all answers are those of real 1.4.8 and 2.5.1.
func TestNamespacesOfV1(t *testing.T) {
	const v1 = "/nacos/v1/console/namespaces"
	all := []apitest.Exchange{
		{"POST " + v1 + "?customNamespaceId=n1&namespaceName=first&namespaceDesc=d", 200, apitest.JSON, "true"},
		{"POST " + v1 + "?customNamespaceId=n1&namespaceName=again", 200, apitest.JSON, "false"},
		{"GET " + v1 + "?checkNamespaceIdExist=true&customNamespaceId=n1", 200, apitest.JSON, "true"},
		{"GET " + v1 + "?checkNamespaceIdExist=true&customNamespaceId=n2", 200, apitest.JSON, "false"},
		{"GET " + v1 + "?checkNamespaceIdExist=true&customNamespaceId=", 200, apitest.JSON, "false"},
		{"PUT " + v1 + "?namespace=n2&namespaceShowName=x", 200, apitest.JSON, "true"},
	}
	apitest.Play(t, append(all, []apitest.Exchange{
		{"GET " + v1 + "?show=all&namespaceId=n1", 200, apitest.JSON, `{"namespace":"n1","namespaceShowName":"first","quota":200,"configCount":0,"type":2,"namespaceDesc":"d"}`},
		{"GET " + v1 + "?show=all&namespaceId=", 200, apitest.JSON, `{"namespace":"","namespaceShowName":"Public","quota":200,"configCount":0,"type":0,"namespaceDesc":"Public Namespace"}`},
		{"GET " + v1 + "?show=all&namespaceId=no", 500, apitest.Text, `caused: Cannot invoke "com.alibaba.nacos.config.server.model.TenantInfo.getTenantName()" because "tenantInfo" is null;`},
		{"GET " + v1 + "?show=all", 500, apitest.Text, `caused: Required request parameter 'namespaceId' for method parameter type String is not present;`},
		{"GET " + v1, 200, apitest.JSON, `{"code":200,"message":null,"data":[{"namespace":"","namespaceShowName":"public","quota":200,"configCount":0,"type":0},{"namespace":"n1","namespaceShowName":"first","quota":200,"configCount":0,"type":2}]}`},
		{"POST " + v1 + "?customNamespaceId=a.b&namespaceName=n", 200, apitest.JSON, "false"},
		{"POST " + v1 + "?customNamespaceId=n3&namespaceName=n@me", 200, apitest.JSON, "true"},
		{"POST " + v1 + "?customNamespaceId=" + strings.Repeat("x", 129) + "&namespaceName=n", 200, apitest.JSON, "false"},
		{"DELETE " + v1 + "?namespaceId=n1", 200, apitest.JSON, "true"},
		{"DELETE " + v1 + "?namespaceId=n1", 200, apitest.JSON, "true"},
		{"GET " + v1 + "?checkNamespaceIdExist=true&customNamespaceId=n1", 200, apitest.JSON, "false"},
	}...), apitest.On(behaviour.Line14))
	apitest.Play(t, append(all, []apitest.Exchange{
		{"GET " + v1 + "?show=all&namespaceId=n1", 200, apitest.JSON, `{"namespace":"n1","namespaceShowName":"first","namespaceDesc":"d","quota":200,"configCount":0,"type":2}`},
		{"GET " + v1 + "?show=all&namespaceId=no", 500, apitest.Text, `caused: namespaceId [ no ] not exist;`},
		{"DELETE " + v1, 500, apitest.Text, `caused: Required request parameter &#39;namespaceId&#39; for method parameter type String is not present;`},
		{"POST " + v1 + "?customNamespaceId=a.b&namespaceName=n", 400, "", "Param 'namespaceId/tenant' is illegal, illegal characters should not appear in the param.\r\n"},
		{"POST " + v1 + "?customNamespaceId=n3&namespaceName=n@me", 400, "", "Param 'namespaceShowName' is illegal, illegal characters should not appear in the param.\r\n"},
		{"PUT " + v1 + "?namespace=n1&namespaceShowName=n@me", 200, apitest.JSON, "false"},
	}...), apitest.On(behaviour.Line25))
}

// TestNamespacesInTheEnvelope: all answers are those of real 2.5.1 and 3.0.3.
func TestNamespacesInTheEnvelope(t *testing.T) {
	const v2, v3 = "/nacos/v2/console/namespace", admin + "/namespace"
	done := `{"code":0,"message":"success","data":true}`
	apitest.Play(t, []apitest.Exchange{
		{"POST " + v2 + "?namespaceId=n1&namespaceName=first", 200, apitest.JSON, done},
		{"POST " + v2 + "?namespaceId=n1&namespaceName=first", 400, apitest.JSON, `{"code":22000,"message":"illegal namespace","data":"the namespaceId is existed, namespaceId: n1"}`},
		{"GET " + v2 + "?namespaceId=n1", 200, apitest.JSON, `{"code":0,"message":"success","data":{"namespace":"n1","namespaceShowName":"first","namespaceDesc":null,"quota":200,"configCount":0,"type":2}}`},
		{"GET " + v2 + "?namespaceId=no", 404, apitest.JSON, `{"code":22001,"message":"namespace not exist","data":"namespaceId [ no ] not exist"}`},
		{"POST " + v2 + "?namespaceName=n", 400, apitest.JSON, `{"code":10000,"message":"parameter missing","data":"required parameter 'namespaceId' is missing"}`},
		{"POST " + v2 + "?namespaceId=n", 400, apitest.JSON, `{"code":10000,"message":"parameter missing","data":"required parameter 'namespaceName' is missing"}`},
		{"PUT " + v2 + "?namespaceId=no&namespaceName=x", 200, apitest.JSON, done},
		{"DELETE " + v2 + "?namespaceId=n1", 200, apitest.JSON, done},
		{"GET " + v2 + "/list", 200, apitest.JSON, `{"code":0,"message":"success","data":[{"namespace":"","namespaceShowName":"public","namespaceDesc":"Default Namespace","quota":200,"configCount":0,"type":0}]}`},
	}, apitest.On(behaviour.Line25))
	apitest.Play(t, []apitest.Exchange{
		{"POST " + v3 + "?namespaceId=n1&namespaceName=first", 200, apitest.JSON, done},
		{"POST " + v3 + "?namespaceId=n1&namespaceName=first", 400, apitest.JSON, `{"code":22002,"message":"namespace already exist","data":"namespaceId [n1] already exist."}`},
		{"POST " + v3 + "?namespaceId=public&namespaceName=first", 400, apitest.JSON, `{"code":22002,"message":"namespace already exist","data":"namespaceId [public] is default namespace id and already exist."}`},
		{"POST " + v3 + "?namespaceId=a.b&namespaceName=n", 400, apitest.JSON, `{"code":22000,"message":"illegal namespace","data":"namespaceId [a.b] mismatch the pattern"}`},
		{"POST " + v3 + "?namespaceId=" + strings.Repeat("x", 129) + "&namespaceName=n", 400, apitest.JSON, `{"code":22000,"message":"illegal namespace","data":"too long namespaceId, over 128"}`},
		{"PUT " + v3 + "?namespaceId=n1&namespaceName=a%23b", 400, apitest.JSON, `{"code":22000,"message":"illegal namespace","data":"namespaceName [a#b] contains illegal char"}`},
		{"GET " + v3 + "?namespaceId=n1", 200, apitest.JSON, `{"code":0,"message":"success","data":{"namespace":"n1","namespaceShowName":"first","namespaceDesc":null,"quota":200,"configCount":0,"type":1}}`},
		{"GET " + v3 + "/check?namespaceId=n1", 200, apitest.JSON, `{"code":0,"message":"success","data":1}`},
		{"GET " + v3 + "/check?namespaceId=public", 200, apitest.JSON, `{"code":0,"message":"success","data":0}`},
		{"DELETE " + v3 + "?namespaceId=n1", 200, apitest.JSON, done},
	})
}

// All answers are those of a real 3.0.3.
func TestNamespacesAreSortedAndCounted(t *testing.T) {
	const v3, configs = admin + "/namespace", "/nacos/v1/cs/configs"
	done := `{"code":0,"message":"success","data":true}`
	detail := func(id, counted string) string {
		return `{"code":0,"message":"success","data":{"namespace":"` + id + `","namespaceShowName":"n","namespaceDesc":null,"quota":200,"configCount":` + counted + `,"type":1}}`
	}
	apitest.Play(t, []apitest.Exchange{
		{"POST " + v3 + "?namespaceId=b&namespaceName=n", 200, apitest.JSON, done},
		{"POST " + v3 + "?namespaceId=a&namespaceName=n", 200, apitest.JSON, done},
		{"POST " + v3 + "?namespaceId=A&namespaceName=n", 200, apitest.JSON, done},
		{"POST " + configs + "?dataId=d&group=g&tenant=a&content=x", 200, "application/json;charset=UTF-8", "true"},
		{"GET " + v3 + "?namespaceId=a", 200, apitest.JSON, detail("a", "1")},
		{"GET " + v3 + "?namespaceId=a%20", 200, apitest.JSON, detail("a ", "1")},
		{"GET " + v3 + "/list", 200, apitest.JSON, `{"code":0,"message":"success","data":[` +
			`{"namespace":"public","namespaceShowName":"public","namespaceDesc":"Default Namespace","quota":200,"configCount":0,"type":0},` +
			`{"namespace":"A","namespaceShowName":"n","namespaceDesc":null,"quota":200,"configCount":0,"type":1},` +
			`{"namespace":"a","namespaceShowName":"n","namespaceDesc":null,"quota":200,"configCount":1,"type":1},` +
			`{"namespace":"b","namespaceShowName":"n","namespaceDesc":null,"quota":200,"configCount":0,"type":1}]}`},
		{"DELETE " + v3 + "?namespaceId=a", 200, apitest.JSON, done},
		{"POST " + v3 + "?namespaceId=a&namespaceName=n", 200, apitest.JSON, done},
		{"GET " + v3 + "?namespaceId=a", 200, apitest.JSON, detail("a", "1")},
	})
}

// What a real 3.0.3 answers to the older routes that it opens on demand, and what its console lets pass.
func TestNamespacesOfTheConsoleOf30(t *testing.T) {
	const text = "caused: Method parameter 'pageNo': Failed to convert value of type 'java.lang.String' to required type 'int'; " +
		`For input string: "x";caused: For input string: "x";`
	opened := func(b *behaviour.Behaviour) {
		apitest.On(behaviour.Line30)(b)
		b.API.OpensConsole = true
	}
	apitest.Play(t, []apitest.Exchange{
		{"GET /nacos/v1/cs/configs?search=blur&dataId=&group=&pageNo=x&pageSize=1", 400, "application/json;charset=UTF-8", text},
	}, opened)
	apitest.Story(t, func(h *apitest.Handler) {
		for _, x := range []struct{ request, want string }{
			{"POST /v3/console/core/namespace?customNamespaceId=e&namespaceName=", `{"code":0,"message":"success","data":true}`},
			{"PUT /v3/console/core/namespace?namespaceId=e&namespaceName=", `{"code":0,"message":"success","data":true}`},
			{"GET /v3/console/core/namespace/exist?customNamespaceId=public", `{"code":0,"message":"success","data":true}`},
			{"GET /v1/console/namespaces?checkNamespaceIdExist=true&customNamespaceId=public", "false"},
			{"GET /v1/console/namespaces", `{"code":200,"message":null,"data":[{"namespace":"public","namespaceShowName":"public","namespaceDesc":"Default Namespace",` +
				`"quota":200,"configCount":0,"type":0},{"namespace":"e","namespaceShowName":"","namespaceDesc":null,"quota":200,"configCount":0,"type":1}],"noRight":false}`},
			{"POST /v2/console/namespace?namespaceId=e&namespaceName=n", `{"code":22000,"message":"illegal namespace","data":"the namespaceId is existed, namespaceId: e"}`},
			{"POST /v3/console/core/namespace?customNamespaceId=e&namespaceName=n", `{"code":22002,"message":"namespace already exist","data":"namespaceId [e] already exist."}`},
		} {
			method, target, _ := strings.Cut(x.request, " ")
			if got := apitest.Send(h.Console(), method, target).Body.String(); got != x.want {
				t.Errorf("%s:\nexpected %s\nfound    %s", x.request, x.want, got)
			}
		}
	}, opened)
}

// A real server refuses names and descriptions that its storage has no room for.
func TestNamespacesAreAsLongAsTheStorageTakes(t *testing.T) {
	long := strings.Repeat("n", 129)
	const v1 = "/nacos/v1/console/namespaces"
	apitest.Play(t, []apitest.Exchange{
		{"POST " + v1 + "?customNamespaceId=a&namespaceName=" + long, 500, apitest.Text, "caused: Namespace creation failed;"},
		{"POST " + v1 + "?customNamespaceId=a&namespaceName=" + long[1:], 200, apitest.JSON, "true"},
		{"PUT " + v1 + "?namespace=a&namespaceShowName=" + long, 500, apitest.Text, "caused: Namespace update failed;"},
	}, apitest.On(behaviour.Line14))
	apitest.Play(t, []apitest.Exchange{
		{"POST " + v1 + "?customNamespaceId=a&namespaceName=n&namespaceDesc=" + long + long, 500, apitest.Text, "caused: errCode: 500, errMsg: Namespace creation failed ;"},
	}, apitest.On(behaviour.Line25))
	apitest.Play(t, []apitest.Exchange{
		{"POST " + admin + "/namespace?namespaceId=a&namespaceName=" + long, 500, apitest.JSON, `{"code":30000,"message":"server error","data":"errCode: 500, errMsg: Namespace creation failed "}`},
	})
}
