package configapi_test

import (
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/configapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

const (
	configs3 = "/nacos/v3/admin/cs"
	client3c = "/nacos/v3/client/cs/config"
	true3    = `{"code":0,"message":"success","data":true}`
)

// served waits until what was written is served.
const served = "wait"

// playConfigs plays a story about configurations on a line.
func playConfigs(t *testing.T, line behaviour.Line, play []apitest.Exchange) {
	t.Helper()
	apitest.Story(t, func(h *apitest.Handler) {
		for _, x := range play {
			if x.Request == served {
				time.Sleep(time.Second)
				continue
			}
			apitest.Expect(t, h, x.Request, x.Status, x.Kind, x.Body)
		}
	}, apitest.On(line))
}

func data3(data string) string { return `{"code":0,"message":"success","data":` + data + `}` }

func refused3(code, message, data string) string {
	return `{"code":` + code + `,"message":"` + message + `","data":"` + data + `"}`
}

func TestConfigsOverV3(t *testing.T) {
	one := "dataId=a&groupName=G"
	detail := `{"id":"992670960844800000","namespaceId":"public","groupName":"G","dataId":"a","md5":"3872c9ae3f427af0be0ead09d07ae2cf","type":"json","appName":"ap","createTime":946684800000,"modifyTime":946684800000,"content":"a=1","desc":"d","encryptedDataKey":"","createUser":"amy","createIp":"192.0.2.1","configTags":"t1,t2"}`
	playConfigs(t, behaviour.Line30, []apitest.Exchange{
		{"GET " + client3c + "?" + one, 200, apitest.JSON, `{"code":20004,"message":"resource not found","data":null}`},
		{"GET " + client3c + "?dataId=a&group=G", 400, apitest.Text, "caused: Required parameter 'groupName' type String is not present;"},
		{"POST " + client3c + "?" + one, 405, apitest.JSON, "*"},
		{"GET " + configs3 + "/config?" + one, 404, apitest.JSON, refused3("20004", "resource not found", "Config not exist, please publish Config first.")},
		{"POST " + configs3 + "/config?" + one, 400, apitest.JSON, apitest.Absent("content' type String")},
		{"POST " + configs3 + "/config?dataId=a&content=x", 400, apitest.JSON, apitest.Absent("groupName' type String")},
		{"POST " + configs3 + "/config?" + one + "&content=%20", 400, apitest.JSON, apitest.Absent("content' type String")},
		{"POST " + configs3 + "/config?" + one + "&content=x&tag=ttttttttttttttttt", 400, apitest.JSON, refused3("20002", "parameter validate error", "too long tag, over 16")},
		{"POST " + configs3 + "/config?" + one + "&content=x&configTags=a,b,c,d,e,f", 400, apitest.JSON, refused3("20002", "parameter validate error", "too much config_tags, over 5")},
		{"POST " + configs3 + "/config?dataId=a%2Fb&groupName=G&content=x", 400, "", "Param 'dataId' is illegal, illegal characters should not appear in the param.\r\n"},
		{"POST " + configs3 + "/config?" + one + "&content=a%3D1&type=json&appName=ap&desc=d&configTags=t1,t2&srcUser=amy", 200, apitest.JSON, true3},
		{"GET " + configs3 + "/config?" + one + "&namespaceId=public", 200, apitest.JSON, data3(detail)},
		{served, 0, "", ""},
		{"GET " + client3c + "?" + one, 200, apitest.JSON, data3(`{"resultCode":200,"errorCode":0,"message":null,"requestId":null,"content":"a=1","encryptedDataKey":"","contentType":"json","md5":"3872c9ae3f427af0be0ead09d07ae2cf","lastModified":946684800000,"tag":null,"beta":false,"success":true}`)},
		{"GET " + configs3 + "/config/list?dataId=a*&search=blur", 200, apitest.JSON, data3(`{"totalCount":1,"pageNumber":1,"pagesAvailable":1,"pageItems":[{"id":"992670960844800000","namespaceId":"public","groupName":"G","dataId":"a","md5":"3872c9ae3f427af0be0ead09d07ae2cf","type":"json","appName":"ap","createTime":0,"modifyTime":0}]}`)},
		{"GET " + configs3 + "/config/list?dataId=a*", 400, "", "Param 'dataId' is illegal, illegal characters should not appear in the param.\r\n"},
		{"GET " + configs3 + "/config/list?configTags=t2", 200, apitest.JSON, data3(`{"totalCount":1,"pageNumber":1,"pagesAvailable":1,"pageItems":[{"id":"992670960844800000","namespaceId":"public","groupName":"G","dataId":"a","md5":null,"type":"json","appName":"ap","createTime":0,"modifyTime":0}]}`)},
		{"GET " + configs3 + "/config/list?pageSize=0", 400, apitest.JSON, refused3("20002", "parameter validate error", "Required parameter 'pageSize' should be positive integer, current is 0")},
		{"GET " + configs3 + "/history/configs?namespaceId=public", 200, apitest.JSON, data3(`[{"id":"0","namespaceId":"public","groupName":"G","dataId":"a","md5":null,"type":"json","appName":"ap","createTime":0,"modifyTime":946684800000}]`)},
		{"DELETE " + configs3 + "/config?" + one + "&tag=blue", 500, apitest.JSON, `{"code":30000,"message":"Cannot invoke \"com.alibaba.nacos.config.server.model.ConfigInfoGrayWrapper.getId()\" because \"oldConfigAllInfo4Gray\" is null","data":null}`},
		{"DELETE " + configs3 + "/config/batch?ids=abc", 500, apitest.JSON, `{"code":30000,"message":"Method parameter 'ids': Failed to convert value of type 'java.lang.String' to required type 'java.util.List'; For input string: \"abc\"","data":null}`},
		{"DELETE " + configs3 + "/config/batch", 400, apitest.JSON, refused3("10000", "parameter missing", "Required request parameter 'ids' for method parameter type List is not present")},
		{"DELETE " + configs3 + "/config/batch?ids=", 200, apitest.JSON, true3},
		{"DELETE " + configs3 + "/config/batch?ids=992670960844800000,7", 200, apitest.JSON, true3},
		{"GET " + configs3 + "/config?" + one, 404, apitest.JSON, "*"},
		{"DELETE " + configs3 + "/config?" + one, 200, apitest.JSON, true3},
	})
}

func TestHistoryOverV3(t *testing.T) {
	row := func(nid, op, more string) string {
		return `{"id":"` + nid + `","namespaceId":"public","groupName":"G","dataId":"a","md5":null,"type":null,"appName":"","createTime":1273017600000,"modifyTime":946684800000,"srcIp":"192.0.2.1","srcUser":` + more + `,"opType":"` + op + `         ","publishType":"formal"}`
	}
	playConfigs(t, behaviour.Line30, []apitest.Exchange{
		{"POST " + configs3 + "/config?dataId=a&groupName=G&content=v1&srcUser=amy", 200, apitest.JSON, true3},
		{"POST " + configs3 + "/config?dataId=a&groupName=G&content=v2", 200, apitest.JSON, true3},
		{"GET " + configs3 + "/history/list?dataId=a&groupName=G&pageSize=501", 200, apitest.JSON, data3(`{"totalCount":2,"pageNumber":1,"pagesAvailable":1,"pageItems":[` + row("2", "U", "null") + `,` + row("1", "I", `"amy"`) + `]}`)},
		{"GET " + configs3 + "/history?nid=2&dataId=a&groupName=G", 200, apitest.JSON, data3(`{"id":"2","namespaceId":"public","groupName":"G","dataId":"a","md5":"6654c734ccab8f440ff0825eb443dc7f","type":null,"appName":"","createTime":1273017600000,"modifyTime":946684800000,"srcIp":"192.0.2.1","srcUser":null,"opType":"U         ","publishType":"formal","content":"v1","encryptedDataKey":"","grayName":"","extInfo":"{\"type\":\"text\",\"src_user\":\"amy\"}"}`)},
		{"GET " + configs3 + "/history?nid=2&dataId=a&groupName=H", 403, apitest.JSON, refused3("10001", "access denied", "Please check dataId, group or namespaceId.")},
		{"GET " + configs3 + "/history?nid=9&dataId=a&groupName=G", 400, apitest.JSON, refused3("20002", "parameter validate error", "Source must not be null")},
		{"GET " + configs3 + "/history?dataId=a&groupName=G", 400, apitest.JSON, refused3("10000", "parameter missing", "Required request parameter 'nid' for method parameter type Long is not present")},
		{"GET " + configs3 + "/history/previous?id=9&dataId=a&groupName=G", 400, apitest.JSON, refused3("20002", "parameter validate error", "Source must not be null")},
		// This route carries no gate, and takes the namespace as it is named.
		{"GET /nacos/v2/cs/history/detail?nid=2&dataId=a&group=G", 403, apitest.JSON, refused3("10001", "access denied", "Please check dataId, group or namespaceId.")},
	})
}

func TestOperationsOnConfigsOverV3(t *testing.T) {
	capacity := func(id, quota, size, who string) string {
		return data3(`{"id":"` + id + `","quota":` + quota + `,"usage":0,"maxSize":` + size + `,"maxAggrCount":10000,"maxAggrSize":1024,"gmtCreate":null,"gmtModified":null,` + who + `}`)
	}
	playConfigs(t, behaviour.Line30, []apitest.Exchange{
		{"GET " + configs3 + "/capacity", 400, apitest.JSON, refused3("10000", "parameter missing", "At least one of the parameters (groupName or namespaceId) must be provided")},
		{"GET " + configs3 + "/capacity?namespaceId=n", 200, apitest.JSON, capacity("1", "200", "102400", `"namespaceId":"n"`)},
		{"POST " + configs3 + "/capacity?namespaceId=n", 400, apitest.JSON, refused3("10000", "parameter missing", "The parameters quota, maxSize, maxAggrCount, maxAggrSize cannot be empty at the same time")},
		{"POST " + configs3 + "/capacity?namespaceId=n&quota=5&maxSize=2048", 200, apitest.JSON, true3},
		{"GET " + configs3 + "/capacity?namespaceId=n", 200, apitest.JSON, capacity("1", "5", "2048", `"namespaceId":"n"`)},
		{"GET " + configs3 + "/capacity?groupName=g", 200, apitest.JSON, capacity("1", "200", "102400", `"groupName":"g"`)},
		{"GET " + configs3 + "/config/listener?dataId=a&groupName=G", 200, apitest.JSON, data3(`{"queryType":"config","listenersStatus":{}}`)},
		{"GET " + configs3 + "/listener", 400, apitest.JSON, refused3("10000", "parameter missing", "Required request parameter 'ip' for method parameter type String is not present")},
		{"GET " + configs3 + "/metrics/ip?ip=1.1.1.1", 400, apitest.JSON, refused3("20002", "parameter validate error", "invalid dataId : null")},
		{"GET " + configs3 + "/metrics/ip?ip=1.1.1.1&dataId=a&groupName=G", 200, apitest.JSON, data3("{}")},
		{"POST " + configs3 + "/ops/localCache", 200, apitest.JSON, data3(`"Local cache updated from store successfully!"`)},
		{"PUT " + configs3 + "/ops/log?logName=a&logLevel=b", 200, apitest.JSON, data3(`"Log level updated successfully! Module: a, Log Level: b"`)},
		{"GET " + configs3 + "/ops/derby?sql=select+1", 200, apitest.JSON, "{\"code\":30000,\"message\":\"Derby ops is disabled, please set `nacos.config.derby.ops.enabled=true` to enabled this feature.\",\"data\":null}"},
		{"POST " + configs3 + "/ops/derby/import", 500, apitest.JSON, `{"code":30000,"message":"Current request is not a multipart request","data":null}`},
		{"PUT " + configs3 + "/config/metadata?dataId=a&groupName=G", 404, apitest.JSON, "*"},
	})
}

func TestVariantsOverV3(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		one := "/config?dataId=b&groupName=G"
		apitest.Expect(t, h, "POST "+configs3+one+"&content=formal&type=json", 200, apitest.JSON, true3)
		if w := apitest.Send(h, "POST", configs3+one+"&content=beta", "betaIps", "10.9.8.7"); w.Body.String() != true3 {
			t.Fatalf("publishing a beta: %s", w.Body)
		}
		beta := `{"id":"992670960844800002","namespaceId":"public","groupName":"G","dataId":"b","md5":"987bcab01b929eb2c07877b224215c92","type":%,"appName":"","createTime":0,"modifyTime":946684800000,"content":"beta","desc":null,"encryptedDataKey":null,"createUser":null,"createIp":null,"configTags":null,"grayName":"beta","grayRule":"{\"type\":\"beta\",\"version\":\"1.0.0\",\"expr\":\"10.9.8.7\",\"priority\":2147483647}"}`
		apitest.Expect(t, h, "GET "+configs3+"/config/beta?dataId=b&groupName=G", 200, apitest.JSON, data3(strings.Replace(beta, "%", "null", 1)))
		apitest.Expect(t, h.Console(), "GET /v3/console/cs/config/beta?dataId=b&groupName=G", 200, apitest.JSON, data3(strings.Replace(beta, "%", `"json"`, 1)))
		time.Sleep(time.Second)
		if w := apitest.Send(h, "GET", client3c+"?dataId=b&groupName=G", "X-Forwarded-For", "10.9.8.7, 10.0.0.1"); !strings.Contains(w.Body.String(), `"content":"beta","encryptedDataKey":null,`) {
			t.Errorf("the address of the beta reads %s", w.Body)
		}
		apitest.Expect(t, h, "DELETE "+configs3+"/config/beta?dataId=b&groupName=G", 200, apitest.JSON, true3)
		apitest.Expect(t, h, "DELETE "+configs3+"/config/beta?dataId=b&groupName=G", 200, apitest.JSON, `{"code":30000,"message":"remove beta data error","data":false}`)
		apitest.Expect(t, h.Console(), "DELETE /v3/console/cs/config/beta?dataId=b&groupName=G", 200, apitest.JSON, `{"code":500,"message":"Internal Server Error","data":false}`)
		apitest.Expect(t, h, "GET "+configs3+"/config/beta?dataId=b&groupName=G", 404, apitest.JSON, refused3("20004", "resource not found", "Config is not in beta."))
		apitest.Expect(t, h.Console(), "GET /v3/console/cs/config/beta?dataId=b&groupName=G", 200, apitest.JSON, data3("null"))
		apitest.Expect(t, h.Console(), "GET /v3/console/cs/config?dataId=no&groupName=G", 200, apitest.JSON, data3("null"))
		if w := apitest.Send(h, "POST", configs3+one+"&content=y", "casMd5", "zz"); w.Code != 500 || w.Body.String() != refused3("20005", "resource conflict", "Cas publish fail, server md5 may have changed.") {
			t.Errorf("publishing over another md5 answers %d %s", w.Code, w.Body)
		}
	}, apitest.On(behaviour.Line30))
}

