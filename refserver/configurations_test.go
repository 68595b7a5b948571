package refserver_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// configURL is where a line answers to readers of configurations, with the names that say which.
func configURL(server *refserver.Server, dataID string) string {
	if server.Behaviour().API.V3 {
		return server.URL() + "/v3/client/cs/config?dataId=" + dataID + "&groupName=DEFAULT_GROUP"
	}
	return server.URL() + "/v1/cs/configs?dataId=" + dataID + "&group=DEFAULT_GROUP"
}

// TestPutConfigIsServedAtOnce: on every line, without waiting for the time after which real servers serve what they stored.
func TestPutConfigIsServedAtOnce(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			t.Parallel()
			server := refserver.RunT(t, refserver.WithLine(line), refserver.WithClock(frozen))
			key := server.ConfigKey("app.yaml")
			put := config.Publication{Key: key, Content: "a: 1", Type: "yaml", Tags: new("x,y")}
			if err := server.PutConfig(put); err != nil {
				t.Fatal(err)
			}
			if status, body := ask(t, http.MethodGet, configURL(server, "app.yaml"), ""); status != http.StatusOK || !strings.Contains(body, "a: 1") {
				t.Errorf("expected the content, found %d %s", status, body)
			}
			beta := put
			beta.Content, beta.BetaIPs = "a: 2", "10.9.9.9"
			if err := server.PutConfig(beta); err != nil {
				t.Fatal(err)
			}
			all, grays := server.Configs(), server.GrayConfigs()
			if len(all) != 1 || all[0].Key != key || all[0].MD5 != config.MD5("a: 1") || all[0].Type != "yaml" || !slices.Equal(all[0].Tags, []string{"x", "y"}) {
				t.Errorf("expected what was put, found %+v", all)
			}
			if len(grays) != 1 || grays[0].Name != config.Beta || grays[0].Rule.Expr != "10.9.9.9" || grays[0].Content != "a: 2" {
				t.Errorf("expected the beta, found %+v", grays)
			}
			if err := server.RemoveConfig(key); err != nil {
				t.Fatal(err)
			}
			if status, body := ask(t, http.MethodGet, configURL(server, "app.yaml"), ""); status != http.StatusNotFound && !strings.Contains(body, `"code":20004,`) {
				t.Errorf("expected it to be not found once it was removed, found %d %s", status, body)
			}
			if left := server.Configs(); len(left) != 0 {
				t.Errorf("expected none to be left, found %+v", left)
			}
		})
	}
}

// frozen is a time that does not pass.
func frozen() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

func TestPutConfigRefusesWhatNoClientCanPublish(t *testing.T) {
	server := refserver.RunT(t)
	good := config.Publication{Key: server.ConfigKey("a"), Content: "x"}
	for says, break_ := range map[string]func(*config.Publication){
		"invalid dataId : a b":      func(p *config.Publication) { p.DataID = "a b" },
		"invalid group : ":          func(p *config.Publication) { p.Group = "" },
		"content is blank":          func(p *config.Publication) { p.Content = " " },
		"invalid tenant":            func(p *config.Publication) { p.Namespace = "a/b" },
		"too long tag, over 16":     func(p *config.Publication) { p.Tag = strings.Repeat("t", 17) },
		`found "yml"`:               func(p *config.Publication) { p.Type = "yml" },
		"at most 255 characters":    func(p *config.Publication) { p.DataID = strings.Repeat("d", 256) },
		"too much config_tags":      func(p *config.Publication) { p.Tags = new("1,2,3,4,5,6") },
		"invalid content, over 104": func(p *config.Publication) { p.Content = strings.Repeat("c", 10<<20+1) },
	} {
		p := good
		break_(&p)
		if err := server.PutConfig(p); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("expected a refusal with %q, found %v", says, err)
		}
	}
	if all := server.Configs(); len(all) != 0 {
		t.Errorf("expected nothing to be stored, found %+v", all)
	}
}

// TestConfigListeners: a long poll is seen while it is held, and ends with the change.
func TestConfigListeners(t *testing.T) {
	server := refserver.RunT(t)
	key := server.ConfigKey("app.yaml")
	if err := server.PutConfig(config.Publication{Key: key, Content: "1"}); err != nil {
		t.Fatal(err)
	}
	answered := make(chan string, 1)
	go func() {
		form := url.Values{"Listening-Configs": {"app.yaml\x02DEFAULT_GROUP\x02" + config.MD5("1") + "\x01"}}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL()+"/v1/cs/configs/listener", strings.NewReader(form.Encode()))
		if err != nil {
			answered <- err.Error()
			return
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Long-Pulling-Timeout", "30000")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			answered <- err.Error()
			return
		}
		answer.Body.Close()
		answered <- answer.Status
	}()
	deadline := time.Now().Add(10 * time.Second)
	for len(server.ConfigListeners()) == 0 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	expected := []config.Listening{{Key: key, IP: "127.0.0.1", MD5: config.MD5("1")}}
	if found := server.ConfigListeners(); !slices.Equal(found, expected) {
		t.Fatalf("expected %+v, found %+v", expected, found)
	}
	if err := server.PutConfig(config.Publication{Key: key, Content: "2"}); err != nil {
		t.Fatal(err)
	}
	if status := <-answered; status != "200 OK" {
		t.Errorf("expected the long poll to end with the change, found %s", status)
	}
	if found := server.ConfigListeners(); len(found) != 0 {
		t.Errorf("expected nobody to listen any more, found %+v", found)
	}
}

func TestPutNamespace(t *testing.T) {
	server := refserver.RunT(t)
	for _, name := range []string{"Development", "Dev"} {
		if err := server.PutNamespace(naming.Namespace{ID: "dev", Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if found := server.Namespaces(); len(found) != 1 || found[0] != (naming.Namespace{ID: "dev", Name: "Dev"}) {
		t.Errorf("expected the namespace with its last name, found %+v", found)
	}
	for says, n := range map[string]naming.Namespace{
		"namespaceId [a b] mismatch the pattern":    {ID: "a b", Name: "x"},
		"namespaceId [] mismatch the pattern":       {Name: "x"},
		"namespaceName [a@b] contains illegal char": {ID: "x", Name: "a@b"},
		"too long namespaceId, over 128":            {ID: strings.Repeat("x", 129), Name: "x"},
	} {
		if err := server.PutNamespace(n); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("expected a refusal with %q, found %v", says, err)
		}
	}
}
