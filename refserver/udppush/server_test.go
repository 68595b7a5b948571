package udppush

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

// site is a server and one client on a network in memory, in virtual time.
type site struct {
	*Server
	t       *testing.T
	network memnet.Network
	clock   *clock.Clock
	client  net.PacketConn
	began   time.Time
	// data is what pushes carry.
	data string
	// opened counts the sockets, broken makes the next ones fail.
	opened int
	broken error
}

var (
	serverAddress = netip.MustParseAddrPort("10.0.0.1:5000")
	clientAddress = netip.MustParseAddrPort("10.0.0.2:6000")
)

func bubble(t *testing.T, test func(s *site)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &site{t: t, clock: clock.New(nil), data: `{"hosts":[]}`, began: time.Now()}
		defer s.clock.Close()
		var err error
		if s.client, err = s.network.ListenPacket(clientAddress); err != nil {
			t.Fatal(err)
		}
		defer s.client.Close()
		b, err := behaviour.ForLine(behaviour.Line25)
		if err != nil {
			t.Fatal(err)
		}
		s.Server = New(Options{
			Behaviour: b.Datagrams, Clock: s.clock, Log: slog.New(slog.DiscardHandler),
			Encode: func(naming.Subscription, wire.ServiceInfo) []byte { return []byte(s.data) },
			Open: func() (net.PacketConn, error) {
				s.opened++
				if s.broken != nil {
					return nil, s.broken
				}
				return s.network.ListenPacket(serverAddress)
			},
		})
		defer s.Server.Close()
		test(s)
	})
}

// outcome is what a push came to.
type outcome struct {
	calls int
	err   error
}

// watch knows the outcome of a push.
type watch struct {
	mu sync.Mutex
	outcome
}

func (w *watch) now() outcome {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.outcome
}

func (s *site) push(sub naming.Subscriber) *watch {
	w := &watch{}
	s.Push(naming.Subscription{Subscriber: sub}, naming.NewPushedView(wire.ServiceInfo{}), func(err error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.calls, w.err = w.calls+1, err
	})
	return w
}

func (s *site) pushClient() *watch {
	return s.push(naming.Subscriber{IP: clientAddress.Addr().String(), Port: int(clientAddress.Port())})
}

// expect waits until at, counted from the start, and takes all datagrams that have come.
func (s *site) expect(at time.Duration, datagrams int) (payloads [][]byte) {
	s.t.Helper()
	time.Sleep(time.Until(s.began.Add(at)))
	synctest.Wait()
	buffer := make([]byte, maxDatagram)
	for {
		if err := s.client.SetReadDeadline(time.Now().Add(time.Nanosecond)); err != nil {
			s.t.Fatal(err)
		}
		n, from, err := s.client.ReadFrom(buffer)
		if err != nil {
			break
		}
		if from.String() != serverAddress.String() {
			s.t.Errorf("after %v: a datagram from %v", at, from)
		}
		payloads = append(payloads, bytes.Clone(buffer[:n]))
	}
	if len(payloads) != datagrams {
		s.t.Fatalf("after %v: expected %d datagrams, found %d: %s", at, datagrams, len(payloads), payloads)
	}
	return payloads
}

// answer sends a datagram to the server and waits until it was taken.
func (s *site) answer(from net.PacketConn, format string, args ...any) {
	s.t.Helper()
	if _, err := fmt.Fprintf(writer{from}, format, args...); err != nil {
		s.t.Fatal(err)
	}
	synctest.Wait()
}

type writer struct{ net.PacketConn }

func (w writer) Write(b []byte) (int, error) {
	return w.WriteTo(b, net.UDPAddrFromAddrPort(serverAddress))
}

// packet is the content of a datagram.
type packet struct {
	Type, Data  string
	LastRefTime int64
}

func (s *site) open(payload []byte) (p packet) {
	s.t.Helper()
	if err := json.Unmarshal(payload, &p); err != nil || p.Type != "dom" || p.LastRefTime == 0 {
		s.t.Fatalf("expected a packet, found %s: %v", payload, err)
	}
	return p
}

func TestAcknowledgedPushIsSentOnce(t *testing.T) {
	bubble(t, func(s *site) {
		if s.opened != 0 {
			t.Error("expected no socket before the first push")
		}
		time.Sleep(time.Second)
		first, second := s.pushClient(), s.pushClient()
		payloads := s.expect(time.Second, 2)
		p, q := s.open(payloads[0]), s.open(payloads[1])
		if p.Data != s.data || p.LastRefTime == q.LastRefTime {
			t.Errorf("expected packets of their own with %s, found %+v and %+v", s.data, p, q)
		}
		s.answer(s.client, `{"type":"push-ack","lastRefTime":"%d","data":""}`, p.LastRefTime)
		if first.now() != (outcome{calls: 1}) || second.now() != (outcome{}) {
			t.Errorf("expected the first push to be done, found %+v and %+v", first.now(), second.now())
		}
		s.answer(s.client, ` {"lastRefTime":%d, "other":{}} rest`, q.LastRefTime)
		s.answer(s.client, `{"lastRefTime":%d}`, q.LastRefTime)
		if second.now() != (outcome{calls: 1}) {
			t.Errorf("expected the second push to be done once, found %+v", second.now())
		}
		s.expect(time.Minute, 0)
		if s.opened != 1 {
			t.Errorf("expected one socket, found %d", s.opened)
		}
	})
}

