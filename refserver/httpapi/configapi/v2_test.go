package configapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestConfigsOverV2(t *testing.T) {
	const path = "/nacos/v2/cs/config"
	gone := `{"code":20004,"message":"resource not found","data":"config data not exist"}` + "\n"
	utf8 := apitest.JSON + ";charset=UTF-8"
	playConfigs(t, behaviour.Line25, []apitest.Exchange{
		{"GET " + path + "?dataId=a&group=G", 404, "", gone},
		{"GET " + path + "?dataId=a", 400, apitest.JSON, refused3("10000", "parameter missing", "Required request parameter 'group' for method parameter type String is not present")},
		{"GET " + path + "?dataId=&group=G", 400, apitest.JSON, refused3("20002", "parameter validate error", "invalid dataId : ")},
		{"POST " + path + "?dataId=a&group=G&content=", 400, apitest.JSON, apitest.Absent("content' type String")},
		{"POST " + path + "?dataId=a&group=G&content=pub&namespaceId=public", 200, apitest.JSON, true3},
		{served, 0, "", ""},
		{"GET " + path + "?dataId=a&group=G&namespaceId=public", 404, "", gone},
		{"GET " + path + "?dataId=a&group=G", 200, utf8, data3(`"pub"`)},
		{"GET " + path + "?dataId=a&group=G&tag=none", 404, "", gone},
		{"POST " + path + "?dataId=a&group=G&content=t&namespaceId=n", 200, apitest.JSON, true3},
		{served, 0, "", ""},
		{"GET " + path + "?dataId=a&group=G&tenant=n", 200, utf8, data3(`"t"`)},
		{"GET " + path + "/searchDetail?dataId=a*&group=&config_detail=*u*&search=blur&pageNo=1&pageSize=10", 200, apitest.JSON, `{"totalCount":1,"pageNumber":1,"pagesAvailable":1,"pageItems":[{"id":"992670960844800000","dataId":"a","group":"G","content":"pub","md5":null,"encryptedDataKey":"","tenant":"","appName":"","type":"text"}]}`},
		{"GET " + path + "/searchDetail?dataId=a&group=G&config_detail=pub&search=accurate&pageNo=1&pageSize=10", 200, apitest.JSON, `{"totalCount":1,"pageNumber":1,"pagesAvailable":1,"pageItems":[{"id":"992670960844800000","dataId":"a","group":"G","content":"pub","md5":null,"encryptedDataKey":null,"tenant":"","appName":"","type":"text"}]}`},
		{"GET " + path + "/searchDetail?dataId=&group=&config_detail=x", 400, apitest.JSON, refused3("10000", "parameter missing", "Required request parameter 'pageNo' for method parameter type int is not present")},
		{"GET " + path + "/searchDetail?dataId=&group=&config_detail=x&pageNo=0&pageSize=1", 503, apitest.JSON, refused3("30000", "server error", "errCode: 503, errMsg: server limit match. ")},
		{"DELETE " + path + "?dataId=a&group=G&namespaceId=public", 200, apitest.JSON, true3},
		{served, 0, "", ""},
		{"GET " + path + "?dataId=a&group=G", 404, "", gone},
		{"DELETE " + path + "?group=G", 400, apitest.JSON, refused3("10000", "parameter missing", "Required request parameter 'dataId' for method parameter type String is not present")},
		{"GET /nacos/v2/cs/history/configs?namespaceId=n", 200, apitest.JSON, data3(`[{"id":"0","dataId":"a","group":"G","content":null,"md5":null,"encryptedDataKey":null,"tenant":"n","appName":"","type":"text","lastModified":946684801000}]`)},
	})
}

