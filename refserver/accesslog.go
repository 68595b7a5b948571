package refserver

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// accessLog writes one line for each HTTP request that was answered, in the pattern that Nacos configures for Tomcat:
// %h %l %u %t "%r" %s %b %D %{User-Agent}i %{Request-Source}i.
type accessLog struct {
	// unit is the unit of %D.
	unit time.Duration

	mu  sync.Mutex
	out io.Writer
}

// clfTime is the time of the Common Log Format.
const clfTime = "02/Jan/2006:15:04:05 -0700"

func (a *accessLog) write(r *http.Request, end time.Time, took time.Duration, status, length int) error {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	size := "-"
	if length > 0 {
		size = fmt.Sprint(length)
	}
	line := fmt.Sprintf("%s - - [%s] \"%s %s %s\" %d %s %d %s %s\n",
		host, end.Format(clfTime), logged(r.Method), logged(r.RequestURI), r.Proto, status, size, took/a.unit,
		logged(r.UserAgent()), logged(r.Header.Get("Request-Source")))
	a.mu.Lock()
	defer a.mu.Unlock()
	_, err = io.WriteString(a.out, line)
	return err
}

// logged is what a client sent, so that it cannot write lines of its own; nothing is a dash.
func logged(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r > '~':
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return cmp.Or(b.String(), "-")
}
