package httpapi_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/authapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// treasure is in every content and name of a guarded server that strangers must not see.
const treasure = "treasure"

// guarded is a handler with what it guards.
type guarded struct {
	*httpapi.Handler
	registry *naming.Registry
	configs  *config.Center
	accounts *accounts.Directory
}

// newGuarded is a handler of a line with users: weak has no rights, reader may read one configuration, keeper the
// namespace ns.
func newGuarded(t *testing.T, line behaviour.Line, s accounts.Settings) *guarded {
	t.Helper()
	b, err := behaviour.ForLine(line)
	if err != nil {
		t.Fatal(err)
	}
	if s.Hardened {
		b.Auth = b.Auth.Hardened()
	}
	c := clock.New(nil)
	r := naming.New(b, c)
	configs := config.New(b.Config, config.DefaultSettings(), c)
	d, err := accounts.New(b.Auth, s, c)
	if err != nil {
		t.Fatal(err)
	}
	h := httpapi.New(httpapi.Options{Registry: r, Configs: configs, Accounts: d})
	t.Cleanup(func() { h.Close(); configs.Close(); r.Close(); c.Close() })
	for _, err := range []error{
		configs.Publish(config.Publication{Key: config.Key{Namespace: "ns", Group: "g", DataID: "d"}, Content: treasure}),
		d.PutRole("readers", "reader"), d.PutPermission(accounts.Permission{Role: "readers", Resource: "ns:g:config/d", Action: "r"}),
		d.PutRole("keepers", "keeper"), d.PutPermission(accounts.Permission{Role: "keepers", Resource: "other:*:*", Action: "rw"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	d.Refresh()
	c.Advance(time.Second) // what was published is visible
	return &guarded{h, r, configs, d}
}

var guardedSettings = accounts.Settings{
	Open: true, Admin: true, Console: true, Secret: "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=", IdentityKey: "serverIdentity", IdentityValue: "tck",
}

// tokenOf is a good token of a user, whether there is one or not, signed with another key where forged.
func tokenOf(t *testing.T, user string, key ...byte) string {
	t.Helper()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{Subject: user})
	delete(token.Header, "typ")
	if len(key) == 0 {
		key = []byte("ThisIsMyCustomSecretKey012345678")
	}
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// asked is a request to a port of a server, and its answer.
func (h *guarded) asked(console bool, method, path, query string, header ...string) *httptest.ResponseRecorder {
	face := httpapi.Faces(h.Handler)[0]
	if console {
		face = httpapi.Faces(h.Handler)[1]
	}
	r := httptest.NewRequest(method, face.ContextPath+path+"?"+query, nil)
	r.RequestURI = r.URL.RequestURI()
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	if console {
		h.Console().ServeHTTP(w, r)
	} else {
		h.ServeHTTP(w, r)
	}
	return w
}

// TestHardenedServersAnswerNobodyWithoutARight: every route of every line, under every method that it has, for callers who
// show nothing, a forged token, a token of nobody, and a user without rights.
func TestHardenedServersAnswerNobodyWithoutARight(t *testing.T) {
	settings := guardedSettings
	settings.Hardened = true
	strangers := map[string][]string{
		"nothing": nil, "forged token": {"Authorization", "Bearer " + tokenOf(t, "nacos", []byte("another key of thirty-two bytes.")...)},
		"token of nobody": {"Authorization", "Bearer " + tokenOf(t, "nobody")}, "user without rights": {"Authorization", "Bearer " + tokenOf(t, "weak")},
		"wrong identity": {"serverIdentity", "other"}, "garbage": {"accessToken", "garbage"},
	}
	everything := url.Values{
		"dataId": {"d"}, "group": {"g"}, "groupName": {"g"}, "tenant": {"ns"}, "namespaceId": {"ns"}, "content": {"stolen"}, "serviceName": {"s"},
		"ip": {"10.0.0.1"}, "port": {"80"}, "pageNo": {"1"}, "pageSize": {"10"}, "role": {"r"}, "resource": {"x"}, "action": {"rw"},
		"newPassword": {"stolen"}, "oldPassword": {"p"}, "search": {"accurate"}, "ids": {"1"}, "customNamespaceId": {"stolen"}, "namespaceName": {"stolen"},
	}
	for _, line := range behaviour.Lines() {
		h := newGuarded(t, line, settings)
		before := h.accounts.Users()
		for _, f := range httpapi.Faces(h.Handler) {
			for _, r := range f.Routes.All() {
				if authapi.ForStrangers(r.Path) {
					continue
				}
				methods := []string{r.Method}
				if r.Method == web.Every {
					methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}
				}
				if slices.Contains(methods, http.MethodGet) {
					methods = append(methods, http.MethodHead)
				}
				path := strings.ReplaceAll(r.Path, "/*", "/ns")
				for _, name := range slices.Sorted(maps.Keys(strangers)) {
					for _, method := range methods {
						for _, query := range []string{"", everything.Encode(), "username=weak&newPassword=stolen"} {
							w := h.asked(f.Console, method, path, query, strangers[name]...)
							refused := w.Code == http.StatusForbidden || w.Code == http.StatusGone
							own := strings.Contains(query, "username=weak") && name == "user without rights" && method == http.MethodPut && strings.Contains(path, "/auth")
							if unrouted := w.Code == http.StatusNotFound || w.Code == http.StatusNotImplemented; !refused && !unrouted && !own {
								t.Errorf("line %s: %s to %s %s?%s: expected a refusal, found %d %s", line, name, method, path, query, w.Code, w.Body)
							}
							if strings.Contains(w.Body.String(), treasure) {
								t.Errorf("line %s: %s to %s %s?%s: found %s", line, name, method, path, query, w.Body)
							}
						}
					}
				}
			}
		}
		if found := h.configs.Export(config.Export{Namespace: "ns"}); len(found) != 1 || found[0].Content != treasure || !slices.Equal(before, h.accounts.Users()) {
			t.Errorf("line %s: expected nothing to be written, found %v, %v", line, found, h.accounts.Users())
		}
		if n := len(h.registry.Services("ns")); n != 0 {
			t.Errorf("line %s: expected no service, found %d", line, n)
		}
	}
}

// TestHardenedServersKeepNamespacesApart: who has the rights of one namespace reaches into no other by naming it aside.
func TestHardenedServersKeepNamespacesApart(t *testing.T) {
	settings := guardedSettings
	settings.Hardened = true
	for _, line := range behaviour.Lines() {
		h := newGuarded(t, line, settings)
		keeper := []string{"Authorization", "Bearer " + tokenOf(t, "keeper")}
		for _, c := range []struct{ method, path, query string }{
			{http.MethodDelete, "/v1/cs/configs", "delType=ids&ids=1&tenant=other"},
			{http.MethodGet, "/v1/cs/configs", "export=true&ids=1&tenant=other"},
			{http.MethodGet, "/v1/cs/history", "nid=1&tenant=other&dataId=d&group=g"},
			{http.MethodPost, "/v1/cs/configs", "clone=true&tenant=other&namespaceId=other"},
			{http.MethodPost, "/v1/cs/configs/listener", "tenant=other&Listening-Configs=" + url.QueryEscape("d\x02g\x02\x02ns\x01")},
			{http.MethodPost, "/v1/cs/configs/listener", "tenant=other&Listening-Configs=nothing"},
			{http.MethodGet, "/v1/cs/configs", "dataId=d&group=g&tenant=ns"},
		} {
			if w := h.asked(false, c.method, c.path, c.query, keeper...); w.Code != http.StatusForbidden && w.Code != http.StatusGone {
				t.Errorf("line %s: %s %s?%s: expected a refusal, found %d %s", line, c.method, c.path, c.query, w.Code, w.Body)
			}
		}
		reader := []string{"Authorization", "Bearer " + tokenOf(t, "reader")}
		if w := h.asked(false, http.MethodGet, "/v1/cs/configs", "dataId=d&group=g&tenant=ns", reader...); w.Body.String() != treasure {
			t.Errorf("line %s: expected the reader to read, found %d %s", line, w.Code, w.Body)
		}
		if w := h.asked(false, http.MethodPost, "/v1/cs/configs/listener", "Listening-Configs="+url.QueryEscape("d\x02g\x02\x02ns\x01"), append(reader, "Long-Pulling-Timeout", "1000", "Long-Pulling-Timeout-No-Hangup", "true")...); w.Code != http.StatusOK {
			t.Errorf("line %s: expected the reader to listen, found %d %s", line, w.Code, w.Body)
		}
	}
}
