package grpcapi_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/wire"
)

// FuzzPublish publishes any content under any name. Each publication is answered; one that succeeds is stored as it was sent.
func FuzzPublish(f *testing.F) {
	f.Add(byte(0), "d", "g", "", "content", "", "", "", "text", "a,b")
	f.Add(byte(1), "d", "g", "public", " \x00\u2028\U0001f600", "", "", "", "nope", ",,,")
	f.Add(byte(2), "d", "g", "t", "c", "blue", "", "", "", "")
	f.Add(byte(0), "d", "g", "t", "c", "", "10.0.0.1,", "", "json", "")
	f.Add(byte(1), "a/b", " ", "a b", "", "a b", ",", "md5", "", "a,b,c,d,e,f")
	f.Add(byte(2), "d", "g", "\u00a0", "c", "\t", " ", "\n", " ", " ")
	f.Fuzz(func(t *testing.T, which byte, dataID, group, tenant, content, tag, beta, md5, kind, tags string) {
		w := start(t, as(linesWithGRPC[int(which)%len(linesWithGRPC)]))
		c := w.dial()
		c.setUp(`{"labels":{"source":"sdk","module":"config"}}`)
		for c.errorOf("HealthCheckRequest", "{}") != 0 { // no virtual time here: the set-up is on its way
			time.Sleep(time.Millisecond)
		}
		body, err := json.Marshal(map[string]any{
			"dataId": dataID, "group": group, "tenant": tenant, "content": content, "casMd5": md5,
			"additionMap": map[string]string{"tag": tag, "betaIps": beta, "type": kind, "config_tags": tags, "appName": tags},
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		x := c.Call(ctx, "ConfigPublishRequest", body, nil)
		var a answer
		if err := json.Unmarshal([]byte(x.Body), &a); x.Err != "" || err != nil {
			t.Fatalf("%s: %s %s %q", body, x.Code, x.Err, x.Body)
		}
		var sent struct{ DataID, Group, Tenant, Content string }
		if err := json.Unmarshal(body, &sent); err != nil {
			t.Fatal(err)
		}
		stored, grays := w.configs.Configs(nil), w.configs.Grays()
		if a.ResultCode != wire.CodeSuccess && len(stored)+len(grays) > 0 {
			t.Errorf("%s is refused with %s, and stored", body, x.Body)
		}
		for _, row := range stored {
			if row.DataID != sent.DataID || row.Group != sent.Group || row.Content != sent.Content {
				t.Errorf("%s is stored as %+v", body, row)
			}
		}
		for _, g := range grays {
			if g.DataID != sent.DataID || g.Group != sent.Group || g.Content != sent.Content {
				t.Errorf("%s is stored as %+v", body, g)
			}
		}
	})
}