func TestUnacknowledgedPushIsSentTwiceAndGivenUp(t *testing.T) {
	bubble(t, func(s *site) {
		o := s.pushClient()
		first := s.expect(9900*time.Millisecond, 1)
		second := s.expect(10*time.Second, 1)
		if !bytes.Equal(first[0], second[0]) {
			t.Errorf("expected the same bytes again, found %s and %s", first[0], second[0])
		}
		s.expect(19900*time.Millisecond, 0)
		if o.now().calls != 0 {
			t.Errorf("expected the push to be open, found %+v", o.now())
		}
		s.expect(time.Minute, 0)
		if o.now().calls != 1 || !errors.Is(o.now().err, naming.ErrGivenUp) {
			t.Errorf("expected the push to be given up once, found %+v", o.now())
		}
	})
}

func TestLateAcknowledgementCountsForTheSecondDatagram(t *testing.T) {
	bubble(t, func(s *site) {
		o := s.pushClient()
		p := s.open(s.expect(15*time.Second, 2)[1])
		s.answer(s.client, `{"lastRefTime":%d}`, p.LastRefTime)
		s.expect(time.Minute, 0)
		if o.now() != (outcome{calls: 1}) {
			t.Errorf("expected the push to be acknowledged, found %+v", o.now())
		}
	})
}

func TestAcknowledgementsOfOthersAndGarbageAreIgnored(t *testing.T) {
	bubble(t, func(s *site) {
		o := s.pushClient()
		p := s.open(s.expect(0, 1)[0])
		neighbour, err := s.network.ListenPacket(netip.AddrPortFrom(clientAddress.Addr(), clientAddress.Port()+1))
		if err != nil {
			t.Fatal(err)
		}
		defer neighbour.Close()
		s.answer(neighbour, `{"lastRefTime":%d}`, p.LastRefTime)
		for _, garbage := range []string{
			"", "\x00", "null", "[]", "garbage", "\x1f\x8b", `{"lastRefTime":`, `{"lastRefTime":{}}`, `{"lastRefTime":"x"}`,
			`{"lastreftime":%d}`, `{"type":{},"lastRefTime":%d}`, strings.Repeat("[", 60000),
		} {
			if strings.Contains(garbage, "%d") {
				garbage = fmt.Sprintf(garbage, p.LastRefTime)
			}
			s.answer(s.client, "%s", garbage)
		}
		if o.now().calls != 0 {
			t.Errorf("expected the push to be open, found %+v", o.now())
		}
		s.answer(s.client, `{"lastRefTime":%d}`, p.LastRefTime)
		if o.now() != (outcome{calls: 1}) {
			t.Errorf("expected the push to be acknowledged, found %+v", o.now())
		}
	})
}

func TestLongDatagramsAreCompressed(t *testing.T) {
	bubble(t, func(s *site) {
		s.pushClient()
		overhead := len(s.expect(0, 1)[0]) - len(s.data)
		for _, length := range []int{1023, 1024} {
			s.data = strings.Repeat("x", length-overhead+strings.Count(`{"hosts":[]}`, `"`)) // quotes are escaped
			s.pushClient()
			payload := s.expect(0, 1)[0]
			if compressed := bytes.HasPrefix(payload, []byte{0x1f, 0x8b}); compressed != (length == 1024) {
				t.Fatalf("%d bytes: compressed is %t", length, compressed)
			} else if compressed {
				r, err := gzip.NewReader(bytes.NewReader(payload))
				if err != nil {
					t.Fatal(err)
				}
				if payload, err = io.ReadAll(r); err != nil {
					t.Fatal(err)
				}
			}
			if p := s.open(payload); len(payload) != length || p.Data != s.data {
				t.Errorf("expected %d bytes, found %d: %s", length, len(payload), payload)
			}
		}
	})
}

func TestWhatCannotBeSentFails(t *testing.T) {
	bubble(t, func(s *site) {
		s.broken = errors.New("no sockets left")
		if o := s.pushClient(); o.now().calls != 1 || !errors.Is(o.now().err, s.broken) || errors.Is(o.now().err, naming.ErrGivenUp) {
			t.Errorf("expected the push to fail for now, found %+v", o.now())
		}
		s.broken = nil
		for _, nowhere := range []naming.Subscriber{{IP: "some.host", Port: 1}, {IP: "10.0.0.2", Port: 65536}} {
			if o := s.push(nowhere); o.now().calls != 0 {
				t.Errorf("%+v: expected no outcome, found %+v", nowhere, o.now())
			}
		}
		o := s.pushClient()
		s.expect(0, 1)
		s.Server.Close()
		s.expect(time.Minute, 0)
		if o.now().calls != 0 {
			t.Errorf("expected a closed server to forget its pushes, found %+v", o.now())
		}
		if o := s.pushClient(); !errors.Is(o.now().err, naming.ErrGivenUp) {
			t.Errorf("expected a closed server to give up, found %+v", o.now())
		}
	})
}