// upload sends a file in a form.
func upload(h *apitest.Handler, target string, file []byte) *httptest.ResponseRecorder {
	var body strings.Builder
	w := multipart.NewWriter(&body)
	part, _ := w.CreateFormFile("file", "a.zip")
	_, _ = part.Write(file)
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body.String()))
	r.Header.Set("Content-Type", w.FormDataContentType())
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer
}

func TestImportsOverV3(t *testing.T) {
	const metadata, described = ".metadata.yml", "metadata:\n- appName: ap\n  dataId: t.yaml\n  desc: dd\n  group: G\n  type: yaml\n- appName: ''\n  dataId: absent\n  group: G\n  type: text\n"
	pack := func(entries ...string) []byte { return configapi.Zipped(t, entries...) }
	good := pack("G/t.yaml", "a: 1", "G/extra", "x", "../G/deep", "x", metadata, described)
	strange := `,"unrecognizedData":[{"itemName":"Item not found in metadata: G/extra"},{"itemName":"../G/deep"},{"itemName":"Item not found in file: G/absent"}]`
	apitest.Story(t, func(h *apitest.Handler) {
		if created, err := h.Registry.CreateNamespace(naming.Namespace{ID: "n", Name: "n"}); err != nil || !created {
			t.Fatal(err)
		}
		for _, x := range []struct {
			query string
			file  []byte
			want  string
		}{
			{"n", good, data3(`{"succCount":1,"unrecognizedCount":3,"skipCount":0` + strange + `}`)},
			{"n", good, data3(`{"succCount":0,"unrecognizedCount":3,"skipCount":0,"failData":[{"dataId":"t.yaml","group":"G"}]` + strange + `}`)},
			{"n&policy=SKIP", good, data3(`{"skipData":[{"dataId":"t.yaml","group":"G"}],"succCount":0,"unrecognizedCount":3,"skipCount":1` + strange + `}`)},
			{"n&policy=OVERWRITE", good, data3(`{"succCount":1,"unrecognizedCount":3,"skipCount":0` + strange + `}`)},
			{"other", good, `{"code":22001,"message":"namespace not exist","data":{"succCount":0}}`},
			{"", pack(metadata, "metadata: []\n"), `{"code":100002,"message":"Imported metadata is invalid","data":{"succCount":0}}`},
			{"", pack(metadata, described), `{"code":100005,"message":"Imported file data is empty","data":{"succCount":0}}`},
			{"", []byte("no archive"), `{"code":30000,"message":"Cannot invoke \"com.alibaba.nacos.config.server.utils.ZipUtils$ZipItem.getItemData()\" because \"metaDataItem\" is null","data":null}`},
		} {
			if got := upload(h, configs3+"/config/import?namespaceId="+x.query, x.file).Body.String(); got != x.want {
				t.Errorf("importing into %s answers\n%s, want\n%s", x.query, got, x.want)
			}
		}
		apitest.Expect(t, h, "POST "+configs3+"/config/import", 200, apitest.JSON, `{"code":100005,"message":"Imported file data is empty","data":{}}`)

		apitest.Expect(t, h, "GET "+configs3+"/config/export?namespaceId=n", 500, apitest.JSON, `{"code":30000,"message":"Cannot invoke \"java.util.List.removeAll(java.util.Collection)\" because \"ids\" is null","data":null}`)
		w := apitest.Send(h, "GET", configs3+"/config/export?namespaceId=n&ids=")
		if got, want := w.Header().Get("Content-Disposition"), "attachment;filename=nacos_config_export_20000101000000.zip"; got != want {
			t.Errorf("the export is called %q, want %q", got, want)
		}
		out, description, err := configapi.Unzipped(w.Body.Bytes())
		if err != nil || !slices.Equal(out, [][2]string{{"G/t.yaml", "a: 1"}}) ||
			description != "metadata:\n- appName: ap\n  dataId: t.yaml\n  desc: dd\n  group: G\n  type: yaml\n" {
			t.Errorf("exported %+v, %v", out, err)
		}
	}, apitest.On(behaviour.Line30))
}

