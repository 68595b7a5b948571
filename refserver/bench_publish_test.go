package refserver_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/wire"
)

// memoryDir is a directory whose files are in memory, on machines that have it.
const memoryDir = "/dev/shm"

// BenchmarkPublish measures publications of 1 KiB through v1 each second, by 64 callers on a connection each, next to
// r-nacos on the same machine, in turns: of a server that keeps them on disk and answers when the disk has them, of one
// that keeps them in a file in memory, and of one that keeps nothing. R-nacos writes them to a file on disk and answers
// without waiting for the disk (0.8.5 never syncs, by strace), so that the second is its peer.
func BenchmarkPublish(b *testing.B) {
	var servers []rated
	for _, kept := range []struct{ name, dir string }{{"disk", b.TempDir()}, {"memory", inMemory(b)}, {"unkept", ""}} {
		server := startChild(b, reference, dataVariable+"="+kept.dir)
		servers = append(servers, rated{kept.name, server.http, server.grpc, server.cpu})
	}
	servers = append(servers, rival(b)...)
	content := strings.Repeat("0123456789abcdef", 63)
	measureRates(b, servers, func(s rated, _ int) func(i int) error {
		c := client(b, s.http)
		return func(i int) error {
			x := c.Do(b.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/cs/configs", Form: url.Values{
				"dataId": {"config-" + strconv.Itoa(i%1000)}, "group": {"G"}, "content": {fmt.Sprintf("%s%016d", content, i)},
			}})
			if x.Status != 200 || x.Body != "true" {
				return fmt.Errorf("%+v", x)
			}
			return nil
		}
	})
}

// inMemory is a directory of the benchmark in memory.
func inMemory(b *testing.B) string {
	b.Helper()
	dir := filepath.Join(memoryDir, "refserver-"+strconv.Itoa(os.Getpid()))
	if err := os.Mkdir(dir, 0o700); err != nil {
		b.Fatalf("expected a machine with files in memory: %v", err)
	}
	b.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			b.Error(err)
		}
	})
	return dir
}