func TestHeadersOverV2(t *testing.T) {
	apitest.Story(t, func(h *apitest.Handler) {
		const path = "/nacos/v2/cs/config?dataId=a&group=G"
		apitest.Send(h, "POST", path+"&content=a%3D1&type=json")
		apitest.Send(h, "POST", path+"&content=tagged&tag=b:c")
		apitest.Send(h, "POST", path+"&content=beta", "betaIps", "10.9.8.7")
		time.Sleep(time.Second)
		for _, x := range []struct {
			query, ip string
			want      map[string]string
		}{
			{"", "10.0.0.1", map[string]string{
				"Config-Type": "json", "Content-MD5": "3872c9ae3f427af0be0ead09d07ae2cf", "Pragma": "no-cache", "Cache-Control": "no-cache,no-store",
				"Expires": "Thu, 01 Jan 1970 00:00:00 GMT", "Last-Modified": "Sat, 01 Jan 2000 00:00:00 GMT", "Encrypted-Data-Key": "",
			}},
			{"&tag=b:c", "10.0.0.1", map[string]string{"tag": "b%3Ac", "Config-Type": "json"}},
			{"", "10.9.8.7", map[string]string{"isBeta": "true"}},
		} {
			w := apitest.Send(h, "GET", path+x.query, "X-Real-IP", x.ip)
			for name, want := range x.want {
				if got, told := w.Header()[name]; !told || strings.Join(got, " ") != want {
					t.Errorf("GET %s from %s tells %s: %q, want %q", x.query, x.ip, name, got, want)
				}
			}
		}
		if w := apitest.Send(h, "GET", path+"&tag=b:c"); len(w.Header()["Encrypted-Data-Key"]) > 0 {
			t.Error("a variant tells a key of encryption")
		}
		unlock := h.Configs.Lock(config.Key{Group: "G", DataID: "a"})
		apitest.Expect(t, h, "GET "+path, 409, "", `{"code":20005,"message":"resource conflict","data":"requested file is being modified, please try later."}`+"\n")
		unlock()
	})
}

func TestHistoryOverV2(t *testing.T) {
	const history = "/nacos/v2/cs/history"
	side := func(original, updated string) string {
		return `"appName":"","srcIp":"192.0.2.1","srcUser":null,` + original + `,` + updated + `,"createdTime":"2010-05-05T00:00:00.000+00:00","lastModifiedTime":"2000-01-01T00:00:00.000+00:00"}`
	}
	pair := func(nid, op string) string {
		return `{"id":` + nid + `,"lastId":-1,"dataId":"a","group":"G","tenant":"","opType":"` + op + `","publishType":"formal","grayName":"",`
	}
	const (
		v1, v2   = "6654c734ccab8f440ff0825eb443dc7f", "1b267619c4812cc46ee281747884ca50"
		ext      = `"{\"type\":\"text\"}"`
		nothing  = `"originalMd5":"","originalContent":"","originalEncryptedDataKey":"","originalExtInfo":""`
		original = `"originalMd5":"` + v1 + `","originalContent":"v1","originalEncryptedDataKey":"","originalExtInfo":` + ext
	)
	updated := func(md5, content, info string) string {
		return `"updatedMd5":"` + md5 + `","updatedContent":"` + content + `","updatedEncryptedDataKey":"","updateExtInfo":` + info
	}
	playConfigs(t, behaviour.Line25, []apitest.Exchange{
		{"POST /nacos/v2/cs/config?dataId=a&group=G&content=v1", 200, apitest.JSON, true3},
		{"POST /nacos/v2/cs/config?dataId=a&group=G&content=v2", 200, apitest.JSON, true3},
		{"GET " + history + "/detail?nid=1&dataId=a&group=G", 200, apitest.JSON, data3(pair("1", "I") + side(nothing, updated(v1, "v1", ext)))},
		// What is there still is told without what describes it.
		{"GET " + history + "/detail?nid=2&dataId=a&group=G", 200, apitest.JSON, data3(pair("2", "U") + side(original, updated(v2, "v2", "null")))},
		{"DELETE /nacos/v2/cs/config?dataId=a&group=G", 200, apitest.JSON, true3},
		{"GET " + history + "/detail?nid=2&dataId=a&group=G", 200, apitest.JSON, data3(pair("2", "U") + side(original, updated(v2, "v2", ext)))},
		{"GET " + history + "?nid=2&dataId=a&group=G", 200, apitest.JSON, data3(`{"id":"2","lastId":-1,"dataId":"a","group":"G","tenant":"","appName":"","md5":"` + v1 + `","content":"v1","srcIp":"192.0.2.1","srcUser":null,"opType":"U         ","publishType":"formal","grayName":"","extInfo":` + ext + `,"createdTime":"2010-05-05T00:00:00.000+00:00","lastModifiedTime":"2000-01-01T00:00:00.000+00:00","encryptedDataKey":""}`)},
		{"GET " + history + "?nid=2&dataId=a&group=H", 403, apitest.JSON, refused3("10001", "access denied", "Please check dataId, group or namespaceId.")},
		{"GET " + history + "?nid=9&dataId=a&group=G", 200, apitest.JSON, data3("null")},
		{"GET " + history + "/previous?id=9&dataId=a&group=G", 200, apitest.JSON, data3("null")},
		{"GET " + history + "/list?dataId=a&group=G&pageNo=0", 400, apitest.JSON, refused3("20002", "parameter validate error", "pageNo and pageSize must be greater than zero")},
	})
}
