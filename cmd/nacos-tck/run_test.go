package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

// result is what a command did.
type result struct {
	code           int
	stdout, stderr string
}

func run(t *testing.T, args ...string) result {
	t.Helper()
	return runIn(t.Context(), t, args...)
}

func runIn(ctx context.Context, t *testing.T, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Run(ctx, args, strings.NewReader(""), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// check compares the exit code and looks for what diagnostics must say. The complaint itself is one line.
func (r result) check(t *testing.T, code int, says ...string) {
	t.Helper()
	t.Log(strings.TrimSpace(r.stderr))
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	for _, s := range says {
		if !strings.Contains(r.stderr, s) {
			t.Errorf("expected the diagnostics to say %q", s)
		}
	}
	if n := strings.Count(r.stderr, "nacos-tck: "); code != 0 && n != 1 {
		t.Errorf("expected one complaint, found %d", n)
	}
	if code == reports.ExitUsage && r.stdout != "" {
		t.Errorf("expected nothing on stdout, found %q", r.stdout)
	}
}

func writeFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWrongUse(t *testing.T) {
	file := writeFile(t, "")
	oldRun := filepath.Dir(writeFile(t, ""))
	if err := os.WriteFile(filepath.Join(oldRun, reports.LogFile), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		says string
	}{
		{"unknown", `unknown command "unknown"`},
		{"conformance --unknown", "unknown flag: --unknown"},
		{"conformance extra", `unknown command "extra"`},
		{"conformance --budget soon", `invalid argument "soon"`},
		{"conformance --budget -1s", "expected a time such as 60s, found -1s"},
		{"conformance --line 9.9", `expected a line that this version knows (1.4, 2.0, 2.5, 3.0), found "9.9"`},
		{"conformance --level should,could", `expected must, should or may, found "could"`},
		{"conformance --select nothing.like.this", `"nothing.like.this" matches no check`},
		{"conformance --label &&", `label expression "&&" is not valid: Operator '&&' missing left hand operand`},
		{"conformance --target ftp://x", "expected the scheme http, found ftp"},
		{"conformance --target http://", "expected a URL such as"},
		{"conformance --target http://h:70000", "expected a port from 1 to 65535"},
		{"conformance --target http://h:65000", "name it with --grpc"},
		{"conformance --target http://h --grpc h", "expected host:port"},
		{"conformance --target http://u:p@h", "name it with --user and --password"},
		{"conformance --target http://h --user u", "expected both a user and a password"},
		{"conformance --target http://h --process x{port}", "found both"},
		{"conformance --process server", "expected a command with {port}"},
		{"conformance --process x{port} --grpc h:1", "write {grpc-port} into --process"},
		{"conformance --grpc h:1", "--grpc: expected a server that it belongs to"},
		{"conformance --expectations " + file + ".none", "no such file"},
		{"conformance --expectations " + file, file + ":1: expected a list"},
		{"conformance --expectations " + writeFile(t, "known:\n- chekcs: [a]\n"), `:2: unknown field "chekcs"`},
		{"conformance --write-expectations " + file, "expected a file that does not exist"},
		{"conformance --write-expectations " + file + "/none/x", "expected a directory to write"},
		{"conformance --out " + oldRun, "expected a directory without an earlier run"},
		{"conformance --out " + file, "expected a directory, found the file"},
		{"serve --line 9.9", `found "9.9"`},
		{"serve --port 65000", "expected a port from 1 to 64534"},
		{"serve --console-port 1", "expected a line whose console has a port of its own"},
		{"serve --line 3.0 --console-port -2", "expected a port from 1 to 65535, 0 or -1"},
		{"serve --compat admin", "expected a line that closes older routes"},
		{"serve --line 3.0 --compat all", `expected client, admin or console, found "all"`},
		{"serve --log-level loud", `expected debug, info, warn, error or off, found "loud"`},
		{"serve --access-log " + oldRun, "expected a file that can be appended to"},
		{"serve --port 0 --data " + filepath.Join(oldRun, reports.LogFile), "--data: expected a directory to keep the state in"},
		{"serve --tls-only", "expected both files"},
		{"serve --tls-client-ca " + file, "expected both files"},
		{"serve --port x", `invalid argument "x" for "--port"`},
		{"serve extra", `unknown command "extra"`},
		{"serve --line 3.0 --port 20001 --console-port 21002", "expected a port beside those that --port 20001 takes (20001, 21001 and 21002), found 21002: choose another"},
		{"serve --line 3.0 --compat client,none", "or none alone; found client,none"},
		{"serve --access-log " + file + "/x", "not a directory: choose another, or -"},
		{"serve --port 0 --ready-file " + filepath.Join(oldRun, "none", "x"), "expected a file in a directory that can be written"},
		{"serve --tls-cert " + file + " --tls-key " + file, "expected a certificate in"},
		{"serve --ready-file " + oldRun, "expected a file that can be replaced"},
		{"list nothing", `unknown command "nothing"`},
		{"list checks --line 9.9", `found "9.9"`},
		{"report judge", "accepts 1 arg(s), received 0"},
		{"report judge " + file + ".none", "no such file"},
		{"report judge " + file, "found an empty file"},
		{"report judge " + writeFile(t, "hello\n"), "expected a JSON object"},
	} {
		t.Run(c.args, func(t *testing.T) {
			run(t, strings.Fields(c.args)...).check(t, reports.ExitUsage, c.says)
		})
	}
}

func TestExpectationThatMatchesNothing(t *testing.T) {
	known := writeFile(t, "known:\n  - checks: [naming.heartbeat.no-such-thing]\n    reason: x\n")
	run(t, "conformance", "--expectations", known).check(t, reports.ExitStale, known+":2:", "matches nothing")
}

func TestTargetsThatCannotBeTested(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.NotFoundHandler())
	defer site.Close()
	embedded, err := fixtures.StartEmbedded(fixtures.Embedding{Line: "2.5"})
	if err != nil {
		t.Fatal(err)
	}
	defer embedded.Close()
	closed := closedAddress(t)
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"unreachable":          {[]string{"--target", "http://" + closed}, "connection refused"},
		"no gRPC":              {[]string{"--target", embedded.Target().HTTP, "--grpc", closed}, "expected the gRPC port of the target at " + closed},
		"not a Nacos":          {[]string{"--target", site.URL}, "found something else"},
		"login not offered":    {[]string{"--target", embedded.Target().HTTP, "--user", "u", "--password", "p"}, "leave out --user"},
		"process ends at once": {[]string{"--process", "echo no config for {port}; exit 3"}, "no config for"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			run(t, append([]string{"conformance", "--out", out}, c.args...)...).check(t, reports.ExitTarget, c.says)
			for _, file := range []string{reports.LogFile, reports.JSONFile, reports.JUnitFile} {
				if _, err := os.Stat(filepath.Join(out, file)); err == nil {
					t.Errorf("%s was written although nothing was tested", file)
				}
			}
		})
	}
}

