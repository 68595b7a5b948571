package configapi

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/config"
)

func TestMetadataOfExports(t *testing.T) {
	const want = "metadata:\n- appName: ap1\n  dataId: one.json\n  desc: de\n  group: G1\n  type: json\n- appName: ''\n  dataId: two\n  group: '1'\n  type: text\n"
	rows := []config.Config{
		{Key: config.Key{Group: "G1", DataID: "one.json"}, App: "ap1", Type: "json", Desc: new("de")},
		{Key: config.Key{Group: "1", DataID: "two"}, Type: "text"},
	}
	if got := metadataText(rows); got != want {
		t.Errorf("expected\n%s\nfound\n%s", want, got)
	}
	if got, want := metaText(rows), "G1.one~json.app=ap1\r\n"; got != want {
		t.Errorf("expected %q, found %q", want, got)
	}
}
