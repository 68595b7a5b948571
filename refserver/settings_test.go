package refserver_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// The texts are those of a real 3.0.3; a real 2.5.1 sends the status 5033.
func TestQuotasAreEnforcedOnDemand(t *testing.T) {
	for line, publish := range map[behaviour.Line]struct{ path, refusal string }{
		behaviour.Line25: {"/v2/cs/config", `"data":"Configuration limit exceeded [group=g, namespaceId=n]."`},
		behaviour.Line30: {"/v3/admin/cs/config", `"error":"Internal Server Error","message":"Configuration limit exceeded [group=g, namespaceId=n]."`},
	} {
		t.Run(string(line), func(t *testing.T) {
			settings := refserver.DefaultConfigSettings()
			settings.LimitCheck, settings.TenantQuota = true, 1
			s := refserver.RunT(t, refserver.WithLine(line), refserver.WithConfigSettings(settings))
			for i, want := range []string{`"data":true`, publish.refusal} {
				form := url.Values{"dataId": {string(rune('a' + i))}, "group": {"g"}, "groupName": {"g"}, "namespaceId": {"n"}, "content": {"x"}}
				answer, err := http.PostForm(s.URL()+publish.path, form)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(answer.Body)
				answer.Body.Close()
				if err != nil || !strings.Contains(string(body), want) {
					t.Errorf("configuration %d: expected an answer with %s, found %s (%v)", i+1, want, body, err)
				}
			}
		})
	}
}
