package grpcapi_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// rawBytes is a codec that leaves messages as they are.
type rawBytes struct{}

func (rawBytes) Name() string { return "proto" }

func (rawBytes) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(*v.(*[]byte))}, nil
}

func (rawBytes) Unmarshal(data mem.BufferSlice, v any) error {
	*v.(*[]byte) = data.Materialize()
	return nil
}

// raw is a client whose messages are any bytes.
func (w *world) raw() *grpc.ClientConn {
	w.t.Helper()
	c, err := grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDisableServiceConfig(),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(rawBytes{})),
		grpc.WithContextDialer(func(ctx context.Context, a string) (net.Conn, error) { return w.net.Dial(ctx, a) }))
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func TestUndecodableMessages(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.raw()
		defer c.Close()
		broken, empty, answer := []byte{0xff}, []byte{}, []byte{}

		err := c.Invoke(t.Context(), "/Request/request", &broken, &answer)
		if s := status.Convert(err); s.Code() != codes.Unknown || s.Message() != "Application error processing RPC" {
			t.Errorf("broken call: %v", err)
		}
		if err = c.Invoke(t.Context(), "/Request/request", &empty, &answer); err != nil || !strings.Contains(string(answer), `"errorCode":302`) {
			t.Errorf("empty call: %v, %q", err, answer)
		}
		err = c.Invoke(t.Context(), "/RequestStream/requestStream", &empty, &answer)
		if s := status.Convert(err); s.Code() != codes.Unimplemented || s.Message() != "Method not found: RequestStream/requestStream" {
			t.Errorf("unknown method: %v", err)
		}

		desc := &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}
		stream, err := c.NewStream(t.Context(), desc, "/BiRequestStream/requestBiStream")
		if err != nil {
			t.Fatal(err)
		}
		for _, message := range [][]byte{empty, broken} {
			if err := stream.SendMsg(&message); err != nil {
				t.Fatal(err)
			}
		}
		if code := status.Code(stream.RecvMsg(&answer)); code != codes.Unknown {
			t.Errorf("broken message on the stream: %v", code)
		}
	})
}

func TestBigMessageEndsOnlyItsCall(t *testing.T) {
	for line, code := range map[behaviour.Line]string{behaviour.Line20: "Canceled", behaviour.Line25: "ResourceExhausted", behaviour.Line30: "ResourceExhausted"} {
		for _, size := range []int{10 << 20, 11 << 20, 30 << 20} {
			bubble(t, as(line), func(t *testing.T, w *world) {
				c := w.connect()
				big := append([]byte(`{"requestId":"`), make([]byte, size)...)
				if x := c.Call(t.Context(), "HealthCheckRequest", big, nil); x.Code != code {
					t.Errorf("%s, %d bytes: %s %s", line, size, x.Code, x.Err)
				}
				if _, a := c.call("HealthCheckRequest", "{}"); a.ResultCode != wire.CodeSuccess {
					t.Errorf("expected the registration to outlive a big message, found %+v", a)
				}
				if err := c.SendRaw("NotifySubscriberResponse", big); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
				if _, a := c.call("HealthCheckRequest", "{}"); a.ResultCode != wire.CodeSuccess {
					t.Errorf("expected the registration to outlive a big message on the stream, found %+v", a)
				}
			})
		}
	}
}

func TestBigMessageIsMeasured(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		x := w.connect().Call(t.Context(), "HealthCheckRequest", make([]byte, 10<<20), nil)
		if !strings.HasPrefix(x.Err, "gRPC message exceeds maximum size 10485760: 104858") {
			t.Errorf("big message: %s", x.Err)
		}
	})
}

func TestManyHeaders(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		headers := map[string]string{}
		for n := range 10_000 {
			headers[strconv.Itoa(n)] = strings.Repeat("x", 100)
		}
		if x := c.Call(t.Context(), "HealthCheckRequest", []byte("{}"), headers); errorOf(x) != 0 {
			t.Errorf("10,000 headers of a payload: %+v", x)
		}
		ctx := t.Context()
		for n := range 1000 {
			ctx = metadata.AppendToOutgoingContext(ctx, "h"+strconv.Itoa(n), "x")
		}
		if x := c.Call(ctx, "HealthCheckRequest", []byte("{}"), nil); x.Err == "" {
			t.Error("expected 1,000 HTTP headers to be refused")
		}
		if _, a := c.call("HealthCheckRequest", "{}"); a.ResultCode != wire.CodeSuccess {
			t.Errorf("expected the connection to outlive them, found %+v", a)
		}
	})
}

// What is no HTTP/2 gets an end, and harms nobody.
func TestOtherProtocolsOnThePort(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		for _, sent := range []string{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\x00\x01\x02", strings.Repeat("x", 100_000), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
			conn, err := w.net.Dial(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			go func() { _, _ = io.WriteString(conn, sent) }() // the server may close before it has read all
			if err := conn.SetReadDeadline(time.Now().Add(10 * time.Minute)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%.20q: the connection stays open", sent)
			}
			conn.Close()
		}
		w.connect().register()
	})
}

func TestBodiesThatCannotBeRead(t *testing.T) {
	const plain = "errCode: 101, errMsg: Nacos deserialize failed.  "
	for line, text := range map[behaviour.Line]string{
		behaviour.Line20: "errCode: 101, errMsg: Nacos deserialize for class [com.alibaba.nacos.api.naming.remote.request.ServiceQueryRequest] failed.  ",
		behaviour.Line25: plain, behaviour.Line30: plain,
	} {
		bubble(t, as(line), func(t *testing.T, w *world) {
			c := w.connect()
			for _, body := range []string{"", "{", "[]", "5", `"x"`, `{"namespace":{}}`, `{"udpPort":"x"}`, strings.Repeat("[", 5000), `{"a":` + strings.Repeat("{\"a\":", 20000)} {
				if name, a := c.call("ServiceQueryRequest", body); name != "ErrorResponse" || a.ErrorCode != 502 || a.text() != text {
					t.Errorf("%s: %.20s: %s %d %s", line, body, name, a.ErrorCode, a.text())
				}
			}
		})
	}
}

// Where the server asks the headers of a request for the application, it needs them.
func TestNullHeaders(t *testing.T) {
	for line, apps := range map[behaviour.Line]map[string]int{
		behaviour.Line20: {"": 0, `,"AppName":""`: 0, `,"AppName":"x"`: 0},
		behaviour.Line25: {"": 0, `,"AppName":""`: 500, `,"AppName":"x"`: 0},
		behaviour.Line30: {"": 500, `,"AppName":""`: 500, `,"AppName":"x"`: 0},
	} {
		bubble(t, as(line), func(t *testing.T, w *world) {
			for app, code := range apps {
				c := w.dial()
				c.setUp(`{"labels":{"source":"sdk"` + app + `}}`)
				if found := c.errorOf("HealthCheckRequest", `{"headers":null}`); found != code {
					t.Errorf("%s, application %q: expected %d, found %d", line, app, code, found)
				}
			}
		})
	}
}

func TestMeaninglessAnswersAreIgnored(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		for _, body := range []string{`{"requestId":"99"}`, `{}`, `{"requestId":{}}`, `[]`, ``} {
			c.send("NotifySubscriberResponse", body)
		}
		c.send("NoSuchResponse", `{"requestId":"1"}`)
		time.Sleep(time.Second)
		c.register()
		if found := c.types(); len(found) != 0 {
			t.Errorf("expected the stream to go on, found %v", found)
		}
	})
}
