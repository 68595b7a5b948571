// Package golden keeps generated files current: a test compares what it made with the file in the repository, or
// writes the file when it is told to.
package golden

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// UpdateVariable is the environment variable that makes Check write instead of compare.
const UpdateVariable = "NACOS_TCK_UPDATE"

// Check fails the test when the file does not hold content. With NACOS_TCK_UPDATE=1 it writes the file.
func Check(t testing.TB, path string, content []byte) {
	t.Helper()
	if os.Getenv(UpdateVariable) == "1" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatalf("make the folder of %s: %v", path, err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatalf("write %s: %v", path, err)
		}
		return
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read %s: %v; make it with: make generate", path, err)
	}
	if string(have) != string(content) {
		t.Errorf("%s is not current; renew it with: make generate\n- is there, + the sources give:\n%s", path, cmp.Diff(string(have), string(content)))
	}
}
