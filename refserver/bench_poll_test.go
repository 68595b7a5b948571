package refserver_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/wire"
)

// poller holds long polls, one after another on one connection, and costs little, as a receiver does.
type poller struct {
	address string
	conn    net.Conn
	in      *bufio.Reader
}

func newPoller(b *testing.B, address string) *poller {
	b.Helper()
	p := &poller{address: address}
	check(b, p.connect())
	b.Cleanup(func() { p.conn.Close() })
	return p
}

func (p *poller) connect() (err error) {
	if p.conn, err = net.Dial("tcp", p.address); err == nil {
		p.in = bufio.NewReader(p.conn)
	}
	return err
}

// ask sends a long poll about the configuration "wanted", of which the client has the content.
func (p *poller) ask(content string) error {
	md5 := ""
	if content != "" {
		md5 = config.MD5(content)
	}
	form := "Listening-Configs=" + url.QueryEscape("wanted\x02G\x02"+md5+"\x01")
	_, err := fmt.Fprintf(p.conn, "POST /nacos/v1/cs/configs/listener HTTP/1.1\r\nHost: %s\r\nLong-Pulling-Timeout: 60000\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", p.address, len(form), form)
	return err
}

// hear waits for the answer and tells when it came. A server may end a connection after many answers.
func (p *poller) hear() (at time.Time, err error) {
	answer, err := http.ReadResponse(p.in, nil)
	if err != nil {
		return at, err
	}
	at = time.Now()
	body, err := io.ReadAll(answer.Body)
	switch {
	case err != nil:
		return at, err
	case answer.StatusCode != http.StatusOK || !bytes.HasPrefix(body, []byte("wanted")):
		return at, fmt.Errorf("expected the name of what changed, found %d and %q", answer.StatusCode, body)
	case answer.Close:
		p.conn.Close()
		return at, p.connect()
	}
	return at, nil
}

// BenchmarkConfigPolls measures, in milliseconds, from a publication until the last of 1,000 long polls has the answer;
// the tick of dumping, up to 100 ms, is part of it.
func BenchmarkConfigPolls(b *testing.B) {
	const size = 1_000
	server := startChild(b, reference)
	publisher := connect(b, server.grpc, wire.TCP)
	var pollers []*poller
	for range size {
		pollers = append(pollers, newPoller(b, server.http))
	}
	content := ""
	var last []float64
	var spent usage
	for round := 0; b.Loop(); round++ {
		for _, p := range pollers {
			check(b, p.ask(content))
		}
		server.awaitPolls(size)
		heard := make(chan time.Time, size)
		failed := make(chan error, size)
		for _, p := range pollers {
			go func() {
				at, err := p.hear()
				if err != nil {
					failed <- err
					return
				}
				heard <- at
			}()
		}
		content = strconv.Itoa(round)
		before, sent := server.usage(false), time.Now()
		publishConfig(b, publisher, "wanted", content)
		latest := sent
		for range size {
			select {
			case at := <-heard:
				if at.After(latest) {
					latest = at
				}
			case err := <-failed:
				b.Fatal(err)
			}
		}
		after := server.usage(false)
		last = append(last, float64(latest.Sub(sent).Milliseconds()))
		spent.cpu, spent.allocs = spent.cpu+after.cpu-before.cpu, spent.allocs+after.allocs-before.allocs
	}
	reportLast(b, last, spent, size)
}

// reportLast reports when the last of so many heard of a change, in milliseconds, and what the server spent on each.
func reportLast(b *testing.B, last []float64, spent usage, size int) {
	b.Helper()
	slices.Sort(last)
	told := float64(len(last) * size)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(last[len(last)/2], "ms-p50")
	b.ReportMetric(spent.cpu/told, "ns-CPU/told")
	b.ReportMetric(spent.allocs/told, "allocs/told")
	reportAtMost(b, last[len(last)*99/100], 300, "ms-p99")
}

// BenchmarkPollMemory compares the memory of 10,000 long polls that wait with that of requests that wait in a bare handler.
func BenchmarkPollMemory(b *testing.B) {
	const size = 10_000
	memory := map[string]float64{}
	for b.Loop() {
		for _, kind := range []string{reference, bareHTTP} {
			server := startChild(b, kind, answersVariable+"={}")
			if kind == reference {
				publishConfig(b, connect(b, server.grpc, wire.TCP), "wanted", "a")
				server.awaitConfig("wanted")
			}
			before := server.usage(true)
			var pollers []*poller
			for range size {
				p := newPoller(b, server.http)
				check(b, p.ask("a"))
				pollers = append(pollers, p)
			}
			server.awaitPolls(size)
			memory[kind] = (server.usage(true).memory - before.memory) / size
			for _, p := range pollers {
				p.conn.Close()
			}
			check(b, server.stop())
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(memory[reference], "B/poll")
	b.ReportMetric(memory[bareHTTP], "B/bare")
	reportAtMost(b, memory[reference]-memory[bareHTTP], 8<<10, "B-beyond-bare")
}

// awaitPolls waits until the server holds so many long polls.
func (c *child) awaitPolls(size int) {
	c.b.Helper()
	metrics := client(c.b, c.http)
	for {
		x := metrics.Do(c.b.Context(), wire.HTTPRequest{Method: "GET", Path: "/actuator/prometheus"})
		_, rest, _ := strings.Cut(x.Body, pollMetric)
		number, _, _ := strings.Cut(rest, "\n")
		waiting, err := strconv.ParseFloat(number, 64)
		if err != nil {
			c.b.Fatalf("expected the number of long polls behind %s, found %d and %q", pollMetric, x.Status, number)
		}
		if int(waiting) >= size {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// pollMetric is what the number of long polls that wait follows.
const pollMetric = `nacos_monitor{module="config",name="longPolling"} `
