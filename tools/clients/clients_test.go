package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lister is a server that lists what it is told to.
func lister(t *testing.T, hosts string) *server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprintf(w, `{"name":"DEFAULT_GROUP@@s","hosts":[%s]}`, hosts)
			return
		}
		fmt.Fprint(w, "ok")
	}))
	t.Cleanup(s.Close)
	return &server{http: s.Listener.Addr().String()}
}

// ask is a piece of a shell script that asks the driver and ends with the reason when it gets another answer.
func ask(request string) string {
	return fmt.Sprintf(`echo %q; read a; case $a in done) ;; *) echo "$a" >&2; exit 1;; esac; `, request)
}

func TestStories(t *testing.T) {
	healthy := `{"ip":"10.0.0.1","port":80,"healthy":true},{"ip":"10.0.0.2","port":80,"healthy":false}`
	tests := []struct {
		name, script, hosts, wants string
	}{
		{"played to its end", ask("join") + "echo note seen; echo played naming; " + ask("leave") + ask("lists") + "echo played config", "", ""},
		{"only healthy instances count", ask("lists 10.0.0.1:80") + "exit 1", healthy, "the program gives no reason"},
		{"a list that stays different", ask("lists 10.0.0.2:80"), healthy, `expected the healthy instances to be "10.0.0.2:80" within 300ms, seen "10.0.0.1:80"`},
		{"a configuration that stays different", ask("holds"), "", `expected the MD5 of the configuration to be "" within 300ms, seen "`},
		{"a program that ends early", "echo played naming; " + ask("join"), "", "expected the program to play [naming config], it played [naming]"},
		{"a program that says nothing", "", "", "it played []"},
		{"a reason of its own", ask("join") + "echo the sky fell >&2; exit 3", "", "the sky fell (exit status 3)"},
		{"no such request", ask("dance"), "", `"dance" is no request`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := story{
				command: []string{"/bin/sh", "-c", test.script}, folder: t.TempDir(), service: "s", config: "c.yaml",
				instance: "10.0.0.1:80", neighbour: "10.0.0.2:80", deadline: 300 * time.Millisecond, server: lister(t, test.hosts),
			}
			played, err := s.play(t.Context())
			if err == nil {
				err = meeting{kind: kind{plays: []string{"naming", "config"}}, auth: off}.missed(played)
			}
			if complaint(err) != test.wants && (test.wants == "" || !strings.Contains(complaint(err), test.wants)) {
				t.Errorf("ended with %q, expected %q", complaint(err), test.wants)
			}
		})
	}
}

func TestWhatMustBePlayed(t *testing.T) {
	for _, test := range []struct {
		auth   string
		played []string
		wants  string
	}{
		{off, []string{"config", "naming"}, ""},
		{off, []string{"naming"}, "expected the program to play [naming config refused], it played [naming]: config is missing"},
		{on, []string{"naming", "config"}, "expected the program to play [naming config refused], it played [naming config]: refused is missing"},
		{on, []string{"naming", "config", refused}, ""},
	} {
		m := meeting{kind: kind{plays: []string{"naming", "config", refused}}, auth: test.auth}
		if got := complaint(m.missed(test.played)); got != test.wants {
			t.Errorf("auth %s, played %v: %q, expected %q", test.auth, test.played, got, test.wants)
		}
	}
}

func complaint(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestServersThatDoNotStart(t *testing.T) {
	_, err := startServer(t.Context(), server{line: "2.5", command: "false {port}", log: filepath.Join(t.TempDir(), "log")}, "")
	if !strings.Contains(complaint(err), "it ended before it was ready") {
		t.Errorf("ended with %q", complaint(err))
	}
}

func TestOptions(t *testing.T) {
	tests := []struct {
		args  string
		wants string
	}{
		{"-clients java,node-2.6.3 -lines 2.5", ""},
		{"-clients ruby", "expected some of java-1.4.8"},
		{"-server x", "expected -lines with the one line"},
		{"-server x -lines 2.5", ""},
		{"-server x -lines 2.5 -auth on", ""},
		{"-server x -lines 2.5 -auth on,off", "expected on or off"},
		{"-auth yes", "expected on or off"},
		{"-jobs 0", "-jobs from 1"},
		{"more", "expected flags only"},
	}
	for _, test := range tests {
		_, err := parseOptions(append([]string{"-work", t.TempDir()}, strings.Fields(test.args)...))
		if complaint(err) != test.wants && (test.wants == "" || !strings.Contains(complaint(err), test.wants)) {
			t.Errorf("%s: ended with %q, expected %q", test.args, complaint(err), test.wants)
		}
	}
}

func TestMissingProgramsAreNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var out strings.Builder
	code := run(t.Context(), []string{"-clients", "node", "-work", t.TempDir()}, &out)
	if code != exitDiffers || !strings.Contains(out.String(), "node-2.6.3 needs node, which is not installed") {
		t.Errorf("ended with %d and said %q", code, &out)
	}
}