func TestClonesOverV3(t *testing.T) {
	clone := func(h *apitest.Handler, query, body string) string {
		r := httptest.NewRequest(http.MethodPost, configs3+"/config/clone?"+query, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Body.String()
	}
	apitest.Story(t, func(h *apitest.Handler) {
		apitest.Expect(t, h, "POST "+configs3+"/config?dataId=a&groupName=G&content=x", 200, apitest.JSON, true3)
		const one = `[{"configId":"992670960844800000","targetDataId":"b","targetGroupName":" "},null]`
		for _, x := range []struct{ query, body, want string }{
			{"policy=ABORT", one, refused3("10000", "parameter missing", "Required request parameter 'namespaceId' for method parameter type String is not present")},
			{"namespaceId=public", `[]`, `{"code":100006,"message":"No configuration selected","data":{"succCount":0}}`},
			{"namespaceId=no", one, `{"code":22001,"message":"namespace not exist","data":{"succCount":0}}`},
			{"namespaceId=public", `[{"configId":7}]`, `{"code":100005,"message":"Imported file data is empty","data":{"succCount":0}}`},
			{"namespaceId=public", one, data3(`{"succCount":1,"skipCount":0}`)},
			{"namespaceId=public", one, data3(`{"succCount":0,"skipCount":0,"failData":[{"dataId":"b","group":"G"}]}`)},
		} {
			if got := clone(h, x.query, x.body); got != x.want {
				t.Errorf("cloning %s to %s answers\n%s, want\n%s", x.body, x.query, got, x.want)
			}
		}
	}, apitest.On(behaviour.Line30))
}

func TestConfigsOfTheConsole(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		console := h.Console()
		apitest.Expect(t, console, "POST /v3/console/cs/config?dataId=c&groupName=G&content=x", 200, apitest.JSON, true3)
		apitest.Expect(t, console, "GET /v3/console/cs/config/list?dataId=c&search=blur", 200, apitest.JSON, data3(`{"totalCount":1,"pageNumber":1,"pagesAvailable":1,"pageItems":[{"id":"992670960844800000","namespaceId":"public","groupName":"G","dataId":"c","md5":"9dd4e461268c8034f5c8564e155c67a6","type":"text","appName":"","createTime":0,"modifyTime":0}]}`))
		apitest.Expect(t, console, "GET /v3/console/cs/config/searchDetail?configDetail=y", 200, apitest.JSON, data3(`{"totalCount":0,"pageNumber":1,"pagesAvailable":0,"pageItems":[]}`))
		apitest.Expect(t, console, "GET /v3/console/cs/config/listener/ip?ip=1.1.1.1", 200, apitest.JSON, data3(`{"queryType":"ip","listenersStatus":{}}`))
		apitest.Expect(t, console, "DELETE /v3/console/cs/config/batchDelete?ids=992670960844800000", 200, apitest.JSON, true3)
		apitest.Expect(t, console, "GET /v3/console/cs/config?dataId=c&groupName=G", 200, apitest.JSON, data3("null"))
		apitest.Expect(t, h, "GET /nacos/v3/console/cs/config?dataId=c&groupName=G", 404, apitest.JSON, "*")
	}, apitest.On(behaviour.Line30))
}

func TestWhatClientsHave(t *testing.T) {
	ask := func(o *httpapi.Options) {
		o.ConfigMetrics = func(ip string, keys []wire.MetricsKey) []map[string]any {
			if ip != "1.1.1.1" || len(keys) != 2 || keys[0] != (wire.MetricsKey{Type: "cacheData", Key: "a+G+public"}) || keys[1].Type != "snapshotData" {
				t.Errorf("asked %s for %+v", ip, keys)
			}
			return []map[string]any{{"x": 1, "y": 1}, {"y": 2}}
		}
	}
	apitest.StoryWith(t, ask, func(h *apitest.Handler) {
		apitest.Expect(t, h, "GET "+configs3+"/metrics/cluster?ip=1.1.1.1&dataId=a&groupName=G", 200, apitest.JSON, data3(`{"x":1,"y":2}`))
	}, apitest.On(behaviour.Line30))
}
