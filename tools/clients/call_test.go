package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// answering is a server that gives every request the same answer.
func answering(t *testing.T, status int, body string) *server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return &server{http: s.Listener.Addr().String()}
}

func TestSearchReadsThePagesOfAllLines(t *testing.T) {
	for _, test := range []struct{ body, found, wants string }{
		{`{"totalCount":1,"pageItems":[{"dataId":"c.yaml"}]}`, "c.yaml", ""},
		{`{"code":0,"data":{"totalCount":1,"pageItems":[{"dataId":"c.yaml"}]}}`, "c.yaml", ""},
		{`{"totalCount":0,"pageItems":[]}`, "", ""},
		{`gone`, "", `expected a page of configurations, got "gone"`},
	} {
		found, err := answering(t, http.StatusOK, test.body).search(t.Context(), "c.yaml")
		if strings.Join(found, " ") != test.found || !strings.HasPrefix(complaint(err), test.wants) || (err != nil) != (test.wants != "") {
			t.Errorf("%s: found %v, %v; expected %q, %q", test.body, found, err, test.found, test.wants)
		}
	}
}

func TestDigestsOfConfigurations(t *testing.T) {
	for _, test := range []struct {
		status       int
		digest, fail string
	}{
		{http.StatusOK, "900150983cd24fb0d6963f7d28e17f72", ""}, // that of abc in RFC 1321
		{http.StatusNotFound, "", ""},
		{http.StatusForbidden, "", "GET /v1/cs/configs: expected status 200, got 403: abc"},
	} {
		digest, err := answering(t, test.status, "abc").digest(t.Context(), "c.yaml")
		if err == nil && digest != test.digest || complaint(err) != test.fail {
			t.Errorf("status %d: %q, %v; expected %q, %q", test.status, digest, err, test.digest, test.fail)
		}
	}
}

// TestReadersAreAdmittedWhenTheyMayAsk: only an answer about the configuration proves that nothing refuses the reader.
func TestReadersAreAdmittedWhenTheyMayAsk(t *testing.T) {
	for status, admitted := range map[int]bool{http.StatusNotFound: true, http.StatusForbidden: false, http.StatusInternalServerError: false} {
		if got := answering(t, status, "").admitted(t.Context()); got != admitted {
			t.Errorf("status %d: admitted is %v", status, got)
		}
	}
}

func TestWhomKindsMeet(t *testing.T) {
	for _, k := range []kind{{plays: []string{"naming", refused}}, {plays: []string{"naming"}}} {
		if !k.meets(off) || k.meets(on) != (len(k.plays) == 2) {
			t.Errorf("one that plays %v meets servers without authentication: %v, with: %v", k.plays, k.meets(off), k.meets(on))
		}
	}
	m := meeting{kind: kind{private: []string{"2.5"}}, line: "2.5", auth: off}
	if m.namespace() != storyNamespace {
		t.Errorf("played in namespace %q, where the client needs one of its own", m.namespace())
	}
	if m.line = "3.0"; m.namespace() != "" {
		t.Errorf("played in namespace %q, expected the public one", m.namespace())
	}
}
