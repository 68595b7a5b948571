package configapi_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/configapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

const (
	configs  = "/nacos/v1/cs/configs"
	listener = configs + "/listener"
	md5OfV1  = "6654c734ccab8f440ff0825eb443dc7f"
)

// settled lets what was published be served.
func settled() { time.Sleep(150 * time.Millisecond); synctest.Wait() }

func put1(t *testing.T, h http.Handler, query string) {
	t.Helper()
	apitest.Expect(t, h, "POST "+configs+"?"+query, 200, apitest.JSONUTF8, "true")
}

func TestConfigErrorsOfLines(t *testing.T) {
	for name, want := range map[behaviour.Line][]struct {
		request string
		status  int
		kind    string
		body    string
	}{
		behaviour.Line14: {
			{"POST " + configs + "?group=E&content=x", 500, apitest.Text, "caused: Required request parameter 'dataId' for method parameter type String is not present;"},
			{"POST " + configs + "?dataId=a%2Fb&group=E&content=x", 500, apitest.Text, "caused: invalid dataId : a/b;"},
			{"POST " + configs + "?dataId=e&group=E&content=x&tenant=t%2Fu", 400, apitest.Text, "caused: invalid tenant;"},
			{"GET " + configs + "?search=accurate&dataId=&group=G&pageNo=0&pageSize=2", 500, apitest.Text, "caused: serialize page error, dataId=, group=G;caused: pageNo and pageSize must be greater than zero;"},
			{"GET /nacos/v1/cs/history?nid=abc&dataId=d&group=H", 500, apitest.Text, "caused: Failed to convert value of type 'java.lang.String' to required type 'java.lang.Long'; nested exception is java.lang.NumberFormatException: For input string: \"abc\";caused: For input string: \"abc\";"},
			{"DELETE " + configs + "?beta=true&dataId=d&group=G", 200, apitest.JSONUTF8, `{"code":200,"message":"stop beta ok","data":true}`},
		},
		behaviour.Line25: {
			{"POST " + configs + "?group=E&content=x", 500, apitest.Text, "caused: Required request parameter &#39;dataId&#39; for method parameter type String is not present;"},
			{"POST " + configs + "?dataId=a%2Fb&group=E&content=x", 400, apitest.JSONUTF8, "Param 'dataId' is illegal, illegal characters should not appear in the param.\r\n"},
			{"POST " + configs + "?dataId=e&group=E&content=", 400, apitest.Text, "caused: content is blank : ;"},
			{"GET " + configs + "?search=accurate&dataId=&group=G&pageNo=0&pageSize=2", 400, apitest.Text, "caused: serialize page error, dataId=, group=G;caused: pageNo and pageSize must be greater than zero;"},
			{"GET /nacos/v1/cs/history?nid=abc&dataId=d&group=H", 400, apitest.Text, "caused: Failed to convert value of type 'java.lang.String' to required type 'java.lang.Long'; nested exception is java.lang.NumberFormatException: For input string: \"abc\";caused: For input string: \"abc\";"},
			{"DELETE " + configs + "?beta=true&dataId=d&group=G", 200, apitest.JSONUTF8, `{"code":500,"message":"remove beta data error","data":false}`},
			{"GET " + configs + "?export=true", 500, apitest.Text, "caused: Cannot invoke &quot;java.util.List.removeAll(java.util.Collection)&quot; because &quot;ids&quot; is null;"},
		},
		behaviour.Line30: {
			{"POST " + configs + "?dataId=e&group=E&content=", 400, apitest.JSONUTF8, "caused: content is blank : ;"},
			{"POST " + configs + "?dataId=e&group=E&content=x&desc=" + strings.Repeat("d", 129), 400, apitest.JSONUTF8, "false"},
		},
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			for _, w := range want {
				apitest.Expect(t, h, w.request, w.status, w.kind, w.body)
			}
		}, apitest.On(name))
	}
}

