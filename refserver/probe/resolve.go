package probe

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
)

// illegal matches what may stand in no URI.
var illegal = regexp.MustCompile("[\\x00-\\x20\"<>\\\\^`{|}\\x7f\\[\\]]|%([^0-9a-fA-F]|$)|%.([^0-9a-fA-F]|$)")

var scheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)

// resolve is the address to connect to and the target of the request line. Path is relative to the instance, so it may
// name another host.
func resolve(t Target) (host, target string, err error) {
	host, path := t.address(), t.Path
	path, _, _ = strings.Cut(path, "#")
	if s := scheme.FindString(path); s != "" {
		if !strings.EqualFold(s, "http:") {
			return "", "", fmt.Errorf("unknown protocol: %s", strings.ToLower(strings.TrimSuffix(s, ":")))
		}
		path = path[len(s):]
	}
	if rest, ok := strings.CutPrefix(path, "//"); ok {
		end := strings.IndexAny(rest, "/?")
		if end < 0 {
			end = len(rest)
		}
		if host, path = rest[:end], rest[end:]; host == "" {
			return "", "", fmt.Errorf("no host in %q", t.Path)
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(host, "80")
		}
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if at := illegal.FindString(path); at != "" {
		return "", "", fmt.Errorf("illegal character %q in path %q", at, t.Path)
	}
	return host, ascii(path), nil
}

// ascii writes the bytes of other characters as percent escapes.
func ascii(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if path[i] < 0x80 {
			b.WriteByte(path[i])
		} else {
			b.WriteString(url.QueryEscape(path[i : i+1]))
		}
	}
	return b.String()
}
