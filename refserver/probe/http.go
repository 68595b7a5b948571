package probe

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Bounds of what an endpoint may answer.
const (
	maxBody = 4 << 20
	// maxAnswer is how long an answer may take that never pauses for longer than the time-out.
	maxAnswer = 10 * time.Second
	// maxRedirects is how many redirects are followed.
	maxRedirects = 50
)

// probeHTTP sends a GET and judges the status of its answer.
func (p *Prober) probeHTTP(ctx context.Context, t Target) Result {
	a, err := p.ask(ctx, t)
	if err != nil {
		return p.judgeError(err)
	}
	return p.judgeStatus(a, t)
}

// ask gets the answer of an endpoint, with the second thoughts that the line has.
func (p *Prober) ask(ctx context.Context, t Target) (answer, error) {
	seen := map[string]bool{}
	for {
		a, err := p.get(ctx, t)
		if again, wait := p.repeats(a, err); again {
			if err := sleep(ctx, wait); err != nil {
				return answer{}, err
			}
			a, err = p.get(ctx, t)
		}
		location := a.header.Get("Location")
		if err != nil || !p.b.FollowsRedirects || !a.redirects() || location == "" {
			return a, err
		}
		if t.Path = location; seen[location] || len(seen) == maxRedirects {
			return a, fmt.Errorf("circular redirect to %q", location)
		}
		seen[location] = true
	}
}

// repeats says whether to ask once more, and when.
func (p *Prober) repeats(a answer, err error) (again bool, wait time.Duration) {
	if !p.b.Repeats {
		return false, 0
	}
	if err != nil {
		return errors.Is(err, syscall.ECONNRESET), 0
	}
	return a.status == http.StatusServiceUnavailable || a.status == http.StatusTooManyRequests, a.retryAfter()
}

func (p *Prober) judgeError(err error) Result {
	var broken *connectError
	switch connects := errors.As(err, &broken); {
	case connects && (unreachable(err) || timedOut(err) && p.b.DeafAtOnce):
		return Result{Outcome: FailedAtOnce, Response: Longest, Reason: "http:unable2connect:" + err.Error()}
	case timedOut(err):
		return Result{Outcome: Failed, Response: Doubled, Reason: "http:timeout:" + err.Error()}
	}
	return Result{Outcome: Failed, Response: Longest, Reason: "http:error:" + err.Error()}
}

func (p *Prober) judgeStatus(a answer, t Target) Result {
	expected := http.StatusOK
	if p.b.ObeysExpectedCode {
		expected = t.ExpectedCode
	}
	result := Result{Outcome: FailedAtOnce, Response: Longest, Reason: "http:" + strconv.Itoa(a.status)}
	switch {
	case a.status == expected:
		result.Outcome, result.Response = Passed, Measured
	case a.redirects() && !p.b.FollowsRedirects, a.bodyless(), a.status == http.StatusResetContent && p.b.ResetContentCounts:
		// The library of the real server fails on these before anybody looks at the status.
		result.Outcome = Failed
	case p.b.BusyCounts && (a.status == http.StatusServiceUnavailable || a.status == http.StatusFound):
		result.Outcome, result.Response = Failed, Doubled
	}
	return result
}

// answer is the head of what an endpoint answered.
type answer struct {
	status int
	header http.Header
}

// bodyless says whether an answer of this status has no body, be it an empty one.
func (a answer) bodyless() bool {
	return a.status == http.StatusNoContent || a.status == http.StatusNotModified
}

// redirects says whether the answer sends the client elsewhere. A 302 does so only by naming where.
func (a answer) redirects() bool {
	switch a.status {
	case http.StatusMovedPermanently, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	case http.StatusFound:
		return a.header.Get("Location") != ""
	}
	return false
}

