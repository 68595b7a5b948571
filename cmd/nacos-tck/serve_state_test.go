package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/reports"
)

// get reads what is at an address.
func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestServeSeedAndDump: what clients add to a seed is in the dump, from which the next server has it all; a directory that
// it starts over can be dumped as well.
func TestServeSeedAndDump(t *testing.T) {
	work, data := t.TempDir(), t.TempDir()
	dumps := []string{filepath.Join(work, "1.yaml"), filepath.Join(work, "2.yaml"), filepath.Join(work, "3.yaml")}
	const app, mine = "/nacos/v1/cs/configs?dataId=application.yaml&group=DEFAULT_GROUP", "/nacos/v1/cs/configs?dataId=mine&group=G"
	for i, args := range [][]string{
		{"--seed", "../../docs/seed/data.yaml", "--dump", dumps[0]},
		{"--seed", dumps[0], "--data", data, "--dump", dumps[1]},
		{"--data", data, "--dump", dumps[2]},
	} {
		address, end := serve(t, filepath.Join(t.TempDir(), "ready"), t.Output(), args...)
		if i == 0 {
			answer, err := http.Post("http://"+address["http"]+mine+"&content=a%0D%0Ab", "", nil)
			if err != nil || answer.StatusCode != http.StatusOK {
				t.Fatalf("publish: %v, %v", answer, err)
			}
			answer.Body.Close()
		} else if found := get(t, "http://"+address["http"]+mine); found != "a\r\nb" {
			t.Errorf("expected what was published, found %q", found)
		}
		if found := get(t, "http://"+address["http"]+app); !strings.HasPrefix(found, "server:\n") {
			t.Errorf("expected the configuration of the seed, found %q", found)
		}
		end()
	}
	var texts []string
	for _, dump := range dumps {
		text, err := os.ReadFile(dump)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] || texts[1] != texts[2] || strings.Contains(texts[0], "alices-password") {
		t.Errorf("expected the same dump of all, without passwords, found\n%s", strings.Join(texts, "\n"))
	}
	if info, err := os.Stat(dumps[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("expected a file for its owner alone, found %v, %v", info, err)
	}
	if left, err := os.ReadDir(work); err != nil || len(left) != len(dumps) {
		t.Errorf("expected nothing but the dumps, found %v, %v", left, err)
	}
}

// TestWrongStates: a seed that cannot be is refused with file and line, a dump that cannot be written before the server starts.
func TestWrongStates(t *testing.T) {
	seed := writeFile(t, "configs:\n  - dataId: a\n    content: x\n")
	dir := t.TempDir()
	for args, says := range map[string]string{
		"--seed " + seed + ".none": "expected a seed that can be read: open " + seed + ".none: no such file or directory: correct the name",
		"--seed " + dir:            "expected a seed that can be read: read " + dir + ": is a directory",
		"--seed " + writeFile(t, "configs:\n  - dataId: a\n    content: 5\n"):   "/file:3: configs[0].content: expected a text, found the number 5: put it in quotes",
		"--seed " + writeFile(t, "configs:\n  - dataId: a b\n    content: x\n"): `/file:2: configs[0]: expected what a client of this line can write, it is refused with "invalid dataId : a b": correct it`,
		"--seed " + writeFile(t, ""):                                            "/file:1: expected lists such as namespaces",
		"--dump " + dir:                                                         "--dump: expected a file that can be replaced, found the directory " + dir + ": choose another",
		"--dump " + filepath.Join(dir, "none", "x"):                             "--dump: expected a file in a directory that can be written",
		"--seed " + seed + " --dump " + seed:                                    "--dump: expected a file beside that of --seed, found the same",
	} {
		run(t, append([]string{"serve", "--port", "0"}, strings.Fields(args)...)...).check(t, reports.ExitUsage, says)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("expected nothing to be left, found %v, %v", left, err)
	}
}