func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// trigger is a writer that acts once when it sees a text.
type trigger struct {
	mu   sync.Mutex
	seen bytes.Buffer
	text string
	act  func()
}

func (w *trigger) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen.Write(p)
	if w.act != nil && strings.Contains(w.seen.String(), w.text) {
		w.act()
		w.act = nil
	}
	return len(p), nil
}

// TestInterruptLeavesAValidReport stops a run in its middle, in the two ways that can happen.
func TestInterruptLeavesAValidReport(t *testing.T) {
	for name, c := range map[string]struct {
		code  int
		cause reports.Cause
	}{
		"Ctrl-C":               {reports.ExitInterrupted, reports.CauseInterrupted},
		"the target goes away": {reports.ExitTarget, reports.CauseTargetLost},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target, err := fixtures.StartEmbedded(fixtures.Embedding{Line: "2.5"})
			if err != nil {
				t.Fatal(err)
			}
			closing := sync.OnceValue(target.Close)
			defer closing()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			act := cancel
			if c.cause == reports.CauseTargetLost {
				act = func() { go closing() }
			}
			out := filepath.Join(t.TempDir(), "out")
			stderr := &trigger{text: "checks on", act: func() { time.AfterFunc(time.Second, act) }}
			var stdout bytes.Buffer
			code := Run(ctx, []string{"conformance", "--target", target.Target().HTTP, "--out", out}, nil, &stdout, stderr)
			if code != c.code {
				t.Errorf("exit code %d, want %d\n%s%s", code, c.code, &stdout, &stderr.seen)
			}
			var run reports.Run
			b, err := os.ReadFile(filepath.Join(out, reports.JSONFile))
			if err != nil || json.Unmarshal(b, &run) != nil || run.Stop == nil || run.Stop.Cause != c.cause {
				t.Errorf("expected a report that says %s, got %v, %.200s", c.cause, err, b)
			}
			if log, err := reports.ReadLog(filepath.Join(out, reports.LogFile)); err != nil || log.Stop == nil {
				t.Errorf("expected a whole log with its stop, got %v", err)
			}
		})
	}
}

func TestInterruptBeforeTheRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	runIn(ctx, t, "conformance", "--process", "sleep 60 # {port}", "--out", t.TempDir()).check(t, reports.ExitInterrupted, "before the run began")
}

// quick is a selection whose run takes little time.
const quick = "naming.heartbeat.interval-switch"

func TestRunKeepsItsRecords(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "deep", "out")
	first := run(t, "conformance", "--select", quick, "--out", out)
	first.check(t, reports.ExitExpected)
	for _, file := range []string{reports.LogFile, reports.JSONFile, reports.JUnitFile} {
		if info, err := os.Stat(filepath.Join(out, file)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
	log := filepath.Join(out, reports.LogFile)
	again := run(t, "report", "judge", log)
	again.check(t, reports.ExitExpected)
	if again.stdout != first.stdout {
		t.Errorf("judged again, the run reads differently:\n%s\nwas\n%s", again.stdout, first.stdout)
	}
	content, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	cut := run(t, "report", "judge", writeFile(t, string(content[:len(content)*2/3])))
	if cut.code != reports.ExitInterrupted || !strings.Contains(cut.stderr, "cut in the middle of this line") {
		t.Errorf("a cut log: exit code %d, %s", cut.code, cut.stderr)
	}
}

func TestReportThatCannotBePrinted(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	var stderr bytes.Buffer
	code := Run(t.Context(), []string{"conformance", "--select", quick}, nil, full, &stderr)
	result{code: code, stderr: stderr.String()}.check(t, reports.ExitDefect, "print the report", "no space left on device")
}

func TestExpectationsAreWrittenAndMet(t *testing.T) {
	t.Parallel()
	known := filepath.Join(t.TempDir(), "known.yaml")
	run(t, "conformance", "--select", quick, "--write-expectations", known).check(t, reports.ExitExpected)
	run(t, "conformance", "--select", quick, "--expectations", known, "--write-expectations", known).check(t, reports.ExitExpected)
}

func TestLists(t *testing.T) {
	for _, name := range []string{"requirements", "checks", "timelines", "mutants", "lines"} {
		t.Run(name, func(t *testing.T) {
			text := run(t, "list", name)
			text.check(t, reports.ExitExpected)
			encoded := run(t, "list", name, "--json")
			encoded.check(t, reports.ExitExpected)
			var entries []struct{ ID string }
			if err := json.Unmarshal([]byte(encoded.stdout), &entries); err != nil || len(entries) == 0 {
				t.Fatalf("%d entries, %v", len(entries), err)
			}
			if lines := strings.Count(text.stdout, "\n"); lines != len(entries) {
				t.Errorf("%d lines for %d entries", lines, len(entries))
			}
			for _, e := range entries {
				if e.ID == "" || !strings.Contains(text.stdout, e.ID) {
					t.Errorf("%q is in the JSON and not in the text", e.ID)
				}
			}
		})
	}
}

func TestServe(t *testing.T) {
	var stdout bytes.Buffer
	ready := filepath.Join(t.TempDir(), "ready")
	address, end := serve(t, ready, &stdout)
	if _, err := fixtures.Connect(t.Context(), fixtures.Address{URL: address["http"], GRPC: address["grpc"]}); err != nil {
		t.Errorf("the file appeared, yet: %v", err)
	}
	end()
	if !strings.Contains(stdout.String(), "curl -X POST 'http://"+address["http"]) {
		t.Errorf("stdout:\n%s", &stdout)
	}
	if _, err := os.Stat(ready); err == nil {
		t.Error("the ready file is left behind")
	}
}

func TestServeKeepsAnAccessLogAndTellsWhatItDoes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.log")
	if err := os.WriteFile(file, []byte("an earlier line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	ctx, cancel := context.WithCancel(t.Context())
	ready := filepath.Join(t.TempDir(), "ready")
	done := make(chan int)
	go func() {
		done <- Run(ctx, []string{"serve", "--port", "0", "--ready-file", ready, "--access-log", file, "--log-level", "info"}, nil, io.Discard, &stderr)
	}()
	for content := ""; content == ""; time.Sleep(time.Millisecond) {
		b, _ := os.ReadFile(ready)
		content = string(b)
	}
	cancel()
	if code := <-done; code != reports.ExitExpected {
		t.Errorf("exit code %d", code)
	}
	log, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(log); !strings.HasPrefix(text, "an earlier line\n") || !strings.Contains(text, `"GET /nacos/v1/console/server/state`) {
		t.Errorf("access log:\n%s", log)
	}
	if !strings.Contains(stderr.String(), `level=INFO msg="reference server started"`) {
		t.Errorf("stderr:\n%s", &stderr)
	}
}

// TestServeKeepsDurableState: a second server that starts on the directory has what the first was told.
func TestServeKeepsDurableState(t *testing.T) {
	dir := t.TempDir()
	instance := "/nacos/v1/ns/instance?serviceName=demo&ephemeral=false&ip=10.0.0.1&port=8080"
	for start := range 2 {
		var stdout bytes.Buffer
		address, end := serve(t, filepath.Join(t.TempDir(), "ready"), &stdout, "--data", dir)
		if start == 0 {
			answer, err := http.Post("http://"+address["http"]+instance, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
		}
		answer, err := http.Get("http://" + address["http"] + instance)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("start %d: the instance is not there: %s", start, answer.Status)
		}
		run(t, "serve", "--port", "0", "--data", dir).check(t, reports.ExitUsage, "--data", "in use by another process")
		end()
		if !strings.Contains(stdout.String(), "Durable state is kept in "+dir) {
			t.Errorf("stdout:\n%s", &stdout)
		}
	}
	run(t, "serve", "--port", "0", "--line", "1.4", "--data", dir).check(t, reports.ExitUsage, "--data", `lines of the model "2.x"`)
}

// serve runs the command serve on any ports. It returns what the ready file names, and what ends the server.
func serve(t *testing.T, ready string, stdout io.Writer, args ...string) (address map[string]string, end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int)
	go func() {
		done <- Run(ctx, append([]string{"serve", "--port", "0", "--ready-file", ready}, args...), nil, stdout, t.Output())
	}()
	var content string
	for content == "" {
		select {
		case code := <-done:
			t.Fatalf("the server ended with %d", code)
		case <-time.After(time.Millisecond):
			b, _ := os.ReadFile(ready)
			content = string(b)
		}
	}
	address = map[string]string{}
	for line := range strings.Lines(content) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		address[name] = value
	}
	return address, func() {
		cancel()
		if code := <-done; code != reports.ExitExpected {
			t.Errorf("exit code %d", code)
		}
	}
}

