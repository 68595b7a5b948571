package store

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// TestOlderFormatsAreBroughtUp: a file of the first format, which that version wrote, keeps what it has and takes what it
// had no place for.
func TestOlderFormatsAreBroughtUp(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, File), unpacked(t, "testdata/format-1.db.gz"), 0o600))
	key := naming.ServiceKey{Namespace: "public", Group: "DEFAULT_GROUP", Name: "orders"}
	metadata := naming.NoMetadata()
	metadata.ProtectThreshold = 0.5
	expected := []durable.Change{
		naming.NamespacePut{Namespace: naming.Namespace{ID: "n2", Name: "two", Description: new("two")}},
		naming.ServicePut{Service: key, Metadata: metadata},
		naming.PersistentPut{Service: key, IP: "10.0.0.1", Port: 80, Instances: []naming.Instance{{
			ID: "x", IP: "10.0.0.1", Port: 80, Weight: 2, Healthy: true, Enabled: true, Cluster: "DEFAULT", Metadata: map[string]string{"k": "v"},
		}}},
	}
	for range 2 { // the second time it has the present format
		s := mustOpen(t, dir)
		expectLoaded(t, s, expected)
		mustClose(t, s)
	}
	later := []durable.Change{
		config.Put{Config: config.Config{Key: config.Key{DataID: "d"}, ID: 1}}, accounts.UserPut{User: accounts.User{Name: "u"}},
	}
	s := mustOpen(t, dir)
	defer mustClose(t, s)
	propose(t, s, later...)
	expectLoaded(t, s, append(expected, later...))
}

func unpacked(t *testing.T, path string) []byte {
	t.Helper()
	packed, err := os.Open(path)
	must(t, err)
	defer packed.Close()
	reader, err := gzip.NewReader(packed)
	must(t, err)
	content, err := io.ReadAll(reader)
	must(t, err)
	return content
}