// retryAfter is when the endpoint wants to be asked again: in a second when it does not say.
func (a answer) retryAfter() time.Duration {
	if seconds, err := strconv.Atoi(a.header.Get("Retry-After")); err == nil && seconds > 0 {
		return min(time.Duration(seconds)*time.Second, maxAnswer)
	}
	return time.Second
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// connectError is a failure to reach the endpoint, as opposed to one to talk to it.
type connectError struct{ error }

func (e *connectError) Unwrap() error { return e.error }

// get sends the request on the connection of an earlier probe, when that still lives, else on a new one.
func (p *Prober) get(ctx context.Context, t Target) (answer, error) {
	host, request, err := p.request(t)
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, maxAnswer)
	defer cancel()
	if conn, ok := p.idle.take(host); ok {
		if a, err := p.exchange(ctx, conn, host, request); !stale(err) {
			return a, err
		}
	}
	connecting, connected := context.WithTimeout(ctx, p.b.Timeout)
	defer connected()
	conn, err := p.dial(connecting, "tcp", host)
	if err != nil {
		return answer{}, &connectError{err}
	}
	return p.exchange(ctx, conn, host, request)
}

// stale says whether a kept connection had ended before it was used again.
func stale(err error) bool {
	return err != nil && !timedOut(err)
}

// exchange sends the request and reads the whole answer.
func (p *Prober) exchange(ctx context.Context, conn net.Conn, host string, request []byte) (answer, error) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	r := patient{conn, p.b.AnswerTimeout}
	if err := r.write(request); err != nil {
		conn.Close()
		return answer{}, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(r), nil)
	if err != nil {
		conn.Close()
		return answer{}, err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(resp.Body, maxBody+1))
	if err == nil && n > maxBody {
		err = fmt.Errorf("the body is longer than %d bytes", maxBody)
	}
	if err != nil || resp.Close || !resp.ProtoAtLeast(1, 1) {
		conn.Close()
	} else {
		p.idle.give(host, conn)
	}
	return answer{resp.StatusCode, resp.Header}, err
}

// patient reads from a connection and writes to it; each read and write may take up to the time-out.
type patient struct {
	conn    net.Conn
	timeout time.Duration
}

func (r patient) Read(b []byte) (int, error) {
	_ = r.conn.SetReadDeadline(time.Now().Add(r.timeout)) // what is wrong with a connection, reading tells
	return r.conn.Read(b)
}

func (r patient) write(b []byte) error {
	_ = r.conn.SetWriteDeadline(time.Now().Add(r.timeout)) // and writing too
	_, err := r.conn.Write(b)
	return err
}

// request is the bytes of the request, and host:port to send them to.
func (p *Prober) request(t Target) (host string, request []byte, err error) {
	host, target, err := resolve(t)
	if err != nil {
		return "", nil, err
	}
	h := headers{{"Accept-Charset", "UTF-8"}, {"Content-Type", "application/json;charset=UTF-8"}}
	if p.b.AcceptsGzip {
		h.add("Accept-Encoding", "gzip")
	}
	h.parse(t.Headers)
	slices.SortStableFunc(h, func(a, b field) int {
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	h.add("Host", host)
	h.add("Connection", p.b.ConnectionHeader)
	h.add("User-Agent", "VIPServer")
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\n", target)
	for _, f := range h {
		fmt.Fprintf(&b, "%s: %s\r\n", f.name, f.value)
	}
	b.WriteString("\r\n")
	return host, b.Bytes(), nil
}

// headers are the headers of a request, at most one of a name whatever its case.
type headers []field

type field struct{ name, value string }

// parse reads k:v pairs separated by |, which outweigh the headers that are there; what is no pair is left out.
func (h *headers) parse(text string) {
	for pair := range strings.SplitSeq(text, "|") {
		name, value, ok := strings.Cut(pair, ":")
		if !ok || value == "" || strings.Contains(value, ":") {
			continue
		}
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if name == "" {
			continue
		}
		if i := h.index(name); i >= 0 {
			(*h)[i].value = value
		} else {
			*h = append(*h, field{name, value})
		}
	}
}

// add sets a header unless it is there.
func (h *headers) add(name, value string) {
	if h.index(name) < 0 {
		*h = append(*h, field{name, value})
	}
}

func (h headers) index(name string) int {
	return slices.IndexFunc(h, func(f field) bool { return strings.EqualFold(f.name, name) })
}
