package configapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/configapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

// importRoutes are those that take archives, on the lines that have them.
var importRoutes = []struct {
	line   behaviour.Line
	target string
}{
	{behaviour.Line14, "/nacos/v1/cs/configs?import=true"}, {behaviour.Line20, "/nacos/v1/cs/configs?import=true"},
	{behaviour.Line25, "/nacos/v1/cs/configs?import=true"}, {behaviour.Line30, "/nacos/v3/admin/cs/config/import"},
}

// FuzzImport sends any bytes as an archive. Every configuration that is there afterwards has a name and a content that a
// client may read, and the answer does not tell of fewer than came.
func FuzzImport(f *testing.F) {
	for n, seed := range [][]byte{
		[]byte("hello"), configapi.Zipped(f), configapi.Zipped(f, "G/d", "x", ".meta.yml", "G.d.app=a"), configapi.Zipped(f, "../d", "x", "/etc/passwd", "y", `..\d`, "z", "G/", "", "a/b/c", ""),
		configapi.Zipped(f, "G/d", "x", ".metadata.yml", "metadata:\n- {dataId: d, group: G, type: text}\n"), configapi.Zipped(f, ".metadata.yml", "a: &a [x]\nmetadata: [*a, *a]\n"),
		configapi.Zipped(f, "G/d", "x", "G/d", "y", "G/ ", "z", " /d", "z", "G/\xff", "z", "G/e", ""), configapi.Zipped(f, "G/d", "x")[:40],
	} {
		for policy := range byte(4) {
			f.Add(byte(n), policy, seed)
		}
	}
	f.Fuzz(func(t *testing.T, which, policy byte, archive []byte) {
		route := importRoutes[int(which)%len(importRoutes)]
		h := apitest.New(t, apitest.On(route.line))
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		_ = form.WriteField("policy", []string{"ABORT", "SKIP", "OVERWRITE", ""}[policy%4])
		part, err := form.CreateFormFile("file", "a.zip")
		if err == nil {
			_, err = part.Write(archive)
		}
		if err != nil || form.Close() != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, route.target, &body)
		r.Header.Set("Content-Type", form.FormDataContentType())
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var told struct{ Data struct{ SuccCount int } }
		if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil && w.Code == http.StatusOK {
			t.Fatalf("expected JSON, found %.200q", w.Body)
		}
		stored := h.Configs.Configs(nil)
		for _, row := range stored {
			if strings.ContainsAny(row.Group+row.DataID, "/") || row.DataID == "" || row.Group == "" {
				t.Errorf("the archive published %q", row.Key)
			}
			if err := h.Configs.CheckContent(&row.Content); err != nil && h.Configs.Behaviour().ChecksImports {
				t.Errorf("the archive published %q with a content that nobody may publish: %v", row.Key, err)
			}
		}
		if w.Code == http.StatusOK && told.Data.SuccCount < len(stored) {
			t.Errorf("%d configurations came, and the answer tells of %d: %.300s", len(stored), told.Data.SuccCount, w.Body)
		}
	})
}

// FuzzPoll sends any bytes as what a client listens to. A poll that is held ends with the client.
func FuzzPoll(f *testing.F) {
	const word, end = "%02", "%01"
	for n, seed := range []string{
		"", "Listening-Configs=d" + word + "g" + word + "m" + end, "Listening-Configs=d" + word + "g" + word + "m" + word + "t" + end, "Listening-Configs=" + end,
		"Listening-Configs=d%2502g%2502m%2501", "Listening-Configs=d" + word + "g", "Listening-Configs=" + word + word + word + end, "Listening-Configs=%",
		"Listening-Configs=d" + word + "g" + word + end + "d" + word + "g" + word + "m" + end, "Listening-Configs=%25",
	} {
		f.Add(byte(n), "30000", seed)
		f.Add(byte(n), "x", seed)
	}
	var faces []*apitest.Handler
	for _, name := range []behaviour.Line{behaviour.Line14, behaviour.Line20, behaviour.Line25} {
		h := apitest.New(f, apitest.On(name))
		faces = append(faces, h)
	}
	f.Fuzz(func(t *testing.T, which byte, timeout, body string) {
		h := faces[int(which)%len(faces)]
		r := httptest.NewRequest(http.MethodPost, listener, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header["Long-Pulling-Timeout"] = []string{timeout}
		if which&0x80 != 0 {
			r.Header.Set("Long-Pulling-Timeout-No-Hangup", "true")
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel() // who is held is let go at once
		apitest.Answerable(t, h, r.WithContext(gone))
		if waiting := h.Configs.Polls(); waiting != 0 {
			t.Errorf("%d long polls are held for nobody", waiting)
		}
	})
}