func TestConfigIsReadWithWhatIsToldOfIt(t *testing.T) {
	for name, want := range map[behaviour.Line]struct{ kind, key string }{
		behaviour.Line14: {apitest.JSONUTF8, "absent"}, behaviour.Line25: {apitest.Text, ""}, behaviour.Line30: {apitest.Text, ""},
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			apitest.Expect(t, h, "GET "+configs+"?dataId=a&group=G", 404, apitest.JSONUTF8, "config data not exist\n")
			put1(t, h, "dataId=a&group=G&content=v1&type=json")
			settled()
			apitest.Expect(t, h, "GET "+configs+"?dataId=a&group=G", 200, want.kind, "v1")
			w := apitest.Send(h, http.MethodGet, configs+"?dataId=a&group=G")
			key := "absent"
			if values, told := w.Header()["Encrypted-Data-Key"]; told {
				key = values[0]
			}
			if got := w.Header()[md5Header]; len(got) != 1 || got[0] != md5OfV1 || w.Header().Get("Config-Type") != "json" || key != want.key {
				t.Errorf("%s: expected the md5 %s, type json and the key %q, found the headers %v", name, md5OfV1, want.key, w.Header())
			}
			apitest.Expect(t, h, "DELETE "+configs+"?dataId=a&group=G", 200, apitest.JSONUTF8, "true")
			settled()
			apitest.Expect(t, h, "GET "+configs+"?dataId=a&group=G", 404, apitest.JSONUTF8, "config data not exist\n")
		}, apitest.On(name))
	}
}

// md5Header is as real servers write it, which is not how Go does.
var md5Header = "Content-MD5"

// hold sends a long poll and gives its answer once there is one.
func hold(ctx context.Context, h http.Handler, entries string, header ...string) <-chan *httptest.ResponseRecorder {
	over := make(chan *httptest.ResponseRecorder, 1)
	go func() {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, listener, strings.NewReader(url.Values{"Listening-Configs": {entries}}.Encode()))
		r.RequestURI = listener
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		over <- w
	}()
	return over
}

func TestLongPollIsHeldAndWoken(t *testing.T) {
	const upToDate = "a\x02G\x02" + md5OfV1 + "\x01"
	apitest.Story(t, func(h *apitest.Handler) {
		put1(t, h, "dataId=a&group=G&content=v1")
		settled()
		for _, test := range []struct {
			timeout string
			want    time.Duration
		}{{"15000", 14500 * time.Millisecond}, {"1000", 10 * time.Second}, {"-1", 10 * time.Second}} {
			begin := time.Now()
			w := <-hold(context.Background(), h, upToDate, "Long-Pulling-Timeout", test.timeout)
			if took := time.Since(begin); took != test.want || w.Body.Len() != 0 || w.Header().Get("Pragma") != "" {
				t.Errorf("timeout %s: expected an empty answer after %v, found %q after %v", test.timeout, test.want, w.Body, took)
			}
		}
		woken := hold(context.Background(), h, upToDate, "Long-Pulling-Timeout", "30000")
		synctest.Wait()
		apitest.Expect(t, h, "GET "+listener+"?dataId=a&group=G", 200, apitest.JSONUTF8, `{"collectStatus":200,"lisentersGroupkeyStatus":{"192.0.2.1":"`+md5OfV1+`"}}`)
		begin := time.Now()
		put1(t, h, "dataId=a&group=G&content=v2")
		if w := <-woken; w.Body.String() != "a%02G%01\n" || time.Since(begin) > 100*time.Millisecond {
			t.Errorf("expected a%%02G%%01 within 100 ms of the change, found %q after %v", w.Body, time.Since(begin))
		}
		if w := <-hold(context.Background(), h, upToDate, "Long-Pulling-Timeout", "30000", "Long-Pulling-Timeout-No-Hangup", "true"); w.Body.String() != "a%02G%01\n" {
			t.Errorf("expected what differs at once, found %q", w.Body)
		}
		ctx, cancel := context.WithCancel(context.Background())
		gone := hold(ctx, h, "b\x02G\x02\x01", "Long-Pulling-Timeout", "30000")
		synctest.Wait()
		cancel()
		<-gone
		if n := h.Configs.Polls(); n != 0 {
			t.Errorf("expected no poll to be held once its client is gone, found %d", n)
		}
	})
}

