package web

import (
	"net/http"
	"regexp"
	"strings"
)

// maxHeaders is how many headers a request has at most. Source: Tomcat maxHeaderCount; measured 1.4.8, 2.5.1, 3.0.3.
const maxHeaders = 100

// refusedByConnector is the status of requests that the web server takes for none of the framework's business, or 0.
func (c *Call) refusedByConnector() int {
	switch {
	case c.Method == http.MethodConnect:
		return http.StatusNotImplemented
	case !legalTarget(c.RequestURI), aboveRoot(c.URI), headerCount(c.Request) > maxHeaders:
		return http.StatusBadRequest
	}
	return 0
}

// headerCount is how many headers came with a request; net/http keeps that of the host elsewhere, and that of chunks.
func headerCount(r *http.Request) int {
	n := 1 + len(r.TransferEncoding)
	for _, values := range r.Header {
		n += len(values)
	}
	return n
}

// aboveRoot says whether a path leaves the server.
func aboveRoot(path string) bool {
	depth := 0
	for segment := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		switch segment {
		case "..":
			if depth--; depth < 0 {
				return true
			}
		case ".", "":
		default:
			depth++
		}
	}
	return false
}

// legalTarget says whether the target of a request line has only characters that the web server takes.
func legalTarget(target string) bool {
	path, query, _ := strings.Cut(target, "?")
	return !(strings.Contains(path, "%") && badSlash.MatchString(path)) &&
		!strings.ContainsFunc(path, illegal) && !strings.ContainsFunc(query, illegalInQuery)
}

// illegal says whether the web server takes a character nowhere in a target, illegalInQuery whether not in a query.
func illegal(r rune) bool {
	switch r {
	case '"', '#', '<', '>', '\\', '^', '`', '{', '|', '}':
		return true
	}
	return r <= ' ' || r >= 0x7F
}

func illegalInQuery(r rune) bool { return r == '[' || r == ']' || illegal(r) }

// badSlash are encoded characters that the web server takes nowhere in a path.
var badSlash = regexp.MustCompile(`(?i)%(2f|5c|00)`)
