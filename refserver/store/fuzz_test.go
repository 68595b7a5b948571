package store

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzOpen damages a data file: it is refused with an error, or opened with all that can be read, and never takes the
// process with it.
func FuzzOpen(f *testing.F) {
	whole := dataFile(f, 20)
	for _, at := range []uint32{0, 8, 16, 64, pageSize, pageSize + 16, 2 * pageSize, 3*pageSize + 16, 4 * pageSize} {
		f.Add(at, []byte{0xff}, uint32(len(whole)))
		f.Add(at, []byte("\x00\x00\x00\x00\x00\x00\x00\x80"), uint32(len(whole)))
	}
	f.Add(uint32(0), []byte(nil), uint32(pageSize))
	f.Add(uint32(0), []byte("not a database"), uint32(14))
	f.Fuzz(func(t *testing.T, at uint32, patch []byte, length uint32) {
		content := append([]byte(nil), whole...)
		copy(content[int(at)%len(content):], patch)
		content = content[:min(int(length), len(content))]
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, File), content, 0o600))
		s, err := Open(dir, "2.x")
		if err != nil {
			if after := contentOf(t, filepath.Join(dir, File)); string(after) != string(content) {
				t.Errorf("the file was changed though it was refused: %v", err)
			}
			return
		}
		mustClose(t, s)
	})
}
