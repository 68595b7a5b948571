package configapi

import (
	"archive/zip"
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// zipped is an archive with these names and texts.
func zipped(t testing.TB, entries ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		entry, err := w.Create(entries[i])
		if err == nil {
			_, err = entry.Write([]byte(entries[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func FuzzParsePoll(f *testing.F) {
	for _, seed := range []string{"d\x02g\x02m\x01", "d\x02g\x02m\x02t\x01", "d%02g%02m%01", "\x01", "\x02\x02\x02\x02", "a\x02b", "%", "a\x02b\x02c\x01d\x02e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		decoded, err := decodePoll(text)
		if err != nil {
			return
		}
		keys, err := parsePoll(decoded, func(name string) string { return name })
		if err != nil {
			return
		}
		seen := map[config.Key]bool{}
		for _, l := range keys {
			if seen[l.Key] || web.Blank(l.DataID) || web.Blank(l.Group) || strings.ContainsAny(l.DataID+l.Group+l.Namespace, pollWord+pollLine) {
				t.Errorf("%q gives the key %q", decoded, l.Key)
			}
			seen[l.Key] = true
		}
		again, err := url.QueryUnescape(encodeChanged(keys))
		if back, err2 := parseBack(again); err != nil || err2 != nil || back != len(keys) {
			t.Errorf("%d keys are answered as %q, which has %d (%v, %v)", len(keys), again, back, err, err2)
		}
	})
}

// parseBack counts the entries of an answer as clients read it.
func parseBack(answer string) (n int, err error) {
	for entry := range strings.SplitSeq(answer, pollLine) {
		switch words := strings.Split(entry, pollWord); {
		case entry == "":
		case len(words) != 2 && len(words) != 3:
			return n, errPoll
		default:
			n++
		}
	}
	return n, nil
}

func FuzzUnzip(f *testing.F) {
	f.Add([]byte("hello"))
	f.Add(zipped(f))
	f.Add(zipped(f, "G/d", "x", oldDescription, "G.d.app=a"))
	f.Add(zipped(f, "../d", "x", "/etc/passwd", "y", `..\d`, "z", "G/", "", "a/b/c", ""))
	f.Add(zipped(f, "G/d", "x", newDescription, "metadata:\n- {dataId: d, group: G, type: text}\n"))
	f.Add(zipped(f, newDescription, "a: &a [x]\nmetadata: [*a, *a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		content, err := unzip(data)
		if err != nil {
			return
		}
		items, _, err := content.publications()
		for _, p := range items {
			if err != nil || strings.Contains(p.Group+p.DataID, "/") {
				t.Errorf("the archive publishes %q (%v)", p.Key, err)
			}
		}
	})
}
