package wire_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/grpc"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

var address = netip.MustParseAddrPort("127.0.0.1:9848")

// peer answers every unary call with its own type and body, and keeps what arrives on the stream.
type peer struct {
	grpcpb.UnimplementedRequestServer
	grpcpb.UnimplementedBiRequestStreamServer
	send chan *grpcpb.Payload
	got  chan *grpcpb.Payload
}

func (p *peer) Request(_ context.Context, in *grpcpb.Payload) (*grpcpb.Payload, error) {
	return wire.Raw("Echo"+in.GetMetadata().GetType(), in.GetBody().GetValue(), "", nil), nil
}

func (p *peer) RequestBiStream(stream grpc.BidiStreamingServer[grpcpb.Payload, grpcpb.Payload]) error {
	go func() {
		for m := range p.send {
			if stream.Send(m) != nil {
				return
			}
		}
	}()
	for {
		m, err := stream.Recv()
		if err != nil {
			return nil
		}
		p.got <- m
	}
}

// withPeer runs f in a bubble with a peer on a network in memory.
func withPeer(t *testing.T, f func(t *testing.T, p *peer, dial wire.Dialer)) {
	synctest.Test(t, func(t *testing.T) {
		var network memnet.Network
		listener, err := network.Listen(address)
		if err != nil {
			t.Fatal(err)
		}
		p := &peer{send: make(chan *grpcpb.Payload), got: make(chan *grpcpb.Payload, 8)}
		server := grpc.NewServer()
		grpcpb.RegisterRequestServer(server, p)
		grpcpb.RegisterBiRequestStreamServer(server, p)
		go server.Serve(listener)
		defer server.Stop()
		defer close(p.send)
		f(t, p, network.Dial)
	})
}

func dial(t *testing.T, o wire.GRPCOptions) *wire.GRPCConn {
	t.Helper()
	o.Address = address.String()
	conn, err := wire.DialGRPC(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestCallRecordsWhatWasSentAndWhatCame(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *peer, dialer wire.Dialer) {
		conn := dial(t, wire.GRPCOptions{Dial: dialer})
		defer conn.Close()
		x := conn.Call(t.Context(), "Anything", []byte(`{"a":1`), map[string]string{"h": "v"})
		if x.ResponseType != "EchoAnything" || x.Body != `{"a":1` || x.RequestBody != `{"a":1` || x.Err != "" {
			t.Errorf("expected the echo of a raw body, found %+v", x)
		}
	})
}

func TestAConnectionThatIsGoneIsNotReplaced(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *peer, dialer wire.Dialer) {
		dials := 0
		conn := dial(t, wire.GRPCOptions{Dial: func(ctx context.Context, a string) (net.Conn, error) {
			dials++
			c, err := dialer(ctx, a)
			if err == nil {
				time.AfterFunc(time.Second, func() { c.Close() })
			}
			return c, err
		}})
		defer conn.Close()
		time.Sleep(2 * time.Second)
		if x := conn.Call(t.Context(), "Anything", nil, nil); x.Code != "Unavailable" {
			t.Errorf("expected Unavailable after the connection was lost, found %+v", x)
		}
		if dials != 1 {
			t.Errorf("expected one connection, found %d", dials)
		}
	})
}

func TestServerRequestsAreAcknowledgedByPolicy(t *testing.T) {
	for _, test := range []struct {
		policy wire.AckPolicy
		want   string // type of the answer, empty for none
	}{
		{wire.AckAll, "NotifySubscriberResponse"}, {wire.AckFail, "ErrorResponse"}, {wire.AckNone, ""},
	} {
		withPeer(t, func(t *testing.T, p *peer, dialer wire.Dialer) {
			received := make(chan wire.StreamMessage, 1)
			conn := dial(t, wire.GRPCOptions{Dial: dialer, Acks: test.policy, Received: func(m wire.StreamMessage) {
				if m.End == "" {
					received <- m
				}
			}})
			defer conn.Close()
			if err := conn.OpenStream(); err != nil {
				t.Fatal(err)
			}
			if err := conn.Send(wire.HealthCheckRequest{}); err != nil { // a stream begins with the client's first message
				t.Fatal(err)
			}
			<-p.got
			p.send <- wire.Raw("NotifySubscriberRequest", []byte(`{"requestId":"7"}`), "", nil)
			if m := <-received; m.Type != "NotifySubscriberRequest" {
				t.Errorf("expected the push, found %+v", m)
			}
			synctest.Wait()
			got := ""
			select {
			case m := <-p.got:
				got = m.GetMetadata().GetType()
				if body := string(m.GetBody().GetValue()); !strings.Contains(body, `"requestId":"7"`) {
					t.Errorf("expected the id of the request in the answer, found %s", body)
				}
			default:
			}
			if got != test.want {
				t.Errorf("policy %d: expected the answer %q, found %q", test.policy, test.want, got)
			}
		})
	}
}

func TestASilentConnectionStaysOpenAndSaysNothing(t *testing.T) {
	withPeer(t, func(t *testing.T, p *peer, dialer wire.Dialer) {
		conn := dial(t, wire.GRPCOptions{Dial: dialer})
		defer conn.Close()
		if err := conn.OpenStream(); err != nil {
			t.Fatal(err)
		}
		conn.FallSilent()
		if err := conn.Send(wire.HealthCheckRequest{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		select {
		case m := <-p.got:
			t.Errorf("expected nothing from a silent client, found %v", m)
		default:
		}
	})
}

func TestHTTPClientKeepsRequestAndAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var network memnet.Network
		listener, err := network.Listen(address)
		if err != nil {
			t.Fatal(err)
		}
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			w.Header().Set("X-Seen", r.Header.Get("Authorization"))
			w.WriteHeader(http.StatusTeapot)
			json.NewEncoder(w).Encode([]string{r.Method, r.URL.String(), string(body)})
		})}
		go server.Serve(listener)
		defer server.Close()
		client := wire.NewHTTPClient(wire.HTTPOptions{Address: address.String(), ContextPath: "/nacos", Dial: network.Dial, Token: "secret"})
		defer client.Close()
		x := client.Do(t.Context(), wire.HTTPRequest{
			Method: http.MethodPut, Path: "/v1/x", Query: url.Values{"a": {"1 2"}}, Form: url.Values{"b": {"ü"}},
		})
		if x.Status != http.StatusTeapot || x.Body != `["PUT","/nacos/v1/x?a=1+2","b=%C3%BC"]`+"\n" {
			t.Errorf("expected status 418 and the echo, found %+v", x)
		}
		if x.ResponseHeader["X-Seen"] != "Bearer secret" {
			t.Errorf("expected the token to be sent, found %v", x.ResponseHeader)
		}
		if recorded, _ := json.Marshal(x.Header); strings.Contains(string(recorded), "secret") {
			t.Errorf("expected no token in the record, found %s", recorded)
		}
	})
}

func TestARequestWithoutAnswerSaysWhy(t *testing.T) {
	var network memnet.Network
	client := wire.NewHTTPClient(wire.HTTPOptions{Address: address.String(), Dial: network.Dial})
	defer client.Close()
	x := client.Do(t.Context(), wire.HTTPRequest{Method: http.MethodGet, Path: "/"})
	if x.Status != 0 || !strings.Contains(x.Err, "connection refused") {
		t.Errorf("expected no status and the reason, found %+v", x)
	}
}
