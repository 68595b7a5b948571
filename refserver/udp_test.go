package refserver_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// udpClient is a socket that pushes can be sent to, with its port.
func udpClient(t *testing.T) (net.PacketConn, string) {
	t.Helper()
	conn, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn, strconv.Itoa(conn.LocalAddr().(*net.UDPAddr).Port)
}

// TestPushOverUDP lets a client of 1.x learn of a change on every line, over real sockets.
func TestPushOverUDP(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			s := refserver.RunT(t, refserver.WithLine(line))
			conn, port := udpClient(t)
			h := wire.NewHTTPClient(wire.HTTPOptions{Address: s.Addr(), ContextPath: "/nacos"})
			defer h.Close()
			register := func(ip string) {
				t.Helper()
				x := h.Do(t.Context(), wire.HTTPRequest{Method: "POST", Path: "/v1/ns/instance", Query: url.Values{
					"serviceName": {"web"}, "ip": {ip}, "port": {"80"},
				}})
				if x.Body != "ok" {
					t.Fatalf("register: %+v", x)
				}
			}
			register("10.0.0.1")
			list := wire.HTTPRequest{
				Method: "GET", Path: "/v1/ns/instance/list", Header: map[string]string{"User-Agent": "Nacos-Java-Client:v1.4.8"},
				Query: url.Values{"serviceName": {"web"}, "clientIP": {"127.0.0.1"}, "udpPort": {port}},
			}
			if x := h.Do(t.Context(), list); !strings.Contains(x.Body, "10.0.0.1") {
				t.Fatalf("list: %+v", x)
			}
			if len(s.Subscribers()) != 1 {
				t.Errorf("subscribers: %+v", s.Subscribers())
			}
			register("10.0.0.2")
			s.Advance(2 * time.Second)
			if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			buffer := make([]byte, 1<<16)
			for {
				n, from, err := conn.ReadFrom(buffer)
				if err != nil {
					t.Fatalf("expected a push that has both instances: %v", err)
				}
				text := buffer[:n]
				if text[0] == 0x1f {
					text = unzip(t, text)
				}
				var packet struct {
					Data        string
					LastRefTime json.Number
				}
				if err := json.Unmarshal(text, &packet); err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				ack := `{"type":"push-ack","lastRefTime":"` + packet.LastRefTime.String() + `","data":""}`
				if _, err := conn.WriteTo([]byte(ack), from); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(packet.Data, "10.0.0.1") && strings.Contains(packet.Data, "10.0.0.2") {
					break
				}
			}
			state := wire.HTTPRequest{Method: "GET", Path: "/v1/ns/operator/push/state"}
			for x := h.Do(t.Context(), state); x.Status == 200 && !strings.Contains(x.Body, `"ratio":1.0`); x = h.Do(t.Context(), state) {
				time.Sleep(time.Millisecond) // until the acknowledgement has come
			}
			s.Advance(time.Minute)
			if len(s.Subscribers()) != 0 {
				t.Errorf("a minute later: expected nobody to be subscribed, found %+v", s.Subscribers())
			}
		})
	}
}

func unzip(t *testing.T, compressed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