func TestServeWithAConsole(t *testing.T) {
	status := func(url string) int {
		r, err := http.Get("http://" + url)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.StatusCode
	}
	var stdout bytes.Buffer
	address, end := serve(t, filepath.Join(t.TempDir(), "ready"), &stdout, "--line", "3.0", "--compat", "admin")
	defer func() {
		end()
		for _, expected := range []string{"console http://" + address["console"], "/v3/client/ns/instance/list?serviceName=demo"} {
			if !strings.Contains(stdout.String(), expected) {
				t.Errorf("expected %q in\n%s", expected, &stdout)
			}
		}
	}()
	for url, expected := range map[string]int{
		address["console"] + "/v3/console/health/readiness":             200,
		address["http"] + "/nacos/v2/ns/client/list":                    200,
		address["http"] + "/nacos/v1/ns/instance/list?serviceName=none": 410,
	} {
		if found := status(url); found != expected {
			t.Errorf("%s: expected %d, found %d", url, expected, found)
		}
	}
	_, port, _ := net.SplitHostPort(address["console"])
	run(t, "serve", "--line", "3.0", "--port", "0", "--console-port", port).check(t, reports.ExitUsage, "--console-port", "choose another")
	other, endOther := serve(t, filepath.Join(t.TempDir(), "ready"), t.Output(), "--line", "3.0", "--console-port", "-1")
	if other["console"] != "" {
		t.Errorf("expected no console, found one at %s", other["console"])
	}
	endOther()
}

func TestServeOnATakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	run(t, "serve", "--port", port).check(t, reports.ExitUsage, "--port: expected three free ports", "could not open the HTTP port "+port, "address already in use", "choose another, or 0")
}

func TestHelpAndVersion(t *testing.T) {
	for _, args := range [][]string{nil, {"--help"}, {"conformance", "--help"}, {"serve", "--help"}, {"list"}, {"report"}, {"version"}, {"completion", "bash"}} {
		r := run(t, args...)
		r.check(t, reports.ExitExpected)
		if r.stdout == "" || r.stderr != "" {
			t.Errorf("%v: expected an answer on stdout alone", args)
		}
	}
}