func TestMalformedLongPolls(t *testing.T) {
	for _, test := range []struct {
		line    behaviour.Line
		entries string
		status  int
		body    string
	}{
		{behaviour.Line14, "abc\x01", 400, "caused: invalid probeModify;"},
		{behaviour.Line14, "d%zz\x02g\x02m\x01", 400, `caused: URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz";`},
		{behaviour.Line14, "d/x\x02g\x02m\x01", 200, "d%2Fx%02g%01\n"},
		{behaviour.Line25, "d\x02g\x01", 400, "caused: invalid probeModify;"},
		{behaviour.Line25, "d\x02g\x02m\x02t\x02z\x01", 500, `"message":"invalid probeModify"`},
		{behaviour.Line25, "d%02g%02m%01", 200, "d%02g%01\n"},
		{behaviour.Line25, "d\x02g\x02m\x02public\x01", 200, "d%02g%02public%01\n"},
		{behaviour.Line30, "d\x02g\x02m\x01", 200, "d%02g%01\n"},
		{behaviour.Line30, "abc\x01", 500, "Handle API Compatibility failed, please see log for detail."},
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			w := <-hold(context.Background(), h, test.entries, "Long-Pulling-Timeout", "10000")
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.body) {
				t.Errorf("%s %q: expected %d with %q, found %d with %q", test.line, test.entries, test.status, test.body, w.Code, w.Body)
			}
		}, apitest.On(test.line))
	}
}

// importing sends an archive.
func importing(t *testing.T, h http.Handler, policy string, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	_ = form.WriteField("policy", policy)
	part, err := form.CreateFormFile("file", "a.zip")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(data)
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, configs+"?import=true", &b)
	r.RequestURI = configs + "?import=true"
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.String()
}

func TestImportsAndTheirConflicts(t *testing.T) {
	for name, want := range map[behaviour.Line]struct{ abort, skip string }{
		behaviour.Line14: {
			`{"code":200,"message":"导入成功","data":{"skipData":[{"dataId":"last","group":"G9"}],"succCount":1,"skipCount":0,"failData":[{"dataId":"one.json","group":"G1"}]}}`,
			`{"code":200,"message":"导入成功","data":{"skipData":[{"dataId":"one.json","group":"G1"}],"succCount":1,"skipCount":1}}`,
		},
		behaviour.Line25: {
			`{"code":200,"message":"import success","data":{"succCount":3,"skipCount":0}}`,
			`{"code":200,"message":"import success","data":{"succCount":2,"skipCount":0}}`,
		},
	} {
		apitest.Story(t, func(h *apitest.Handler) {
			importing(t, h, "ABORT", configapi.Zipped(t, "G1/one.json", "{}", ".meta.yml", "G1.one~json.app=ap9\r\n"))
			row, known := h.Configs.Detail(config.Key{Group: "G1", DataID: "one.json"})
			if !known || row.App != "ap9" || row.Content != "{}" {
				t.Errorf("%s: expected {} of ap9 to be imported, found %+v", name, row)
			}
			if got := importing(t, h, "ABORT", configapi.Zipped(t, "G0/first", "f", "G1/one.json", "new", "G9/last", "l")); got != want.abort {
				t.Errorf("%s: expected %s, found %s", name, want.abort, got)
			}
			if got := importing(t, h, "SKIP", configapi.Zipped(t, "G1/one.json", "new", "G8/s", "s")); got != want.skip {
				t.Errorf("%s: expected %s, found %s", name, want.skip, got)
			}
			if row, _ := h.Configs.Detail(row.Key); row.Content != "{}" {
				t.Errorf("%s: expected what was there to stay, found %q", name, row.Content)
			}
			importing(t, h, "OVERWRITE", configapi.Zipped(t, "G1/one.json", "new"))
			if row, _ := h.Configs.Detail(row.Key); row.Content != "new" {
				t.Errorf("%s: expected it to be replaced, found %q", name, row.Content)
			}
			const empty = `{"code":100005,"message":"导入的文件数据为空","data":{"succCount":0}}`
			for what, data := range map[string][]byte{"no zip": []byte("hello"), "no entry": configapi.Zipped(t), "a deep entry": configapi.Zipped(t, "a/b/c", "x")} {
				if got := importing(t, h, "ABORT", data); got != empty {
					t.Errorf("%s, %s: expected %s, found %s", name, what, empty, got)
				}
			}
			bomb := configapi.Zipped(t, "G/bomb", strings.Repeat("0", configapi.MaxUnpacked), "G/more", "0")
			if got, want := importing(t, h, "ABORT", bomb), `{"code":100004,"message":"解析数据失败","data":{"succCount":0}}`; got != want {
				t.Errorf("%s, a bomb of %d bytes: expected %s, found %.200s", name, len(bomb), want, got)
			}
		}, apitest.On(name))
	}
}
